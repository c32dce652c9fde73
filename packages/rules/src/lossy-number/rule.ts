/** Reports whole numbers that are written with more digits than a number keeps. */
import {
  asMethodCall,
  defineRule,
  isGlobal,
  literalValue,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
  type PrefixUnaryExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "lossy-number",
  summary: "A whole number is written that no number can hold exactly, so that the program works with another one.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write it as a bigint, `123n`, or keep it as text; a number is exact up to 9007199254740991.",
  listen: pass => ({
    *[SyntaxKind.NumericLiteral](node: Node) {
      const written = node.getText(pass.file.sourceFile).replaceAll("_", "");
      if (isTooLarge(written)) reportInfinite(pass, node, written);
      else if (isCutOff(written)) reportCutOff(pass, node, written);
      else yield* check(pass, node, wholeOf(written) ?? written);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const [text, radix] = call.arguments;
      if (!text || !isStringLiteralLikeNode(text) || (radix && literalValue(radix) !== 10)) return;
      if (isWhole(text.text) && (yield* isConversion(pass, call))) yield* check(pass, text, text.text);
    },
    *[SyntaxKind.PrefixUnaryExpression]({ operator, operand }: PrefixUnaryExpression) {
      const text = unwrapped(operand);
      if (operator !== SyntaxKind.PlusToken || !isStringLiteralLikeNode(text)) return;
      if (isWhole(text.text)) yield* check(pass, text, text.text);
    },
  }),
});
export default rule;

/** Digits alone, or with a prefix; with a fraction, or noughts that an exponent adds, a number is an approximation. */
function isWhole(written: string): boolean {
  return /^(?:\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(written);
}

/** The most digits of a number that its writer can have meant to be kept; with more it is an approximation again. */
const MOST_DIGITS = 16;

/** `9.007199254740993e15` with its point moved to the end; undefined where it has a fraction, or noughts behind it. */
function wholeOf(written: string): string | undefined {
  const [, whole = "", fraction = "", exponent] = /^(\d+)\.(\d+)[eE]\+?(\d+)$/.exec(written) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  if (Number(exponent) !== fraction.length || digits.length > MOST_DIGITS) return undefined;
  return digits;
}

/** `2e999`; but `1e999` and `9e999` are ways to write infinity. */
function isTooLarge(written: string): boolean {
  return /e/i.test(written) && Number(written) === Infinity && !/^[19](?:\.0*)?e/i.test(written);
}

/** `12345678901234567.89`: so large that nothing is left for what is behind the point. */
function isCutOff(written: string): boolean {
  const [, whole = "", fraction = ""] = /^(\d+)\.(\d*[1-9])$/.exec(written) ?? [];
  return fraction !== "" && Number(whole) > Number.MAX_SAFE_INTEGER && Number.isFinite(Number(whole));
}

function reportCutOff(pass: Pass, node: Node, written: string): void {
  pass.report(node, {
    message: `No number is \`${written.slice(0, 40)}\`: the nearest one is ${String(Number(written)).slice(0, 40)}.`,
    evidence: [{ at: node, message: "Beyond 9007199254740991 a number holds nothing behind the point." }],
  });
}

function reportInfinite(pass: Pass, node: Node, written: string): void {
  const shown = written.length > 40 ? `${written.slice(0, 40)}…` : written;
  const message = `No number is as large as \`${shown}\`: this is \`Infinity\`.`;
  pass.report(node, { message, evidence: [{ at: node, message: "The largest number is about 1.8e308." }] });
}

function* check(pass: Pass, node: Node, written: string): Ask<void> {
  if (written.length < 16 || !isWhole(written) || /^0\d/.test(written)) return;
  if (!Number.isFinite(Number(written))) {
    reportInfinite(pass, node, written);
    return;
  }
  const exact = BigInt(written);
  const kept = BigInt(Number(written));
  if (exact === kept || isPrinted(written)) return;
  pass.report(node, {
    message: `No number is \`${written.slice(0, 40)}\`: the nearest one is ${String(kept).slice(0, 40)}.`,
    evidence: [{ at: node, message: `It is off by ${String(exact > kept ? exact - kept : kept - exact)}.` }],
    fixes: yield* fixesFor(pass, node),
  });
}

/** Who writes the digits that the number prints, with the noughts behind them or as `1.5e+30`, gets what is written. */
function isPrinted(written: string): boolean {
  const printed = String(Number(written));
  if (printed === written) return true;
  const [digits = "", exponent] = printed.replace(".", "").split("e+");
  return exponent !== undefined && digits.padEnd(Number(exponent) + 1, "0") === written;
}

/** In `BigInt(…)` the literal has lost its digits before the function sees it. */
function* fixesFor({ checker }: Pass, node: Node): Ask<readonly ReportedFix[]> {
  const { parent } = node;
  if (node.kind !== SyntaxKind.NumericLiteral || !isCallExpression(parent)) return [];
  if (!(yield* isGlobal(checker, parent.expression, "BigInt"))) return [];
  const at = { start: node.end, end: node.end };
  return [{ title: "Write a bigint", safety: "safe", edits: [{ at, text: "n" }] }];
}

/** `Number("…")`, `parseInt("…")`, `parseFloat("…")`, and the same as members of `Number`. */
function* isConversion({ checker }: Pass, call: CallExpression): Ask<boolean> {
  const callee: Expression = call.expression;
  if (isIdentifier(callee)) {
    return (callee.text === "Number" || PARSERS.has(callee.text)) && (yield* isGlobal(checker, callee, callee.text));
  }
  const method = asMethodCall(call);
  return method !== undefined && PARSERS.has(method.name) && (yield* isGlobal(checker, method.object, "Number"));
}

const PARSERS: ReadonlySet<string> = new Set(["parseInt", "parseFloat"]);
