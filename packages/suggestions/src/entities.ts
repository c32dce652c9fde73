/** Names in a model's words: a sentence about something that does not exist is worse than none. */
import type { Fix } from "@review/findings";
import type { KnowNames, SuggestionRequest } from "./request.ts";

export interface Kept {
  readonly text: string;
  /** The names for which sentences were left out. */
  readonly unknown: readonly string[];
}

/** The text without the sentences that name, in backticks, what neither the code nor the language nor the program knows. */
export async function withoutUnknownNames(
  text: string,
  request: SuggestionRequest,
  fix: Fix | null,
  knows: KnowNames | undefined,
): Promise<Kept> {
  const given = new Set(wordsOf(textsOf(request, fix).join("\n")));
  const strange = [...new Set(namesIn(text))].filter(name => !given.has(name) && !ofTheLanguage().has(name));
  if (strange.length === 0) return { text, unknown: [] };
  const known = new Set(knows ? await answered(knows, request, strange) : []);
  const unknown = strange.filter(name => !known.has(name));
  const kept = sentencesOf(text).filter(sentence => !namesIn(sentence).some(name => unknown.includes(name)));
  return { text: unknown.length === 0 ? text : kept.join(" "), unknown };
}

/** A program that cannot be asked knows nothing. */
async function answered(
  knows: KnowNames,
  request: SuggestionRequest,
  names: readonly string[],
): Promise<readonly string[]> {
  try {
    return await knows(request, names);
  } catch {
    return [];
  }
}

/** Everything that the model was shown, and what it wrote into the code itself. */
function textsOf({ finding, context }: SuggestionRequest, fix: Fix | null): readonly string[] {
  const { summary, repair, example = "" } = context.rulePage;
  return [
    context.file,
    context.declaration.text,
    context.imports?.text ?? "",
    ...context.types.flatMap(({ name, text }) => [name, text]),
    finding.message,
    finding.repair,
    ...finding.evidence.map(({ message }) => message),
    ...[finding.ruleId, summary, repair, example],
    ...(context.environment.framework ?? []),
    ...(fix?.edits.map(edit => edit.text) ?? []),
  ];
}

const name = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

function wordsOf(text: string): readonly string[] {
  return text.match(name) ?? [];
}

/** The identifiers in code spans; words in quotes there are text. */
function namesIn(text: string): readonly string[] {
  const spans = [...text.matchAll(/(`+)([^`]+)\1(?!`)/g)].map(match => match[2] ?? "");
  return spans
    .flatMap(span => wordsOf(span.replace(/"[^"]*"|'[^']*'/g, " ").replace(/\b\d[\w.]*/g, " ")))
    .filter(
      // One letter is a type parameter or an example.
      word => word.length > 1,
    );
}

/** Ends of sentences within code are none. */
function sentencesOf(text: string): readonly string[] {
  return text.match(/(?:`[^`]*`|[^`])+?(?:[.!?](?=\s|$)|$)/g)?.map(sentence => sentence.trim()) ?? [text];
}

let language: ReadonlySet<string> | undefined;

/** Keywords, and the globals of this very runtime with their members. */
function ofTheLanguage(): ReadonlySet<string> {
  language ??= new Set([...keywords, ...globals()]);
  return language;
}

const keywords =
  "abstract any as asserts async await bigint boolean break case catch class const constructor continue debugger declare default delete do else enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace never new null number object of out override package private protected public readonly record require return satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield Partial Required Readonly Record Pick Omit Exclude Extract NonNullable Parameters ReturnType Awaited PromiseLike ArrayLike Iterable AsyncIterable TypeScript JavaScript ESLint JSON JSX".split(
    " ",
  );

function globals(): readonly string[] {
  const found: string[] = [];
  for (const key of Object.getOwnPropertyNames(globalThis)) {
    found.push(key);
    const value: unknown = Object.getOwnPropertyDescriptor(globalThis, key)?.value;
    if (typeof value !== "function" && typeof value !== "object") continue;
    if (value === null || value === globalThis) continue;
    found.push(...Object.getOwnPropertyNames(value));
    const { prototype } = value as { readonly prototype?: unknown };
    if (typeof prototype === "object" && prototype !== null) found.push(...Object.getOwnPropertyNames(prototype));
  }
  return found;
}
