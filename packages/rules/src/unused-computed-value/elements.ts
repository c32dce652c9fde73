/** Loops and callbacks that leave the element unread which they are given, and use what it comes from in its place. */
import { asMethodCall, isSameReference, nodesOf, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  type CallExpression,
  type Expression,
  type ForInStatement,
  type ForOfStatement,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** `for (const i in list) { if (list.id === id) … }`: the loop asks the same of the list in every round. */
export function checkLoop(pass: Pass, loop: ForInStatement | ForOfStatement): void {
  const { initializer, expression, statement } = loop;
  const [only] = isVariableDeclarationList(initializer) ? initializer.declarations : [];
  const name = only?.name;
  if (!name || !isIdentifier(name) || !isUnread(pass, name) || pass.file.isTest) return;
  const use = ownMemberOf(expression, statement);
  if (!use) return;
  report(pass, use, {
    message: `${quoted(use, pass.file.sourceFile)} is a member of what the loop runs over, in every round the same: \`${name.text}\` is not used.`,
    name,
    reason: "Nothing reads what the loop gives in each round.",
  });
}

/** A member of the list itself that is read in a body: none that tells its size, or that is called on it. */
function ownMemberOf(list: Expression, body: Node): PropertyAccessExpression | undefined {
  const bare = unwrapped(list);
  if (!isIdentifier(bare) && !isPropertyAccessExpression(bare)) return undefined;
  for (const node of nodesOf(body)) {
    if (!isPropertyAccessExpression(node) || !isSameReference(node.expression, bare)) continue;
    const isMethod = isCallExpression(node.parent) && node.parent.expression === node;
    if (!isMethod && !SIZES.has(node.name.text)) return node;
  }
  return undefined;
}

const SIZES: ReadonlySet<string> = new Set(["length", "size", "constructor", "prototype"]);

/** What calls back with each element, and does nothing else with it. */
const EACH: ReadonlySet<string> = new Set(["forEach", "each"]);
const PREDICATES: ReadonlySet<string> = new Set(["some", "every", "filter", "find", "findIndex", "findLast"]);

/** `forEach(parent.children, child => remove(parent))`, `users.some(_ => this.isActive)`. */
export function* checkCallback(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const callback = method && !pass.file.isTest ? callbackOf(pass, call) : undefined;
  const list = call.arguments.length > 1 ? call.arguments[0] : method?.object;
  if (!method || !callback || !list) return;
  if (EACH.has(method.name)) checkEach(pass, list, callback);
  else if (PREDICATES.has(method.name) && call.arguments.length === 1) yield* checkPredicate(pass, list, callback);
}

interface Callback {
  readonly fn: FunctionLikeDeclaration;
  /** Its only parameter, which nothing reads. */
  readonly name: Identifier;
}

function callbackOf(pass: Pass, call: CallExpression): Callback | undefined {
  const fn = call.arguments.at(-1);
  if (!fn || (!isArrowFunction(fn) && !isFunctionExpression(fn)) || fn.parameters.length > 1) return undefined;
  const name = fn.parameters[0]?.name;
  return name && isIdentifier(name) && isUnread(pass, name, true) ? { fn, name } : undefined;
}

/** The owner of the list is passed on, as often as the list has elements. */
function checkEach(pass: Pass, list: Expression, { fn, name }: Callback): void {
  const owner = ownerOf(list);
  if (!owner || name.text.startsWith("_") || !fn.body) return;
  for (const node of nodesOf(fn.body)) {
    if (!isCallExpression(node) || !node.arguments.some(argument => isSameReference(argument, owner))) continue;
    report(pass, node, {
      message: `${quoted(node, pass.file.sourceFile)} does the same for each element: \`${name.text}\` is not used.`,
      name,
      reason: "Nothing reads the element.",
    });
    return;
  }
}

/** `route` of `route.props.children`. */
function ownerOf(list: Expression): Identifier | undefined {
  let at = unwrapped(list);
  if (!isPropertyAccessExpression(at)) return undefined;
  while (isPropertyAccessExpression(at)) at = unwrapped(at.expression);
  return isIdentifier(at) ? at : undefined;
}

/** The answer is one and the same member of another object for all elements, which have a member of that name. */
function* checkPredicate(pass: Pass, list: Expression, { fn, name }: Callback): Ask<void> {
  const answer = fn.body && unwrapped(fn.body);
  if (!answer || !isPropertyAccessExpression(answer)) return;
  const first = firstMember(answer);
  const { checker } = pass;
  const type = yield* checker.nonNullable(yield* checker.typeOf(list));
  if (!(yield* checker.isArray(type))) return;
  const [element] = yield* checker.typeArgumentsOf(type);
  if (!element || !(yield* checker.propertyOf(element, first.name.text))) return;
  report(pass, answer, {
    message: `${quoted(answer, pass.file.sourceFile)} is the same for every element: \`${name.text}\` is not asked.`,
    name,
    reason: `The element has a \`${first.name.text}\` too, and nothing reads it.`,
  });
}

function firstMember(access: PropertyAccessExpression): PropertyAccessExpression {
  let at = access;
  for (let inner = unwrapped(at.expression); isPropertyAccessExpression(inner); inner = unwrapped(at.expression)) {
    at = inner;
  }
  return at;
}

/** Unread, and by its name not on purpose, unless a mark is all that the name is. */
function isUnread(pass: Pass, name: Identifier, mayBeMark = false): boolean {
  if (name.text.startsWith("_") && !(mayBeMark && name.text === "_")) return false;
  const variable = pass.scopes().variableOf(name);
  return variable !== undefined && variable.references.length === 0 && !variable.isExposed;
}

interface Found {
  readonly message: string;
  readonly name: Identifier;
  readonly reason: string;
}

function report(pass: Pass, at: Node, { message, name, reason }: Found): void {
  pass.report(at, {
    message,
    evidence: [
      { at: name, message: reason },
      { at, message: "This does not depend on it." },
    ],
    repair: "Use the element, or take the loop away.",
  });
}
