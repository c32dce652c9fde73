/** Reports arithmetic with operands that are no numbers and become NaN. */
import {
  builtinOf,
  defineRule,
  isGlobal,
  isGuess,
  isUncertain,
  literalValue,
  poorTextOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isIdentifier,
  isObjectLiteralExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type PrefixUnaryExpression,
} from "@review/program/syntax";
import { checkFound } from "./found.ts";
import { textUseOf } from "./texts.ts";

const rule: Rule = defineRule({
  id: "nan-arithmetic",
  summary:
    "An operand of an arithmetic operator is undefined, an object or text without a number, so the result is NaN.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Use the number that is meant: a member of the object, the result of the function, the text's length.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (!OPERATORS.has(node.operatorToken.kind)) return;
      const bad = (yield* noNumber(pass, node.left)) ?? (yield* noNumber(pass, node.right));
      if (bad) report(pass, node, bad);
      else yield* reportText(pass, node);
    },
    [SyntaxKind.CallExpression]: (call: CallExpression) => checkFound(pass, call),
    *[SyntaxKind.PrefixUnaryExpression](node: PrefixUnaryExpression) {
      if (node.operator !== SyntaxKind.PlusToken && node.operator !== SyntaxKind.MinusToken) return;
      const bad = yield* noNumber(pass, node.operand);
      if (bad) report(pass, node, bad);
    },
  }),
});
export default rule;

const OPERATORS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken, SyntaxKind.PercentToken],
  ...[SyntaxKind.AsteriskAsteriskToken, SyntaxKind.MinusEqualsToken, SyntaxKind.AsteriskEqualsToken],
  ...[SyntaxKind.SlashEqualsToken, SyntaxKind.PercentEqualsToken, SyntaxKind.AsteriskAsteriskEqualsToken],
]);

interface NoNumber {
  readonly at: Expression;
  readonly what: string;
}

function report(pass: Pass, node: Expression, { at, what }: NoNumber): void {
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is NaN: ${quoted(at, sourceFile)} is ${what}.`,
    evidence: [{ at, message: `This is ${what}.` }],
  });
}

/** Reports a parameter that the same function uses as text. */
function* reportText(pass: Pass, node: BinaryExpression): Ask<void> {
  const name = [node.left, node.right].map(unwrapped).find(isIdentifier);
  const use = name && textUseOf(pass.scopes(), name);
  if (!name || !use || !isUncertain(yield* pass.checker.typeOf(name))) return;
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is NaN for most texts, and ${quoted(name, sourceFile)} is used as text in this function.`,
    evidence: [{ at: use, message: "Only texts have this method." }],
  });
}

/** What an operand is that has no number. */
function* noNumber(pass: Pass, operand: Expression): Ask<NoNumber | undefined> {
  const value = unwrapped(operand);
  if (isIdentifier(value) && value.text === "undefined") {
    return (yield* isGlobal(pass.checker, value, "undefined")) ? { at: operand, what: "undefined" } : undefined;
  }
  const literal = literalValue(value);
  if (typeof literal === "string") {
    return Number.isNaN(Number(literal)) ? { at: operand, what: "text without a number" } : undefined;
  }
  if (literal !== undefined || QUICK.has(value.kind)) return undefined;
  const what = yield* objectKind(pass, operand);
  return what === undefined ? undefined : { at: operand, what };
}

/** An object that code is seen to make, and that has no number of its own. */
function* objectKind(pass: Pass, operand: Expression): Ask<string | undefined> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(operand);
  if (type.flags & (TypeFlags.Primitive | TypeFlags.AnyOrUnknown)) return undefined;
  const poor = yield* poorTextOf(checker, type, "default");
  if (!poor || poor.isElement || !poor.isClosed || (yield* isMeasured(pass, operand))) return undefined;
  const isLiteral = isObjectLiteralExpression(unwrapped(operand));
  if (file.isJavaScript && !isLiteral && (yield* isGuess(checker, operand))) return undefined;
  return poor.isFunction ? "a function" : `an object, \`${poor.text}\``;
}

/** Arithmetic and its like give numbers; not asking about them is most of the saving. */
const QUICK: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BinaryExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.PostfixUnaryExpression,
]);

/** Dates have numbers, although their text form is poor in no way either; timers of Node turn into their ids. */
function* isMeasured({ checker }: Pass, operand: Expression): Ask<boolean> {
  const name = yield* builtinOf(checker, operand);
  return name !== undefined && MEASURED.has(name);
}

const MEASURED: ReadonlySet<string> = new Set(["Date", "Number", "BigInt", "Timeout", "Immediate", "Symbol"]);
