/** Values that nobody but the variable that they are given to can hold, and whose making has no other effect. */
import {
  asMethodCall,
  builtinOf,
  freshKindOf,
  hasOnlyFlags,
  isGlobal,
  TYPED_ARRAYS,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isNewExpression,
  isObjectLiteralExpression,
  SyntaxKind,
  type CallExpression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

/** Builtins that hold what is put into them, and tell nobody. */
const HOLDERS: ReadonlySet<string> = new Set([
  ...["Array", "Map", "Set", "WeakMap", "WeakSet", "Date"],
  ...["URLSearchParams", "Headers", "FormData", "URL"],
]);

/** By its syntax alone, whether a value may be made where it stands. */
export function mayBeMadeHere(node: Node): boolean {
  const value = unwrapped(node);
  return MAKERS.has(value.kind);
}

const MAKERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.CallExpression,
]);

/** Whether a value is made where it stands, by something that neither keeps it nor does anything else. */
export function* isMadeHere(pass: Pass, node: Node): Ask<boolean> {
  const value = unwrapped(node);
  if (isArrayLiteralExpression(value)) return true;
  if (isObjectLiteralExpression(value)) {
    return !value.properties.some(({ kind }) => kind === SyntaxKind.SetAccessor);
  }
  if (isNewExpression(value)) return yield* isOwnInstance(pass, value);
  return isCallExpression(value) && (yield* isOwnResult(pass, value));
}

function* isOwnInstance(pass: Pass, made: NewExpression): Ask<boolean> {
  const builtin = yield* builtinOf(pass.checker, made);
  if (builtin !== undefined && (yield* isGlobal(pass.checker, made.expression, builtin))) {
    if (HOLDERS.has(builtin)) return true;
    return TYPED_ARRAYS.includes(builtin) && (yield* isSized(pass, made));
  }
  // A test may make an object for no more than to see that nothing is thrown.
  return !pass.file.isTest && (yield* isHarmlessInstance(pass, made));
}

/** An array over somebody's buffer is a view of it, and writes there. */
function* isSized(pass: Pass, { arguments: given }: NewExpression): Ask<boolean> {
  const [first] = given ?? [];
  return !first || (yield* hasOnlyFlags(pass.checker, yield* pass.checker.typeOf(first), TypeFlags.NumberLike));
}

function* isHarmlessInstance(pass: Pass, made: NewExpression): Ask<boolean> {
  const callee = yield* pass.summaries.calleeOf(made);
  if (callee.kind !== "function" && callee.kind !== "nothing") return false;
  return (yield* pass.summaries.ask(made, "impure")).verdict === "no";
}

function* isOwnResult(pass: Pass, call: CallExpression): Ask<boolean> {
  const method = asMethodCall(call);
  // What is created with a prototype may have its setters.
  if (method?.name === "create" && call.arguments[0]?.kind !== SyntaxKind.NullKeyword) return false;
  const kind = yield* freshKindOf(pass.checker, call);
  return kind === "array" || kind === "object";
}
