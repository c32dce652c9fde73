/** Reports arrays all of whose elements are one object, so that a change to one is a change to all. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  fixedLocalOf,
  isGlobal,
  literalValue,
  memberName,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { elementChange, isIgnored } from "./changes.ts";
import { fillerOf, type Filler } from "./fillers.ts";

const rule: Rule = defineRule({
  id: "shared-fill",
  summary: "`fill`, or a callback of `Array.from`, puts one object into every place of an array.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Make an object for each place: `Array.from({ length: n }, () => [])`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [first, second, ...more] = call.arguments;
      if (!method || !first || more.length > 0 || isSpreadElement(first)) return;
      if (method.name === "fill" && !second) yield* checkFill(pass, call, method.object, first);
      if (method.name === "from" && second) yield* checkFrom(pass, call, method.object, second);
    },
  }),
});
export default rule;

function* checkFill(pass: Pass, call: CallExpression, array: Expression, value: Expression): Ask<void> {
  const { checker } = pass;
  const length = lengthOf(array);
  if (isIgnored(call) || (length && Number(literalValue(length) ?? 2) < 2)) return;
  const filler = yield* fillerOf(checker, value);
  if (!filler) return;
  const change = filler.isToBeFilled ? undefined : elementChange(call);
  if ((!filler.isToBeFilled && !change) || (yield* builtinOf(checker, array)) !== "Array") return;
  report(pass, call, value, filler, change, filler.isNamed || !length ? [] : [fix(pass, array, call, value, length)]);
}

/** `Array.from({ length: 3 }, () => row)`: a callback is called for each place, and answers the same each time. */
function* checkFrom(pass: Pass, call: CallExpression, object: Expression, callback: Expression): Ask<void> {
  const fn = unwrapped(callback);
  if (!isArrowFunction(fn) || isBlock(fn.body) || fn.parameters.length > 0) return;
  const local = yield* fixedLocalOf(pass.checker, fn.body);
  if (!local || isIgnored(call)) return;
  const filler = yield* fillerOf(pass.checker, fn.body);
  const change = filler && elementChange(call);
  if (change && (yield* isGlobal(pass.checker, object, "Array"))) report(pass, call, fn.body, filler, change, []);
}

function report(
  pass: Pass,
  call: CallExpression,
  value: Expression,
  filler: Filler,
  change: Node | undefined,
  fixes: readonly ReportedFix[],
): void {
  const { sourceFile } = pass.file;
  pass.report(value, {
    message: `Every place of this array gets the same ${filler.kind} ${quoted(value, sourceFile)}, so a change to one is a change to all.`,
    evidence: [
      { at: filler.made, message: `The ${filler.kind} is made once, here.` },
      { at: call, message: "All elements of this array refer to it." },
      ...(change ? [{ at: change, message: "This changes an element." }] : []),
    ],
    fixes,
  });
}

/** `n` of `Array(n)` and `new Array(n)`. */
function lengthOf(array: Expression): Expression | undefined {
  const made = maker(array);
  const [length, ...more] = made?.arguments ?? [];
  return more.length === 0 ? length : undefined;
}

function maker(array: Expression): CallExpression | NewExpression | undefined {
  const bare = unwrapped(array);
  if (!isCallExpression(bare) && !isNewExpression(bare)) return undefined;
  const callee = unwrapped(bare.expression);
  return (isIdentifier(callee) ? callee.text : memberName(callee)) === "Array" ? bare : undefined;
}

function fix(pass: Pass, array: Expression, call: CallExpression, value: Expression, length: Expression): ReportedFix {
  const { sourceFile } = pass.file;
  const [type] = maker(array)?.typeArguments ?? [];
  const text = value.getText(sourceFile);
  const body =
    unwrapped(value).kind === SyntaxKind.ObjectLiteralExpression && text.startsWith("{") ? `(${text})` : text;
  const head = type ? `(): ${type.getText(sourceFile)} =>` : "() =>";
  return {
    title: "Make an object for each place",
    safety: "suggested",
    edits: [{ at: call, text: `Array.from({ length: ${length.getText(sourceFile)} }, ${head} ${body})` }],
  };
}
