/**
 * A model's verified edit as it is kept: by the content that it was verified on, so that it is found again wherever that
 * content stands, and not where it has changed. What is read back may come from anyone's disk and is checked like an answer.
 */
import { createHash } from "node:crypto";
import { normaliseCode, type DraftFinding, type Fix } from "@review/findings";

/** A slice of a file. */
export interface Slice {
  readonly text: string;
  /** Offset in the file, in UTF-16 units without a byte-order mark. */
  readonly start: number;
}

/** An edit that stood every check, with what it was made for. */
export interface VerifiedEdit {
  readonly finding: DraftFinding;
  readonly fix: Fix;
  /** What the model saw of the file, and may edit. */
  readonly declaration: Slice;
  readonly imports: Slice | undefined;
  readonly explanation: string;
  readonly model: string;
}

/** An edit of a slice, as offsets in it. */
interface KeptEdit {
  readonly of: "declaration" | "imports";
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface KeptFix {
  readonly title: string;
  readonly explanation: string;
  readonly model: string;
  /** The texts that must be there, word for word. */
  readonly declaration: string;
  /** Empty unless an edit is made there. */
  readonly imports: string;
  /** Where in the declaration the finding begins. */
  readonly at: number;
  readonly edits: readonly KeptEdit[];
}

/** Part of every key: a change to what is kept takes a new number. */
const VERSION = 1;

/** The name under which fixes of a finding are kept; the same for findings that are alike in rule, message, scope and code. */
export function keyOf({ ruleId, message, anchor }: DraftFinding): string {
  const content = [VERSION, ruleId, message, anchor.scope, normaliseCode(anchor.code)];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** What is to be kept of an edit; undefined for one that reaches beyond the code that the model saw. */
export function asKept({ finding, fix, declaration, imports, ...words }: VerifiedEdit): KeptFix | undefined {
  const edits = fix.edits.map((edit): KeptEdit | undefined => {
    const of = holds(declaration, edit.span) ? "declaration" : "imports";
    const slice = of === "declaration" ? declaration : imports;
    if (edit.file !== finding.file || !slice || !holds(slice, edit.span)) return undefined;
    return { of, start: edit.span.start - slice.start, end: edit.span.end - slice.start, text: edit.text };
  });
  if (!holds(declaration, finding.span) || !edits.every(edit => edit !== undefined)) return undefined;
  return {
    title: fix.title,
    ...words,
    declaration: declaration.text,
    imports: edits.some(edit => edit.of === "imports") ? (imports?.text ?? "") : "",
    at: finding.span.start - declaration.start,
    edits,
  };
}

function holds({ text, start }: Slice, span: DraftFinding["span"]): boolean {
  return span.start >= start && span.end <= start + text.length;
}

/** The edits of a kept fix in a text that has the finding; undefined where the text is not what they were verified on. */
export function placed(kept: KeptFix, { file, span }: DraftFinding, text: string): Fix["edits"] | undefined {
  const declaration = span.start - kept.at;
  const imports = text.indexOf(kept.imports);
  if (declaration < 0 || !text.startsWith(kept.declaration, declaration) || imports < 0) return undefined;
  const starts = { declaration, imports };
  return kept.edits.map(({ of, start, end, text: put }) => ({
    file,
    span: { start: starts[of] + start, end: starts[of] + end },
    text: put,
  }));
}

/** The fixes in a stored text; none when it is not what `JSON.stringify` of kept fixes gives. */
export function readKept(stored: string): readonly KeptFix[] {
  try {
    const value = JSON.parse(stored) as unknown;
    return Array.isArray(value) ? value.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is KeptFix {
  const { title, explanation, model, declaration, imports, at, edits } = Object(value) as Partial<KeptFix>;
  const texts = [title, explanation, model, declaration, imports];
  if (!texts.every(text => typeof text === "string") || !isOffset(at)) return false;
  return Array.isArray(edits) && edits.every(edit => isEdit(edit, { declaration, imports } as KeptFix));
}

function isEdit(value: unknown, kept: Pick<KeptFix, "declaration" | "imports">): value is KeptEdit {
  const { of, start, end, text } = Object(value) as Partial<KeptEdit>;
  if ((of !== "declaration" && of !== "imports") || typeof text !== "string") return false;
  return isOffset(start) && isOffset(end) && start <= end && end <= kept[of].length;
}

function isOffset(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
