/** Which classes of a project are extended, by name: enough to know that a method has no other version. */
import { all, type OpenProject } from "@review/program";
import { askFor, type Ask } from "../ask.ts";

/** Whether some class of the project extends one of this name; also a class in a project's other files. */
export type HasHeirs = (className: string) => Ask<boolean>;

/** The texts of all files are looked at once, when it is asked first. */
export function createHeirs({ plan, program }: OpenProject): HasHeirs {
  let extended: ReadonlySet<string> | undefined;
  return function* (className) {
    if (!extended) {
      const trees = yield* askFor(() => all(...plan.roots.map(path => program.getSourceFile.gen(path))));
      extended = namesExtended((trees as readonly ({ text: string } | undefined)[]).map(tree => tree?.text ?? ""));
    }
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
