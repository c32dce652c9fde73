/** Where an array comes from, and whether that can be without elements. */
import {
  asMethodCall,
  DEFAULTS,
  fixedLocalOf,
  isGlobal,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteralLikeNode,
  SyntaxKind,
  type ArrayLiteralExpression,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** What makes an array that may be empty. */
export interface EmptySource {
  readonly at: Node;
  readonly because: string;
  /** The arrays on the way, of which a test may ask for the length. */
  readonly places: readonly Node[];
}

/** Methods whose result has elements where their array has some. */
const KEEPING: ReadonlySet<string> = new Set([
  ...["map", "sort", "toSorted", "reverse", "toReversed", "concat", "with", "values", "keys", "entries"],
]);

/** Methods that leave elements out. */
const DROPPING: ReadonlySet<string> = new Set(["filter", "flatMap", "flat", "splice", "toSpliced", "drop", "take"]);

/** The longest chain that is followed. */
const LONGEST = 8;

/** Undefined where the array has elements for certain. */
export function* emptySourceOf(pass: Pass, array: Expression): Ask<EmptySource | undefined> {
  const places: Node[] = [];
  let at = unwrapped(array) as Expression;
  for (let step = 0; step < LONGEST; step++) {
    places.push(at);
    const because = yield* whyEmpty(pass, at);
    if (because !== undefined) return { at, because, places: [...places, ...below(at)] };
    const next = yield* madeFrom(pass, at);
    if (!next) return (yield* isFilled(pass, at)) ? undefined : { at, because: NOTHING_SAID, places };
    at = unwrapped(next) as Expression;
  }
  return undefined;
}

const NOTHING_SAID = "Nothing says that this has elements.";

/** Whether an array has elements by the way it is made: written ones, those of a tuple, the parts of a text. */
function* isFilled({ checker }: Pass, at: Expression): Ask<boolean> {
  if (isArrayLiteralExpression(at)) return at.elements.some(element => !isSpreadElement(element));
  // Constants in capitals, and what another module has under such a name, are written with their elements.
  if (isIdentifier(at) && /^[A-Z][A-Z0-9_]*$/.test(at.text)) return true;
  if (yield* checker.isTuple(yield* checker.typeOf(at))) return true;
  if (isNewExpression(at)) return true;
  const method = isCallExpression(at) ? asMethodCall(at) : undefined;
  if (!isCallExpression(at) || !method) return isCallExpression(at);
  return FILLED.has(method.name);
}

/** A text has one part at least, and a match what was matched; `Array.from` may be given a length. */
const FILLED: ReadonlySet<string> = new Set([
  "split",
  "match",
  "exec",
  "from",
  "fill",
  ...["keys", "values", "entries"],
]);

/** The array that one is made from, element by element. */
function* madeFrom({ checker }: Pass, at: Expression): Ask<Expression | undefined> {
  if (isAwaitExpression(at)) return at.expression;
  if (isIdentifier(at)) return (yield* fixedLocalOf(checker, at))?.value;
  if (isArrayLiteralExpression(at)) return onlySpread(at);
  return isCallExpression(at) ? sourceOfCall(at) : undefined;
}

function sourceOfCall(call: CallExpression): Expression | undefined {
  const method = asMethodCall(call);
  if (!method) return undefined;
  if (KEEPING.has(method.name)) return method.object.getText() === "Object" ? undefined : method.object;
  const isCopy = method.name === "from" || method.name === "all";
  return isCopy && isIdentifier(method.object) ? call.arguments[0] : undefined;
}

/** `xs` of `[...xs]`. */
function onlySpread({ elements: [only, ...more] }: ArrayLiteralExpression): Expression | undefined {
  return only && more.length === 0 && isSpreadElement(only) ? only.expression : undefined;
}

function* whyEmpty(pass: Pass, at: Expression): Ask<string | undefined> {
  if (isArrayLiteralExpression(at) && at.elements.length === 0) return "This has no elements.";
  if (isBinaryExpression(at)) {
    const isDefault = DEFAULTS.has(at.operatorToken.kind) && isEmptyArray(at.right);
    return isDefault ? "It is empty where there is nothing." : undefined;
  }
  if (isConditionalExpression(at)) {
    return isEmptyArray(at.whenTrue) || isEmptyArray(at.whenFalse) ? "One of the two is empty." : undefined;
  }
  return isCallExpression(at) ? yield* whyCallIsEmpty(pass, at) : undefined;
}

function* whyCallIsEmpty({ checker, file }: Pass, call: CallExpression): Ask<string | undefined> {
  const method = asMethodCall(call);
  if (!method) return undefined;
  if (DROPPING.has(method.name)) return `\`${method.name}\` may leave nothing.`;
  if (method.name === "slice" && call.arguments.length > 0) {
    return `${quoted(call, file.sourceFile)} has only what is left.`;
  }
  if (LISTINGS.has(method.name) && (yield* isGlobal(checker, method.object, "Object"))) {
    const isFilled = isFilledLiteral(call) || (yield* hasProperties(checker, call));
    return isFilled ? undefined : "An object may have no properties.";
  }
  return SELECTIONS.has(method.name) ? "There may be no such elements." : undefined;
}

function isFilledLiteral({ arguments: [object] }: CallExpression): boolean {
  return object?.kind === SyntaxKind.ObjectLiteralExpression && object.getText().length > 2;
}

/** Whether the object has a property by its type: `{ added: number[]; removed: number[] }`. */
function* hasProperties(checker: Pass["checker"], { arguments: [object] }: CallExpression): Ask<boolean> {
  if (!object) return false;
  const properties = yield* checker.propertiesOf(yield* checker.typeOf(object));
  return properties.some(({ flags }) => flags & SymbolFlags.Property && !(flags & SymbolFlags.Optional));
}

const LISTINGS: ReadonlySet<string> = new Set(["keys", "values", "entries", "getOwnPropertyNames"]);
const SELECTIONS: ReadonlySet<string> = new Set(["querySelectorAll", "getElementsByClassName", "matchAll", "getAll"]);

function isEmptyArray(node: Node): boolean {
  const bare = unwrapped(node);
  return isArrayLiteralExpression(bare) && bare.elements.length === 0;
}

/** What stands below the source: `xs` of `xs.filter(…)`, since whoever asks for its length thought of it. */
function below(at: Expression): readonly Node[] {
  const found: Node[] = [];
  for (let node: Node = at; ;) {
    if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
      const [first] = node.arguments;
      if (first && !isStringLiteralLikeNode(first)) found.push(unwrapped(first));
      node = unwrapped(node.expression.expression);
    } else if (isNewExpression(node) || !isPropertyAccessExpression(node)) return [...found, node];
    else return [...found, node];
  }
}
