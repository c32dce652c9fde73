/** What the texts of a project's files say together, for questions that no single file answers. */
import { textOnDisk, type OpenProject } from "@review/program";

/** The files on disk, since the compiler would send its trees along, of thousands of files for one in an editor. */
export function textsOf({ plan, program }: OpenProject): readonly string[] {
  return plan.roots.map(path => textOnDisk(path) ?? program.getSourceFile(path)?.text ?? "");
}

/** Whether some file of the project names this as a member of the global object, `window.settings`, or gives it a value there. */
export type IsPageGlobal = (name: string, how?: "set") => boolean;

/** The texts are looked at once, when it is asked first. */
export function createPageGlobals(project: OpenProject): IsPageGlobal {
  let found: Globals | undefined;
  return (name, how) => {
    found ??= globalsIn(textsOf(project));
    return (how === "set" ? found.set : found.named).has(name);
  };
}

interface Globals {
  readonly named: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

function globalsIn(texts: readonly string[]): Globals {
  const members = texts.flatMap(text => [...text.matchAll(MEMBERS)]);
  const written = members.filter(([, , sign]) => sign !== undefined);
  const namesOf = (matches: typeof members): ReadonlySet<string> => new Set(matches.map(([, name = ""]) => name));
  return { named: namesOf(members), set: namesOf(written) };
}

const MEMBERS = /\b(?:window|globalThis|global)(?:\s+as\s+\w+\))?\.([\w$]+)(\s*=(?!=))?/g;
