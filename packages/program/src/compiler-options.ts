/** A configuration's options as the current compiler must be given them to see the types that the project's own sees. */
import { isAbsolute, posix } from "node:path";
import { ModuleKind, ModuleResolutionKind, type RawCompilerOptions } from "typescript/sync";

/** Outputs are of no interest, and options about them only add errors that have nothing to do with types. */
const ABOUT_OUTPUT: RawCompilerOptions = {
  composite: undefined,
  declaration: undefined,
  declarationDir: undefined,
  declarationMap: undefined,
  emitDeclarationOnly: undefined,
  incremental: undefined,
  isolatedDeclarations: undefined,
  outDir: undefined,
  outFile: undefined,
  plugins: undefined,
  rewriteRelativeImportExtensions: undefined,
  rootDir: undefined,
  tsBuildInfoFile: undefined,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

/** Options that only say how to be strict about interoperation or output; the current compiler has removed them. */
const REMOVED: RawCompilerOptions = {
  allowSyntheticDefaultImports: undefined,
  alwaysStrict: undefined,
  downlevelIteration: undefined,
  esModuleInterop: undefined,
};

/** What a configuration says, before it is translated. */
export interface WrittenOptions {
  readonly options: RawCompilerOptions;
  /** Names of options that the current compiler does not know. */
  readonly unknown: readonly string[];
  /** Major version of TypeScript that the project uses; undefined when it names none. */
  readonly major: number | undefined;
}

/** Translates a configuration's options into those of the current compiler; paths stay absolute. */
export function translateOptions(written: WrittenOptions): RawCompilerOptions {
  const { options } = written;
  return {
    ...options,
    ...defaultsOf(written),
    ...modulesOf(written),
    ...pathsOf(options),
    ...libraryOf(options),
    ...REMOVED,
    ...ABOUT_OUTPUT,
  };
}

/**
 * Before version 6 `strict` was off and every visible `@types` package was loaded unless something was said. A project
 * that names no version and uses nothing that was removed is taken for a new one, but gets every `@types` package:
 * declarations that go unused cost little, missing ones cost all types of an import.
 */
function defaultsOf({ options, unknown, major }: WrittenOptions): RawCompilerOptions {
  const isOlder = major === undefined ? unknown.length > 0 || usesRemoved(options) : major < 6;
  return {
    strict: options.strict ?? (isOlder ? false : undefined),
    types: options.types ?? (isOlder || major === undefined ? ["*"] : undefined),
  };
}

function usesRemoved(options: RawCompilerOptions): boolean {
  const { moduleResolution, module, target } = options;
  return (
    options.baseUrl !== undefined ||
    options.outFile !== undefined ||
    options.downlevelIteration !== undefined ||
    options.esModuleInterop === false ||
    moduleResolution === ModuleResolutionKind.Node10 ||
    moduleResolution === ModuleResolutionKind.Classic ||
    isRemovedModule(module) ||
    isBeforeES2015(target)
  );
}

/** AMD, UMD and System only differ in what is written out; node10 is bundler resolution that ignores `exports`. */
function modulesOf(written: WrittenOptions): RawCompilerOptions {
  const { module, moduleResolution } = written.options;
  const isGone = moduleResolution === ModuleResolutionKind.Node10 || moduleResolution === ModuleResolutionKind.Classic;
  return {
    module: isRemovedModule(module)
      ? ModuleKind.ESNext
      : (module ?? (isSilentlyNode10(written) ? ModuleKind.CommonJS : undefined)),
    ...(isGone || isSilentlyNode10(written) ? { moduleResolution: ModuleResolutionKind.Bundler } : {}),
    ...(resolvesAsNode10(written) ? withoutExports(written.options) : {}),
  };
}

function resolvesAsNode10(written: WrittenOptions): boolean {
  return written.options.moduleResolution === ModuleResolutionKind.Node10 || isSilentlyNode10(written);
}

/** What versions before 6 did when told nothing, unless the module kind brings a resolution of its own. */
function isSilentlyNode10({ options: { module, moduleResolution }, major }: WrittenOptions): boolean {
  if (moduleResolution !== undefined || major === undefined || major >= 6) return false;
  return module === undefined || module < ModuleKind.Node16;
}

function withoutExports({
  resolvePackageJsonExports,
  resolvePackageJsonImports,
}: RawCompilerOptions): RawCompilerOptions {
  return {
    resolvePackageJsonExports: resolvePackageJsonExports ?? false,
    resolvePackageJsonImports: resolvePackageJsonImports ?? false,
  };
}

/** `baseUrl` was both the base of `paths` and a folder in which every bare import was looked for. */
function pathsOf({ baseUrl, paths }: RawCompilerOptions): RawCompilerOptions {
  if (baseUrl === undefined) return {};
  const absolute = Object.entries(paths ?? {}).map(([pattern, targets]): [string, string[]] => [
    pattern,
    targets.map(target => (isAbsolute(target) ? target : posix.join(baseUrl, target))),
  ]);
  return {
    baseUrl: undefined,
    paths: { "*": [posix.join(baseUrl, "*")], ...Object.fromEntries(absolute) },
    pathsBasePath: baseUrl,
  };
}

/** A list of libraries of which the compiler knows none would leave a program without `Array`. */
function libraryOf({ lib, target }: RawCompilerOptions): RawCompilerOptions {
  return {
    lib: lib?.length === 0 ? undefined : lib,
    // The enumeration has lost the names of ES3 (0) and ES5 (1); 2 is ES2015.
    target: isBeforeES2015(target) ? 2 : target,
  };
}

function isBeforeES2015(target: number | undefined): boolean {
  return target !== undefined && target < 2;
}

function isRemovedModule(module: ModuleKind | undefined): boolean {
  return module === ModuleKind.AMD || module === ModuleKind.UMD || module === ModuleKind.System;
}
