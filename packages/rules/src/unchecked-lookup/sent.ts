/** Headers and parameters of an address, which the other side sends or leaves out: `response.headers.get("content-type").includes("json")`. */
import {
  asMethodCall,
  builtinOf,
  enclosingFunction,
  nodesOf,
  quoted,
  uncheckedUseOf,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { isCallExpression, isStringLiteralLikeNode, type CallExpression, type Node } from "@review/program/syntax";

export function* checkSent(pass: Pass, call: CallExpression): Ask<void> {
  const lookup = lookupIn(pass, call);
  const use = lookup && uncheckedUseOf(pass.scopes(), call);
  if (!lookup || !use || isAskedFor(call, lookup.key)) return;
  const what = WHAT.get((yield* builtinOf(pass.checker, lookup.object)) ?? "");
  if (what === undefined) return;
  pass.report(use, {
    message: `${quoted(call, pass.file.sourceFile)} gives null where no such ${what} was sent, and its result is used unchecked here.`,
    evidence: [
      { at: call, message: `Whoever sends it may leave the ${what} out.` },
      { at: use, message: "This throws where the result is null." },
    ],
  });
}

interface Lookup {
  readonly object: Node;
  readonly key: string;
}

/** `headers.get("content-type")`; without a `!` or a cast the compiler says it where it keeps watch. */
function lookupIn({ file }: Pass, call: CallExpression): Lookup | undefined {
  const method = asMethodCall(call);
  const [key, more] = call.arguments;
  if (method?.name !== "get" || !key || more || !isStringLiteralLikeNode(key)) return undefined;
  const isReported = file.isChecked && file.strictNullChecks && wrapped(call) === call;
  return isReported ? undefined : { object: method.object, key: key.text };
}

const WHAT: ReadonlyMap<string, string> = new Map([
  ["Headers", "header"],
  ["URLSearchParams", "parameter"],
]);

/** Whether the function gets or asks for the same again, or fills it in itself. */
function isAskedFor(call: CallExpression, key: string): boolean {
  const around: Node = enclosingFunction(call) ?? call.getSourceFile();
  for (const node of nodesOf(around)) {
    if (node === call || !isCallExpression(node)) continue;
    const [argument] = node.arguments;
    if (argument && isStringLiteralLikeNode(argument) && argument.text.toLowerCase() === key.toLowerCase()) {
      if (asMethodCall(node) !== undefined) return true;
    }
  }
  return false;
}
