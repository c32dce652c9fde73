/** The calls that reject a promise. */
import {
  asMethodCall,
  builtinName,
  isBuiltin,
  isGlobal,
  unwrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isBindingElement,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isParameterDeclaration,
  isVariableDeclaration,
  type BindingElement,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/**
 * Whether a call rejects a promise: `Promise.reject(…)`, the second parameter of the executor of a `new Promise`, and
 * the `reject` of `Promise.withResolvers()`, as a member or by a name of its own.
 */
export function* isRejection(checker: TypeChecker, call: CallExpression): Ask<boolean> {
  const callee = unwrapped(call.expression);
  if (isIdentifier(callee)) return looksLikeReject(callee.text) && (yield* isRejectName(checker, callee));
  const method = asMethodCall(call);
  if (method?.name !== "reject") return false;
  if (yield* isGlobal(checker, method.object, "Promise")) return true;
  // A constant that holds the class, one that extends it, or the parts of `Promise.withResolvers()`.
  const symbol = yield* checker.symbolOf(callee);
  return symbol !== undefined && isBuiltin(symbol);
}

/** Names of the second parameter, which spare a question about the symbol of every other call. */
function looksLikeReject(name: string): boolean {
  return /^_?(?:rej|fail|err|no|nok|f|r|e)/i.test(name) || /reject/i.test(name);
}

function* isRejectName(checker: TypeChecker, name: Node): Ask<boolean> {
  const symbol = yield* checker.symbolOf(name);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  if (!declaration) return false;
  if (isBindingElement(declaration)) return yield* isFromResolvers(checker, declaration);
  return isParameterDeclaration(declaration) && (yield* isExecutorParameter(checker, declaration));
}

function* isExecutorParameter(checker: TypeChecker, declaration: Node): Ask<boolean> {
  const executor = declaration.parent;
  if (!isFunctionLikeDeclaration(executor) || executor.parameters[1] !== declaration) return false;
  const made = executor.parent;
  if (!isNewExpression(made) || made.arguments?.[0] !== executor) return false;
  if (yield* isGlobal(checker, made.expression, "Promise")) return true;
  return (yield* builtinName(checker, yield* checker.typeOf(made.expression))) === "PromiseConstructor";
}

function* isFromResolvers(checker: TypeChecker, binding: BindingElement): Ask<boolean> {
  const key = binding.propertyName ?? binding.name;
  const owner = binding.parent.parent;
  if (!key || !isIdentifier(key) || key.text !== "reject") return false;
  if (!isVariableDeclaration(owner) || !owner.initializer) return false;
  const call = unwrapped(owner.initializer);
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  return method?.name === "withResolvers" && (yield* isGlobal(checker, method.object, "Promise"));
}
