/**
 * Calls that take what a local was made of, where an otherwise equal call on another way takes the local: `merge(copy, more)`
 * here, and `merge(given, more)` there.
 */
import { unwrapped, valueNodesOf, wrapped, type Pass, type Scopes } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBlock,
  isCallExpression,
  isCaseClause,
  isConditionalExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadAssignment,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface Twin {
  /** Where the local is made of it. */
  readonly source: Identifier;
  readonly use: Identifier;
  /** The call that takes the local. */
  readonly other: CallExpression;
}

export function twinWithSource(pass: Pass, name: Identifier, value: Expression): Twin | undefined {
  const source = sourceIn(value);
  const local = source && pass.scopes().variableOf(name);
  if (!source || !local || local.references.some(({ isWritten }) => isWritten)) return undefined;
  const scopes = pass.scopes();
  const uses = [...valueNodesOf(scopeAround(name))].filter(
    (node): node is Identifier => isIdentifier(node) && node.pos > value.end && isSameName(scopes, node, source),
  );
  if (uses.length === 0) return undefined;
  const calls = local.references.flatMap(({ node }) => (isIdentifier(node) ? (callWith(node) ?? []) : []));
  for (const use of uses) {
    const own = callWith(use);
    const other = own && calls.find(each => areTwins(own, each) && isOnAnotherWay(own.call, each.call));
    if (other) return { source, use, other: other.call };
  }
  return undefined;
}

/** What a value is a copy of, or falls back to. */
function sourceIn(value: Expression): Identifier | undefined {
  const bare = unwrapped(value);
  const source = isConditionalExpression(bare) ? chosenIn(bare.whenTrue, bare.whenFalse) : copiedIn(bare);
  return source && isIdentifier(source) ? source : undefined;
}

/** `client ? loggerOf(client) : console` */
function chosenIn(one: Node, other: Node): Node | undefined {
  const [first, second] = [unwrapped(one), unwrapped(other)];
  if (isIdentifier(second) && isCallExpression(first)) return second;
  return isIdentifier(first) && isCallExpression(second) ? first : undefined;
}

/** `{ ...given }`, `[...given]`, `assign({}, given)`: what holds more is another thing, and who takes the first may mean it. */
function copiedIn(value: Node): Node | undefined {
  if (isObjectLiteralExpression(value)) return spreadIn(value.properties);
  if (isArrayLiteralExpression(value)) return spreadIn(value.elements);
  if (!isCallExpression(value)) return undefined;
  const [empty, given, more] = value.arguments.map(unwrapped);
  const isCopy = empty && !more && isObjectLiteralExpression(empty) && empty.properties.length === 0;
  return isCopy ? given : undefined;
}

/** What a literal spreads that holds nothing else. */
function spreadIn([only, more]: readonly Node[]): Node | undefined {
  if (!only || more) return undefined;
  return isSpreadAssignment(only) || isSpreadElement(only) ? unwrapped(only.expression) : undefined;
}

function isSameName(scopes: Scopes, node: Identifier, source: Identifier): boolean {
  return node.text === source.text && scopes.variableOf(node) === scopes.variableOf(source);
}

/** The block that a local is declared in. */
function scopeAround(name: Identifier): Node {
  let at: Node = name;
  while (at.parent && !isBlock(at) && !isCaseClause(at)) at = at.parent;
  return at;
}

interface NamedCall {
  readonly call: CallExpression;
  readonly name: Identifier;
}

/** The call that a name is an argument of, or the object of. */
function callWith(name: Identifier): NamedCall | undefined {
  const outer = wrapped(name);
  const { parent } = outer;
  if (isCallExpression(parent)) return parent.expression === outer ? undefined : { call: parent, name };
  if (!isPropertyAccessExpression(parent) || parent.expression !== outer) return undefined;
  const call = parent.parent;
  return isCallExpression(call) && call.expression === parent ? { call, name } : undefined;
}

/** Whether two calls are equal but for the name, and have more than the name to be told by. */
function areTwins(one: NamedCall, other: NamedCall): boolean {
  const rest = restOf(one);
  return one.call.arguments.length > 1 && rest === restOf(other);
}

/** A call's code without the name. */
function restOf({ call, name }: NamedCall): string {
  const [start, text] = [call.getStart(), call.getText()];
  return `${text.slice(0, name.getStart() - start)}\0${text.slice(name.end - start)}`.replace(/\s+/g, " ");
}

/** Whether at most one of two nodes is run in a pass through the code. */
function isOnAnotherWay(one: Node, other: Node): boolean {
  const [first, second] = one.pos < other.pos ? [one, other] : [other, one];
  let at: Node = first;
  let leaves = false;
  for (; at.parent.end < second.end; at = at.parent)
    leaves = !isFunctionLikeDeclaration(at) && (leaves || isWayOut(at));
  const fork = at.parent;
  if (isIfStatement(fork)) return fork.elseStatement !== undefined && fork.thenStatement === at;
  if (isConditionalExpression(fork)) return fork.whenTrue === at;
  return !isFunctionLikeDeclaration(at) && (leaves || isWayOut(at));
}

/** A statement that leaves, or a block that does in the end. */
function isWayOut(node: Node): boolean {
  const last = isBlock(node) ? node.statements.at(-1) : node;
  return last !== undefined && LEAVING.has(last.kind);
}

const LEAVING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ReturnStatement, SyntaxKind.ThrowStatement, SyntaxKind.BreakStatement, SyntaxKind.ContinueStatement],
]);
