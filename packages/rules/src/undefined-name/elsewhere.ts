/** What says of a name that nothing in scope declares that it is no global: other functions or other files have it. */
import type { Pass } from "@review/analysis";
import { isVariableDeclaration, type Node } from "@review/program/syntax";
import type { DeclaredName } from "./declared-names.ts";

export interface Reason {
  readonly at?: Node;
  readonly message: string;
  /** The name to write instead. */
  readonly meant?: string;
}

/** A page gives its modules globals, but hardly ones that they give to constants as well, or that others of them import or export. */
export function reasonInPage(pass: Pass, name: string, declared: readonly DeclaredName[]): Reason | undefined {
  const elsewhere = declared.find(each => each.name === name && isVariableDeclaration(each.at.parent));
  return elsewhere ? declaredElsewhere(elsewhere) : importedByOthers(pass, name);
}

export function declaredElsewhere({ name, at }: DeclaredName): Reason {
  return { at, message: `This declares \`${name}\` for its own function or block alone.` };
}

/** What the other files of the project have to import is no global, and this file forgot to. */
export function importedByOthers(pass: Pass, name: string): Reason | undefined {
  if (name.length < 2) return undefined;
  const found = pass.importedElsewhere(name);
  if (!found) return undefined;
  const file = `\`${nameOf(pass, found.path)}\``;
  if (found.specifier === undefined) return { message: `${file} exports it.` };
  const more = found.files - 1;
  const others = more === 0 ? "" : ` and ${String(more)} more file${more === 1 ? "" : "s"}`;
  const imports = more === 0 ? "imports" : "import";
  return { message: `${file}${others} ${imports} it from "${found.specifier}".` };
}

/** The name that a file is reported under, as far as that of this one tells it. */
function nameOf({ file }: Pass, path: string): string {
  const folder = file.path.endsWith(file.name) ? file.path.slice(0, -file.name.length) : "";
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}
