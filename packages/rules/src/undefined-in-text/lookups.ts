/** Results of lookups that may find nothing: in what comes from outside, or by a function whose other callers check it. */
import {
  asMethodCall,
  builtinOf,
  enclosingFunction,
  fixedLocalOf,
  isCondition,
  nodesOf,
  quoted,
  scopeOf,
  unwrapped,
  usesOf,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { wordOf, type Missing } from "./missing.ts";

export function* missingFromLookup(pass: Pass, value: Expression): Ask<Pick<Missing, "at" | "because"> | undefined> {
  const made = unwrapped((yield* fixedLocalOf(pass.checker, value))?.value ?? value);
  const call = isAwaitExpression(made) ? unwrapped(made.expression) : made;
  if (!isCallExpression(call)) return undefined;
  const code = quoted(call, pass.file.sourceFile);
  if (yield* isOwnedBy(pass.checker, call, OUTSIDE)) {
    return isAskedTwice(call) ? undefined : { at: call, because: `${code} gives null where there is none.` };
  }
  // What was stored in a name may have been looked at in more ways than one.
  const checked = made === unwrapped(value) && !isAskedTwice(call) ? yield* checkedElsewhere(pass, call) : undefined;
  return checked && { at: checked, because: "The result of this call is checked." };
}

/** What a table or a list gives where it has no such entry, if the compiler still has it as undefined. */
export function* missingFromTable(pass: Pass, value: Expression): Ask<Missing | undefined> {
  const { checker, file } = pass;
  if (!file.isChecked || !file.strictNullChecks) return undefined;
  const call = unwrapped((yield* fixedLocalOf(checker, value))?.value ?? value);
  if (!isCallExpression(call) || isAskedTwice(call) || !(yield* isOwnedBy(checker, call, TABLES))) return undefined;
  if (wordOf(yield* checker.partsOf(yield* checker.typeOf(value))) !== "undefined") return undefined;
  return {
    word: "undefined",
    at: call,
    because: `${quoted(call, file.sourceFile)} gives undefined where there is none.`,
  };
}

type Owners = ReadonlyMap<string, readonly string[]>;

const TABLES: Owners = new Map([
  ["get", ["Map", "WeakMap"]],
  ["find", ["Array"]],
]);

/** Stores and requests that hold what others put there. */
const OUTSIDE: Owners = new Map([
  ["getItem", ["Storage"]],
  ["get", ["URLSearchParams", "Headers", "FormData"]],
]);

/** Whether a call is one of these methods, of an object that has it. */
function* isOwnedBy(checker: Pass["checker"], call: CallExpression, methods: Owners): Ask<boolean> {
  const method = asMethodCall(call);
  const owners = method && methods.get(method.name);
  return (
    method !== undefined && owners !== undefined && owners.includes((yield* builtinOf(checker, method.object)) ?? "")
  );
}

/** Whether the same is asked in a test beside it: `params.has(x)`, `params.get(x) ? … : …`. */
function isAskedTwice(call: CallExpression): boolean {
  const root = enclosingFunction(call) ?? call.getSourceFile();
  const [key] = call.arguments;
  const text = key?.getText();
  if (text === undefined) return false;
  for (const node of nodesOf(root)) {
    if (node !== call && isCallExpression(node) && node.arguments[0]?.getText() === text && isTested(node)) return true;
  }
  return false;
}

/** A call of the same function of the project in the same file, whose result is tested. */
function* checkedElsewhere(pass: Pass, call: CallExpression): Ask<Node | undefined> {
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return undefined;
  if ((yield* pass.summaries.ask(callee.fn, "absent")).verdict !== "yes") return undefined;
  const name = call.expression.getText();
  for (const node of nodesOf(pass.file.sourceFile)) {
    if (node === call || !isCallExpression(node) || node.expression.getText() !== name || !isChecked(node)) continue;
    const other = yield* pass.summaries.calleeOf(node);
    if (other.kind === "function" && other.fn === callee.fn) return node;
  }
  return undefined;
}

function isChecked(call: CallExpression): boolean {
  const outer = wrapped(call);
  if (isTested(outer)) return true;
  const { parent } = isAwaitExpression(outer.parent) ? wrapped(outer.parent) : outer;
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return false;
  return usesOf(scopeOf(parent), parent.name.text).some(isTested);
}

function isTested(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isCondition(outer)) return true;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent))
    return parent.questionDotToken !== undefined;
  return isBinaryExpression(parent) && parent.left === outer && TESTS.has(parent.operatorToken.kind);
}

const TESTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.QuestionQuestionToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken, SyntaxKind.BarBarToken],
]);
