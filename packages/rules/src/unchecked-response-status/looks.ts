/** Whether somebody looks at a response, or at what its body says of an error. */
import { asMethodCall, unwrapped, wrapped, type Scopes } from "@review/analysis";
import {
  isArrowFunction,
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";

const BODIES: ReadonlySet<string> = new Set(["json", "text", "blob", "arrayBuffer", "formData", "bytes"]);

/** Whether a variable with a response is used for more than its body: tested, passed on, its status or headers read. */
export function isLookedAt(scopes: Scopes, response: Expression): boolean {
  const name = unwrapped(response);
  if (!isIdentifier(name)) return !isAwaitExpression(name);
  const variable = scopes.variableOf(name);
  if (!variable || variable.isExposed || variable.isExported) return true;
  return variable.references.some(({ node, isWritten }) => !isWritten && !isBodyRead(node));
}

function isBodyRead(use: Node): boolean {
  const outer = wrapped(use);
  const member = outer.parent;
  if (!isPropertyAccessExpression(member) || member.expression !== outer || !BODIES.has(member.name.text)) return false;
  return isCallExpression(member.parent) && member.parent.expression === member;
}

/** The promise of a response whose `then` is given the function that has it as its parameter. */
export function promisedBy(response: Expression): Expression | undefined {
  const name = unwrapped(response);
  const fn = isIdentifier(name) ? functionOfParameter(name) : undefined;
  const call = fn && wrapped(fn).parent;
  if (!call || !isCallExpression(call) || call.arguments[0] !== wrapped(fn)) return undefined;
  const method = asMethodCall(call);
  return method?.name === "then" ? method.object : undefined;
}

/** The list of responses that a response is one of: `responses` of `responses.map(response => response.json())`. */
export function listedIn(response: Expression): Expression | undefined {
  const name = unwrapped(response);
  const fn = isIdentifier(name) ? functionOfParameter(name) : undefined;
  const call = fn && wrapped(fn).parent;
  if (!call || !isCallExpression(call) || call.arguments[0] !== wrapped(fn)) return undefined;
  const method = asMethodCall(call);
  return method && /^(?:map|forEach|flatMap)$/.test(method.name) ? method.object : undefined;
}

/** `Promise.all(urls.map(url => fetch(url)))`: the function that makes the promises of a list. */
export function makerOfAll(list: Node): FunctionLikeDeclaration | undefined {
  const promises = argumentOf(list, /^Promise\.all$/);
  const maker = promises && argumentOf(promises, /\.map$/);
  return maker && (isArrowFunction(maker) || isFunctionExpression(maker)) ? maker : undefined;
}

/** The first argument of a call whose callee has such a text. */
function argumentOf(node: Node, callee: RegExp): Node | undefined {
  const call = unwrapped(node);
  if (!isCallExpression(call) || !callee.test(call.expression.getText())) return undefined;
  return call.arguments[0] && unwrapped(call.arguments[0]);
}

/** The function whose first parameter has the name that is used in it. */
function functionOfParameter(name: Identifier): Node | undefined {
  for (let at: Node = name; at.parent; at = at.parent) {
    if ((isArrowFunction(at) || isFunctionExpression(at)) && at.parameters[0]?.name?.getText() === name.text) return at;
  }
  return undefined;
}

/** Members by which a body says that it is an error's. */
const SIGNS: ReadonlySet<string> = new Set(
  "error errors success ok status statusCode code message error_description errorMessage detail fault".split(" "),
);

/** Functions that look at what they are given, and throw where it is something else. */
const CHECKERS: RegExp = /(?:parse|safeParse|parseAsync|validate|assert|check|decode|ensure|is[A-Z]\w*)$/;

/** Whether what was read is looked at by itself: for a member that tells of an error, or by a schema. */
export function isResultChecked(scopes: Scopes, read: CallExpression): boolean {
  let at = wrapped(read);
  while (isAwaitExpression(at.parent)) at = wrapped(at.parent);
  const { parent } = at;
  if (isArrowFunction(parent)) return isCheckedNext(parent);
  if (isCallExpression(parent)) return CHECKERS.test(parent.expression.getText());
  if (isPropertyAccessExpression(parent)) return SIGNS.has(parent.name.text);
  if (!isVariableDeclaration(parent)) return false;
  const { name } = parent;
  if (isObjectBindingPattern(name)) return name.elements.some(each => SIGNS.has(keyOf(each)));
  const variable = scopes.variableOf(name);
  return variable?.references.some(({ node }) => isSign(node)) ?? true;
}

/** `.then(r => r.json()).then(data => schema.parse(data))` */
function isCheckedNext(fn: Node): boolean {
  const member = wrapped(fn.parent).parent;
  const next = isPropertyAccessExpression(member) && member.name.text === "then" ? member.parent : undefined;
  const [then] = next && isCallExpression(next) ? next.arguments : [];
  return (
    then !== undefined &&
    /(?:arse|validate|assert|check|decode)\w*\(|\.(?:error|errors|success|ok|status|message)\b/.test(then.getText())
  );
}

function keyOf(element: Node): string {
  return isBindingElement(element) ? ((element.propertyName ?? element.name)?.getText() ?? "") : "";
}

function isSign(use: Node): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent)) return SIGNS.has(parent.name.text);
  if (isElementAccessExpression(parent)) return SIGNS.has(parent.argumentExpression.getText().slice(1, -1));
  if (isCallExpression(parent)) return CHECKERS.test(parent.expression.getText());
  return (
    isVariableDeclaration(parent) &&
    isObjectBindingPattern(parent.name) &&
    parent.name.elements.some(each => SIGNS.has(keyOf(each)))
  );
}
