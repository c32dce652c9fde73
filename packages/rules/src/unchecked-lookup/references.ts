/** What a weak reference gives: undefined once the object has been collected, whenever that is. */
import {
  asMethodCall,
  failingUseOf,
  ownFunctionOf,
  quoted,
  UNDEFINED,
  uncheckedUseOf,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { isCallExpression, type CallExpression, type Node } from "@review/program/syntax";

/** `socketRef.deref().destroy()`, and `onTimeout(socketRef.deref())` of a function that reads from what it gets. */
export function* checkReference(pass: Pass, call: CallExpression): Ask<void> {
  const use = uncheckedUseOf(pass.scopes(), call) ?? (yield* useInCallee(pass, call));
  if (!use) return;
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `${quoted(call, sourceFile)} gives undefined once the object has been collected, but it is used unchecked.`,
    evidence: [
      { at: call, message: "Nothing keeps what a weak reference refers to." },
      { at: use, message: "This throws where it is gone." },
    ],
  });
}

/** `socketRef.deref()`; others call a method so that does something else. */
export function isDereferenced(call: CallExpression): boolean {
  const method = call.arguments.length === 0 ? asMethodCall(call) : undefined;
  return method?.name === "deref" && /ref/i.test(method.object.getText());
}

/** Where the function that gets the object reads from it, whatever happens. */
function* useInCallee(pass: Pass, call: CallExpression): Ask<Node | undefined> {
  const argument = wrapped(call);
  const outer = argument.parent;
  const index = isCallExpression(outer) ? outer.arguments.findIndex(each => each === argument) : -1;
  const fn = isCallExpression(outer) && index >= 0 ? yield* ownFunctionOf(pass, outer) : undefined;
  const parameter = fn?.parameters[index];
  return fn && parameter ? yield* failingUseOf(pass, fn, parameter, UNDEFINED) : undefined;
}
