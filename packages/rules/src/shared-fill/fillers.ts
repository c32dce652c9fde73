/** The objects with which arrays are filled. */
import { asMethodCall, fixedLocalOf, isGlobal, unwrapped, type Ask, type TypeChecker } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isSpreadElement,
  type Expression,
  type Node,
} from "@review/program/syntax";

export interface Filler {
  /** "array", "object", "`Map`". */
  readonly kind: string;
  readonly made: Node;
  /** Whether it is of no use as it is: an empty list, object, Map or Set, a row of a table. */
  readonly isToBeFilled: boolean;
  /** Whether it is a variable that holds the object. */
  readonly isNamed: boolean;
}

const COLLECTIONS: ReadonlySet<string> = new Set(["Map", "Set", "WeakMap", "WeakSet"]);

/** Undefined for a value that cannot be changed, or that may not be known to be one object. */
export function* fillerOf(checker: TypeChecker, value: Expression): Ask<Filler | undefined> {
  const bare = unwrapped(value);
  if (isArrayLiteralExpression(bare)) return made("array", bare, bare.elements.every(isEmptySpread));
  if (isObjectLiteralExpression(bare)) return made("object", bare, bare.properties.length === 0);
  if (isIdentifier(bare)) return yield* fillerOfName(checker, bare);
  const method = isCallExpression(bare) ? asMethodCall(bare) : undefined;
  if (method?.name === "fill")
    return (yield* isNewArray(checker, method.object)) ? made("array", bare, true) : undefined;
  if (yield* isNewArray(checker, bare)) return made("array", bare, true);
  return isNewExpression(bare) ? yield* fillerOfNew(checker, bare.expression, bare) : undefined;
}

function made(kind: string, node: Node, isToBeFilled: boolean): Filler {
  return { kind, made: node, isToBeFilled, isNamed: false };
}

function isEmptySpread(element: Expression): boolean {
  return (
    isSpreadElement(element) && isArrayLiteralExpression(element.expression) && element.expression.elements.length === 0
  );
}

/** Sharing a variable's object may be meant; that an element is changed has to show that it is not. */
function* fillerOfName(checker: TypeChecker, name: Node): Ask<Filler | undefined> {
  const local = yield* fixedLocalOf(checker, name);
  const filler = local && !isIdentifier(unwrapped(local.value)) ? yield* fillerOf(checker, local.value) : undefined;
  return filler && { ...filler, isToBeFilled: false, isNamed: true };
}

/** `Array(n)`, `new Array(n)` */
function* isNewArray(checker: TypeChecker, node: Node): Ask<boolean> {
  const bare = unwrapped(node);
  if (!isCallExpression(bare) && !isNewExpression(bare)) return false;
  return yield* isGlobal(checker, bare.expression, "Array");
}

function* fillerOfNew(checker: TypeChecker, callee: Expression, node: Node): Ask<Filler | undefined> {
  const bare = unwrapped(callee);
  if (!isIdentifier(bare)) return undefined;
  const isCollection = COLLECTIONS.has(bare.text) && (yield* isGlobal(checker, bare, bare.text));
  return made(
    `\`${bare.text}\``,
    node,
    isCollection && ((node as { arguments?: readonly Node[] }).arguments ?? []).length === 0,
  );
}
