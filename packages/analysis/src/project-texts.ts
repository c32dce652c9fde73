/** What the texts of a project's files say together, for questions that no single file answers. */
import { textOnDisk, type OpenProject } from "@review/program";

/** The files on disk, since the compiler would send its trees along, of thousands of files for one in an editor. */
export function textsOf({ plan, program }: OpenProject): readonly string[] {
  return plan.roots.map(path => textOnDisk(path) ?? program.getSourceFile(path)?.text ?? "");
}

/** Whether some file of the project reads or writes this name as a member of the global object: `window.settings`. */
export type IsPageGlobal = (name: string) => boolean;

/** The texts are looked at once, when it is asked first. */
export function createPageGlobals(project: OpenProject): IsPageGlobal {
  let names: ReadonlySet<string> | undefined;
  return name => {
    names ??= new Set(textsOf(project).flatMap(text => [...text.matchAll(MEMBERS)].map(([, found = ""]) => found)));
    return names.has(name);
  };
}

const MEMBERS = /\b(?:window|globalThis|global)(?:\s+as\s+\w+\))?\.([\w$]+)/g;
