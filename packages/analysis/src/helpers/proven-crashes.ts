/** Certain crashes of a function, less those that types or the functions that are called on the way speak against. */
import { TypeFlags } from "@review/program";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { crashesOf, type Crash } from "../flow/crashes.ts";
import type { FlowGraph, Step } from "../flow/graph.ts";
import { flowRootOf } from "../flow/roots.ts";
import { FALSY } from "../flow/null-tests.ts";
import type { Pass } from "../rule.ts";
import { nodesOf } from "../walk.ts";
import { ownNodesOf, unwrapped, wrapped } from "./nodes.ts";
import { isKnownError } from "./remarks.ts";
import { isUncertain } from "./types.ts";

/** The crashes of a graph that nothing speaks against. What the compiler reports by itself is not among them. */
export function* provenCrashes(pass: Pass, graph: FlowGraph): Ask<readonly Crash[]> {
  const proven: Crash[] = [];
  const crashes = crashesOf(graph, pass.scopes());
  // A test that crashes fails, as it should.
  if (crashes.length === 0 || pass.file.isTest || hasErrors(graph.root)) return [];
  for (const crash of crashes) {
    if (isUnlikely(pass, crash) || (yield* isExcused(pass, crash))) continue;
    if (yield* mayEndBefore(pass, crash.calls)) continue;
    proven.push(crash);
  }
  return proven;
}

/** What was read out of another language, Flow's types for one, is not what runs. */
function hasErrors(root: Node): boolean {
  for (const node of nodesOf(root)) if (node.flags & NodeFlags.ThisNodeHasError) return true;
  return false;
}

/**
 * `!` speaks for whoever knows how branches depend on each other. What is thrown is an error, whatever a careful `?.`
 * says. A row of `else if` names all the cases that its writer knows
 * of: that none of them holds is no case that was forgotten.
 */
function isUnlikely(pass: Pass, crash: Crash): boolean {
  const { node, origin, edge, step } = crash;
  if (isKnownError(step.node)) return true;
  if (pass.scopes().variableOf(unwrapped(node))?.kind === "catch") return true;
  if (!edge) return false;
  if (node.kind === SyntaxKind.NonNullExpression && !isMisplacedGuard(crash)) return true;
  const { node: test } = edge;
  if (!test) return false;
  if (ENVIRONMENT.test(test.getText())) return true;
  return origin.kind === "tested" ? isDependent(origin.at, test) : edge.kind === "false" && isElseIf(test);
}

/** `typeof self`, the last of a row of such questions: one of them has an answer wherever the code runs. */
const ENVIRONMENT = /\btypeof\s+(?:window|self|global|globalThis)\b(?!\s*[.?[])/;

/** Whether another `if` before has asked for the same two things together, so that one may imply the other. */
function isDependent(checked: Node, condition: Node): boolean {
  if (checked === condition) return false;
  const texts = [checked.getText(), condition.getText()];
  return [...ownNodesOf(flowRootOf(condition))].some(
    node =>
      isIfStatement(node) &&
      node.expression.end < condition.pos &&
      texts.every(text => node.expression.getText().includes(text)),
  );
}

function isElseIf(test: Node): boolean {
  let at = test;
  while (at.parent && EXPRESSIONS.has(at.parent.kind)) at = at.parent;
  const statement = at.parent;
  return isIfStatement(statement) && isIfStatement(statement.parent) && statement.parent.elseStatement === statement;
}

const PRIMITIVE = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike;

/** A value that is only known to be falsy may be an empty text or 0, whose members can be read. */
function* isExcused(pass: Pass, crash: Crash): Ask<boolean> {
  const { checker, file } = pass;
  const { node, step, values } = crash;
  const type = yield* checker.typeOf(node);
  const parts = yield* checker.partsOf(type);
  if (file.isChecked && file.strictNullChecks) {
    if (parts.some(({ flags }) => (flags & ABSENT) !== 0)) return true;
    if (!parts.some(isUncertain) && !isOptimistic(pass, crash)) return true;
  }
  if ((values & FALSY) === 0 || step.kind === "call") return false;
  if (parts.some(({ flags }) => (flags & PRIMITIVE) !== 0)) return true;
  return parts.some(isUncertain) && isMemberOfPrimitive(step.node);
}

/**
 * Where the compiler keeps watch, a check is superfluous unless the type promises more than is known: of an index, of
 * what was parsed, of what an assertion says.
 */
function isOptimistic(pass: Pass, crash: Crash): boolean {
  const { node, origin } = crash;
  // Behind a guard of the wrong kind, its writer took `!` for safe.
  if (node.kind === SyntaxKind.NonNullExpression && isMisplacedGuard(crash)) return true;
  if (origin.kind === "assigned" || origin.kind === "unassigned") return true;
  return origin.kind === "tested" ? promisesTooMuch(pass, node) : isAssertion(origin.at.parent);
}

/** An element, and a local that was made of one or of an assertion. */
function promisesTooMuch(pass: Pass, node: Node): boolean {
  const value = unwrapped(node);
  if (isElementAccessExpression(value)) return true;
  const [name] = pass.scopes().variableOf(value)?.declarations ?? [];
  const declaration = name?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return false;
  const { initializer } = declaration;
  return isAssertion(initializer) || isElementAccessExpression(unwrapped(initializer));
}

function isAssertion({ kind }: Node): boolean {
  return kind === SyntaxKind.AsExpression || kind === SyntaxKind.NonNullExpression;
}

const ABSENT = TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void | TypeFlags.Never;

/** Whether texts and numbers have the member that is read, or might have. */
function isMemberOfPrimitive(access: Node): boolean {
  if (isElementAccessExpression(access)) return true;
  if (!isPropertyAccessExpression(access)) return true;
  return MEMBERS.has(access.name.text);
}

const MEMBERS: ReadonlySet<string> = new Set(
  [String.prototype, Number.prototype, Object.prototype].flatMap(each => Object.getOwnPropertyNames(each)),
);

/**
 * Whether one of the calls may be the last thing that happens, though the compiler does not know: it is not typed so,
 * or it is called `fail`.
 */
export function* mayEndBefore(pass: Pass, calls: readonly Step[]): Ask<boolean> {
  for (const { node } of calls) {
    if (!isCallExpression(node) || !isOnItsOwn(node) || isContinuation(pass, node)) continue;
    const callee = yield* pass.summaries.calleeOf(node);
    if (callee.kind === "model" && callee.facts.ends) return true;
    // A log that is told of an error goes on.
    if (callee.kind === "model" || isLog(node)) continue;
    if (ENDINGS.test(nameOf(node))) return true;
    if (callee.kind === "function" && (yield* pass.summaries.endOf(callee.fn)) !== "returns") return true;
  }
  return false;
}

function isOnItsOwn(call: CallExpression): boolean {
  const outer = wrapped(call);
  return isExpressionStatement(outer.parent) || isAwaitExpression(outer.parent);
}

/** `next(false)`, where `next` is a parameter: whoever calls it goes on after it. */
function isContinuation(pass: Pass, { expression }: CallExpression): boolean {
  const callee = unwrapped(expression);
  return (
    isIdentifier(callee) && CONTINUATIONS.test(callee.text) && pass.scopes().variableOf(callee)?.kind === "parameter"
  );
}

/** `logger.error("…")`, `this.log.error(…)` */
function isLog({ expression }: CallExpression): boolean {
  const callee = unwrapped(expression);
  if (!isPropertyAccessExpression(callee)) return false;
  const owner = unwrapped(callee.expression);
  const name = isPropertyAccessExpression(owner) ? owner.name.text : isIdentifier(owner) ? owner.text : "";
  return LOGS.test(name);
}

const LOGS = /^_?(?:console|log|logger|winston)$/i;

const CONTINUATIONS = /^(?:next|done|callback|cb)$/;

const ENDINGS =
  /fail|fatal|error|throw|abort|exit|quit|die|bail|panic|usage|help|raise|reject|redirect|unreachable|never|not_?found|forbidden|invariant|assert|expect|skip|must|require|ensure|check|verify|validate|guard|^ok$|^done$|^next$/i;

function nameOf({ expression }: CallExpression): string {
  const callee = unwrapped(expression);
  if (isPropertyAccessExpression(callee)) return callee.name.text;
  return isIdentifier(callee) ? callee.text : "";
}

/**
 * Whether the test that found the value absent is at fault, and not a forgotten case: it stands in one expression with
 * the dereference (`!a && a.b`), or is one of several that were to be joined the other way (`if (!a && !b) return`).
 */
export function isMisplacedGuard({ origin, edge, step }: Crash): boolean {
  const test = edge?.node ?? origin.at;
  if (origin.kind !== "tested") return false;
  for (let at = wrapped(step.node).parent as Node | undefined; at && EXPRESSIONS.has(at.kind); at = at.parent) {
    if (SHORT_CIRCUITS.has(at.kind) && at.pos <= test.pos && test.end <= at.end) return true;
  }
  return isJoined(test);
}

/** `!a && !b`, behind which one of the two may be absent. */
function isJoined(test: Node): boolean {
  const negated = wrapped(test).parent;
  if (!isPrefixUnaryExpression(negated)) return false;
  const { parent } = wrapped(negated);
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.AmpersandAmpersandToken) return false;
  return [parent.left, parent.right].every(each => isPrefixUnaryExpression(unwrapped(each)));
}

const SHORT_CIRCUITS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BinaryExpression,
  SyntaxKind.ConditionalExpression,
]);

const EXPRESSIONS: ReadonlySet<SyntaxKind> = new Set([
  ...SHORT_CIRCUITS,
  ...[SyntaxKind.ParenthesizedExpression, SyntaxKind.PrefixUnaryExpression, SyntaxKind.CallExpression],
  ...[SyntaxKind.PropertyAccessExpression, SyntaxKind.ElementAccessExpression, SyntaxKind.NonNullExpression],
  ...[SyntaxKind.AsExpression, SyntaxKind.AwaitExpression, SyntaxKind.TemplateSpan, SyntaxKind.TemplateExpression],
]);
