/** What of a piece of code counts towards its identity once a formatter may have been at it. */

/**
 * Removes from tokens joined by blanks what formatters add, remove or exchange.
 *
 * It forgets more than a formatter changes (every blank, comma and parenthesis, those inside strings as well), because that needs
 * no parser and costs nothing: pieces of code that come out alike are told apart by their order in the file.
 */
export function normaliseCode(code: string): string {
  return code
    .replaceAll(/\\(?=["'])/g, "")
    .replaceAll("'", '"')
    .replaceAll(LEADING_UNION_BAR, "")
    .replaceAll(NUMBER, shortestNumber)
    .replaceAll(/[\s(),;]/g, "")
    .replaceAll('{""}', "")
    .replaceAll(/"([\w$]+)":/g, "$1:");
}

/** `type A = | "x" | "y"`: formatters write the first bar only where the union takes several lines. */
const LEADING_UNION_BAR = /\|(?<=(?:[=:<([,?]|=>|\b(?:as|extends))\s*\|)(?![|=])/g;

const NUMBER = /(?<![\w$.])(?:0[xob][\da-f_]+|\d[\d_]*\.?[\d_]*(?:e[+-]?\d+)?|\.\d[\d_]*(?:e[+-]?\d+)?)(?![\w$.])/gi;

function shortestNumber(literal: string): string {
  const value = Number(literal.replaceAll("_", ""));
  return Number.isFinite(value) ? String(value) : literal;
}
