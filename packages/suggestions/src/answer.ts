/** The answer that a model is asked for: its schema, and the validator that every answer passes, whatever the server promised. */
import { firstJsonObject } from "./json-text.ts";

/** Part of every cache key: a change to the schema or to what the decoder accepts takes a new number. */
export const answerVersion = 2;

/** How many edits a fix may have. */
export const maxEdits = 3;

export interface Answer {
  readonly decision: "fix" | "advice" | "no_suggestion";
  readonly title: string;
  readonly explanation: string;
  /** What a fix does beyond its repair, as the model sees it. */
  readonly risk: "none" | "behaviour_change" | "api_change";
  readonly edits: readonly { readonly find: string; readonly replace: string }[];
}

/** JSON schema of an answer, within what strict structured output allows: flat, closed, everything required, no limits. */
export const answerSchema = {
  type: "object",
  additionalProperties: false,
  required: ["decision", "title", "explanation", "risk", "edits"],
  properties: {
    decision: { type: "string", enum: ["fix", "advice", "no_suggestion"] },
    title: { type: "string" },
    explanation: { type: "string" },
    risk: { type: "string", enum: ["none", "behaviour_change", "api_change"] },
    edits: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["find", "replace"],
        properties: { find: { type: "string" }, replace: { type: "string" } },
      },
    },
  },
} as const;

export type Decoded =
  | { readonly ok: true; readonly answer: Answer }
  /** `json` says whether the text held a JSON object at all. */
  | { readonly ok: false; readonly json: boolean; readonly problem: string };

/** Reads an answer from a model's text: bare JSON, fenced JSON, or the first object within prose. */
export function decodeAnswer(text: string): Decoded {
  const value = firstJsonObject(text);
  if (!value) return { ok: false, json: false, problem: "The answer holds no JSON object." };
  const problem = problemOf(value);
  return problem ? { ok: false, json: true, problem } : { ok: true, answer: knownPartsOf(value as unknown as Answer) };
}

function problemOf(value: Readonly<Record<string, unknown>>): string | undefined {
  const { decision, title, explanation, edits } = value;
  if (decision !== "fix" && decision !== "advice" && decision !== "no_suggestion")
    return '`decision` must be "fix", "advice" or "no_suggestion".';
  if (typeof title !== "string") return "`title` must be a string.";
  if (typeof explanation !== "string") return "`explanation` must be a string.";
  if (decision !== "no_suggestion" && !explanation.trim()) return "`explanation` must not be empty.";
  return problemOfEdits(edits, decision === "fix");
}

function problemOfEdits(edits: unknown, isFix: boolean): string | undefined {
  if (!Array.isArray(edits)) return "`edits` must be an array.";
  if (!edits.every(isEdit)) return "Every edit must have the strings `find` and `replace`.";
  if (isFix && edits.length === 0) return 'The decision "fix" needs at least one edit.';
  if (edits.length > maxEdits) return `At most ${maxEdits} edits are allowed, not ${edits.length}.`;
  return undefined;
}

/** A server that does not hold a model to the schema leaves `risk` out at times; then none is admitted. */
function knownPartsOf({ decision, title, explanation, risk, edits }: Answer): Answer {
  const admitted = risk === "behaviour_change" || risk === "api_change" ? risk : "none";
  return { decision, title, explanation, risk: admitted, edits: edits.map(({ find, replace }) => ({ find, replace })) };
}

function isEdit(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { find, replace } = value as Record<string, unknown>;
  return typeof find === "string" && typeof replace === "string";
}
