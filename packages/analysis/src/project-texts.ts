/** What the texts of a project's files say together, for questions that no single file answers. */
import { textOnDisk, type OpenProject } from "@review/program";

/** The texts of the project's files. */
export function textsOf(project: OpenProject): readonly string[] {
  return project.plan.roots.map(path => textOf(project, path));
}

/** The same, each with its absolute path, one at a time. */
export function* textsByPath(project: OpenProject): Iterable<readonly [path: string, text: string]> {
  for (const path of project.plan.roots) yield [path, textOf(project, path)];
}

/** From disk, since the compiler would send its trees along, of thousands of files for one in an editor. */
function textOf({ program }: OpenProject, path: string): string {
  return textOnDisk(path) ?? program.getSourceFile(path)?.text ?? "";
}

/**
 * Whether some file of the project names this as a member of the global object, `window.settings`, or gives it a value
 * there; or a framework makes a global of a file by its name.
 */
export type IsPageGlobal = (name: string, how?: "set") => boolean;

/** The texts are looked at once, when it is asked first. */
export function createPageGlobals(project: OpenProject): IsPageGlobal {
  let found: Globals | undefined;
  return (name, how) => {
    found ??= globalsIn(textsOf(project), project.plan.roots);
    return (how === "set" ? found.set : found.named).has(name);
  };
}

interface Globals {
  readonly named: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

function globalsIn(texts: readonly string[], paths: readonly string[]): Globals {
  const members = texts.flatMap(text => [...text.matchAll(MEMBERS)]);
  const written = members.filter(([, , sign]) => sign !== undefined);
  const namesOf = (matches: typeof members): ReadonlySet<string> => new Set(matches.map(([, name = ""]) => name));
  const models = paths.flatMap(path => MODEL.exec(path)?.[1] ?? []);
  return { named: new Set([...namesOf(members), ...models]), set: namesOf(written) };
}

/** Sails makes globals of the models and services of a server: `api/models/BoardMembership.js`. */
const MODEL = /\/api\/(?:models|services)\/(?:.*\/)?([A-Z]\w*)\.[cm]?[jt]s$/;

const MEMBERS = /\b(?:window|globalThis|global)(?:\s+as\s+\w+\))?\.([\w$]+)(\s*=(?!=))?/g;
