/**
 * `pnpm mutants FOLDER [RULE…]`: how often a rule reports its bug where that is put into real code, by the edits of `review eval`.
 * What nobody says anything of is listed with its place: the edit may do no harm there, the rule may have no evidence, or it has a
 * hole. `--most=N`: so many mutants a rule, else 20. `--slips`: also edits that are no rule's own, of which counts what is reported
 * at all.
 */
import { resolve } from "node:path";
import { isTestFile } from "@review/analysis";
import { positionAt } from "@review/findings";
import { mutated, mutationsBy, mutationsOf, rulesWithInverse } from "@review/review/eval";
import { newRules, openCode, type OpenCode, type Said } from "../mutants/open-code.ts";
import { chosen, compare, grouped, rounds, type Mutant } from "../mutants/plan.ts";
import { slips } from "../mutants/slips.ts";
import { slashed } from "../slashed.ts";

const options = process.argv.slice(2).filter(argument => argument.startsWith("--"));
const [folder, ...asked] = process.argv.slice(2).filter(argument => !argument.startsWith("--"));
if (folder === undefined) {
  process.stderr.write("mutants: name a folder, and rules: pnpm mutants ../project late-guard\n");
  process.exitCode = 2;
} else {
  const code = await openCode(slashed(resolve(folder)));
  tell(code, tried(code));
  code.close();
}

interface Outcome {
  readonly mutant: Mutant;
  readonly how: "own" | "other" | "compiler" | "silent";
  /** The rules that report it. */
  readonly by: readonly string[];
}

function tried(code: OpenCode): readonly Outcome[] {
  const most = Number(options.find(option => option.startsWith("--most="))?.slice("--most=".length) ?? 20);
  const mutants = chosen(
    [...code.texts].flatMap(([file, text]) => mutantsOf(file, text)),
    most,
  );
  const files = new Set(mutants.map(({ file }) => file));
  const before = code.saidOf(new Map([...code.texts].filter(([file]) => files.has(file))));
  return rounds(mutants, code.imports).flatMap(round => {
    const after = code.saidOf(
      new Map(round.map(mutant => [mutant.file, mutated(code.texts.get(mutant.file) ?? "", mutant)])),
    );
    return round.flatMap(mutant => outcomeOf(mutant, before.get(mutant.file), after.get(mutant.file)) ?? []);
  });
}

function mutantsOf(file: string, text: string): readonly Mutant[] {
  if (isTestFile(file)) return [];
  const ruleIds = new Set(asked.length > 0 ? asked : rulesWithInverse());
  const more = options.includes("--slips") ? mutationsBy(slips, file, text) : [];
  return [...mutationsOf(file, text, ruleIds), ...more].map(mutation => ({ ...mutation, file }));
}

/** Undefined for what the compiler cannot read. */
function outcomeOf(mutant: Mutant, before: Said | undefined, after: Said | undefined): Outcome | undefined {
  if (!before || !after || after.unreadable > before.unreadable) return undefined;
  const by = newRules(before, after, mutant.ruleId);
  if (by.includes(mutant.ruleId)) return { mutant, how: "own", by };
  if (by.length > 0) return { mutant, how: "other", by };
  const old = new Set(before.errors);
  const isTold = after.errors.length > before.errors.length || after.errors.some(error => !old.has(error));
  return { mutant, how: isTold ? "compiler" : "silent", by };
}

function tell({ texts }: OpenCode, outcomes: readonly Outcome[]): void {
  process.stdout.write("rule mutants own other compiler silent\n");
  const sorted = outcomes.toSorted((a, b) => compare(a.mutant.ruleId, b.mutant.ruleId));
  const byRule = [...grouped(sorted, ({ mutant }) => mutant.ruleId)];
  for (const [ruleId, own] of byRule) {
    const counts = (["own", "other", "compiler", "silent"] as const).map(
      how => own.filter(each => each.how === how).length,
    );
    const others = [...new Set(own.flatMap(({ how, by }) => (how === "other" ? by : [])))].join(" ");
    process.stdout.write(`${[ruleId, own.length, ...counts].join(" ")}${others && `  (${others})`}\n`);
  }
  for (const [ruleId, own] of byRule) {
    for (const { mutant, how, by } of own) {
      if (how !== "own")
        process.stdout.write(`${ruleId} ${how === "other" ? by.join(",") : how} ${shown(mutant, texts)}\n`);
    }
  }
}

/** `file:line: what stands there → what is put in its place`, with what stands around it in its line. */
function shown({ file, start, end, text }: Mutant, texts: ReadonlyMap<string, string>): string {
  const clean = texts.get(file) ?? "";
  const from = clean.lastIndexOf("\n", start - 1) + 1;
  const until = clean.indexOf("\n", end);
  const to = until < 0 ? clean.length : until;
  const plain = (part: string): string => part.replace(/\s+/g, " ").trim().slice(0, 240);
  const now = clean.slice(from, start) + text + clean.slice(end, to);
  return `${file}:${String(positionAt(clean, start).line)}: ${plain(clean.slice(from, to))} → ${plain(now)}`;
}
