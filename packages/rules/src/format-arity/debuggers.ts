/** Functions that print: those that `debug(namespace)` makes, and loggers that nothing else is known of. */
import {
  asFixedLocal,
  asMethodCall,
  moduleMemberOf,
  packageOf,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type CallExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** Whether a name stands for a debugger of the package debug, by its type, or by what made it. */
export function* isDebugger(pass: Pass, callee: Identifier): Ask<boolean> {
  const { checker } = pass;
  const symbol = yield* checker.symbolOfType(yield* checker.typeOf(callee));
  if (symbol?.name === "Debugger" && (yield* packageOf(checker, symbol)) === "debug") return true;
  const declared = pass.scopes().variableOf(callee)?.declarations[0];
  const made = declared && asFixedLocal(declared.parent);
  const maker = made && unwrapped(made.value);
  return maker !== undefined && isCallExpression(maker) && (yield* isDebug(pass, maker.expression));
}

/** `debug` of `import debug from "debug"`, or `require("debug")` itself. */
function* isDebug({ checker }: Pass, maker: Node): Ask<boolean> {
  if (/^require\(["']debug["']\)$/.test(maker.getText())) return true;
  return (yield* moduleMemberOf(checker, maker))?.module === "debug";
}

/** `logger.info("%s took %d ms", …)`: one that gets placeholders, and something for the first, means to format. */
export function isLogger(call: CallExpression): boolean {
  const object = unwrapped(asMethodCall(call)?.object ?? call);
  const name = isIdentifier(object) ? object.text : isPropertyAccessExpression(object) ? object.name.text : "";
  return /^_?(?:\w*logger|log)$/i.test(name);
}
