/** What a node declares, and in which scope. */
import {
  isVariableStatement,
  ModifierFlags,
  NodeFlags,
  SyntaxKind,
  type EnumDeclaration,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import type { VariableKind } from "./scope.ts";
import type { Place } from "./scope-collect.ts";
import { declareName, namesIn, type DraftVariable, type Scope } from "./scope-names.ts";

/** Declares the names that a node brings into the scope around it. */
export function declareAt(place: Place): void {
  const { node } = place;
  const kind = KINDS.get(node.kind);
  if (kind) {
    declare(place, kind, place.scope, isExported(node));
    return;
  }
  if (node.kind !== SyntaxKind.VariableDeclaration) return;
  const variable = variableKind(node as VariableDeclaration);
  const statement = node.parent.parent;
  const scope = variable === "var" ? place.scope.vars : place.scope;
  declare(place, variable, scope, isVariableStatement(statement) && isExported(statement));
}

const KINDS: ReadonlyMap<SyntaxKind, VariableKind> = new Map<SyntaxKind, VariableKind>([
  [SyntaxKind.Parameter, "parameter"],
  [SyntaxKind.FunctionDeclaration, "function"],
  [SyntaxKind.ClassDeclaration, "class"],
  [SyntaxKind.EnumDeclaration, "enum"],
  [SyntaxKind.ModuleDeclaration, "namespace"],
  [SyntaxKind.ImportClause, "import"],
  [SyntaxKind.NamespaceImport, "import"],
  [SyntaxKind.ImportSpecifier, "import"],
  [SyntaxKind.ImportEqualsDeclaration, "import"],
]);

function variableKind(node: VariableDeclaration): VariableKind {
  if (node.parent.kind === SyntaxKind.CatchClause) return "catch";
  const flags = node.parent.flags & NodeFlags.BlockScoped;
  if (flags & NodeFlags.Using) return "using";
  if (flags & NodeFlags.Const) return "const";
  return flags & NodeFlags.Let ? "let" : "var";
}

/** `namespace A.B` exports its inner one. */
function isExported(node: Node): boolean {
  const flags = (node as Node & { modifierFlags?: ModifierFlags }).modifierFlags ?? 0;
  return (flags & ModifierFlags.Export) !== 0 || node.parent.kind === SyntaxKind.ModuleDeclaration;
}

function declare({ node, root }: Place, kind: VariableKind, scope: Scope, isExport: boolean): void {
  for (const name of namesIn((node as Node & { name?: Node }).name)) {
    // What a comment overloads stands in the tree once more, and a `this` parameter is only a type.
    if (name.flags & NodeFlags.Reparsed || name.text === "this") continue;
    const variable = declareName(scope, name, kind, root);
    if (isExport) showTo(variable, scope);
    if (node.kind === SyntaxKind.EnumDeclaration) addMembers(variable, node as EnumDeclaration);
  }
}

/** What a namespace exports may be written through its name, too. */
function showTo(variable: DraftVariable, scope: Scope): void {
  variable.isExported = true;
  if (!scope.parts) return;
  variable.isExposed = true;
  scope.parts.set(variable.name, variable);
}

function addMembers(variable: DraftVariable, node: EnumDeclaration): void {
  for (const { name } of node.members) {
    const { text } = name as Node & { text?: string };
    if (text !== undefined) variable.parts?.set(text, "member");
  }
}
