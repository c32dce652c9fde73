/** Promises that somebody waits for although the code does not: the process, or a test's runner. */
import {
  asMethodCall,
  builtinName,
  enclosingFunction,
  isErrorName,
  mentions,
  ownNodesOf,
  PROMISE_METHODS,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isSourceFile,
  ModifierFlags,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { CLEANUP, ENTRY_TEST } from "./tables.ts";

/**
 * Whether an expression runs at the top level of a script, that is of a file which exports nothing, or under a test
 * for being one: a rejection there is reported with its stack, and in Node it ends the process.
 */
export function endsTheScript(expression: Node): boolean {
  if (enclosingFunction(expression)) return false;
  let isGuarded = false;
  for (let at = expression; !isSourceFile(at); at = at.parent) {
    if (at.kind === SyntaxKind.ClassDeclaration || at.kind === SyntaxKind.ClassExpression) return false;
    isGuarded ||= isIfStatement(at) && ENTRY_TEST.test(at.expression.getText());
  }
  return isGuarded || isRunOnItsOwn(expression) || !hasExports(expression.getSourceFile());
}

/** `migrate();` at the end of the file that has `async function migrate() { … }` is what the file is there to run. */
function isRunOnItsOwn(expression: Node): boolean {
  const call = unwrapped(expression);
  const statement = wrapped(expression).parent;
  if (!isCallExpression(call) || !isIdentifier(call.expression) || call.arguments.length > 0) return false;
  const { text } = call.expression;
  const { statements } = expression.getSourceFile();
  return (
    statements.at(-1) === statement && statements.some(each => isFunctionDeclaration(each) && each.name?.text === text)
  );
}

const TAKES_OUT: ReadonlySet<string> = new Set(["shift", "pop", "splice"]);

/** `queue.shift();` takes a promise out of a list: whoever put it there knows of it. */
export function* isTakenOut({ checker }: Pass, promise: Expression): Ask<boolean> {
  const method = isCallExpression(promise) ? asMethodCall(promise) : undefined;
  if (!method || !TAKES_OUT.has(method.name)) return false;
  return (yield* builtinName(checker, yield* checker.nonNullable(yield* checker.typeOf(method.object)))) === "Array";
}

/** `hash(password, (error, hash) => …)`: whoever is called back with the error hears of it. */
export function tellsACallback(promise: Expression): boolean {
  if (!isCallExpression(promise) || PROMISE_METHODS.has(asMethodCall(promise)?.name ?? "")) return false;
  const last = promise.arguments.at(-1);
  const callback = last && unwrapped(last);
  return callback !== undefined && isFunctionLikeDeclaration(callback) && looksAtError(callback);
}

function looksAtError({ parameters: [first], body }: FunctionLikeDeclaration): boolean {
  const error = first?.name;
  if (!error || !isIdentifier(error) || !isErrorName(error.text)) return false;
  return body !== undefined && mentions(body, error.text);
}

const COMMONJS = /\bmodule\.exports\b|\bexports\.\w/;

function hasExports(file: SourceFile): boolean {
  return COMMONJS.test(file.text) || file.statements.some(isExport);
}

function isExport(statement: Node & { readonly modifierFlags?: ModifierFlags }): boolean {
  if (isExportDeclaration(statement) || isExportAssignment(statement)) return true;
  return ((statement.modifierFlags ?? 0) & ModifierFlags.Export) !== 0;
}

/**
 * Whether a test drops `server.close()`, `ready.then(done)` or `fetch(url).then(() => { …; done(); })`: its runner
 * waits for `done`, and reports the rejection as a failure.
 */
export function isLeftToTheRunner(expression: Node): boolean {
  const call = unwrapped(expression);
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  if (!method || !isCallExpression(call)) return false;
  if (isRejection(method)) return true;
  const [callback] = call.arguments;
  return CLEANUP.test(method.name) || (method.name === "then" && callback !== undefined && isSignal(callback));
}

/** `Promise.reject(error);` in a test is there to see what becomes of it. */
function isRejection({ name, object }: NonNullable<ReturnType<typeof asMethodCall>>): boolean {
  return name === "reject" && isIdentifier(object) && object.text === "Promise";
}

function isSignal(callback: Expression): boolean {
  if (isIdentifier(callback)) return true;
  const body = isFunctionLikeDeclaration(callback) ? callback.body : undefined;
  return body !== undefined && [...ownNodesOf(body)].some(isBareCall);
}

function isBareCall(node: Node): boolean {
  return isCallExpression(node) && isIdentifier(node.expression) && node.arguments.length === 0;
}
