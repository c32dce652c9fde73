/** Arguments of `JSON`, `Math`, `Number` and `Object`. */
import {
  builtinOf,
  hasOnlyFlags,
  isGuess,
  isUncertain,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import type { CallExpression, Expression } from "@review/program/syntax";
import type { Fault } from "./fault.ts";

/** `JSON.stringify(value, 2)`: the indent is the third argument. */
export function* ofStringify(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [value, replacer, ...more] = call.arguments;
  const given = replacer && literalValue(replacer);
  if (!value || !replacer || more.length > 0 || (typeof given !== "number" && typeof given !== "string"))
    return undefined;
  const edits = [{ at: replacer, text: `null, ${replacer.getText()}` }];
  return {
    at: replacer,
    message: "`JSON.stringify` takes the indent as its third argument, and ignores one in the replacer's place.",
    fixes: [{ title: "Move the indent to its place", safety: "suggested", edits }],
  };
}

/** `Math.max(list)`: NaN for a list of several numbers. The compiler refuses it where it looks. */
export function* ofMaximum({ checker, file }: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [list, ...more] = call.arguments;
  if (file.isChecked || !list || more.length > 0 || (yield* builtinOf(checker, list)) !== "Array") return undefined;
  if (yield* isGuess(checker, list)) return undefined;
  const name = call.expression.getText();
  return {
    at: list,
    message: `\`${name}\` takes numbers: of an array with several elements it makes NaN.`,
    fixes: [{ title: "Spread the array", safety: "suggested", edits: [{ at: list, text: `...${list.getText()}` }] }],
  };
}

/** `Number.isInteger(text)`: these do not convert, so that text is never a number. */
export function* ofInteger(pass: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [value] = call.arguments;
  if (!value || pass.file.isTest || !(yield* isOnly(pass, value, TypeFlags.StringLike))) return undefined;
  const name = call.expression.getText();
  return {
    at: value,
    message: `\`${name}\` converts nothing: of text like ${quoted(value, pass.file.sourceFile)} it is always false.`,
    repair: "Convert the text first: `Number(text)`.",
  };
}

/** `Object.keys(5)`: what has no properties has no keys. */
export function* ofListing(pass: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [value] = call.arguments;
  if (!value || pass.file.isTest || !(yield* isOnly(pass, value, PLAIN))) return undefined;
  return {
    at: value,
    message: `${quoted(value, pass.file.sourceFile)} has no properties of its own, so that \`${call.expression.getText()}\` is always empty.`,
  };
}

const PLAIN = TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike;

function* isOnly({ checker, file }: Pass, value: Expression, flags: TypeFlags): Ask<boolean> {
  const type = yield* checker.typeOf(unwrapped(value));
  if (isUncertain(type) || !(yield* hasOnlyFlags(checker, type, flags))) return false;
  return !file.isJavaScript || !(yield* isGuess(checker, value));
}
