/** Each rule's bug as an edit of code that is right: what undoes it is known, so a repair can be measured. */
import { assignments } from "./assignments.ts";
import { calls } from "./calls.ts";
import { classes } from "./classes.ts";
import { collections } from "./collections.ts";
import { concurrency } from "./concurrency.ts";
import { conditions } from "./conditions.ts";
import { controlFlow } from "./control-flow.ts";
import type { EditTable, InverseEdit } from "./edit.ts";
import { errors } from "./errors.ts";
import { names } from "./names.ts";
import { nullness } from "./nullness.ts";
import { numbers } from "./numbers.ts";
import { operators } from "./operators.ts";
import { promises } from "./promises.ts";
import { regex } from "./regex.ts";
import { resources } from "./resources.ts";
import { text as texts } from "./text.ts";

/** A place where a file can be broken, and how. */
export interface Mutation {
  readonly ruleId: string;
  /** In the right text. */
  readonly start: number;
  readonly end: number;
  /** What stands there in the broken text. */
  readonly text: string;
}

/** By category, as the catalogue has them. */
const tables: readonly EditTable[] = [
  ...[assignments, calls, classes, collections, concurrency, conditions, controlFlow, errors],
  ...[names, nullness, numbers, operators, promises, regex, resources, texts],
];

const edits: ReadonlyMap<string, readonly InverseEdit[]> = new Map(tables.flatMap(table => Object.entries(table)));

/** The rules that have an inverse edit. */
export function rulesWithInverse(): readonly string[] {
  return [...edits.keys()].sort();
}

/** The others, and why they have none. */
export const rulesWithoutInverse: ReadonlyMap<string, string> = new Map([
  ["ignore-without-reason", "Its bug is in a comment, and what a reason was nobody can restore."],
  ["unused-ignore", "Its bug is a comment, and taking it away is the whole repair."],
]);

/**
 * Everything that can be done to a file for some rules, in the order of the rules and of the text. Comments are left alone,
 * and so is what a tool has written, which long lines give away: the patterns search within lines.
 */
export function mutationsOf(file: string, text: string, ruleIds: ReadonlySet<string>): readonly Mutation[] {
  return mutationsBy(Object.fromEntries([...edits].filter(([ruleId]) => ruleIds.has(ruleId))), file, text);
}

/** The same by edits of one's own; the name of an edit stands for the rule. */
export function mutationsBy(table: EditTable, file: string, text: string): readonly Mutation[] {
  if (/^.{1000}/m.test(text)) return [];
  const language = /\.[cm]?jsx?$/.test(file) ? "javascript" : "typescript";
  return Object.entries(table).flatMap(([ruleId, own]) =>
    own
      .filter(({ only }) => only === undefined || only === language)
      .flatMap(edit => [...text.matchAll(edit.right)].flatMap(match => mutationAt(ruleId, edit, match))),
  );
}

function mutationAt(ruleId: string, { wrong }: InverseEdit, match: RegExpExecArray): readonly Mutation[] {
  const [old] = match;
  const { index: start, input } = match;
  if (isComment(input, start)) return [];
  const text =
    typeof wrong === "string"
      ? wrong.replace(/\$(\d|\$)/g, (_, group: string) => (group === "$" ? "$" : (match[Number(group)] ?? "")))
      : wrong(match);
  return text === undefined || text === old ? [] : [narrowed({ ruleId, start, end: start + old.length, text }, input)];
}

function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0].length ?? 0;
  const line = text.slice(start, Math.max(at, start + indent + 2));
  return /^\s*(?:\/\/|\/?\*)/.test(line) || /(?<!:)\/\//.test(text.slice(start, at));
}

/** Without what is the same before and after. */
function narrowed(mutation: Mutation, text: string): Mutation {
  const old = text.slice(mutation.start, mutation.end);
  const most = Math.min(old.length, mutation.text.length);
  let head = 0;
  while (head < most && old[head] === mutation.text[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === mutation.text.at(-1 - tail)) tail++;
  return {
    ruleId: mutation.ruleId,
    start: mutation.start + head,
    end: mutation.end - tail,
    text: mutation.text.slice(head, mutation.text.length - tail),
  };
}

/** The text with a mutation in it. */
export function mutated(text: string, { start, end, text: put }: Mutation): string {
  return text.slice(0, start) + put + text.slice(end);
}
