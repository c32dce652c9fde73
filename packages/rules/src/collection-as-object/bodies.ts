/** The body of a request or an answer as it is, a stream, where JSON is made of it: `JSON.stringify(request.body)`. */
import { builtinOf, isGlobal, nodesOf, ownFunctionOf, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type CallExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export function* checkBodies(pass: Pass, call: CallExpression): Ask<void> {
  for (const [index, argument] of call.arguments.entries()) {
    const body = unwrapped(argument);
    if (!isPropertyAccessExpression(body) || body.name.text !== "body") continue;
    const name = yield* builtinOf(pass.checker, body.expression);
    if (name !== "Request" && name !== "Response") continue;
    const made = isJson(call) ? call : yield* jsonInCallee(pass, call, index);
    if (made && (yield* isGlobal(pass.checker, objectOf(made), "JSON"))) report(pass, body, made);
  }
}

function report(pass: Pass, body: PropertyAccessExpression, made: CallExpression): void {
  const { sourceFile } = pass.file;
  const source = body.expression.getText(sourceFile);
  pass.report(body, {
    message: `${quoted(body, sourceFile)} is a stream that nobody has read, so JSON has \`{}\` in its place.`,
    evidence: [{ at: made, message: "Here it becomes JSON." }],
    repair: `Read it first, with \`await ${source}.json()\`.`,
  });
}

function isJson(call: CallExpression): boolean {
  const callee = unwrapped(call.expression);
  return isPropertyAccessExpression(callee) && callee.name.text === "stringify" && objectOf(call).getText() === "JSON";
}

function objectOf({ expression }: CallExpression): Node {
  const callee = unwrapped(expression);
  return isPropertyAccessExpression(callee) ? unwrapped(callee.expression) : callee;
}

/** Where the function that is called makes JSON of what it gets. */
function* jsonInCallee(pass: Pass, call: CallExpression, index: number): Ask<CallExpression | undefined> {
  const fn = yield* ownFunctionOf(pass, call);
  const name = fn?.parameters[index]?.name;
  return fn && name && isIdentifier(name) ? jsonOf(fn, name) : undefined;
}

function jsonOf({ body }: FunctionLikeDeclaration, { text }: Identifier): CallExpression | undefined {
  return [...(body ? nodesOf(body) : [])].find((node): node is CallExpression => {
    const value = isCallExpression(node) && isJson(node) ? node.arguments[0] : undefined;
    return value !== undefined && isIdentifier(value) && value.text === text;
  });
}
