/** What a call does to the HTTP response that it is made on. */
import { asMethodCall, unwrapped, type Ask, type Pass } from "@review/analysis";
import type { Type } from "@review/program";
import { isCallExpression, isFunctionLikeDeclaration, type CallExpression, type Node } from "@review/program/syntax";

export type Effect = "ends" | "writes";

/** Methods that send a response; asking about all others would be in vain. */
const ENDING: ReadonlySet<string> = new Set(
  "end send json jsonp sendStatus render redirect sendFile sendfile download".split(" "),
);
/** Methods that fail once the headers are sent. Setting a status alone does not. */
const WRITING: ReadonlySet<string> = new Set(
  "write writeHead setHeader set header append cookie clearCookie attachment location links vary type contentType".split(
    " ",
  ),
);

/** Whether a call may end a response, as far as its name says. */
export function mayEnd(call: CallExpression): boolean {
  return ENDING.has(asMethodCall(call)?.name ?? "");
}

/** What a call does, and the expression that the response is; undefined for any other call. */
export function* sendingOf(pass: Pass, call: CallExpression): Ask<{ effect: Effect; response: Node } | undefined> {
  const method = asMethodCall(call);
  if (!method || !(ENDING.has(method.name) || WRITING.has(method.name)) || isAnsweredByCallback(call)) return undefined;
  const effect = yield* effectOf(pass, call, method.name);
  return effect && { effect, response: responseIn(method.object) };
}

/** `res.render(view, (error, html) => …)` sends nothing: the callback does. */
function isAnsweredByCallback(call: CallExpression): boolean {
  const last = call.arguments.at(-1);
  return asMethodCall(call)?.name === "render" && last !== undefined && isFunctionLikeDeclaration(unwrapped(last));
}

function* effectOf(pass: Pass, call: CallExpression, name: string): Ask<Effect | undefined> {
  const facts = yield* pass.models.of(call);
  if (facts?.response) return facts.response === "ends" || WRITING.has(name) ? facts.response : undefined;
  const object = asMethodCall(call)?.object;
  if (!object) return undefined;
  const type = yield* pass.checker.typeOf(object);
  if (/^NextApiResponse\b/.test(yield* pass.checker.textOf(type))) return ENDING.has(name) ? "ends" : "writes";
  if (!(yield* isServerResponse(pass, type))) return undefined;
  if (name === "end") return "ends";
  return name === "write" ? "writes" : undefined;
}

/** `end` and `write` belong to every stream of Node; only the response of a server counts. */
function* isServerResponse(pass: Pass, type: Type): Ask<boolean> {
  const symbol = yield* pass.checker.symbolOfType(type);
  if (symbol && RESPONSES.has(symbol.name) && symbol.declarations.some(({ path }) => path.includes("@types/node/"))) {
    return true;
  }
  for (const member of yield* pass.checker.membersOf(type)) {
    if (member !== type && (yield* isServerResponse(pass, member))) return true;
  }
  for (const base of yield* pass.checker.baseTypesOf(type)) if (yield* isServerResponse(pass, base)) return true;
  return false;
}

const RESPONSES: ReadonlySet<string> = new Set(["ServerResponse", "Http2ServerResponse"]);

/** `res` of `res.status(404).type("text")`: these methods give back what they are called on. */
function responseIn(object: Node): Node {
  let at = unwrapped(object);
  for (let method = chained(at); method; method = chained(at)) at = unwrapped(method);
  return at;
}

function chained(node: Node): Node | undefined {
  if (!isCallExpression(node)) return undefined;
  const method = asMethodCall(node);
  return method && CHAINED.has(method.name) ? method.object : undefined;
}

const CHAINED: ReadonlySet<string> = new Set([...WRITING, "status", "code", "headers"]);
