/** The operations that turn a value into text. */
import {
  asMethodCall,
  builtinOf,
  isBuiltin,
  isGlobal,
  literalValue,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isSpreadElement,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";

/** One value that is turned into text. */
export interface Conversion {
  /** The operation, and where the operation has no end of its own (a template, a key) the value. */
  readonly place: Expression;
  readonly value: Expression;
  readonly by: "template" | "String" | "toString" | "join" | "plus" | "key";
}

/** `value + ""`, which says that text is wanted; sums with other text are a matter of `+`. */
export function conversionOf(sum: BinaryExpression): Conversion | undefined {
  if (sum.operatorToken.kind !== SyntaxKind.PlusToken) return undefined;
  if (literalValue(sum.left) === "") return { place: sum, value: sum.right, by: "plus" };
  return literalValue(sum.right) === "" ? { place: sum, value: sum.left, by: "plus" } : undefined;
}

/** What a call turns into text: the argument of `String(x)`, the object of `x.toString()` and of `xs.join()`. */
export function* conversionBy(checker: TypeChecker, call: CallExpression): Ask<Conversion | undefined> {
  const [first] = call.arguments;
  const method = asMethodCall(call);
  if (!method || method.name === "String") return yield* byString(checker, call);
  const { object: value, name } = method;
  if (name === "toString" || (name === "toLocaleString" && (yield* isInherited(checker, call)))) {
    return first ? undefined : { place: call, value, by: "toString" };
  }
  if (name !== "join" || !ARRAYS.has((yield* builtinOf(checker, value)) ?? "")) return undefined;
  return { place: call, value, by: "join" };
}

function* byString(checker: TypeChecker, call: CallExpression): Ask<Conversion | undefined> {
  const [value] = call.arguments;
  if (!value || isSpreadElement(value) || !(yield* isGlobal(checker, call.expression, "String"))) return undefined;
  return { place: call, value, by: "String" };
}

/** An object may have a `toLocaleString` of its own and no `toString`. */
function* isInherited(checker: TypeChecker, { expression }: CallExpression): Ask<boolean> {
  const symbol = yield* checker.symbolOf(expression);
  return symbol !== undefined && isBuiltin(symbol);
}

const ARRAYS: ReadonlySet<string> = new Set(["Array", "ReadonlyArray"]);
