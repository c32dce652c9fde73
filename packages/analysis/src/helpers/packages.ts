/** Which package a symbol comes from. */
import { SymbolFlags, type Symbol } from "@review/program";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";

const IN_PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * The name of the package that declares a symbol: by its file, or by the `declare module` around it. Types under
 * `@types` belong to the package that they describe. Undefined for what the project itself declares.
 */
export function* packageOf(checker: TypeChecker, symbol: Symbol): Ask<string | undefined> {
  for (const { path } of symbol.declarations) {
    const name = IN_PACKAGE.exec(path)?.[1];
    if (name !== undefined) return described(name);
  }
  return yield* ambientModuleOf(checker, symbol);
}

/** `@types/a__b` describes `@a/b`. */
function described(name: string): string {
  if (!name.startsWith("@types/")) return name;
  const bare = name.slice("@types/".length);
  return bare.includes("__") ? `@${bare.replace("__", "/")}` : bare;
}

function* ambientModuleOf(checker: TypeChecker, symbol: Symbol): Ask<string | undefined> {
  let at: Symbol | undefined = symbol;
  while (at && !(at.flags & SymbolFlags.ValueModule && at.name.startsWith('"'))) at = yield* checker.parentOf(at);
  const name = at?.name.slice(1, -1);
  return name === undefined || name.startsWith("/") || /^[a-z]:/i.test(name) ? undefined : name;
}
