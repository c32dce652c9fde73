/** Values that a part of a text can never be equal to. */
import { literalValue } from "@review/analysis";
import type { Expression } from "@review/program/syntax";
import type { Part } from "./parts.ts";

/** What the other side is, in words; undefined where the two may be equal. */
export function misfitOf(part: Part, other: Expression, isStrict: boolean): string | undefined {
  const value = literalValue(other);
  if (typeof value === "number") return part.kind === "text" && isStrict ? "a number" : undefined;
  if (typeof value !== "string") return undefined;
  if (part.kind === "code") return isStrict || Number.isNaN(Number(value)) || value === "" ? "text" : undefined;
  return value === "" ? emptyMisfit(part, other) : longMisfit(part, value);
}

function emptyMisfit(part: Part, text: Expression): string | undefined {
  return part.isEmptyOutside || !isWrittenEmpty(text) ? undefined : EMPTY;
}

function longMisfit({ most }: Part, { length }: string): string | undefined {
  return length > most ? `text of ${String(length)}` : undefined;
}

const EMPTY = "the empty text, while a place outside of the text is undefined";

/** The compiler's tree has lost a byte order mark that a text begins with. */
function isWrittenEmpty(text: Expression): boolean {
  return text.getText().length === 2;
}
