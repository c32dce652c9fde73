/** Calls of functions of the same file, with their arguments in other places than their parameters. */
import { parametersOf } from "./surroundings.ts";

/** `paint(shape, "black", width)` without the one before the last, so that the last lands in its place. */
export function withoutSlot({
  1: name = "",
  2: first = "",
  3: second = "",
  4: third,
  input,
}: RegExpExecArray): string | undefined {
  const parameters = parametersOf(input, name.replace("this.", ""));
  const last = third?.slice(2) ?? second;
  const at = third === undefined ? 1 : 2;
  if (parameters?.[at] !== lastName(last) || lastName(first) === lastName(last)) return undefined;
  return third === undefined ? `${name}(${second})` : `${name}(${first}${third})`;
}

/** Two neighbours that are named as their parameters, in each other's places. */
export function withArgumentsSwapped({ 1: name = "", 2: given = "", input }: RegExpExecArray): string | undefined {
  const parameters = parametersOf(input, name) ?? [];
  const texts = given.split(", ");
  const isNamedAlike = (at: number): boolean =>
    parameters[at] !== undefined && parameters[at] === lastName(texts[at] ?? "");
  const at = texts.findLastIndex((_, index) => isNamedAlike(index) && isNamedAlike(index + 1));
  if (at < 0) return undefined;
  return `${name}(${[...texts.slice(0, at), texts[at + 1], texts[at], ...texts.slice(at + 2)].join(", ")})`;
}

/** As many arguments as there are parameters, and one more. */
export function withMoreArguments({ 1: name = "", 2: given = "", input }: RegExpExecArray): string | undefined {
  const parameters = parametersOf(input, name);
  const isFull = parameters?.length === given.split(", ").length && !given.includes("...");
  return isFull ? `${name}(${given}, true)` : undefined;
}

function lastName(expression: string): string {
  return expression.slice(expression.lastIndexOf(".") + 1);
}
