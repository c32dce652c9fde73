/** Questions about syntax that many rules ask; none of them asks the compiler. */
import {
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  ModifierFlags,
  SyntaxKind,
  type ConditionalExpression,
  type ElementAccessExpression,
  type Expression,
  type ForStatement,
  type FunctionLikeDeclaration,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
} from "@review/program/syntax";
import { nodesOf, reverseFrom } from "../walk.ts";

const WRAPPERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.TypeAssertionExpression,
  SyntaxKind.NonNullExpression,
]);

/** The expression inside brackets, assertions and `!`, which are all without effect at run time. */
export function unwrapped(node: Node): Node {
  let inner = node;
  while (WRAPPERS.has(inner.kind)) inner = (inner as Node & { expression: Node }).expression;
  return inner;
}

/** The outermost expression that is this one in brackets, with assertions or `!`. */
export function wrapped(node: Node): Node {
  let outer = node;
  while (WRAPPERS.has(outer.parent.kind)) outer = outer.parent;
  return outer;
}

/** Whether a node is what a call calls. */
export function isCallee(node: Node): boolean {
  const outer = wrapped(node);
  return isCallExpression(outer.parent) && outer.parent.expression === outer;
}

/** Whether a member of a node is read or set, `node.name` or `node[key]`, and not by `?.`: without the object that throws. */
export function hasMemberTaken(node: Node): boolean {
  const { parent } = node;
  if (!isPropertyAccessExpression(parent) && !isElementAccessExpression(parent)) return false;
  return parent.expression === node && !parent.questionDotToken;
}

/** The function that a node runs in: undefined at the top level of a file, in a class's field or static block. */
export function enclosingFunction(node: Node): FunctionLikeDeclaration | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent) {
    if (isFunctionLikeDeclaration(at)) return at;
    if (at.kind === SyntaxKind.ClassStaticBlockDeclaration || at.kind === SyntaxKind.PropertyDeclaration)
      return undefined;
  }
  return undefined;
}

/** Whether a function is declared `async`. */
export function isAsync(node: FunctionLikeDeclaration): boolean {
  return (node.modifierFlags & ModifierFlags.Async) !== 0;
}

/** Whether a node is another one of the same file or a part of it. */
export function isInside(node: Node, outer: Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

/** Whether a node is another one or a part of it, also where the two may stand in different files. */
export function isWithin(node: Node, outer: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** Every node below `root`, without the bodies of functions and classes that it contains. */
export function* ownNodesOf(root: Node): Generator<Node> {
  const stack: Node[] = [root];
  const push = (child: Node): void => {
    stack.push(child);
  };
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    if (node !== root && (isFunctionLikeDeclaration(node) || node.kind === SyntaxKind.ClassStaticBlockDeclaration))
      continue;
    const first = stack.length;
    node.forEachChild(push);
    reverseFrom(stack, first);
  }
}

/** Whether only the truth of the expression's value counts at this place: a test, `!`, or an operand of such a one. */
export function isCondition(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  switch (parent.kind) {
    case SyntaxKind.IfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
      return (parent as Node & { expression: Node }).expression === outer;
    case SyntaxKind.ForStatement:
    case SyntaxKind.ConditionalExpression:
      return (parent as ForStatement | ConditionalExpression).condition === outer;
    case SyntaxKind.PrefixUnaryExpression:
      return isPrefixUnaryExpression(parent) && parent.operator === SyntaxKind.ExclamationToken;
    case SyntaxKind.BinaryExpression:
      return isConditionOperand(outer, parent);
    default:
      return false;
  }
}

/** The left side of `&&` and `||` is tested; the right side is where the whole is. */
function isConditionOperand(node: Node, parent: Node): boolean {
  if (!isBinaryExpression(parent)) return false;
  const kind = parent.operatorToken.kind;
  if (kind !== SyntaxKind.AmpersandAmpersandToken && kind !== SyntaxKind.BarBarToken) return false;
  return parent.left === node || isCondition(parent);
}

/** Whether nobody gets the value of an expression: it is a statement, under `void`, or left of a comma. */
export function isDiscarded(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent.kind === SyntaxKind.ExpressionStatement || parent.kind === SyntaxKind.VoidExpression) return true;
  if (parent.kind === SyntaxKind.ForStatement) {
    const loop = parent as ForStatement;
    return loop.initializer === outer || loop.incrementor === outer;
  }
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.CommaToken) return false;
  return parent.left === outer || isDiscarded(parent);
}

/** The expressions of a statement whose values nobody gets: both arms of `a ? b : c`, `b` of `a && b`, all of `a, b`. */
export function discardedIn(expression: Expression): readonly Expression[] {
  const inner = unwrapped(expression) as Expression;
  if (isConditionalExpression(inner)) return [...discardedIn(inner.whenTrue), ...discardedIn(inner.whenFalse)];
  if (!isBinaryExpression(inner)) return [inner];
  switch (inner.operatorToken.kind) {
    case SyntaxKind.CommaToken:
      return [...discardedIn(inner.left), ...discardedIn(inner.right)];
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      return discardedIn(inner.right);
    default:
      return [];
  }
}

/**
 * Whether two expressions name the same place: `a`, `this.a.b`, `a[0]`, `a["b"]`, `a[i]`. A call in between makes them
 * different, since it may answer differently each time; that a place may be written between the two is for the
 * caller to think of.
 */
export function isSameReference(left: Node, right: Node): boolean {
  const ours = unwrapped(left);
  const theirs = unwrapped(right);
  if (isIdentifier(ours)) return isIdentifier(theirs) && ours.text === theirs.text;
  if (ours.kind === SyntaxKind.ThisKeyword || ours.kind === SyntaxKind.SuperKeyword) return ours.kind === theirs.kind;
  const key = memberKey(ours);
  if (key === undefined || !isAccess(ours) || !isAccess(theirs)) return false;
  const other = memberKey(theirs);
  const sameKey = typeof key === "string" ? key === other : typeof other === "object" && isSameReference(key, other);
  return sameKey && isSameReference(ours.expression, theirs.expression);
}

/** Whether a node is a member access, `a.b` or `a[key]`. */
export function isAccess(node: Node): node is PropertyAccessExpression | ElementAccessExpression {
  return isPropertyAccessExpression(node) || isElementAccessExpression(node);
}

/** The name of a member access, or the expression that computes it. */
function memberKey(node: Node): string | Node | undefined {
  if (isPropertyAccessExpression(node)) return node.name.text;
  if (!isElementAccessExpression(node)) return undefined;
  const argument = unwrapped(node.argumentExpression);
  if (isStringLiteralLikeNode(argument) || argument.kind === SyntaxKind.NumericLiteral) {
    return (argument as Node & { text: string }).text;
  }
  return argument;
}

const EFFECTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.YieldExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.PostfixUnaryExpression,
]);

/** Whether evaluating an expression may change something or answer differently the next time. */
export function mayHaveEffects(node: Node): boolean {
  if (isFunctionLikeDeclaration(node)) return false;
  for (const at of ownNodesOf(node)) {
    if (EFFECTS.has(at.kind)) return true;
    if (isBinaryExpression(at) && isAssignmentOperator(at.operatorToken.kind)) return true;
    if (
      isPrefixUnaryExpression(at) &&
      (at.operator === SyntaxKind.PlusPlusToken || at.operator === SyntaxKind.MinusMinusToken)
    )
      return true;
  }
  return false;
}

/** The operands of a chain of one operator, from left to right, without brackets: `a`, `b`, `c` of `a && (b && c)`. */
export function operandsOf(node: Expression, operator: SyntaxKind): readonly Expression[] {
  const inner = unwrapped(node) as Expression;
  if (!isBinaryExpression(inner) || inner.operatorToken.kind !== operator) return [inner];
  return [...operandsOf(inner.left, operator), ...operandsOf(inner.right, operator)];
}

/** What holds where a node is reached, by the `if` statements of its function around it: `a` and `b` in `if (a && b) { … }`. */
export function testsAround(node: Node): readonly Expression[] {
  const tests: Expression[] = [];
  for (let at = node; at.parent && !isFunctionLikeDeclaration(at.parent); at = at.parent) {
    if (!isIfStatement(at.parent) || at.parent.thenStatement !== at) continue;
    tests.push(...operandsOf(at.parent.expression, SyntaxKind.AmpersandAmpersandToken));
  }
  return tests;
}

/** Whether a name occurs below `root` as an identifier. */
export function mentions(root: Node, name: string): boolean {
  for (const node of nodesOf(root)) if (isIdentifier(node) && node.text === name) return true;
  return false;
}

/** A node's code for a message: one line, in backticks, cut to `limit` characters. */
export function quoted(node: Node, sourceFile: SourceFile, limit = 40): string {
  const text = node.getText(sourceFile).replace(/\s+/g, " ").replaceAll("`", "'");
  return `\`${text.length > limit ? `${text.slice(0, limit - 1)}…` : text}\``;
}
