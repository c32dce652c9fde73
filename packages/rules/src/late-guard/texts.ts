/** Defaults behind a method that a missing value does not have: `options.method.toLowerCase() || "post"`. */
import {
  asMethodCall,
  DEFAULTS,
  enclosingFunction,
  isCondition,
  isSameReference,
  isUncertain,
  literalValue,
  nodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isPropertyAccessExpression,
  NodeFlags,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";

const FORMS: ReadonlySet<string> = new Set(
  "toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase toString toFixed toISOString".split(" "),
);

/** Reports a text for want of which the line before it would have thrown. */
export function* checkTextDefault(pass: Pass, { left, right, operatorToken }: BinaryExpression): Ask<void> {
  if (!DEFAULTS.has(operatorToken.kind)) return;
  const object = formedFrom(unwrapped(left));
  const fallback = object && literalValue(unwrapped(right));
  if (!object || typeof fallback !== "string" || NUMBER.test(fallback) || isAskedFor(object)) return;
  if (!isUncertain(yield* pass.checker.typeOf(object))) return;
  const { sourceFile } = pass.file;
  pass.report(left, {
    message: `This throws where ${quoted(object, sourceFile)} is missing, so the default behind it comes too late.`,
    evidence: [
      { at: object, message: "A missing value has no method." },
      { at: right, message: "This would be the default." },
    ],
  });
}

/** The text of a form's field for a number is empty where nothing is typed, and no text at all is as good. */
const NUMBER = /^\d*$/;

/** The member that a call makes a text of, which is empty only where the member is. */
function formedFrom(call: Node): Node | undefined {
  if (!isCallExpression(call) || call.flags & NodeFlags.OptionalChain) return undefined;
  const method = asMethodCall(call);
  const object = method && FORMS.has(method.name) ? unwrapped(method.object) : undefined;
  return object && isPropertyAccessExpression(object) ? object : undefined;
}

/** Whether the function asks for the value before, or gives it one. */
function isAskedFor(object: Node): boolean {
  const root = enclosingFunction(object) ?? object.getSourceFile();
  return [...nodesOf(root)].some(
    node => node !== object && node.kind === object.kind && isSameReference(node, object) && isCondition(node),
  );
}
