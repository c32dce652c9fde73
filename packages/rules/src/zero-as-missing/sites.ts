/** Where the truth of a name or member decides, and nothing else says that 0 was thought of. */
import {
  asMethodCall,
  COMPARISONS,
  isCondition,
  isSameReference,
  literalValue,
  nodesOf,
  unwrapped,
  wrapped,
} from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isAwaitExpression,
  isBinaryExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type ElementAccessExpression,
  type Expression,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export interface Site {
  readonly subject: Identifier | PropertyAccessExpression | ElementAccessExpression;
  /** The `!` around it, if that is where it stands. */
  readonly isNegated: Node | undefined;
  /** Right of `||`, where the value itself is wanted. */
  readonly fallback: Expression | undefined;
  readonly operator: Node | undefined;
}

/** A test for truth or a default of a variable or member; undefined for all other places. */
export function siteOf(subject: Node): Site | undefined {
  if (!isPlace(subject)) return undefined;
  const outer = wrapped(subject);
  const { parent } = outer;
  const isDefault = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.BarBarToken;
  if (isDefault && parent.left === outer && !isTested(parent)) {
    const site = { subject, isNegated: undefined, fallback: parent.right, operator: parent.operatorToken };
    return isUnlikely(subject) && !isNumber(parent.right) ? undefined : site;
  }
  return isTested(outer) && !isElementAccessExpression(subject) && !isUnlikely(subject)
    ? testOf(subject, parent)
    : undefined;
}

function isPlace(node: Node): node is Site["subject"] {
  return isIdentifier(node) || isPropertyAccessExpression(node) || isElementAccessExpression(node);
}

/** Another number than 0 says that the value is no count of what there is, but a setting. */
function isNumber(fallback: Expression): boolean {
  const value = literalValue(unwrapped(fallback));
  return typeof value === "number" && value !== 0;
}

function testOf(subject: Site["subject"], parent: Node): Site | undefined {
  const isNegated = isPrefixUnaryExpression(parent) ? parent : undefined;
  if (isThoughtOf(subject) || (isNegated && isDoubled(isNegated))) return undefined;
  return { subject, isNegated, fallback: undefined, operator: undefined };
}

function isUnlikely(subject: Site["subject"]): boolean {
  const name = nameOfSubject(subject);
  return name === undefined || isNameOfMember(subject) || UNLIKELY.test(name.text);
}

/** The name that says what the number is: for an element, that of the table. */
export function nameOfSubject(subject: Site["subject"]): Identifier | undefined {
  if (isIdentifier(subject)) return subject;
  if (isPropertyAccessExpression(subject)) return isIdentifier(subject.name) ? subject.name : undefined;
  const table = unwrapped(subject.expression);
  if (isIdentifier(table)) return table;
  return isPropertyAccessExpression(table) && isIdentifier(table.name) ? table.name : undefined;
}

/** `x.offset`, seen from `offset`: the member is looked at as a whole. */
function isNameOfMember(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/** Names of what is counted, of bits, of flags and of what a process ends with: 0 is none of them, or no failure. */
export const UNLIKELY: RegExp =
  /(?:length|code|status|signal|errno|timer|timers?id|interval|intervalid|timeout|timeoutid|handle|raf|frame|frameid|requestid|count|counts|counter|size|num|total|sum|bits?|mask|flags?|enabled|has[A-Z]\w*|is[A-Z]\w*|should[A-Z]\w*|diff|delta|changed|dirty|amount|pending|remaining|loading|width|height|errors?|failures?|retries|version)$/i;

function isTested(node: Node): boolean {
  return isCondition(node) || isConditionOfAnd(wrapped(node)) || isPredicate(wrapped(node));
}

/** `messages.filter(message => message.order)` */
function isPredicate(outer: Node): boolean {
  const fn = outer.parent;
  const call = isArrowFunction(fn) && fn.body === outer ? fn.parent : undefined;
  if (!call || !isCallExpression(call) || call.arguments[0] !== fn) return false;
  return /^(?:filter|some|every|find|findIndex|findLast)$/.test(asMethodCall(call)?.name ?? "");
}

/** Left of `&&`, whoever gets the result. */
function isConditionOfAnd(outer: Node): boolean {
  const { parent } = outer;
  return (
    isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken &&
    parent.left === outer
  );
}

/** `!!x` makes a flag of a number. */
function isDoubled(negation: Node): boolean {
  const { parent } = wrapped(negation);
  return isPrefixUnaryExpression(parent) && parent.operator === SyntaxKind.ExclamationToken;
}

/** Whether the same condition compares the value: whoever wrote `x && x > 1` knows that it is a number. */
function isThoughtOf(subject: Node): boolean {
  let top: Node = wrapped(subject);
  while (isPartOfCondition(top.parent)) top = top.parent;
  for (const node of nodesOf(top)) {
    if (!isBinaryExpression(node) || !COMPARISONS.has(node.operatorToken.kind)) continue;
    if ([node.left, node.right].some(side => mentionsPlace(side, subject))) return true;
  }
  return false;
}

function mentionsPlace(side: Node, subject: Node): boolean {
  const bare = unwrapped(side);
  if (isSameReference(bare, subject)) return true;
  return [...nodesOf(bare)].some(node => node.kind === subject.kind && isSameReference(node, subject));
}

function isPartOfCondition(node: Node): boolean {
  if (isExpressionStatement(node) || isIfStatement(node) || isAwaitExpression(node)) return false;
  return CONDITIONS.has(node.kind) || isConditionalExpression(node);
}

const CONDITIONS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.BinaryExpression, SyntaxKind.PrefixUnaryExpression, SyntaxKind.ParenthesizedExpression],
]);
