/** Files that no configuration includes: grouped by package, with the options that give them the most types. */
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { JsxEmit, ModuleKind, ModuleResolutionKind, type RawCompilerOptions } from "typescript/sync";
import type { LooseFile } from "./assignment.ts";
import type { Configuration } from "./configuration.ts";
import { type ManifestReader, packageDirectoryOf } from "./manifest.ts";
import { ancestorsOf, isWithin } from "./paths.ts";

/** Loose files of one package, or near one configuration that leaves them out. */
export interface LooseGroup {
  /** Absolute path of the configuration's folder, else of the package, else of the working directory. */
  readonly directory: string;
  readonly nearest: Configuration | undefined;
  readonly files: readonly string[];
}

/** Groups files by nearest configuration or package.json, so that each program stays small and sees what is near it. */
export function groupLooseFiles(loose: readonly LooseFile[], cwd: string, read: ManifestReader): readonly LooseGroup[] {
  const groups = new Map<string, LooseGroup & { readonly files: string[] }>();
  for (const { file, nearest } of loose) {
    const home = posix.dirname(file);
    const fallback = packageDirectoryOf(home, read) ?? (isWithin(file, cwd) ? cwd : home);
    // A configuration farther up than the package was not written with this package in mind.
    const isNear = nearest !== undefined && isWithin(posix.dirname(nearest.file), fallback);
    const directory = isNear ? posix.dirname(nearest.file) : fallback;
    const group = groups.get(directory);
    if (group) group.files.push(file);
    else groups.set(directory, { directory, nearest: isNear ? nearest : undefined, files: [file] });
  }
  return [...groups.values()];
}

/** Files of a nearby configuration that only declare: globals and modules that loose files may rely on too. */
export function nearbyDeclarations({ nearest }: LooseGroup): readonly string[] {
  return nearest?.fileNames.filter(file => /\.d\.[cm]?ts$/.test(file)) ?? [];
}

/**
 * Options for a group: the nearest configuration's aliases and strictness hold for what lies beside it, such as tests and
 * scripts that it leaves out; the `@types` folders are those from the group upward.
 */
export function looseOptions({ directory, nearest }: LooseGroup): RawCompilerOptions {
  const { types, ...inherited } = nearest?.options ?? {};
  return {
    ...DEFAULTS,
    ...Object.fromEntries(Object.entries(inherited).filter(([, value]) => value !== undefined)),
    allowJs: true,
    // Nothing says that these files share one page: as scripts, every `const x` of one would clash with the next one's.
    moduleDetection: FORCE_MODULES,
    typeRoots: ancestorsOf(directory)
      .map(ancestor => posix.join(ancestor, "node_modules/@types"))
      .filter(folder => existsSync(folder)),
    types: [...new Set(["*", ...(types ?? [])])],
  };
}

const DEFAULTS: RawCompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.Bundler,
  jsx: JsxEmit.Preserve,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
};

/** The compiler's client does not export this enumeration. */
const FORCE_MODULES = 3;
