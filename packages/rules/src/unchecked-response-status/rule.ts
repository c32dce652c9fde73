/** Reports bodies of `fetch` that are parsed and used although nobody has looked whether the request succeeded. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  enclosingFunction,
  isDropped,
  isGlobal,
  originsOf,
  quoted,
  returnedBy,
  unwrapped,
  wrapped,
  type Ask,
  type Origin,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { isLookedAt, isResultChecked, listedIn, makerOfAll, promisedBy } from "./looks.ts";

const rule: Rule = defineRule({
  id: "unchecked-response-status",
  summary: "The body of a response is used, and nothing has looked at its status: an error's body passes for the data.",
  category: "errors",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Look at `response.ok` or `response.status` before the body is read, and throw or return where the request failed.",
  listen: pass => ({
    [SyntaxKind.CallExpression](node: CallExpression) {
      const method = asMethodCall(node);
      if (!method || !BODIES.has(method.name) || node.arguments.length > 0 || pass.file.isTest) return undefined;
      return check(pass, node, method.object);
    },
  }),
});
export default rule;

/** Methods that read a body, whoever sent it. */
const BODIES: ReadonlySet<string> = new Set(["json", "text", "blob", "arrayBuffer", "formData", "bytes"]);

function* check(pass: Pass, read: CallExpression, response: Expression): Ask<void> {
  const { checker, file } = pass;
  if (isDropped(awaited(read)) || isLookedAt(pass.scopes(), response) || isResultChecked(pass.scopes(), read)) return;
  if ((yield* builtinOf(checker, response)) !== "Response") return;
  const origin = yield* requestOf(pass, response);
  if (!origin) return;
  pass.report(read, {
    message: `${quoted(read, file.sourceFile)} is used without a look at the status: a response of 404 or 500 has a body, too.`,
    evidence: [
      { at: origin.value, message: "`fetch` only rejects when there is no response at all." },
      ...origin.way,
      { at: response, message: `Neither \`ok\` nor \`status\` of ${quoted(response, file.sourceFile)} is read.` },
    ],
  });
}

function awaited(read: Node): Node {
  let at = wrapped(read);
  while (isAwaitExpression(at.parent)) at = wrapped(at.parent);
  return at;
}

/** The `fetch` that a response comes from, if it is the only one, and handed on by nobody who may have looked at it. */
function* requestOf(pass: Pass, response: Expression): Ask<Origin | undefined> {
  const list = listedIn(response);
  if (list) return yield* requestOfAll(pass, list);
  const source = promisedBy(response) ?? response;
  const [only, ...others] = (yield* originsOf(pass, source)) ?? [];
  if (!only || others.length > 0 || !isCallExpression(only.value)) return undefined;
  if (!(yield* isGlobal(pass.checker, only.value.expression, "fetch")) || isLocal(only.value)) return undefined;
  const isFar = enclosingFunction(only.value) !== enclosingFunction(source);
  return isFar && !isReturned(only.value) ? undefined : only;
}

/** The `fetch` of each of a list of responses. */
function* requestOfAll(pass: Pass, list: Expression): Ask<Origin | undefined> {
  const [only, ...others] = (yield* originsOf(pass, list)) ?? [];
  const maker = only && others.length === 0 ? makerOfAll(only.value) : undefined;
  const [result, ...more] = maker ? returnedBy(maker) : [];
  if (!only || !result || more.length > 0) return undefined;
  const call = unwrapped(result);
  if (!isCallExpression(call) || isLocal(call)) return undefined;
  return (yield* isGlobal(pass.checker, call.expression, "fetch")) ? { value: call, way: only.way } : undefined;
}

/** What a program reads from itself is there: an address that it made, or a part of its own. */
function isLocal(call: CallExpression): boolean {
  const [url] = call.arguments;
  const text = url ? unwrapped(url).getText() : "";
  if (/^["'`](?:data|blob|file):|import\.meta\.url|blob|dataUrl|objectUrl/i.test(text)) return true;
  const around = enclosingFunction(call);
  return (
    around !== undefined &&
    around.end - around.pos < LONGEST_READ &&
    /["'`]blob:|blobUrl/i.test(around.parent.getText())
  );
}

/** Functions whose text is searched for what they fetch. */
const LONGEST_READ = 3000;

function isReturned(call: Node): boolean {
  let at = call.parent;
  while (at.kind === SyntaxKind.AwaitExpression || at.kind === SyntaxKind.ParenthesizedExpression) at = at.parent;
  return at.kind === SyntaxKind.ReturnStatement || at.kind === SyntaxKind.ArrowFunction;
}
