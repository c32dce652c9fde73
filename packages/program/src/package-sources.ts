/** Packages of the workspace that are not built or not linked: where their sources are, as `paths` of the compiler. */
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { entriesOf, type Manifest } from "./manifest.ts";
import { ancestorsOf, realName } from "./paths.ts";
import type { Workspace, WorkspacePackage } from "./workspace.ts";

/** What importing the packages of a workspace leads to. */
export interface PackageSources {
  /** Specifier patterns and the absolute paths that they stand for. */
  readonly paths: Readonly<Record<string, string[]>>;
  /** Names of packages whose entry is neither built nor found as a source, sorted. */
  readonly unresolved: readonly string[];
}

/** Maps what does not resolve by itself for files of a directory; names that `taken` patterns cover are left alone. */
export type PackageSourceFinder = (workspace: Workspace, directory: string, taken: readonly string[]) => PackageSources;

/** A finder that looks at each package once, however many projects import it. */
export function packageSourceFinder(): PackageSourceFinder {
  const known = new Map<string, readonly EntryPoint[]>();
  const entriesFor = (one: WorkspacePackage): readonly EntryPoint[] => {
    const entries = known.get(one.directory) ?? entryPointsOf(one);
    known.set(one.directory, entries);
    return entries;
  };
  return ({ packages }, directory, taken) => {
    const links = linkFoldersOf(directory);
    const paths: Record<string, string[]> = {};
    const unresolved: string[] = [];
    for (const one of packages) {
      const link = links.map(folder => `${folder}/${one.name}`).find(folder => existsSync(folder));
      // A released version may be installed beside the package itself, and is then what is meant.
      if (link !== undefined && realName(link) !== realName(one.directory)) continue;
      const entries = entriesFor(one);
      const needed = link === undefined ? entries : entries.filter(entry => !entry.isBuilt);
      for (const { subpath, found } of needed) {
        const specifier = `${one.name}${subpath.slice(1)}`;
        if (found.length > 0 && !taken.some(pattern => covers(pattern, specifier))) paths[specifier] = [...found];
      }
      if (isLost(one.manifest, needed)) unresolved.push(one.name);
    }
    return { paths, unresolved: unresolved.sort() };
  };
}

/** Whether the entry that a manifest names is nowhere; a package that names none may well have nothing to import. */
function isLost({ exports, types, typings, module, main }: Manifest, needed: readonly EntryPoint[]): boolean {
  const namesEntry = [exports, types, typings, module, main].some(field => field !== undefined && field !== null);
  const itself = needed.filter(({ subpath }) => subpath === ".");
  const decisive = itself.length > 0 ? itself : needed;
  return namesEntry && decisive.length > 0 && decisive.every(({ found }) => found.length === 0);
}

function linkFoldersOf(directory: string): readonly string[] {
  return ancestorsOf(directory)
    .map(ancestor => posix.join(ancestor, "node_modules"))
    .filter(folder => existsSync(folder));
}

function covers(pattern: string, specifier: string): boolean {
  const star = pattern.indexOf("*");
  if (star === -1) return pattern === specifier;
  return star > 0 && specifier.startsWith(pattern.slice(0, star)) && specifier.endsWith(pattern.slice(star + 1));
}

/** One thing that can be imported from a package. */
interface EntryPoint {
  /** `.`, `./name` or `./*`. */
  readonly subpath: string;
  /** Whether the file that the manifest names is there, with types. */
  readonly isBuilt: boolean;
  /** Absolute paths, or one pattern or several, that it may be read from; empty when there is none. */
  readonly found: readonly string[];
}

/** Entry points that are code; style sheets and the like need no types. */
function entryPointsOf({ directory, manifest }: WorkspacePackage): readonly EntryPoint[] {
  return declaredTargets(manifest).flatMap(([subpath, all]) => {
    const targets = all.filter(target => isCode(target));
    if (targets.length === 0) return [];
    const entry = subpath.includes("*") ? patternEntry(directory, targets) : fileEntry(directory, subpath, targets);
    return [{ subpath, ...entry }];
  });
}

/** Subpaths and where the manifest says that they lie, relative to the package, those with types first. */
function declaredTargets(manifest: Manifest): readonly (readonly [string, readonly string[]])[] {
  const { exports, types, typings, source, module, main } = manifest;
  if (exports === undefined || exports === null) {
    const targets = [types, typings, source, module, main].filter(target => typeof target === "string");
    return [
      [".", targets.length === 0 ? ["index.js"] : targets],
      ["./*", ["./*"]],
    ];
  }
  const subpaths = entriesOf(exports).filter(([key]) => key.startsWith("."));
  if (subpaths.length === 0) return [[".", leavesOf(exports)]];
  return subpaths.map(([subpath, value]) => [subpath, leavesOf(value)]);
}

/** All targets of an `exports` value, whatever their conditions: they are builds of the same source. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return entriesOf(value).flatMap(([, inner]) => leavesOf(inner));
}

function fileEntry(directory: string, subpath: string, targets: readonly string[]): Omit<EntryPoint, "subpath"> {
  const stems = targets.map(target => posix.normalize(target).replace(/(\.d)?\.[cm]?[jt]sx?$/, ""));
  const built = targets.flatMap(target => typedFilesOf(posix.join(directory, target))).find(file => existsSync(file));
  const guesses = [...stems.flatMap(stepsInto), ...(subpath === "." ? ENTRY_STEMS : [])];
  const source = guesses
    .flatMap(stem => EXTENSIONS.map(extension => posix.join(directory, stem) + extension))
    .find(file => existsSync(file));
  const found = source ?? built;
  return { isBuilt: built !== undefined, found: found === undefined ? [] : [found] };
}

/** Files that would give a target types: itself or a folder's index when written without extension, or what lies beside it. */
function typedFilesOf(file: string): readonly string[] {
  if (/\.[cm]?tsx?$/.test(file)) return [file];
  if (/\.[cm]?jsx?$/.test(file)) return [file.replace(/\.([cm]?)jsx?$/, ".d.$1ts")];
  return [file, `${file}/index`].flatMap(stem => [".ts", ".tsx", ".d.ts"].map(extension => stem + extension));
}

function patternEntry(directory: string, targets: readonly string[]): Omit<EntryPoint, "subpath"> {
  const folders = [...new Set(targets.map(target => posix.normalize(target.split("*")[0] ?? "").replace(/\/$/, "")))];
  const isThere = (folder: string): boolean => existsSync(posix.join(directory, folder));
  const guesses = folders.flatMap(folder => (folder === "." ? ["."] : stepsInto(folder))).filter(isThere);
  const found = guesses.length > 0 ? guesses : ["src", "."].filter(isThere);
  return {
    isBuilt: folders.some(isThere),
    found: [...new Set(found)].map(folder => `${posix.join(directory, folder)}/*`.replace("/./", "/")),
  };
}

const EXTENSIONS = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".d.ts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  "/index.ts",
  "/index.tsx",
  "/index.js",
];
const ENTRY_STEMS = ["src/index", "index", "src/main", "source/index", "lib/index"];

/** `dist/esm/a` may come from `src/dist/esm/a`, `src/esm/a`, `esm/a`, `src/a` or `a`. */
function stepsInto(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.flatMap((_, index) => {
    const rest = parts.slice(index).join("/");
    return [`src/${rest}`, rest];
  });
}

/** A target without an extension names a module all the same. */
function isCode(target: string): boolean {
  return target.includes("*")
    ? !/\*\.(?:css|json|svg|vue)$/.test(target)
    : /(?:\.[cm]?[jt]sx?|\/[^/.]+|^[^/.]+)$/.test(target);
}
