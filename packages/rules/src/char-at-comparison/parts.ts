/** Expressions that give one character of a text, its code, or a part of known length. */
import { asMethodCall, literalValue, unwrapped } from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isNumericLiteral,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

export interface Part {
  readonly object: Expression;
  readonly kind: "text" | "code";
  /** The most characters that it can have. */
  readonly most: number;
  /** What it is where there is no such character: the empty text, or undefined. */
  readonly isEmptyOutside: boolean;
  /** In words. */
  readonly text: string;
  /** Whether nothing but a text has such a method. */
  readonly isOnlyOfText: boolean;
}

export function partOf(value: Node): Part | undefined {
  const bare = unwrapped(value);
  if (isElementAccessExpression(bare)) {
    const index = unwrapped(bare.argumentExpression);
    const isIndex = isNumericLiteral(index) || !index.getText().startsWith('"');
    return isIndex ? character(bare.expression, false, false) : undefined;
  }
  const method = isCallExpression(bare) ? asMethodCall(bare) : undefined;
  return method && isCallExpression(bare) ? partOfCall(bare, method.object, method.name) : undefined;
}

function character(object: Expression, isEmptyOutside: boolean, isOnlyOfText: boolean): Part {
  return { object, kind: "text", most: 1, isEmptyOutside, text: "one character", isOnlyOfText };
}

function partOfCall(call: CallExpression, object: Expression, name: string): Part | undefined {
  switch (name) {
    case "charAt":
      return character(object, true, true);
    case "at":
      return character(object, false, false);
    case "charCodeAt":
    case "codePointAt":
      return {
        object,
        kind: "code",
        most: 0,
        isEmptyOutside: false,
        text: "the number of a character",
        isOnlyOfText: true,
      };
    case "slice":
    case "substring":
    case "substr":
      return slice(call, object, name);
    default:
      return undefined;
  }
}

/** `slice(0, 3)`, `slice(-3)`, `substr(i, 3)`. */
function slice(call: CallExpression, object: Expression, name: string): Part | undefined {
  const [first, second] = call.arguments.map(argument => literalValue(argument));
  const most = lengthOf(name, first, second);
  if (most === undefined) return undefined;
  const text = most === 1 ? "one character at most" : `${String(most)} characters at most`;
  return { object, kind: "text", most, isEmptyOutside: true, text, isOnlyOfText: name !== "slice" };
}

function lengthOf(name: string, first: unknown, second: unknown): number | undefined {
  if (name === "substr") return typeof second === "number" && second >= 0 ? second : fromEnd(first, second);
  if (typeof first !== "number") return undefined;
  if (typeof second !== "number") return name === "slice" ? fromEnd(first, second) : undefined;
  if (first >= 0 !== second >= 0 || (first < 0 && name !== "slice")) return undefined;
  return second > first ? second - first : undefined;
}

function fromEnd(first: unknown, second: unknown): number | undefined {
  return typeof first === "number" && first < 0 && second === undefined ? -first : undefined;
}
