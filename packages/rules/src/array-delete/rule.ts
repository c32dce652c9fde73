/** Reports `delete` of an element of an array, which leaves a hole in its place. */
import {
  asMethodCall,
  builtinName,
  certainParts,
  defineRule,
  enclosingFunction,
  fixedLocalOf,
  hasOnlyFlags,
  INDEX_SEARCHES,
  isClaimed,
  isGlobal,
  isGuess,
  isLoop,
  literalValue,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isArrowFunction,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isFunctionExpression,
  SyntaxKind,
  type CallExpression,
  type DeleteExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { meansHoles } from "./holes.ts";
import { ARRAYS_OF_NUMBERS } from "./tables.ts";

const rule: Rule = defineRule({
  id: "array-delete",
  summary: "`delete` takes an element out of an array and leaves a hole in its place.",
  category: "collections",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Remove the element with `splice(index, 1)`, or make a new array with `filter` or `toSpliced`.",
  listen: pass => ({
    [SyntaxKind.DeleteExpression](deletion: DeleteExpression) {
      const target = unwrapped(deletion.expression);
      if (!isElementAccessExpression(target)) return undefined;
      return check(pass, { deletion, array: target.expression, key: target.argumentExpression });
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [array, key] = call.arguments;
      if (method?.name !== "deleteProperty" || !array || !key) return;
      if (yield* isGlobal(pass.checker, method.object, "Reflect")) yield* check(pass, { deletion: call, array, key });
    },
  }),
});
export default rule;

interface Deletion {
  readonly deletion: Expression;
  readonly array: Expression;
  readonly key: Expression;
}

function* check(pass: Pass, found: Deletion): Ask<void> {
  const { checker, file } = pass;
  const { deletion, array } = found;
  const type = yield* checker.typeOf(array);
  const kind = yield* arrayKindOf(pass, type);
  if (kind === undefined || !(yield* isIndex(pass, found.key)) || meansHoles(deletion, array)) return;
  if (file.isJavaScript && ((yield* isGuess(checker, array)) || (yield* isClaimed(checker, array)))) return;
  const what = quoted(deletion, file.sourceFile);
  pass.report(deletion, {
    message:
      kind === "typed array"
        ? `${what} fails: the elements of a typed array cannot be deleted.`
        : `${what} leaves a hole: the length and the later indexes stay, and the element reads as \`undefined\`.`,
    evidence: [{ at: array, message: `This is a \`${yield* checker.textOf(type)}\`.` }],
    fixes: kind === "array" && (yield* canSplice(pass, found)) ? [spliceFix(pass, found)] : [],
  });
}

type ArrayKind = "array" | "fixed array" | "typed array";

/** What every possible value is; undefined where one may be a plain object, for which `delete` is the way. */
function* arrayKindOf({ checker }: Pass, type: Type): Ask<ArrayKind | undefined> {
  let found: ArrayKind | undefined;
  for (const part of (yield* certainParts(checker, type)) ?? []) {
    const name = (yield* builtinName(checker, part)) ?? "";
    let kind: ArrayKind | undefined = ARRAYS_OF_NUMBERS.has(name) ? "typed array" : undefined;
    if (yield* checker.isTuple(part)) kind = "fixed array";
    else if (yield* checker.isArray(part)) kind = name === "Array" ? "array" : "fixed array";
    if (kind === undefined || (found !== undefined && found !== kind)) return undefined;
    found = kind;
  }
  return found;
}

/** Whether a key is a number: a string may name any other property of the array. */
function* isIndex({ checker }: Pass, key: Expression): Ask<boolean> {
  const value = literalValue(key);
  if (typeof value === "string") return /^(?:0|[1-9]\d*)$/.test(value);
  return typeof value === "number" || (yield* hasOnlyFlags(checker, yield* checker.typeOf(key), TypeFlags.NumberLike));
}

/**
 * Whether `splice` does what was meant. In a loop over the array and in a callback of one of its methods it would make
 * the next element be skipped, and with the answer of a search that found nothing it takes the last element.
 */
function* canSplice(pass: Pass, { deletion, key }: Deletion): Ask<boolean> {
  if (!isExpressionStatement(deletion.parent) || isRepeated(deletion)) return false;
  const local = yield* fixedLocalOf(pass.checker, key);
  return !isSearch(key) && !(local && isSearch(local.value));
}

function isRepeated(deletion: Node): boolean {
  const owner = enclosingFunction(deletion);
  for (let at = deletion.parent as Node | undefined; at && at !== owner; at = at.parent) if (isLoop(at)) return true;
  if (!owner || !(isArrowFunction(owner) || isFunctionExpression(owner))) return false;
  return isCallExpression(wrapped(owner).parent);
}

function isSearch(key: Expression): boolean {
  const bare = unwrapped(key);
  return isCallExpression(bare) && INDEX_SEARCHES.has(asMethodCall(bare)?.name ?? "");
}

function spliceFix({ file: { sourceFile } }: Pass, { deletion, array, key }: Deletion): ReportedFix {
  const index = key.kind === SyntaxKind.StringLiteral ? literalValue(key) : key.getText(sourceFile);
  const text = `${array.getText(sourceFile)}.splice(${String(index)}, 1)`;
  return { title: "Remove the element with `splice`", safety: "suggested", edits: [{ at: deletion, text }] };
}
