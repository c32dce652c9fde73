/** Imports that lead nowhere: each costs the types of everything that comes from it. */
import type { Node } from "typescript/ast";
import { isImportDeclaration, isStringLiteral } from "typescript/ast/is";
import type { OpenProject } from "./session.ts";

/** A module that files of a project ask for in vain. */
export interface UnresolvedImport {
  readonly specifier: string;
  /** `asset`: no code; `relative`: paths and `#` imports, which only files of the project itself can answer. */
  readonly kind: "asset" | "relative" | "package";
  /** How many imports name it. */
  readonly count: number;
}

/** Modules that the analysed files of a project import but that have no types, sorted by specifier. */
export function unresolvedImports({ plan, program, checker }: OpenProject): readonly UnresolvedImport[] {
  const counts = new Map<string, number>();
  for (const file of plan.files) {
    const imports = (program.getSourceFile(file)?.imports ?? [])
      .filter(isStringLiteral)
      .filter(node => !isForEffect(node));
    const symbols = imports.length === 0 ? [] : checker.getSymbolAtLocation(imports);
    for (const [index, { text }] of imports.entries()) {
      if (symbols[index] === undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([specifier, count]): UnresolvedImport => ({ specifier, kind: kindOf(specifier), count }))
    .sort((one, other) => (one.specifier < other.specifier ? -1 : 1));
}

/** `import "./style.css"` brings no name, and so costs no type. */
function isForEffect(specifier: Node): boolean {
  return isImportDeclaration(specifier.parent) && specifier.parent.importClause === undefined;
}

function kindOf(specifier: string): UnresolvedImport["kind"] {
  if (ASSET.test(specifier)) return "asset";
  return /^[./#]/.test(specifier) ? "relative" : "package";
}

/** What a bundler turns into a URL or a table of names; its types come from a declaration such as `*.svg`. */
const ASSET =
  /\.(?:css|scss|sass|less|styl|svg|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|eot|mp[34]|webm|wasm|html|mdx?|txt|ya?ml|graphql|gql)(?:\?.*)?$/;
