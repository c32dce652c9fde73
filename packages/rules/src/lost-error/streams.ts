/** Pipes whose destination is listened to for errors, and whose source is not. */
import {
  asMethodCall,
  fixedLocalOf,
  moduleMemberOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** `createReadStream(a).pipe(b).on("error", …)`: what the source emits, nobody hears, and that ends the process. */
export function* checkPipe(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const destination = call.arguments[0];
  if (method?.name !== "pipe" || !destination || pass.file.isTest) return;
  const source = yield* sourceOf(pass, method.object);
  if (!source || source.isHeard) return;
  const witness = yield* witnessOf(pass, call, destination);
  if (!witness) return;
  pass.report(call, {
    message: `An error of ${quoted(source.made, pass.file.sourceFile)} reaches nobody: \`pipe\` does not hand it on, and without a listener it ends the process.`,
    evidence: [{ at: source.made, message: "This emits `error` where the file cannot be read." }, witness],
    repair: "Use `pipeline(source, destination, …)`, or listen to `error` on the source as well.",
  });
}

interface Source {
  readonly made: CallExpression;
  readonly isHeard: boolean;
}

/** The read stream that a chain starts with, directly or through one local that nothing else gets. */
function* sourceOf(pass: Pass, object: Expression): Ask<Source | undefined> {
  const { made, isHeard } = rootOf(object);
  const local = isIdentifier(made) ? yield* fixedLocalOf(pass.checker, made) : undefined;
  const start = local ? rootOf(local.value) : { made, isHeard };
  if (!isCallExpression(start.made) || !(yield* opensFile(pass, start.made))) return undefined;
  const isHeardLater = local !== undefined && isIdentifier(made) && !isOnlyPiped(pass, made);
  return { made: start.made, isHeard: isHeard || start.isHeard || isHeardLater };
}

function rootOf(expression: Expression): { readonly made: Node; readonly isHeard: boolean } {
  let at = unwrapped(expression);
  let isHeard = false;
  while (isCallExpression(at)) {
    const method = asMethodCall(at);
    if (!method || !LISTENS.has(method.name)) break;
    isHeard ||= isErrorEvent(at.arguments[0]);
    at = unwrapped(method.object);
  }
  return { made: at, isHeard };
}

const LISTENS: ReadonlySet<string> = new Set(["on", "once", "addListener", "prependListener", "setEncoding"]);

function isErrorEvent(event: Node | undefined): boolean {
  return event === undefined || !isStringLiteralLikeNode(event) || event.text === "error";
}

function* opensFile(pass: Pass, call: CallExpression): Ask<boolean> {
  if (!/createReadStream$/.test(call.expression.getText())) return false;
  const member = yield* moduleMemberOf(pass.checker, call.expression);
  return member !== undefined && /^(?:fs|graceful-fs|fs-extra)$/.test(member.module);
}

/** Whether every use of a stream is `stream.pipe(…)` or a listener for something else than errors. */
function isOnlyPiped(pass: Pass, name: Node): boolean {
  const variable = pass.scopes().variableOf(name);
  return (
    variable?.references.every(({ node }) => {
      const outer = wrapped(node);
      const { parent } = outer;
      if (!isPropertyAccessExpression(parent) || parent.expression !== outer) return false;
      const use = parent.parent;
      if (!isCallExpression(use) || use.expression !== parent) return false;
      if (parent.name.text === "pipe") return true;
      return LISTENS.has(parent.name.text) && !isErrorEvent(use.arguments[0]);
    }) === true
  );
}

interface Witness {
  readonly at: Node;
  readonly message: string;
}

/** The listener on the destination that was taken for one on both, or the response that then never ends. */
function* witnessOf(pass: Pass, pipe: CallExpression, destination: Expression): Ask<Witness | undefined> {
  const listener = listenerBehind(pipe);
  if (listener) return listener;
  const symbol = yield* pass.checker.symbolOfType(yield* pass.checker.typeOf(destination));
  const isResponse =
    symbol && symbol.name !== "any" ? RESPONSES.test(symbol.name) : /^(?:res|response)$/.test(destination.getText());
  return isResponse
    ? { at: destination, message: "This response is neither ended nor told of the failure." }
    : undefined;
}

/** `.pipe(b).on("error", …)` and `.pipe(b).on("finish", resolve)` */
function listenerBehind(pipe: CallExpression): Witness | undefined {
  let found: Witness | undefined;
  for (
    let at = pipe;
    isPropertyAccessExpression(at.parent) && isCallExpression(at.parent.parent);
    at = at.parent.parent
  ) {
    const { name } = at.parent;
    const [event] = at.parent.parent.arguments;
    if (name.text !== "on" || !event || !isStringLiteralLikeNode(event)) continue;
    if (event.text === "error") return { at: name, message: "This listener hears the destination alone." };
    if (ENDS.test(event.text)) found = { at: name, message: "This waits for an end that does not come." };
  }
  return found;
}

const ENDS = /^(?:finish|close)$/;

const RESPONSES = /^(?:ServerResponse|OutgoingMessage|Response|Http2ServerResponse)$/;
