/** What a run of the suites tells, as tables and lists. */
import { SUITES, type Case } from "./cases.ts";
import type { Class, Verdict } from "./classify.ts";
import { COUNTERPARTS } from "./counterparts.ts";

interface Counts {
  readonly all: number;
  readonly agreed: number;
  readonly policy: number;
  readonly bug: number;
  readonly gap: number;
}

const HEAD = ["our rules", "their rule", "suite", "invalid", "found", "policy", "their bug", "gap", "found %"];
const HEAD_VALID = ["valid", "flagged", "policy", "their bug", "gap", "flagged %"];

/** The table of all rules, in Markdown: one line for a rule of theirs in a suite, and a sum for each suite. */
export function markdownTable(verdicts: readonly Verdict[]): string {
  const lines = COUNTERPARTS.flatMap(({ ours, typescriptEslint = [], biome = [] }) =>
    [...typescriptEslint, ...biome].flatMap(theirs =>
      SUITES.flatMap(suite => {
        const own = verdicts.filter(({ case: one }) => one.rule === theirs && one.suite === suite);
        const name = theirs.split("/").at(-1) ?? theirs;
        return own.length === 0 ? [] : [[ours.map(code).join(", "), code(name), suite, ...cellsOf(own)]];
      }),
    ),
  );
  const sums = SUITES.map(suite => [
    "all",
    "–",
    suite,
    ...cellsOf(verdicts.filter(({ case: one }) => one.suite === suite)),
  ]);
  const head = [...HEAD, ...HEAD_VALID];
  const rule = head.map((_, index) => (index < 3 ? "---" : "--:"));
  return [head, rule, ...lines, ...sums].map(cells => `| ${cells.join(" | ")} |`).join("\n");
}

/** Every reason with the number of cases that it stands for, most of them first within a rule. */
export function markdownReasons(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const { case: one, class: kind, reason } of verdicts) {
    if (reason === undefined) continue;
    const key = [code(one.rule.split("/").at(-1) ?? one.rule), one.kind, kind, reason.replaceAll("|", "\\|")].join(
      " | ",
    );
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts].sort(([first], [second]) => first.localeCompare(second));
  const head = ["| their rule | cases | class | reason | number |", "| --- | --- | --- | --- | --: |"];
  return [...head, ...lines.map(([key, count]) => `| ${key} | ${count} |`)].join("\n");
}

/** The differences of some class with their code, for whoever looks into them. */
export function listDifferences(verdicts: readonly Verdict[], classes: readonly Class[]): string {
  return verdicts
    .filter(verdict => verdict.class !== "agreed" && classes.includes(verdict.class))
    .map(({ case: one, hash, hits, class: kind, reason }) => {
      const head = [one.kind, kind, hash, one.rule, one.origin, one.options, one.messages.join(",")].join("  ");
      const said = hits.map(({ rule, line, message }) => `  ${rule}:${line}: ${message}`);
      return [`--- ${head}`, ...(reason === undefined ? [] : [`  ${reason}`]), ...said, one.code.trim()].join("\n");
    })
    .join("\n");
}

function cellsOf(verdicts: readonly Verdict[]): readonly string[] {
  const [invalid, valid] = [countsOf(verdicts, "invalid"), countsOf(verdicts, "valid")];
  return [
    ...[invalid.all, invalid.agreed, invalid.policy, invalid.bug, invalid.gap].map(String),
    percent(invalid.agreed, invalid.agreed + invalid.gap),
    ...[valid.all, valid.all - valid.agreed, valid.policy, valid.bug, valid.gap].map(String),
    percent(valid.gap, valid.all),
  ];
}

function countsOf(verdicts: readonly Verdict[], kind: Case["kind"]): Counts {
  const own = verdicts.filter(({ case: one }) => one.kind === kind);
  const number = (wanted: Class): number => own.filter(verdict => verdict.class === wanted).length;
  return {
    all: own.length,
    agreed: number("agreed"),
    policy: number("policy"),
    bug: number("their bug"),
    gap: number("our gap"),
  };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : ((100 * part) / whole).toFixed(1);
}

function code(text: string): string {
  return `\`${text}\``;
}
