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
  const { length } = value;
  if (length === 0)
    return part.isEmptyOutside ? undefined : "the empty text, while a place outside of the text is undefined";
  return length > part.most ? `text of ${String(length)}` : undefined;
}
