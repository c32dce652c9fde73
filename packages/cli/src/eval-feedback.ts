/** `review eval --feedback FILE`: what people made of the bot's comments, as `review-bot feedback` gathers it, by rule and by whose words they were. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { wilson } from "@review/review/eval";
import { UsageError } from "./errors.ts";

interface FeedbackLine {
  readonly repository: string;
  readonly pull: number;
  readonly fingerprint: string;
  readonly ruleId: string;
  /** Null: the words are the rule's own. */
  readonly model: string | null;
  readonly outcome: (typeof OUTCOMES)[number];
  readonly thumbsUp: number;
  readonly thumbsDown: number;
}

/** `resolved`: by a person, without a word. */
const OUTCOMES = ["open", "fixed", "dismissed", "resolved"] as const;

export interface FeedbackScore {
  readonly name: string;
  readonly comments: number;
  readonly outcomes: Readonly<Record<FeedbackLine["outcome"], number>>;
  /** Comments that somebody liked, and that somebody did not. */
  readonly liked: number;
  readonly disliked: number;
  /** Of the comments that have come to an end, or that somebody disliked: those that were fixed and that nobody disliked, with 95 % bounds. */
  readonly acted: number | null;
  readonly interval: readonly [low: number, high: number];
}

/** The scores of a file of feedback, as text or as JSON. */
export function feedbackScores(file: string, cwd: string, format: string | undefined): string {
  const lines = latest(readLines(resolve(cwd, file), file));
  const byRule = scores(lines, ({ ruleId }) => ruleId);
  const byWords = scores(lines, ({ model }) => (model === null ? "the rule's words" : `model ${model}`));
  return format === "json"
    ? `${JSON.stringify({ version: 1, byRule, byWords }, null, 2)}\n`
    : `${table("rule", byRule)}\n\n${table("words", byWords)}\n`;
}

function readLines(path: string, name: string): readonly FeedbackLine[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`--feedback ${name} cannot be read: write it with \`review-bot feedback > ${name}\`.`);
  }
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const value = parsed(line);
    if (!isLine(value))
      throw new UsageError(`--feedback ${name}: line ${index + 1} is none of \`review-bot feedback\`.`);
    return [value];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is FeedbackLine {
  const { repository, pull, fingerprint, ruleId, model, outcome, thumbsUp, thumbsDown } = (value ??
    {}) as Partial<FeedbackLine>;
  return (
    [repository, fingerprint, ruleId].every(field => typeof field === "string") &&
    [pull, thumbsUp, thumbsDown].every(field => typeof field === "number") &&
    (model === null || typeof model === "string") &&
    OUTCOMES.some(known => known === outcome)
  );
}

/** A file may be gathered in several goes: the last word about a comment counts. */
function latest(lines: readonly FeedbackLine[]): readonly FeedbackLine[] {
  const key = ({ repository, pull, fingerprint }: FeedbackLine): string => `${repository}#${pull} ${fingerprint}`;
  return [...new Map(lines.map(line => [key(line), line])).values()];
}

/** The most comments first. */
function scores(lines: readonly FeedbackLine[], nameOf: (line: FeedbackLine) => string): readonly FeedbackScore[] {
  const names = [...new Set(lines.map(nameOf))].toSorted();
  return names
    .map(name =>
      score(
        name,
        lines.filter(line => nameOf(line) === name),
      ),
    )
    .toSorted((one, other) => other.comments - one.comments);
}

function score(name: string, lines: readonly FeedbackLine[]): FeedbackScore {
  const count = (is: (line: FeedbackLine) => boolean): number => lines.filter(is).length;
  const good = count(({ outcome, thumbsDown }) => outcome === "fixed" && thumbsDown === 0);
  const judged = count(({ outcome, thumbsDown }) => outcome !== "open" || thumbsDown > 0);
  const outcomes = Object.fromEntries(OUTCOMES.map(one => [one, count(({ outcome }) => outcome === one)]));
  return {
    name,
    comments: lines.length,
    outcomes: outcomes as FeedbackScore["outcomes"],
    liked: count(({ thumbsUp }) => thumbsUp > 0),
    disliked: count(({ thumbsDown }) => thumbsDown > 0),
    acted: judged === 0 ? null : good / judged,
    interval: wilson(good, judged),
  };
}

function table(head: string, rows: readonly FeedbackScore[]): string {
  const cells = [
    [head, "comments", ...OUTCOMES, "liked", "disliked", "acted on", "95 % interval"],
    ...rows.map(cellsOf),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)));
  return cells
    .map(row =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map(row => row.join("  ").trimEnd())
    .join("\n");
}

function cellsOf({ name, comments, outcomes, liked, disliked, acted, interval }: FeedbackScore): readonly string[] {
  const counts = [comments, ...OUTCOMES.map(one => outcomes[one]), liked, disliked];
  return [
    name,
    ...counts.map(String),
    ...(acted === null ? ["-", "-"] : [percent(acted), interval.map(percent).join(" to ")]),
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
