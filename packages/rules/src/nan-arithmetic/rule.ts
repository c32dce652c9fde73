/** Reports arithmetic with operands that are no numbers and become NaN. */
import {
  builtinOf,
  constantValue,
  defineRule,
  isClaimed,
  isGlobal,
  isGuess,
  isUncertain,
  literalValue,
  poorTextOf,
  quoted,
  untypedListOf,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isIdentifier,
  isObjectLiteralExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type PostfixUnaryExpression,
  type PrefixUnaryExpression,
} from "@review/program/syntax";
import { checkFound } from "./found.ts";
import { textUseOf } from "./texts.ts";
import { isUnset, unsetIn } from "./unset.ts";

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
      const { kind } = node.operatorToken;
      if (kind === SyntaxKind.PlusToken || kind === SyntaxKind.PlusEqualsToken) yield* checkSum(pass, node);
      if (!OPERATORS.has(kind)) return;
      const bad = (yield* badSide(pass, node.left)) ?? (yield* badSide(pass, node.right));
      if (bad) report(pass, node, bad);
      else yield* reportText(pass, node);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* checkFound(pass, call);
    },
    *[SyntaxKind.PostfixUnaryExpression](node: PostfixUnaryExpression) {
      yield* checkStep(pass, node);
    },
    *[SyntaxKind.PrefixUnaryExpression](node: PrefixUnaryExpression) {
      if (STEPS.has(node.operator)) yield* checkStep(pass, node);
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

const STEPS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.PlusPlusToken, SyntaxKind.MinusMinusToken]);

/** `+` joins text, and so is only a matter of numbers where the other side is one. */
function* checkSum(pass: Pass, node: BinaryExpression): Ask<void> {
  const at = yield* unsetIn(pass, node);
  if (at) report(pass, node, { at, what: UNSET });
}

function* checkStep(pass: Pass, node: PrefixUnaryExpression | PostfixUnaryExpression): Ask<void> {
  if (yield* isUnset(pass, node.operand)) report(pass, node, { at: node.operand, what: UNSET });
}

const UNSET = "undefined, as nothing has given it a value yet";

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

/** An array is a number only while it holds just one, which is what `+list` may be after. */
function* badSide(pass: Pass, operand: Expression): Ask<NoNumber | undefined> {
  const bad = yield* noNumber(pass, operand);
  if (bad || QUICK.has(unwrapped(operand).kind)) return bad;
  const { checker, file } = pass;
  if (yield* untypedListOf(checker, operand)) return { at: operand, what: "a list" };
  if (!(yield* checker.isArray(yield* checker.typeOf(operand)))) return undefined;
  if (file.isJavaScript && ((yield* isGuess(checker, operand)) || (yield* isClaimed(checker, operand)))) {
    return undefined;
  }
  return { at: operand, what: "an array" };
}

/** What an operand is that has no number. */
function* noNumber(pass: Pass, operand: Expression): Ask<NoNumber | undefined> {
  const value = unwrapped(operand);
  if (isIdentifier(value) && value.text === "undefined") {
    return (yield* isGlobal(pass.checker, value, "undefined")) ? { at: operand, what: "undefined" } : undefined;
  }
  if (yield* isUnset(pass, operand)) return { at: operand, what: UNSET };
  const literal = literalValue(value) ?? (isIdentifier(value) ? yield* constantValue(pass.checker, value) : undefined);
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
  const kind = yield* kindOf(checker, operand, type);
  if (kind === undefined || !file.isJavaScript || isObjectLiteralExpression(unwrapped(operand))) return kind;
  return (yield* isGuess(checker, operand)) ? undefined : kind;
}

/** Dates have numbers, although their text form is poor in no way either; timers of Node turn into their ids. */
function* kindOf(checker: TypeChecker, operand: Expression, type: Type): Ask<string | undefined> {
  const name = (yield* builtinOf(checker, operand)) ?? "";
  if (SPEAKING.has(name)) return "an object";
  const poor = yield* poorTextOf(checker, type, "default");
  if (!poor || poor.isElement || !poor.isClosed || MEASURED.has(name)) return undefined;
  return poor.isFunction ? "a function" : `an object, \`${poor.text}\``;
}

/** Builtins whose text form is one of their own, and never a number. */
const SPEAKING: ReadonlySet<string> = new Set(["RegExp", "URL", "URLSearchParams", "Error"]);

/** Arithmetic and its like give numbers; not asking about them is most of the saving. */
const QUICK: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BinaryExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.PostfixUnaryExpression,
]);

const MEASURED: ReadonlySet<string> = new Set(["Date", "Number", "BigInt", "Timeout", "Immediate", "Symbol"]);
