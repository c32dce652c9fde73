/** The calls that add and remove listeners, and what they say of target, event, handler and capture. */
import { asMethodCall, nodesOf, stablePlaceOf, unwrapped, type Scopes } from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

export interface ListenerCall {
  readonly call: CallExpression;
  readonly does: "adds" | "removes";
  /** What has the listener, by a text that is the same for the same thing. */
  readonly target: string;
  readonly event: string;
  readonly handler: Expression;
  readonly handlerKey: HandlerKey;
  readonly capture: boolean | undefined;
  /** Whether it is the web's `addEventListener` or its opposite. */
  readonly isWeb: boolean;
}

/**
 * `stored`: a function that has a place. `bound`: a new function at each evaluation, that calls the one at the place.
 * `new`: a new function that nothing else is known of.
 */
export interface HandlerKey {
  readonly kind: "stored" | "bound" | "new" | "unknown";
  readonly key: string;
}

const ADDERS: ReadonlySet<string> = new Set(["addEventListener", "on", "once", "addListener", "prependListener"]);
const REMOVERS: ReadonlySet<string> = new Set(["removeEventListener", "off", "removeListener"]);

/** Whether a call removes a listener, by its name. */
export function mayRemove(call: CallExpression): boolean {
  return call.arguments.length >= 2 && REMOVERS.has(nameOf(call));
}

function nameOf(call: CallExpression): string {
  const callee = unwrapped(call.expression);
  return isIdentifier(callee) ? callee.text : (asMethodCall(call)?.name ?? "");
}

/** What a call does to listeners; undefined where its event or target has no fixed name. */
export function listenerCallOf(scopes: Scopes, call: CallExpression): ListenerCall | undefined {
  const name = nameOf(call);
  const does = ADDERS.has(name) ? "adds" : REMOVERS.has(name) ? "removes" : undefined;
  const [event, handler, options] = call.arguments;
  if (!does || !event || !handler || !isStringLiteralLikeNode(unwrapped(event))) return undefined;
  const object = asMethodCall(call)?.object;
  const target = object ? keyOf(scopes, object) : "window";
  if (target === undefined) return undefined;
  return {
    ...{ call, does, target, handler, event: (unwrapped(event) as Node & { readonly text: string }).text },
    handlerKey: handlerKeyOf(scopes, handler),
    capture: captureOf(options),
    isWeb: name.endsWith("EventListener"),
  };
}

/** Every such call in a part of the file. */
export function listenerCallsIn(scopes: Scopes, root: Node): readonly ListenerCall[] {
  const calls: ListenerCall[] = [];
  for (const node of nodesOf(root)) {
    const call = isCallExpression(node) ? listenerCallOf(scopes, node) : undefined;
    if (call) calls.push(call);
  }
  return calls;
}

/** A member of `this` has the same key in all methods of a class. */
function keyOf(scopes: Scopes, expression: Node): string | undefined {
  const node = unwrapped(expression);
  const place = stablePlaceOf(scopes, node);
  if (place) return place.root === "this" ? ["this", ...place.path].join(".") : place.key;
  return GLOBAL.test(node.getText()) ? node.getText().replace(/^(?:window|globalThis|self)\./, "") : undefined;
}

const GLOBAL = /^(?:window|document|globalThis|self|process|navigator)(?:\.\w+)*$/;

function handlerKeyOf(scopes: Scopes, handler: Expression): HandlerKey {
  const node = unwrapped(handler);
  const stored = keyOf(scopes, node);
  if (stored !== undefined) return { kind: "stored", key: stored };
  const method = isCallExpression(node) ? asMethodCall(node) : undefined;
  if (method?.name === "bind") return { kind: "bound", key: keyOf(scopes, method.object) ?? "" };
  if (!isArrowFunction(node) && !isFunctionExpression(node)) return { kind: "unknown", key: "" };
  const key = calledBy(scopes, node.body);
  return key === undefined ? { kind: "new", key: "" } : { kind: "bound", key };
}

/** What a function does nothing but call: `event => this.open(event)`. */
function calledBy(scopes: Scopes, body: Node): string | undefined {
  let only = unwrapped(body);
  if (only.kind === SyntaxKind.Block) {
    const { statements } = only as Node & { readonly statements: readonly (Node & { readonly expression?: Node })[] };
    const [first] = statements;
    if (statements.length !== 1 || !first?.expression) return undefined;
    only = unwrapped(first.expression);
  }
  return isCallExpression(only) ? keyOf(scopes, only.expression) : undefined;
}

/** `true`, `{ capture: true }`; undefined where it cannot be read off. */
function captureOf(options: Expression | undefined): boolean | undefined {
  if (!options) return false;
  const node = unwrapped(options);
  if (node.kind === SyntaxKind.TrueKeyword) return true;
  if (node.kind === SyntaxKind.FalseKeyword) return false;
  if (!isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties) {
    if (!isPropertyAssignment(property)) return undefined;
    if (property.name.getText() !== "capture") continue;
    const value = unwrapped(property.initializer).kind;
    return value === SyntaxKind.TrueKeyword ? true : value === SyntaxKind.FalseKeyword ? false : undefined;
  }
  return false;
}
