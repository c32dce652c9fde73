/** From the edits of an answer, anchored by the text they replace, to edits with offsets; or the reason why not. */
import type { TextEdit } from "@review/findings";
import type { Answer } from "./answer.ts";
import { asDeepAs, inTabs } from "./indentation.ts";
import { hasInvisible } from "./prose.ts";
import type { SuggestionContext } from "./request.ts";

/** How many lines a fix may replace or write. */
const maxLines = 40;

export type ResolvedEdits =
  { readonly ok: true; readonly edits: readonly TextEdit[] } | { readonly ok: false; readonly problem: string };

type ModelEdit = Answer["edits"][number];
type Place = { readonly start: number; readonly end: number; readonly put: string } | { readonly problem: string };

/**
 * Places edits within the declaration or the imports. Each `find` must fit one place only; the problem is worded for the
 * model.
 */
export function resolveEdits(
  edits: Answer["edits"],
  context: Pick<SuggestionContext, "file" | "declaration" | "imports">,
): ResolvedEdits {
  const { declaration, imports } = context;
  const eol = declaration.text.includes("\r\n") ? "\r\n" : "\n";
  const resolved: TextEdit[] = [];
  let isChange = false;
  for (const given of edits) {
    const edit = withEndOfLine(inTabs(withoutLineTags(given), declaration.text), eol);
    const problem = problemOf(edit);
    if (problem) return { ok: false, problem };
    const { place, start, text } = placeAmong(edit, imports ? [declaration, imports] : [declaration]);
    if ("problem" in place) return { ok: false, problem: place.problem };
    isChange ||= text.slice(place.start, place.end).trim() !== place.put.trim();
    const span = { start: start + place.start, end: start + place.end };
    resolved.push({ file: context.file, span, text: asDeepAs(place.put, text, place) });
  }
  resolved.sort((a, b) => a.span.start - b.span.start);
  const clash = resolved.some((edit, index) => edit.span.start < (resolved[index - 1]?.span.end ?? 0));
  if (clash) return { ok: false, problem: "The edits overlap; make one edit of those that touch the same code." };
  return isChange ? { ok: true, edits: resolved } : { ok: false, problem: "The edits change nothing." };
}

interface Block {
  readonly text: string;
  readonly start: number;
}

/** The place in the first block where the edit fits exactly, or in which it fits at all; what the first says if none. */
function placeAmong(edit: ModelEdit, blocks: readonly [Block, ...Block[]]): Block & { readonly place: Place } {
  const [first, ...others] = blocks.map(block => ({ ...block, place: placeOf(edit, block.text) }));
  const fitting = others.find(({ place }) => !("problem" in place));
  const main = first as Block & { readonly place: Place };
  // What fits several places of the code is not meant for the imports.
  return "problem" in main.place && fitting && !main.place.problem.includes(" times ") ? fitting : main;
}

function problemOf({ find, replace }: ModelEdit): string | undefined {
  if (!find.trim()) return "`find` must quote the code that is to be replaced.";
  if (find === replace) return "`find` and `replace` are the same: the edit changes nothing.";
  if (hasInvisible(replace)) return "`replace` holds control or invisible characters.";
  if (Math.max(find.split("\n").length, replace.split("\n").length) > maxLines)
    return `An edit may touch at most ${maxLines} lines.`;
  return undefined;
}

/** Weak models copy the line tags of the prompt into the code that they quote. */
function withoutLineTags(edit: ModelEdit): ModelEdit {
  const tag = /^\s*\d+\| ?/;
  const strip = (code: string): string =>
    code
      .split("\n")
      .map(line => line.replace(tag, ""))
      .join("\n");
  const tagged = edit.find.split("\n").every(line => tag.test(line) || line.trim() === "");
  return tagged && edit.find.trim() ? { find: strip(edit.find), replace: strip(edit.replace) } : edit;
}

function withEndOfLine(edit: ModelEdit, eol: string): ModelEdit {
  const turn = (code: string): string => code.replace(/\r\n?|\n/g, eol);
  return { find: turn(edit.find), replace: turn(edit.replace) };
}

/** Exact text first; then the same text with other white space, which models get wrong more often than the code. */
function placeOf({ find, replace }: ModelEdit, text: string): Place {
  const exact = occurrences(find, text);
  if (exact.length > 1) return { problem: ambiguous(find, exact.length) };
  if (exact[0] !== undefined) return { start: exact[0], end: exact[0] + find.length, put: replace };
  const chunks = find.trim().split(/\s+/).map(escaped);
  const loose = [...text.matchAll(new RegExp(chunks.join("\\s+"), "g"))];
  if (loose.length > 1) return { problem: ambiguous(find, loose.length) };
  const match = loose[0];
  if (!match) return { problem: `\`find\` does not occur in the code block or the imports block: ${quoted(find)}` };
  return { start: match.index, end: match.index + match[0].length, put: withoutOuterSpace(find, replace) };
}

/** A loose match covers no white space at its ends, so the replacement must not bring any that `find` had there. */
function withoutOuterSpace(find: string, replace: string): string {
  const ahead = /^\s/.test(find) ? replace.trimStart() : replace;
  return /\s$/.test(find) ? ahead.trimEnd() : ahead;
}

function ambiguous(find: string, count: number): string {
  return `\`find\` occurs ${count} times in its block; quote more of the code around it: ${quoted(find)}`;
}

function quoted(find: string): string {
  return JSON.stringify(find.slice(0, 200));
}

function occurrences(find: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + 1)) places.push(at);
  return places;
}

function escaped(code: string): string {
  return code.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
