/** The callbacks of an executor on which alone it depends whether the promise settles. */
import {
  asMethodCall,
  canReach,
  enclosingFunction,
  isErrorName,
  isInside,
  literalValue,
  PROMISE_METHODS,
  stepsOfEvent,
  wrapped,
  type Ask,
  type Pass,
  type Step,
  type ValueEvent,
  type ValueTrace,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

/** Functions that are called once, and that nothing else settles the promise for. */
export function* callbacksOf(pass: Pass, trace: ValueTrace): Ask<readonly FunctionLikeDeclaration[]> {
  const found: FunctionLikeDeclaration[] = [];
  for (const event of trace.events) {
    if (event.kind !== "captured") continue;
    const call = callOf(event.fn);
    if (!call || !(yield* runsOnce(pass, call, event.fn)) || !(yield* isSetUpOnce(pass, trace, event.fn))) continue;
    if (yield* isOnlyHope(pass, trace, event.fn, call)) found.push(event.fn);
  }
  return found;
}

type Call = CallExpression | NewExpression;

/** The call that a function is an argument of, or that calls it where it stands. */
function callOf(fn: Node): Call | undefined {
  const { parent } = wrapped(fn);
  return isCallExpression(parent) || isNewExpression(parent) ? parent : undefined;
}

/** Whether no callback around it may run several times, of which a later one settles the promise. */
function* isSetUpOnce(pass: Pass, { variables }: ValueTrace, fn: Node): Ask<boolean> {
  const executors = new Set<Node>(variables.map(({ root }) => root));
  for (let outer = enclosingFunction(fn); outer && !executors.has(outer); outer = enclosingFunction(outer)) {
    const call = callOf(outer);
    if (call && !(yield* runsOnce(pass, call, outer))) return false;
  }
  return true;
}

function* runsOnce(pass: Pass, call: Call, fn: FunctionLikeDeclaration): Ask<boolean> {
  const argument = wrapped(fn);
  // `new Database(file, error => …)`: by the convention alone.
  if (isNewExpression(call)) return call.arguments?.at(-1) === argument && isErrorFirst(fn);
  return (
    call.expression === argument || isForOneAnswer(call, argument) || (yield* takesOneAnswer(pass, call, fn, argument))
  );
}

function* takesOneAnswer(pass: Pass, call: CallExpression, fn: FunctionLikeDeclaration, argument: Node): Ask<boolean> {
  const facts = yield* pass.models.of(call);
  const position = call.arguments.findIndex(each => each === argument);
  if (facts?.takes) {
    const taken = facts.takes[position] ?? facts.takes["*"];
    return taken?.called === "once" && !facts.listener;
  }
  return position === call.arguments.length - 1 && isErrorFirst(fn) && !isListening(call);
}

/** `promise.then(callback)`, `emitter.once("data", callback)` */
function isForOneAnswer(call: CallExpression, callback: Node): boolean {
  const name = asMethodCall(call)?.name ?? "";
  return (
    PROMISE_METHODS.has(name) || (name === "once" && call.arguments[1] === callback && call.arguments.length === 2)
  );
}

/** Node's convention: such a callback is called once, with an error or with the result. */
function isErrorFirst({ parameters: [first] }: FunctionLikeDeclaration): boolean {
  return first !== undefined && isIdentifier(first.name) && isErrorName(first.name.text);
}

function isListening({ expression }: CallExpression): boolean {
  const name = isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  return /^on|^(?:once|subscribe|add\w*Listener|watch|each|forEach|map|filter|catchError|tap)|each$/i.test(name);
}

function* isOnlyHope(pass: Pass, trace: ValueTrace, fn: FunctionLikeDeclaration, call: Call): Ask<boolean> {
  for (const event of trace.events) {
    if (isInside(event.node, fn) || (event.kind === "captured" && isInside(fn, event.node))) continue;
    if (isArgument(event.node, fn)) return false;
    if (isForFailure(event)) continue;
    if (event.kind === "called" || event.kind === "invoked") {
      if (yield* mayComeToo(pass, trace, event, fn)) return false;
    } else if (isNewExpression(call) || !isOfSameChain(event, call)) return false;
  }
  return true;
}

/** `request.on("error", reject)`: that an operation fails is no rival of what is called when it succeeds. */
function isForFailure(event: ValueEvent): boolean {
  const call = event.kind === "passed" ? event.node : event.kind === "captured" ? callOf(event.fn) : undefined;
  if (!call || !isCallExpression(call) || !LISTENS.has(asMethodCall(call)?.name ?? "")) return false;
  const [name] = call.arguments;
  return name !== undefined && literalValue(name) === "error";
}

const LISTENS: ReadonlySet<string> = new Set(["on", "once", "addListener", "addEventListener"]);

/** `resolve(start(callback))` settles the promise by itself. */
function isArgument(call: Node, fn: Node): boolean {
  return isCallExpression(call) && call.arguments.some(argument => isInside(fn, argument));
}

/** Whether a path that sets the callback up also settles the promise by itself. */
function* mayComeToo(pass: Pass, trace: ValueTrace, event: ValueEvent, fn: FunctionLikeDeclaration): Ask<boolean> {
  const way = trace.in(event.root).find(each => each.kind === "captured" && isInside(fn, each.fn));
  // It stands in a function whose own events are looked at as well: where it comes into being, or its name is used.
  if (!way) return false;
  const graph = yield* pass.flow(event.root);
  if (!graph) return true;
  const starts = stepsOfEvent(graph, way);
  const others = stepsOfEvent(graph, event);
  const isJoined = (one: Step, other: Step): boolean => canReach(graph, one, other) || canReach(graph, other, one);
  return starts.some(one => others.some(other => isJoined(one, other)));
}

/** `p.then(callback).catch(reject)`: a handler that runs instead of the callback, or because of it. */
function isOfSameChain(event: ValueEvent, call: CallExpression): boolean {
  const other = event.kind === "passed" ? event.node : event.kind === "captured" ? callOf(event.fn) : undefined;
  if (!other || !isCallExpression(other) || !isHandling(other) || !isHandling(call)) return false;
  return other === call || isBefore(other, call) || isBefore(call, other);
}

function isHandling(call: CallExpression): boolean {
  const name = asMethodCall(call)?.name;
  return name === "then" || name === "catch";
}

function isBefore(one: CallExpression, later: CallExpression): boolean {
  for (let at: Node | undefined = later; at && isCallExpression(at); at = asMethodCall(at)?.object) {
    if (at === one) return true;
  }
  return false;
}
