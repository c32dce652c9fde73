/** Files that no configuration includes: the options that give them the most types. */
import { JsxEmit, ModuleKind, ModuleResolutionKind, type RawCompilerOptions } from "typescript/sync";

/** Options for files without a configuration; `typeRoots` are absolute paths of `@types` folders near them. */
export function looseOptions(typeRoots: readonly string[]): RawCompilerOptions {
  return {
    allowJs: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.Bundler,
    jsx: JsxEmit.Preserve,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    typeRoots: [...typeRoots],
    types: ["*"],
  };
}
