/**
 * `pnpm bench:real-bugs`: what the rules find in files before and after the fix of a real bug.
 *
 * A finding that stands where a fix changes the code and is gone after it may have found the bug; one that
 * comes with the fix was there by chance. The results are for a scorer, which counts both.
 */
import { parseArgs } from "node:util";
import type { Severity } from "@review/findings";
import type { RuleSelection } from "@review/review";
import { isComplete, readBugs } from "./bugs.ts";
import { runBugs } from "./run.ts";

const USAGE = `pnpm bench:real-bugs --bugs LIST --corpus FOLDER --out FOLDER
  --bugs LIST       JSON: a list of {"id", "files": [{"path"}], "excluded"}
  --corpus FOLDER   holds <id>/before and <id>/after (the changed files) and <id>/ctx (the project around them)
  --out FOLDER      gets <id>.json of each bug: {"before": findings, "after": findings}
  --ids REGEX       only bugs whose id matches
  --preset NAME     recommended, refactor, preview or all (default)
  --severity NAME   the lowest one: error, warning or info (default)
  --rule ID,...     only these rules
  --batch N         bugs that one compiler holds (default 20)
  --workers N       compilers at a time (default 2)
Each finding has its severity and preset, so that one run answers for all of them.`;

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];
const PRESETS = ["recommended", "refactor", "preview", "all"] as const;

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { message } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${message}\n${USAGE}\n`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parsed(args);
  const { bugs: list, corpus, out } = values;
  if (list === undefined || corpus === undefined || out === undefined) throw new Error("--bugs, --corpus, --out?");
  const named = readBugs(list, new RegExp(values.ids));
  const bugs = named.filter(bug => isComplete(corpus, bug));
  if (bugs.length < named.length) say(`${named.length - bugs.length} of ${named.length} bugs are not in ${corpus}`);
  await runBugs(bugs, {
    corpus,
    out,
    request: { rules: selectionOf(values), severity: oneOf(SEVERITIES, values.severity) },
    batch: countOf(values.batch),
    workers: countOf(values.workers),
    onProgress: say,
  });
}

function parsed(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      bugs: { type: "string" },
      corpus: { type: "string" },
      out: { type: "string" },
      ids: { type: "string", default: "" },
      preset: { type: "string", default: "all" },
      severity: { type: "string", default: "info" },
      rule: { type: "string" },
      batch: { type: "string", default: "20" },
      workers: { type: "string", default: "2" },
    },
  });
}

function selectionOf({ rule, preset }: { readonly rule?: string; readonly preset: string }): RuleSelection {
  return rule === undefined ? { preset: oneOf(PRESETS, preset) } : { only: rule.split(",") };
}

function oneOf<const T extends string>(known: readonly T[], name: string): T {
  const found = known.find(candidate => candidate === name);
  if (found === undefined) throw new Error(`"${name}" is none of ${known.join(", ")}`);
  return found;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new Error(`${text} is no number from 1 up`);
  return count;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
