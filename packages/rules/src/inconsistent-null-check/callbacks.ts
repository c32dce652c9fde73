/** A callback that may be left out, as the checks around the other calls of it say, and that one place calls unchecked. */
import {
  isCondition,
  isInside,
  mentions,
  nodesOf,
  quoted,
  wrapped,
  type Pass,
  type Reference,
  type Scopes,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isTypeOfExpression,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";
import { checkOwnLevel } from "./own-level.ts";

/** One check may be for another case; two are a habit. */
const FEWEST_CHECKS = 2;

/** Reports the calls of a parameter that nothing checks, where most of the others are made only if it is there. */
export function checkParameter(pass: Pass, parameter: ParameterDeclaration): void {
  const { file } = pass;
  const variable = isPlain(parameter) && !file.isTest ? pass.scopes().variableOf(parameter.name) : undefined;
  // Where the compiler keeps watch, it knows whether the callback may be missing.
  if (!variable || (file.isChecked && file.strictNullChecks) || !isOnlyAskedAtCalls(variable)) return;
  checkOwnLevel(pass, parameter, variable);
  const calls = variable.references.map(({ node }) => callOf(node)).filter(call => call !== undefined);
  if (calls.length <= FEWEST_CHECKS) return;
  const callback: Callback = { name: variable.name, owner: parameter.parent, scopes: pass.scopes() };
  const checked = calls.filter(call => standingOf(call, callback) === "checked");
  const unchecked = calls.filter(call => standingOf(call, callback) === "unchecked");
  const [check] = checked;
  if (!check || checked.length < FEWEST_CHECKS || unchecked.length > checked.length) return;
  for (const call of unchecked) report(pass, call, check);
}

function isPlain({ name, parent, initializer, dotDotDotToken }: ParameterDeclaration): boolean {
  return isIdentifier(name) && !initializer && !dotDotDotToken && isFunctionLikeDeclaration(parent);
}

function report(pass: Pass, call: CallExpression, check: CallExpression): void {
  const name = quoted(call.expression, pass.file.sourceFile);
  pass.report(call, {
    message: `${name} may be left out, as the other calls of it in this function ask for it first, but this one does not.`,
    evidence: [
      { at: check, message: `This is done only if ${name} is there.` },
      { at: call, message: "This throws where it is missing." },
    ],
  });
}

function callOf(use: Node): CallExpression | undefined {
  const outer = wrapped(use);
  const { parent } = outer;
  return isCallExpression(parent) && parent.expression === outer ? parent : undefined;
}

/** A parameter that gets a default, or whose presence is put into words elsewhere, may be there for other reasons. */
function isOnlyAskedAtCalls({ kind, references, isExposed }: Variable): boolean {
  return kind === "parameter" && !isExposed && references.every(each => !each.isWritten && !isKeptTest(each));
}

/** `const isAsync = typeof callback === "function"`, `assert(callback)`, `validate(options, callback)`. */
function isKeptTest({ node }: Reference): boolean {
  const outer = isTypeOfExpression(node.parent) ? node.parent : wrapped(node);
  const { parent } = outer;
  if (isCallExpression(parent)) return parent.expression !== outer && VALIDATORS.test(parent.expression.getText());
  return isBinaryExpression(parent) && !isCondition(outer) && !isCondition(parent) && parent.right !== outer;
}

const VALIDATORS = /assert|check|ensure|expect|invariant|require|valid/i;

type Standing = "checked" | "unchecked" | "unknown";

interface Callback {
  readonly name: string;
  /** The function whose parameter it is. */
  readonly owner: Node;
  readonly scopes: Scopes;
}

/** Whether a call is only made if the callback is there; unknown where an earlier statement or the use of a function may say so. */
function standingOf(call: Node, callback: Callback): Standing {
  const { name, owner } = callback;
  if (call.flags & NodeFlags.OptionalChain) return "checked";
  for (let at = wrapped(call); at.parent && at !== owner; at = at.parent) {
    const { parent } = at;
    const test = testAround(at, parent);
    if (test && mentions(test, name)) return asksFor(test, name) ? "checked" : "unknown";
    if (isAskedBefore(at, parent, name)) return "unknown";
    if (isFunctionLikeDeclaration(at) && !isCallExpression(wrapped(at).parent) && isUsedWithCare(at, callback)) {
      return "unknown";
    }
  }
  return "unchecked";
}

/** Whether an inner function may be used only where the callback is there; one that is no declaration may be used anywhere. */
function isUsedWithCare(fn: Node, callback: Callback): boolean {
  if (!isFunctionDeclaration(fn) || !fn.name) return true;
  const uses = callback.scopes.variableOf(fn.name)?.references ?? [];
  return uses.some(({ node }) => !isInside(node, fn) && standingOf(node, callback) !== "unchecked");
}

/** What decides whether a part of an expression or statement has its turn. */
function testAround(at: Node, parent: Node): Node | undefined {
  if (isBinaryExpression(parent)) return parent.right === at ? parent.left : undefined;
  if (isConditionalExpression(parent)) return parent.condition === at ? undefined : parent.condition;
  const { expression } = parent as Node & { expression?: Node };
  return DECIDING.has(parent.kind) && expression !== at ? expression : undefined;
}

const DECIDING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.IfStatement, SyntaxKind.WhileStatement, SyntaxKind.SwitchStatement, SyntaxKind.CaseClause],
]);

function asksFor(test: Node, name: string): boolean {
  for (const node of nodesOf(test)) {
    if (!isIdentifier(node) || node.text !== name) continue;
    const { parent } = wrapped(node);
    if (isCondition(node) || wrapped(node) === test || parent === test || isTypeOfExpression(parent)) return true;
  }
  return false;
}

/** `if (!callback) return new Promise(…)`, in a block around the call. */
function isAskedBefore(at: Node, parent: Node, name: string): boolean {
  const { statements } = parent as Node & { statements?: readonly Node[] };
  return (statements ?? []).some(each => each.end <= at.pos && isIfStatement(each) && mentions(each.expression, name));
}
