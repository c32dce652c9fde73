/** Arguments of the methods of text. */
import {
  asMethodCall,
  builtinOf,
  isSameReference,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isArrayBindingPattern,
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isVariableDeclaration,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";
import type { Fault } from "./fault.ts";

/** `text.startsWith(/^a/)` throws. */
export function* patternForText({ checker }: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [first] = call.arguments;
  if (!first) return undefined;
  const isPattern = isRegularExpressionLiteral(unwrapped(first)) || (yield* builtinOf(checker, first)) === "RegExp";
  const name = asMethodCall(call)?.name ?? "";
  if (!isPattern) return undefined;
  return {
    at: first,
    message: `\`${name}\` takes text, and throws a TypeError for a regular expression.`,
    repair: "Ask with `pattern.test(text)`.",
  };
}

/** `text.indexOf(/a/)` looks for the text "/a/". */
export function* patternAsText(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [first] = call.arguments;
  if (!first || !isRegularExpressionLiteral(unwrapped(first))) return undefined;
  const name = asMethodCall(call)?.name ?? "";
  return {
    at: first,
    message: `\`${name}\` takes text, and looks for how the regular expression is written.`,
    repair: "Ask with `text.search(pattern)`.",
  };
}

/** `text.substring(-3)`: negative numbers count as 0. */
export function* negativeSubstring(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  for (const argument of call.arguments) {
    const value = literalValue(argument);
    if (typeof value !== "number" || value >= 0 || call.arguments.length > 2) continue;
    return {
      at: argument,
      message: `\`substring\` takes ${String(value)} for 0; only \`slice\` counts from the end.`,
      fixes: renamed(call),
    };
  }
  return undefined;
}

function renamed(call: CallExpression): Fault["fixes"] & {} {
  const callee = unwrapped(call.expression);
  if (!isPropertyAccessExpression(callee)) return [];
  return [{ title: "Use `slice`", safety: "suggested", edits: [{ at: callee.name, text: "slice" }] }];
}

/** `slice(3, 1)`: nothing lies between; `substring(3, 1)` exchanges the two. */
export function* emptyRange(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [first, second] = call.arguments;
  const [start, end] = [first && literalValue(first), second && literalValue(second)];
  if (!second || typeof start !== "number" || typeof end !== "number" || !isBackward(start, end)) return undefined;
  const name = asMethodCall(call)?.name ?? "";
  if (name !== "substring") {
    const range = `from ${String(start)} to ${String(end)}`;
    return { at: second, message: `\`${name}\` takes where the part ends, so that nothing is left ${range}.` };
  }
  if (start === end || start < 0) return undefined;
  return { at: second, message: "`substring` takes where the part ends: one before the start is exchanged with it." };
}

/** Whether a range has its end at its start or before it; from 0 to 0 is nothing on purpose. */
function isBackward(start: number, end: number): boolean {
  return start >= 0 === end >= 0 && end <= start && !(start === 0 && end === 0);
}

/** `text.substr(start, text.indexOf(")"))`: the second argument is a length. */
export function* indexAsLength(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [start, length] = call.arguments;
  const object = asMethodCall(call)?.object;
  if (!start || !length || !object || literalValue(start) === 0 || !isPositionIn(length, object)) return undefined;
  return {
    at: length,
    message: `\`substr\` takes a length as its second argument, and ${quoted(length, call.getSourceFile())} is a position.`,
    fixes: renamed(call),
  };
}

function isPositionIn(value: Expression, text: Expression): boolean {
  const index = unwrapped(value);
  const found = isCallExpression(index) ? asMethodCall(index) : undefined;
  return found !== undefined && POSITIONS.has(found.name) && isSameReference(found.object, text);
}

const POSITIONS: ReadonlySet<string> = new Set(["indexOf", "lastIndexOf", "search"]);

/** `line.split("=", 2)`: what comes behind the second separator is lost. */
export function* splitLimit(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [separator, limit] = call.arguments;
  if (!separator || !limit || literalValue(limit) !== 2) return undefined;
  const text = literalValue(separator);
  if (typeof text !== "string" || !/^ ?[=:] ?$/.test(text) || !takesSecond(call)) return undefined;
  return {
    at: limit,
    message: `\`split\` drops what comes behind the second ${quoted(separator, call.getSourceFile())}: the limit does not leave the rest in one piece.`,
    repair: "Look for the first separator with `indexOf`, and take what is behind it with `slice`.",
  };
}

/** Whether somebody looks at the second part. */
function takesSecond(call: CallExpression): boolean {
  const { parent } = call;
  if (isElementAccessExpression(parent)) return literalValue(parent.argumentExpression) === 1;
  if (!isVariableDeclaration(parent)) return true;
  return !isArrayBindingPattern(parent.name) || parent.name.elements.length > 1;
}

/** `text.padStart("0", 2)`. */
export function* swappedPadding(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [length, fill] = call.arguments;
  if (!length || !fill || typeof literalValue(length) !== "string" || !isNumber(fill)) return undefined;
  const edits = [
    { at: length, text: fill.getText() },
    { at: fill, text: length.getText() },
  ];
  return {
    at: length,
    message: `\`${asMethodCall(call)?.name ?? ""}\` takes the length first, and then what to fill it with.`,
    fixes: [{ title: "Exchange the arguments", safety: "suggested", edits }],
  };
}

function isNumber(node: Expression): boolean {
  return typeof literalValue(node) === "number";
}
