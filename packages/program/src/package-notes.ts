/** Packages that a project asks for and whose types nobody will see, each named once. */
import { type ManifestReader, installedDirectoryOf, installsOf } from "./manifest.ts";
import type { Note } from "./session.ts";
import type { Workspaces } from "./workspace.ts";

/** A folder whose manifest governs a project. */
export interface Governed {
  /** Absolute path of the folder that holds the package.json. */
  readonly directory: string;
  /** Names of packages of its workspace that are neither built nor readable as sources. */
  readonly unresolved: readonly string[];
}

/** Notes for some projects, one for each workspace (or package outside one) and kind. */
export function packageNotes(
  all: readonly Governed[],
  manifests: ManifestReader,
  workspaces: Workspaces,
): readonly Note[] {
  const missing = new Map<string, Set<string>>();
  const unresolved = new Map<string, Set<string>>();
  for (const { directory, unresolved: names } of all) {
    const workspace = workspaces.of(directory);
    const root = workspace?.root ?? directory;
    const wanted = [...installsOf(manifests(directory) ?? {}).keys()];
    const siblings = new Set(workspace?.packages.map(({ name }) => name));
    add(
      unresolved,
      root,
      wanted.filter(name => names.includes(name)),
    );
    add(
      missing,
      root,
      wanted.filter(name => !siblings.has(name) && installedDirectoryOf(name, directory) === undefined),
    );
  }
  return [...notesOf("unresolved-package", unresolved), ...notesOf("not-installed", missing)];
}

function add(found: Map<string, Set<string>>, root: string, names: readonly string[]): void {
  if (names.length === 0) return;
  found.set(root, new Set([...(found.get(root) ?? []), ...names]));
}

function notesOf(kind: Note["kind"], found: ReadonlyMap<string, ReadonlySet<string>>): readonly Note[] {
  return [...found].map(([root, names]) => {
    const packages = [...names].sort();
    return { kind, file: `${root === "/" ? "" : root}/package.json`, packages, message: messageOf(kind, packages) };
  });
}

function messageOf(kind: Note["kind"], packages: readonly string[]): string {
  const shown = packages.slice(0, NAMES_SHOWN).join(", ");
  const names = packages.length > NAMES_SHOWN ? `${shown} and ${String(packages.length - NAMES_SHOWN)} more` : shown;
  const state = kind === "not-installed" ? "Not installed" : "Neither built nor found as source";
  return `${state}, so that what is imported from it has no types: ${names}.`;
}

const NAMES_SHOWN = 5;
