/** What stands side by side and may have been made by copying: statements, branches, cases, members, operands. */
import { operandsOf } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isBlock,
  isCaseBlock,
  isCaseClause,
  isClassLikeDeclaration,
  isDefaultClause,
  isIfStatement,
  isJsxAttributes,
  isJsxElement,
  isObjectLiteralExpression,
  isSourceFile,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";

/** The rows of siblings that a node holds. */
export function rowsIn(node: Node): readonly (readonly Node[])[] {
  if (isBlock(node) || isSourceFile(node) || isCaseClause(node) || isDefaultClause(node)) return [node.statements];
  if (isIfStatement(node)) return node.elseStatement ? [[node.thenStatement, node.elseStatement]] : [];
  return isBinaryExpression(node) ? operandRows(node.operatorToken.kind, node) : partRows(node);
}

function partRows(node: Node): readonly (readonly Node[])[] {
  if (isCaseBlock(node)) return [node.clauses];
  if (isClassLikeDeclaration(node)) return [node.members];
  if (isObjectLiteralExpression(node) || isJsxAttributes(node)) return [node.properties];
  if (isArrayLiteralExpression(node)) return [node.elements];
  return isJsxElement(node) ? [node.children.filter(({ kind }) => kind !== SyntaxKind.JsxText)] : [];
}

const CHAINS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken]);

function operandRows(operator: SyntaxKind, node: BinaryExpression): readonly (readonly Node[])[] {
  const { parent } = node;
  const isInner = isBinaryExpression(parent) && parent.operatorToken.kind === operator;
  return CHAINS.has(operator) && !isInner ? [operandsOf(node, operator)] : [];
}
