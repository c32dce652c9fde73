/** Which classes of a project are extended, by name: enough to know that a method has no other version. */
import type { OpenProject } from "@review/program";
import { textsOf } from "../project-texts.ts";

/** Whether some class of the project extends one of this name; also a class in a project's other files. */
export type HasHeirs = (className: string) => boolean;

/** The texts of all files are looked at once, when it is asked first. What is not saved yet waits for that. */
export function createHeirs(project: OpenProject): HasHeirs {
  let extended: ReadonlySet<string> | undefined;
  return className => {
    extended ??= namesExtended(textsOf(project));
    return extended.has(className);
  };
}

const HEADS = /\b(?:extends|implements)\s+([^{;]+)/g;
const RENAMED = /\b([\w$]+)\s+as\s+([\w$]+)/g;
const NAMES = /[\w$]+/g;

/** Every name in the head of a class, and what it was called before it was imported under that name. */
function namesExtended(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [, head = ""] of text.matchAll(HEADS)) for (const [name] of head.matchAll(NAMES)) names.add(name);
  }
  for (const text of texts) {
    for (const [, before = "", after = ""] of text.matchAll(RENAMED)) if (names.has(after)) names.add(before);
  }
  return names;
}
