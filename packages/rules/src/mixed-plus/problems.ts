/** Which sums go wrong, and how. */
import type { BinaryExpression, Expression } from "@review/program/syntax";
import type { Kind, Operand } from "./operands.ts";

export interface Side extends Operand {
  readonly node: Expression;
}

export interface Sum {
  readonly node: BinaryExpression;
  readonly left: Side;
  readonly right: Side;
}

export interface Problem {
  readonly kind: "throws" | "poor" | "arrays" | "date" | "array";
  /** The side that does not fit the other; undefined where it takes two. */
  readonly culprit?: Side;
  /** The message, with `quote` for the sides. */
  readonly message: (quote: (side: Side) => string, sum: string) => string;
}

/** What is wrong with a sum; undefined where both sides are numbers, or text and something with a form of its own. */
export function problemOf(sum: Sum): Problem | undefined {
  const thrown = thrownBy(sum);
  if (thrown !== undefined) return { kind: "throws", message: (_, text) => `${text} throws a TypeError: ${thrown}.` };
  const culprit = [sum.left, sum.right].find(side => side.poor);
  if (isOneOf(sum, "text")) return culprit && poorSide(culprit);
  if (sum.left.kind === "array" && sum.right.kind === "array") {
    return {
      kind: "arrays",
      message: (_, text) => `${text} is a string: \`+\` turns both arrays into text and joins that.`,
    };
  }
  const date = sideOf(sum, "date");
  if (date) {
    return {
      kind: "date",
      culprit: date,
      message: (quote, text) =>
        `${text} is a string: \`+\` takes the \`Date\` ${quote(date)} as text, not as milliseconds.`,
    };
  }
  if (culprit && culprit.kind !== "array") return poorSide(culprit);
  const array = sideOf(sum, "array");
  if (!array) return undefined;
  return {
    kind: "array",
    culprit: array,
    message: (quote, text) => `${text} is a string: \`+\` turns the array ${quote(array)} into text.`,
  };
}

/** Why a sum throws: symbols never become anything else, and a bigint takes bigints and text. */
function thrownBy(sum: Sum): string | undefined {
  if (isOneOf(sum, "symbol")) return "a symbol becomes neither text nor a number";
  if (!isOneOf(sum, "bigint")) return undefined;
  return isOneOf(sum, "number") || isOneOf(sum, "boolean") ? "a bigint and a number have no sum" : undefined;
}

function poorSide(culprit: Side): Problem {
  return {
    kind: "poor",
    culprit,
    message: quote => {
      const what = quote(culprit);
      if (culprit.kind === "function")
        return `${what} is a function that nobody calls here: \`+\` takes its source code.`;
      const reads = culprit.poor?.isFunction ? "becomes its source code" : `reads \`${culprit.poor?.text ?? ""}\` here`;
      return culprit.kind === "array"
        ? `The elements of ${what} have no text form of their own: each of them ${reads}.`
        : `${what} has no text form of its own: under \`+\` it ${reads}.`;
    },
  };
}

function isOneOf(sum: Sum, kind: Kind): boolean {
  return sideOf(sum, kind) !== undefined;
}

function sideOf({ left, right }: Sum, kind: Kind): Side | undefined {
  return [left, right].find(side => side.kind === kind);
}
