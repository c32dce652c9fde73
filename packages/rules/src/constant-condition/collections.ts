/** Lists that the platform makes: they are there even when they are empty. */
import {
  builtinName,
  fixedLocalOf,
  isBuiltin,
  isCondition,
  isGuess,
  mentions,
  untypedListOf,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** The call of a builtin that gives a condition its list, directly or by way of a constant. */
export function* madeList(pass: Pass, node: Expression): Ask<Expression | undefined> {
  if (isDefaulted(node) || isAskedForMore(node) || (!isCallExpression(node) && !isIdentifier(node))) return undefined;
  const call = isCallExpression(node) ? node : unwrappedValue(yield* fixedLocalOf(pass.checker, node));
  if (!call || !isCallExpression(call)) return undefined;
  const callee = unwrapped(call.expression);
  if (!isPropertyAccessExpression(callee) || !MAKERS.has(callee.name.text)) return undefined;
  // `popup?.querySelectorAll(…)` is undefined without a popup, whatever loose types say.
  if (call.flags & NodeFlags.OptionalChain) return undefined;
  return (yield* isListOfBuiltin(pass, call, callee)) ? call : undefined;
}

function unwrappedValue(local: { readonly value: Expression } | undefined): Node | undefined {
  return local && unwrapped(local.value);
}

function* isListOfBuiltin({ checker, file }: Pass, call: Expression, callee: PropertyAccessExpression): Ask<boolean> {
  if (yield* untypedListOf(checker, call)) return true;
  const symbol = yield* checker.symbolOf(callee.name);
  if (!symbol || !isBuiltin(yield* checker.targetOf(symbol))) return false;
  const parts = yield* checker.partsOf(yield* checker.typeOf(call));
  for (const part of parts) if (!LISTS.has((yield* builtinName(checker, part)) ?? "")) return false;
  return parts.length > 0 && !(file.isJavaScript && (yield* isGuess(checker, callee.expression)));
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

/** `names && names.length > 0` and `!names || !names.length` ask for what matters as well. */
function isAskedForMore(node: Expression): boolean {
  const { parent } = wrapped(node);
  const isNegated = isPrefixUnaryExpression(parent) && parent.operator === SyntaxKind.ExclamationToken;
  const chain = isNegated ? wrapped(parent).parent : parent;
  const joins = isNegated ? SyntaxKind.BarBarToken : SyntaxKind.AmpersandAmpersandToken;
  if (!isBinaryExpression(chain) || chain.operatorToken.kind !== joins) return false;
  return isIdentifier(node) && mentions(chain.right, node.text);
}

/** `Object.keys(x) || []` is careful, not wrong. */
function isDefaulted(node: Expression): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.BarBarToken) return false;
  return parent.left === outer && !isCondition(parent);
}
