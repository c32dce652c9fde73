/** Decides whether a value is a promise and nothing else, by its type and by where it comes from. */
import {
  enclosingFunction,
  everyPart,
  functionOf,
  isAssignedOnce,
  isAsync,
  isBuiltin,
  isNullish,
  isThenable,
  unwrapped,
  type Ask,
  type Pass,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";

/**
 * Whether a value can be nothing but a promise. In JavaScript, and where null and undefined have no types of their
 * own, any variable may hold them, and only what was made here counts.
 */
export function* isAlwaysPromise({ checker, file }: Pass, node: Expression): Ask<boolean> {
  const type = yield* checker.typeOf(node);
  if (type.flags & TypeFlags.Instantiable || (yield* checker.partsOf(type)).some(isNullish)) return false;
  if (!(yield* everyPart(checker, type, part => isThenable(checker, part)))) return false;
  if (file.isJavaScript || !file.strictNullChecks) return yield* isMadeHere(checker, node);
  return !(yield* mayBeUnset(checker, node));
}

export function* isMadeHere(checker: TypeChecker, node: Node): Ask<boolean> {
  const made = unwrapped(node);
  if (isNewExpression(made)) return true;
  if (isCallExpression(made)) return yield* isKnownToPromise(checker, unwrapped(made.expression));
  const symbol = isIdentifier(made) ? yield* checker.symbolOf(made) : undefined;
  const variable = symbol && (yield* checker.declarationOf(symbol));
  if (!variable || !isVariableDeclaration(variable) || !variable.initializer) return false;
  return isAssignedOnce(variable) && (yield* isMadeHere(checker, variable.initializer));
}

/** Whether a function is `async`, or the platform's own, whose type can be relied on. */
function* isKnownToPromise(checker: TypeChecker, callee: Node): Ask<boolean> {
  const fn = yield* functionOf(checker, callee);
  if (fn) return isAsync(fn);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!isIdentifier(name) || LOOKUPS.has(name.text)) return false;
  const symbol = yield* checker.symbolOf(name);
  return symbol !== undefined && isBuiltin(yield* checker.targetOf(symbol));
}

/** Methods of collections that find nothing at times, which only strict types tell. */
const LOOKUPS: ReadonlySet<string> = new Set("get at find findLast pop shift deref".split(" "));

/** Whether a type leaves out that there may be nothing yet: an index signature's, a field's or variable's with `!`. */
function* mayBeUnset(checker: TypeChecker, node: Expression): Ask<boolean> {
  const name = isPropertyAccessExpression(node) ? node.name : isIdentifier(node) ? node : undefined;
  if (!name) return false;
  const symbol = yield* checker.symbolOf(name);
  const declaration = symbol && (yield* checker.declarationOf(yield* checker.targetOf(symbol)));
  if (!declaration) return true;
  if (isVariableDeclaration(declaration)) {
    return isUnsetVariable(declaration, node) || (yield* isOfTable(checker, declaration.initializer));
  }
  return isPropertyDeclaration(declaration) && declaration.postfixToken?.kind === SyntaxKind.ExclamationToken;
}

/** `let promise = cache[id]`, of which the type does not say that there may be none. */
function* isOfTable(checker: TypeChecker, initializer: Expression | undefined): Ask<boolean> {
  const value = initializer && (unwrapped(initializer) as Expression);
  if (!value || isIdentifier(value)) return false;
  return isElementAccessExpression(value) || (yield* mayBeUnset(checker, value));
}

/** A variable that is set elsewhere may not be set yet when a function reads it. */
function isUnsetVariable(declaration: VariableDeclaration, read: Node): boolean {
  if (declaration.exclamationToken) return true;
  // Only `declare const` has no value here, and says what it is.
  if (declaration.parent.flags & NodeFlags.Const) return false;
  return !declaration.initializer && enclosingFunction(declaration) !== enclosingFunction(read);
}
