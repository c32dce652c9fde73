/**
 * `pnpm bench:parity`: runs our rules over the test suites of typescript-eslint, tsgolint and Biome, for the rules that
 * have a counterpart among ours, and tells where we differ and why. The suites are read from checkouts, never run.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readBiome } from "./biome.ts";
import type { SuiteCases } from "./cases.ts";
import { classify, readReasons, unusedReasons, type Class } from "./classify.ts";
import { COUNTERPARTS, type Counterpart } from "./counterparts.ts";
import { readRuleTester } from "./rule-tester.ts";
import { isUnread, runCases } from "./run.ts";
import { listDifferences, markdownReasons, markdownTable } from "./tables.ts";
import { readGoTests } from "./tsgolint.ts";

const USAGE = `pnpm bench:parity --typescript-eslint DIR --tsgolint DIR --biome DIR
  each DIR          a checkout; a suite without one is left out
  --rule ID,...     only the cases for these rules of ours
  --list CLASS,...  print the differences of these classes with their code: "our gap", "policy", "their bug"
  --write FILE      put the tables between the markers of a Markdown file`;

const CLASSES: readonly Class[] = ["policy", "their bug", "our gap"];

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { message } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${message}\n${USAGE}\n`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "typescript-eslint": { type: "string" },
      tsgolint: { type: "string" },
      biome: { type: "string" },
      rule: { type: "string" },
      list: { type: "string" },
      write: { type: "string" },
    },
  });
  const chosen = COUNTERPARTS.filter(
    ({ ours }) => !values.rule || values.rule.split(",").some(id => ours.includes(id)),
  );
  const suites = readSuites(chosen, values);
  if (suites.length === 0) throw new Error("Name a checkout.");
  const all = suites.flatMap(suite => suite.cases);
  const rules = [...new Set(chosen.flatMap(({ ours }) => ours))];
  const run = await runCases(
    suites.flatMap(suite => suite.projects),
    rules,
  );
  for (const trouble of run.troubles) say(trouble);
  const cases = all.filter(one => !isUnread(one, run));
  const computed = suites.reduce((sum, suite) => sum + suite.unread, 0);
  say(
    `${cases.length} cases; ${computed} are computed or need several files, ${all.length - cases.length} do not parse`,
  );
  const reasons = readReasons();
  const verdicts = classify(cases, run.hits, reasons);
  for (const { rule, reason } of values.rule ? [] : unusedReasons(cases, verdicts, reasons))
    say(`unused: ${rule}: ${reason}`);
  if (values.list !== undefined) print(listDifferences(verdicts, classesOf(values.list)));
  const [table, why] = [markdownTable(verdicts), markdownReasons(verdicts)];
  if (values.write === undefined) print(table);
  else writeBetween(values.write, { table, why });
}

function readSuites(
  chosen: readonly Counterpart[],
  roots: { readonly "typescript-eslint"?: string; readonly tsgolint?: string; readonly biome?: string },
): readonly SuiteCases[] {
  const shared = [...new Set(chosen.flatMap(({ typescriptEslint = [] }) => typescriptEslint))];
  const biome = [...new Set(chosen.flatMap(counterpart => counterpart.biome ?? []))];
  return [
    ...(roots["typescript-eslint"] === undefined ? [] : [readRuleTester(roots["typescript-eslint"], shared)]),
    ...(roots.tsgolint === undefined ? [] : [readGoTests(roots.tsgolint, shared)]),
    ...(roots.biome === undefined ? [] : [readBiome(roots.biome, biome)]),
  ];
}

function classesOf(list: string): readonly Class[] {
  return list.split(",").map(name => {
    const found = CLASSES.find(known => known === name);
    if (found === undefined) throw new Error(`"${name}" is none of ${CLASSES.join(", ")}`);
    return found;
  });
}

/** Replaces what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`. */
function writeBetween(file: string, parts: Readonly<Record<string, string>>): void {
  let text = readFileSync(file, "utf8");
  for (const [name, part] of Object.entries(parts)) {
    const marked = new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
    text = text.replace(marked, (_, begin: string, end: string) => `${begin}\n${part}\n\n${end}`);
  }
  writeFileSync(file, text);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
