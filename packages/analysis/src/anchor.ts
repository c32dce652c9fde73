/** What keeps a finding recognisable: see `Anchor` in `@review/findings`. */
import type { Anchor } from "@review/findings";
import { getNameOfDeclaration, SyntaxKind, type Declaration, type Node, type SourceFile } from "@review/program/syntax";
import { tokensOf } from "./helpers/tokens.ts";
import type { Place } from "./rule.ts";

/** The anchor of a place; `node` is the innermost node that holds it. */
export function anchorOf(sourceFile: SourceFile, node: Node, place: Place): Anchor {
  return { scope: scopeOf(node, sourceFile), code: tokensOf(sourceFile.text, place.start, place.end).join(" ") };
}

const NAMED: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.Constructor,
  SyntaxKind.PropertyDeclaration,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.EnumDeclaration,
]);

function scopeOf(node: Node, sourceFile: SourceFile): string {
  const names: string[] = [];
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (NAMED.has(at.kind)) names.push(nameOf(at, sourceFile));
  }
  return names.reverse().join(".");
}

function nameOf(node: Node, sourceFile: SourceFile): string {
  if (node.kind === SyntaxKind.Constructor) return "constructor";
  const name = getNameOfDeclaration(node as Declaration) as Node | undefined;
  return name ? name.getText(sourceFile) : "";
}
