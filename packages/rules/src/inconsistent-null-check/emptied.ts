/** Members that their own file takes the value away from, so that a check of them is no mere caution. */
import { absentLiteral, asFixedLocal, isTarget, nodesOf, perFile, unwrapped, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isDeleteExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
} from "@review/program/syntax";

/** Whether somewhere in the file the member gets null or undefined, or is deleted. */
export function isEmptiedSomewhere(pass: Pass, value: Node): boolean {
  const member = memberOf(pass, unwrapped(value));
  return member !== undefined && emptiedIn(pass.file.sourceFile).has(keyOf(member));
}

/** The member itself, or the one that a local was read from. */
function memberOf(pass: Pass, value: Node): PropertyAccessExpression | undefined {
  if (isPropertyAccessExpression(value)) return value;
  const [name] = pass.scopes().variableOf(value)?.declarations ?? [];
  const local = name && asFixedLocal(name.parent);
  const source = local && unwrapped(local.value);
  return source && isPropertyAccessExpression(source) ? source : undefined;
}

const emptiedIn = perFile((sourceFile): ReadonlySet<string> => new Set(emptied(sourceFile)));

function* emptied(sourceFile: SourceFile): Iterable<string> {
  for (const node of nodesOf(sourceFile)) {
    if (!isPropertyAccessExpression(node)) continue;
    const { parent } = node;
    const isGiven = isBinaryExpression(parent) && parent.left === node && isTarget(node);
    if (isDeleteExpression(parent) || (isGiven && absentLiteral(valueOf(parent)) !== undefined)) yield keyOf(node);
  }
}

/** The last value of `a.b = c.d = null`. */
function valueOf({ right }: BinaryExpression): Node {
  const value = unwrapped(right);
  const isChained = isBinaryExpression(value) && value.operatorToken.kind === SyntaxKind.EqualsToken;
  return isChained ? valueOf(value) : value;
}

/** A member of the object itself, and one of the same name of something else, are two. */
function keyOf({ expression, name }: PropertyAccessExpression): string {
  const owner = unwrapped(expression);
  const isOwn = owner.kind === SyntaxKind.ThisKeyword || (isIdentifier(owner) && SELF.test(owner.text));
  return `${isOwn ? "this" : ""}.${name.text}`;
}

const SELF = /^_?(?:self|that|me|_?this)$/;
