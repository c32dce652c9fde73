/** What operators and functions give for the same value twice. */
import { SyntaxKind } from "@review/program/syntax";

const TRUE = "it is always true";
const FALSE = "it is always false";
const ITSELF = "one of them changes nothing";

/** `&&` and `||` are duplicate-condition's; `+`, `*` and `**` have their uses for the same value twice. */
export const RESULTS: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.EqualsEqualsToken, TRUE],
  [SyntaxKind.EqualsEqualsEqualsToken, TRUE],
  [SyntaxKind.ExclamationEqualsToken, FALSE],
  [SyntaxKind.ExclamationEqualsEqualsToken, FALSE],
  [SyntaxKind.LessThanToken, FALSE],
  [SyntaxKind.GreaterThanToken, FALSE],
  [SyntaxKind.LessThanEqualsToken, TRUE],
  [SyntaxKind.GreaterThanEqualsToken, TRUE],
  [SyntaxKind.MinusToken, "the difference is always 0"],
  [SyntaxKind.SlashToken, "the quotient is always 1"],
  [SyntaxKind.PercentToken, "the remainder is always 0"],
  [SyntaxKind.CaretToken, "the result is always 0"],
  [SyntaxKind.AmpersandToken, ITSELF],
  [SyntaxKind.BarToken, ITSELF],
  [SyntaxKind.QuestionQuestionToken, ITSELF],
  [SyntaxKind.InstanceOfKeyword, "it compares a value with itself"],
  [SyntaxKind.InKeyword, "it looks for a value in itself"],
]);

/** Operators for which a repeated operand is superfluous wherever in the chain it stands. */
export const CHAINED: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BarToken,
  SyntaxKind.AmpersandToken,
  SyntaxKind.QuestionQuestionToken,
]);

interface SameArguments {
  /** The global that has the function; without one, the object is the first of the two values. */
  readonly owner?: string;
  readonly result: string;
}

export const SAME_ARGUMENTS: ReadonlyMap<string, SameArguments> = new Map([
  ["max", { owner: "Math", result: ITSELF }],
  ["min", { owner: "Math", result: ITSELF }],
  ["is", { owner: "Object", result: TRUE }],
  ["localeCompare", { result: "it always answers 0" }],
]);

/** Methods that give a text, whoever has them: the type of what they are called on need not be known. */
export const TEXT_METHODS: ReadonlySet<string> = new Set(
  "toLowerCase toUpperCase trim trimStart trimEnd toString".split(" "),
);
