/** Where a method that was taken off its object is called: by whom it was passed to, or by the code around. */
import {
  asMethodCall,
  isSameReference,
  isUncertain,
  unwrapped,
  wrapped,
  type Ask,
  type Facts,
  type Pass,
  type Scopes,
} from "@review/analysis";
import {
  isBindingElement,
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isObjectLiteralExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type NewExpression,
  type Node,
  type PropertyAssignment,
} from "@review/program/syntax";
import { declaresThis, isGivenReceiver, ITERATIONS } from "./bound.ts";

/** The place that shows how the method is called, and what is said of it. */
export interface LostCall {
  readonly at: Node;
  readonly because: string;
}

/** Whether the place of a member leaves it open that it is such a method: nothing has to be asked for that. */
export function mayBeLost(scopes: Scopes, member: Expression): boolean {
  const outer = wrapped(member);
  const { parent } = outer;
  if (isCallExpression(parent) || isNewExpression(parent)) return parent.expression !== outer && !looks(parent);
  if (isVariableDeclaration(parent))
    return isIdentifier(parent.name) && usesOfLocal(scopes, parent.name).some(isGivenOrCalled);
  if (isPropertyAssignment(parent)) return parent.initializer === outer && callOfStored(scopes, parent) !== undefined;
  if (isBinaryExpression(parent)) return parent.right === outer && isHandler(parent.left);
  return isJsxExpression(parent);
}

/** How a member that is read, and not called, is called later without its object; undefined where nothing shows that. */
export function* lostCallOf(pass: Pass, member: Expression, object: Expression): Ask<LostCall | undefined> {
  const outer = wrapped(member);
  const { parent } = outer;
  if (isCallExpression(parent) || isNewExpression(parent)) {
    return parent.expression === outer ? undefined : yield* callByCallee(pass, parent, outer as Expression, object);
  }
  if (isJsxExpression(parent)) return callOfElement(parent.parent);
  if (isVariableDeclaration(parent) && parent.initializer === outer && isIdentifier(parent.name)) {
    return callOfLocal(pass.scopes(), parent.name) ?? (yield* callOfPassed(pass, parent.name, object));
  }
  if (isPropertyAssignment(parent)) return callOfStored(pass.scopes(), parent);
  return isBinaryExpression(parent) && parent.right === outer ? callOfHandler(parent.left, object) : undefined;
}

/** `<button onClick={this.save}>` */
function callOfElement(attribute: Node): LostCall | undefined {
  const isHandler = isJsxAttribute(attribute) && /^on[A-Z]/.test(attribute.name.getText());
  return isHandler ? { at: attribute, because: "The handler is called without the object." } : undefined;
}

/** A name that was taken off an object by destructuring. */
export function lostCallOfBinding(scopes: Scopes, name: Node): LostCall | undefined {
  return isIdentifier(name) && isBindingElement(name.parent) ? callOfLocal(scopes, name) : undefined;
}

/** `f(…)` of a local whose only value is the method. */
function callOfLocal(scopes: Scopes, name: Identifier): LostCall | undefined {
  const call = usesOfLocal(scopes, name).find(isCallee);
  return call && { at: call.parent, because: "This calls it without the object." };
}

/** The uses of a local that has the method for as long as it lives; none where something may bind it later. */
function usesOfLocal(scopes: Scopes, name: Identifier): readonly Node[] {
  const variable = scopes.variableOf(name);
  if (!variable || variable.isExported || variable.references.some(({ isWritten }) => isWritten)) return [];
  const uses = variable.references.map(({ node }) => wrapped(node));
  return uses.some(use => isBoundLater(use)) ? [] : uses;
}

function isCallee(use: Node): boolean {
  return isCallExpression(use.parent) && use.parent.expression === use;
}

function isGivenOrCalled({ parent }: Node): boolean {
  return isCallExpression(parent) || isNewExpression(parent);
}

/** `const report = logger.report; process.on("exit", report);` */
function* callOfPassed(pass: Pass, name: Identifier, object: Expression): Ask<LostCall | undefined> {
  for (const use of usesOfLocal(pass.scopes(), name)) {
    const { parent } = use;
    if (isCallee(use) || !(isCallExpression(parent) || isNewExpression(parent))) continue;
    const lost = yield* callByCallee(pass, parent, use as Expression, object);
    if (lost) return lost;
  }
  return undefined;
}

/** `const handlers = { send: mailer.send }; handlers.send(text);`: the object of handlers is no mailer. */
function callOfStored(scopes: Scopes, { name, parent }: PropertyAssignment): LostCall | undefined {
  const declaration = wrapped(parent).parent;
  if (!isObjectLiteralExpression(parent)) return undefined;
  const variable =
    isVariableDeclaration(declaration) && isIdentifier(declaration.name) && scopes.variableOf(declaration.name);
  const hasMore = parent.properties.some(({ kind }) => kind !== SyntaxKind.PropertyAssignment);
  if (!variable || hasMore || !isIdentifier(name) || variable.references.some(({ isWritten }) => isWritten))
    return undefined;
  const call = variable.references
    .map(({ node }) => wrapped(node).parent)
    .find(member => isPropertyAccessExpression(member) && member.name.text === name.text && isCallee(wrapped(member)));
  return call && { at: call, because: "This calls it on the object that it is stored in." };
}

function isBoundLater({ parent }: Node): boolean {
  return isPropertyAccessExpression(parent) && /^(?:call|apply|bind)$/.test(parent.name.text);
}

/** `element.onclick = this.open`: the element calls it as its own. */
function callOfHandler(target: Node, object: Expression): LostCall | undefined {
  const member = unwrapped(target);
  if (!isHandler(member) || !isPropertyAccessExpression(member)) return undefined;
  if (isSameReference(member.expression, object)) return undefined;
  return { at: member, because: "Whoever has this handler calls it as its own." };
}

function isHandler(target: Node): boolean {
  const member = unwrapped(target);
  return isPropertyAccessExpression(member) && /^on[a-z]+$/.test(member.name.text);
}

/** Calls that look at a function, or take care of its object themselves. */
const LOOKS =
  /^(?:bind\w*|autoBind|expect\w*|assert\w*|spy\w*|spyOn|stub\w*|mock\w*|unmock|off|remove\w*|removeListener|has|delete|includes|indexOf|inspect|log|debug|is|isFunction|typeof|get|set|add|push|call|apply|memoi[sz]e\w*|cancel\w*|clear\w*)$/;

/** A lookup takes nothing but a key: `app.get("/users", users.list)` is a route. */
function looks(call: CallExpression | NewExpression): boolean {
  const name = nameOf(call);
  return LOOKS.test(name) && !(name === "get" && (call.arguments?.length ?? 0) > 1);
}

function* callByCallee(
  pass: Pass,
  call: CallExpression | NewExpression,
  argument: Expression,
  object: Expression,
): Ask<LostCall | undefined> {
  const position = call.arguments?.findIndex(each => each === argument) ?? -1;
  if (position < 0 || looks(call)) return undefined;
  if (isCallExpression(call) && isGivenReceiver(call, position, object)) return undefined;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind === "function") return yield* callInProject(pass, callee.fn, position);
  if (callee.kind === "model") return callByTable(callee.facts, call, position);
  return callee.kind === "unknown" ? yield* callInLibrary(pass, call, argument) : undefined;
}

function callByTable({ takes }: Facts, call: Node, position: number): LostCall | undefined {
  const called = (takes?.[position] ?? takes?.["*"])?.called;
  return called && { at: call, because: "This calls the function without the object." };
}

function nameOf(call: CallExpression | NewExpression): string {
  if (isCallExpression(call)) {
    const method = asMethodCall(call);
    if (method) return method.name;
  }
  const callee = unwrapped(call.expression);
  return isIdentifier(callee) ? callee.text : "";
}

function* callInProject(pass: Pass, fn: Node, position: number): Ask<LostCall | undefined> {
  if (!isFunctionLikeDeclaration(fn) || givesReceiver(fn, position)) return undefined;
  const answer = yield* pass.summaries.askParameter(fn, position, "called");
  if (answer.verdict !== "yes") return undefined;
  const [step] = pass.summaries.evidenceOf(answer);
  return { at: step?.at ?? fn, because: "This calls the function without the object." };
}

/** `callback.call(owner)`. */
function givesReceiver({ parameters, body }: FunctionLikeDeclaration, position: number): boolean {
  const name = parameters[position]?.name;
  if (!name || !body) return true;
  return new RegExp(`\\b${name.getText().replace(/\W/g, "")}[?!]?\\.(?:call|apply|bind)\\b`).test(body.getText());
}

/** A function of a library that takes a function, and does not say that it gives it a `this`. */
function* callInLibrary(
  pass: Pass,
  call: CallExpression | NewExpression,
  argument: Expression,
): Ask<LostCall | undefined> {
  const { checker } = pass;
  if (yield* isUntypedIteration(pass, call, argument))
    return { at: call, because: "This calls the function without the object." };
  const signature = yield* checker.signatureOf(call);
  const wanted = signature && (yield* checker.contextualTypeOf(argument));
  if (!wanted || isUncertain(wanted) || (yield* declaresThis(checker, argument))) return undefined;
  for (const part of yield* checker.partsOf(wanted)) {
    if ((yield* checker.callSignaturesOf(part)).length === 0) continue;
    return { at: call, because: "This takes a function, and knows nothing of its object." };
  }
  return undefined;
}

/** `lines.forEach(logger.log)` of what nothing is known of: whoever has such a method calls the function bare. */
function* isUntypedIteration(
  { checker }: Pass,
  call: CallExpression | NewExpression,
  argument: Expression,
): Ask<boolean> {
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  if (!method || !(ITERATIONS.has(method.name) || method.name === "then") || call.arguments?.[0] !== argument)
    return false;
  return isUncertain(yield* checker.typeOf(method.object));
}
