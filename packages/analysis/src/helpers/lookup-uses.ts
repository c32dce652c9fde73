/** What is done with the result of a call: whether it is used as it is, or looked at before. */
import {
  isArrayBindingPattern,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isSpreadElement,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import type { Scopes, Variable } from "../flow/scope.ts";
import { refusedArgument } from "../flow/refused-arguments.ts";
import { catchingTryOf } from "./catching.ts";
import { asMethodCall } from "./names.ts";
import { isCondition, unwrapped, wrapped } from "./nodes.ts";
import { EQUALITIES, LOGICAL } from "./operators.ts";

/** The lookup as text: lookups of collections are the same only with the same key. */
export function lookupKeyOf(call: CallExpression): string {
  const isOfCollection = KEYED.has(asMethodCall(call)?.name ?? "");
  const callee = call.expression.getText();
  return (isOfCollection ? `${callee}(${call.arguments.map(each => each.getText()).join(", ")})` : callee).replace(
    /\s+/g,
    " ",
  );
}

const KEYED: ReadonlySet<string> = new Set(
  "get find match exec at pop shift findLast querySelector getElementById getItem closest".split(" "),
);

/** What throws for want of a result that nothing in the function looks at; undefined where it is checked, or passed on. */
export function uncheckedUseOf(scopes: Scopes, call: Node): Node | undefined {
  const use = useOf(scopes, call);
  // A `catch` may expect it to throw.
  return use && !catchingTryOf(use) ? use : undefined;
}

function useOf(scopes: Scopes, call: Node): Node | undefined {
  const outer = resultOf(call);
  const dereference = dereferenceOf(outer);
  if (dereference) return dereference;
  if (isTakenApart(outer)) return (outer.parent as VariableDeclaration).name;
  const variable = variableOf(scopes, outer);
  if (!variable) return undefined;
  const uses = variable.references.map(({ node }) => dereferenceOf(wrapped(node)));
  return uses.includes(undefined) ? undefined : uses[0];
}

/** Whether the result of a lookup is looked at: at once, or by the name that it gets. */
export function isResultChecked(scopes: Scopes, call: Node): boolean {
  const outer = resultOf(call);
  if (isLookedAt(outer)) return true;
  const variable = declaredBy(scopes, outer);
  return variable !== undefined && variable.references.some(({ node }) => isLookedAt(wrapped(node)));
}

/** The call with what waits for it. */
function resultOf(call: Node): Node {
  const outer = wrapped(call);
  return isAwaitExpression(outer.parent) ? wrapped(outer.parent) : outer;
}

/** The variable that is given the result, and nothing else ever. */
function variableOf(scopes: Scopes, result: Node): Variable | undefined {
  const variable = declaredBy(scopes, result);
  return variable?.references.some(({ isWritten }) => isWritten) ? undefined : variable;
}

function declaredBy(scopes: Scopes, result: Node): Variable | undefined {
  const { parent } = result;
  if (!isVariableDeclaration(parent) || parent.initializer !== result || !isIdentifier(parent.name)) return undefined;
  return scopes.variableOf(parent.name);
}

/** What throws where a value is missing: a member, a call, a loop over it, or a builtin that refuses it. */
export function dereferenceOf(value: Node): Node | undefined {
  const { parent } = value;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent)) {
    const isFirst = parent.expression === value && !parent.questionDotToken;
    return isFirst || (isCallExpression(parent) && refusedArgument(parent) === value) ? parent : undefined;
  }
  const isIterated = isForOfStatement(parent) ? parent.expression === value : isSpreadElement(parent);
  return isIterated ? value : undefined;
}

/** `const [, major] = text.match(…)`, `const { name } = users.find(…)` */
function isTakenApart(value: Node): boolean {
  const { parent } = value;
  if (!isVariableDeclaration(parent) || parent.initializer !== value) return false;
  return isArrayBindingPattern(parent.name) || isObjectBindingPattern(parent.name);
}

/** Whether what comes of a value depends on its being there. */
export function isLookedAt(value: Node): boolean {
  const { parent } = value;
  if (isCondition(value)) return true;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent)) {
    return parent.expression === value && parent.questionDotToken !== undefined;
  }
  if (!isBinaryExpression(parent)) return false;
  if (LOGICAL.has(parent.operatorToken.kind)) return parent.left === value;
  return EQUALITIES.has(parent.operatorToken.kind) && [parent.left, parent.right].some(isAbsent);
}

function isAbsent(node: Node): boolean {
  const bare = unwrapped(node);
  return bare.kind === SyntaxKind.NullKeyword || (isIdentifier(bare) && bare.text === "undefined");
}
