/** Inverse edits within regular expressions, and of what refers to their groups. */
import type { InverseEdit } from "./edit.ts";

/** A literal, as far as what stands before it tells it from a division. */
const LITERAL = /(?<=[=(,:!&|?[{;]\s?|\breturn )\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[dgimsuvy]*/g;

/** An edit of the first place within a literal, as `String.replace` has it; a function gets the place and the literal. */
export function inRegex(right: RegExp, wrong: string | ((place: string, literal: string) => string)): InverseEdit {
  return {
    right: LITERAL,
    wrong: ([literal]) =>
      typeof wrong === "string"
        ? literal.replace(right, wrong)
        : literal.replace(right, place => wrong(place, literal)),
  };
}

/** A replacement with `$1` that refers to the group behind the last instead. */
export function withNextGroup([call, head = ""]: RegExpExecArray): string {
  return `${head}$${groupsIn(call) + 1}`;
}

/** `match[1]` that asks for the group behind the last instead. */
export function withNextIndex([text, , index = ""]: RegExpExecArray): string {
  return `${text.slice(0, -index.length)}${groupsIn(text) + 1}`;
}

/** How many groups the first pattern in a text has. */
export function groupsIn(text: string): number {
  const [pattern = ""] = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//.exec(text) ?? [];
  const bare = pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/g, "");
  return [...bare.matchAll(/\((?!\?(?:[:=!]|<[=!]))/g)].length;
}
