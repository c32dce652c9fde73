/** package.json files as far as they say where types come from; a broken one counts as empty, since npm names it better. */
import { existsSync, readFileSync } from "node:fs";
import { ancestorsOf } from "./paths.ts";

/** The fields of a package.json that matter here; their values are whatever somebody wrote. */
export interface Manifest {
  readonly name?: unknown;
  readonly types?: unknown;
  readonly typings?: unknown;
  readonly source?: unknown;
  readonly module?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly workspaces?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
}

/** Reads the package.json of a directory, once; undefined where there is none. */
export type ManifestReader = (directory: string) => Manifest | undefined;

/** A reader that remembers what it has read. */
export function manifestReader(): ManifestReader {
  const known = new Map<string, Manifest | undefined>();
  return directory => {
    if (!known.has(directory)) known.set(directory, readManifest(`${directory}/package.json`));
    return known.get(directory);
  };
}

/** The nearest directory upward that holds a package.json; undefined when there is none. */
export function packageDirectoryOf(directory: string, read: ManifestReader): string | undefined {
  return ancestorsOf(directory).find(candidate => read(candidate) !== undefined);
}

/** Names and ranges of what a manifest installs for itself, what it is developed with first. */
export function installsOf({ devDependencies, dependencies }: Manifest): ReadonlyMap<string, string> {
  const ranges = new Map<string, string>();
  for (const [name, range] of [...entriesOf(devDependencies), ...entriesOf(dependencies)]) {
    if (!ranges.has(name)) ranges.set(name, String(range));
  }
  return ranges;
}

/** The entries of a value that is an object, else none. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** Where a package is installed for files of a directory; undefined when it is not. */
export function installedDirectoryOf(name: string, directory: string): string | undefined {
  return ancestorsOf(directory)
    .map(candidate => `${candidate === "/" ? "" : candidate}/node_modules/${name}`)
    .find(candidate => existsSync(candidate));
}

function readManifest(file: string): Manifest | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    return Object.fromEntries(entriesOf(value));
  } catch {
    return {};
  }
}
