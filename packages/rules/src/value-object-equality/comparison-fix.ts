/** The comparison by value that replaces one by identity. */
import type { Pass, ReportedFix } from "@review/analysis";
import { isNewExpression, SyntaxKind, type Expression, type Node } from "@review/program/syntax";
import type { ValueObject } from "./value-class.ts";

export interface IdentityComparison {
  readonly place: Node;
  readonly left: Expression;
  readonly right: Expression;
  readonly ours: ValueObject;
  readonly theirs: ValueObject;
  readonly isNegated: boolean;
}

/** Undefined where the class has no short comparison, and where a method would be called on what may be null. */
export function comparisonFix(
  { file }: Pass,
  { place, left, right, ours, theirs, isNegated }: IdentityComparison,
): ReportedFix | undefined {
  const { comparison } = ours.of;
  if (!comparison || ours.of.name !== theirs.of.name) return undefined;
  const { name, isMethod } = comparison;
  if (isMethod && (ours.isNullable || theirs.isNullable)) return undefined;
  const textOf = (node: Node): string => node.getText(file.sourceFile);
  const operand = (node: Node): string => (isSimple(node) ? textOf(node) : `(${textOf(node)})`);
  const dot = (side: ValueObject): string => (side.isNullable ? "?." : ".");
  const text = isMethod
    ? `${isNegated ? "!" : ""}${operand(left)}.${name}(${textOf(right)})`
    : `${operand(left)}${dot(ours)}${name} ${isNegated ? "!==" : "==="} ${operand(right)}${dot(theirs)}${name}`;
  return { title: "Compare the values", safety: "suggested", edits: [{ at: place, text }] };
}

/** Whether a member can be asked of an operand as it is written; `new X` without brackets would take it along. */
function isSimple(node: Node): boolean {
  return SIMPLE.has(node.kind) || (isNewExpression(node) && node.arguments !== undefined);
}

const SIMPLE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.NonNullExpression,
  SyntaxKind.ParenthesizedExpression,
]);
