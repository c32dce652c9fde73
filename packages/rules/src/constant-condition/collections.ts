/** Lists that the platform makes: they are there even when they are empty. */
import {
  builtinName,
  fixedLocalOf,
  isBuiltin,
  isCondition,
  isGuess,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
} from "@review/program/syntax";

/** The call of a builtin that gives a condition its list, directly or by way of a constant. */
export function* madeList(pass: Pass, node: Expression): Ask<Expression | undefined> {
  if (isDefaulted(node) || (!isCallExpression(node) && !isIdentifier(node))) return undefined;
  const { checker, file } = pass;
  const value = isCallExpression(node) ? node : (yield* fixedLocalOf(checker, node))?.value;
  const call = value && unwrapped(value);
  if (!call || !isCallExpression(call)) return undefined;
  const callee = unwrapped(call.expression);
  if (!isPropertyAccessExpression(callee) || !MAKERS.has(callee.name.text)) return undefined;
  const symbol = yield* checker.symbolOf(callee.name);
  if (!symbol || !isBuiltin(yield* checker.targetOf(symbol))) return undefined;
  const type = yield* checker.typeOf(call);
  const parts = yield* checker.partsOf(type);
  for (const part of parts) if (!LISTS.has((yield* builtinName(checker, part)) ?? "")) return undefined;
  return parts.length > 0 && !(file.isJavaScript && (yield* isGuess(checker, callee.expression))) ? call : undefined;
}

/** Methods that always answer with a list; `shift` and `get` may answer with an element that is one. */
const MAKERS: ReadonlySet<string> = new Set([
  ...["map", "filter", "slice", "splice", "concat", "flat", "flatMap", "sort", "reverse", "toSorted", "toReversed"],
  ...["split", "keys", "values", "entries", "from", "of", "getOwnPropertyNames"],
  ...["querySelectorAll", "getElementsByClassName", "getElementsByTagName", "getElementsByName"],
]);

const LISTS: ReadonlySet<string> = new Set([
  ...["Array", "NodeList", "NodeListOf", "HTMLCollection", "HTMLCollectionOf"],
]);

/** `Object.keys(x) || []` is careful, not wrong. */
function isDefaulted(node: Expression): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.BarBarToken) return false;
  return parent.left === outer && !isCondition(parent);
}
