/**
 * `pnpm run docs [--check]`: writes what is generated from the rules: the registry, the headers of the pages, the
 * schema of the configuration and the table in the workspace's README. With `--check` it writes nothing and fails, naming what is out of date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule, RuleMeta } from "@review/analysis";
import { withHeader } from "../pages/page.ts";
import { pagePath, readPage, registryText, ruleIds, RULES, WORKSPACE } from "../pages/rule-folders.ts";

const check = process.argv.includes("--check");
const stale: string[] = [];

const ids = ruleIds();
write(join(RULES, "registry.generated.ts"), registryText(ids));
const rules = await Promise.all(ids.map(loadRule));
for (const meta of rules) write(pagePath(meta.id), withHeader(readPage(meta.id), meta));
write(join(WORKSPACE, "packages/review/schema/config.schema.json"), await configSchema());
const readme = join(WORKSPACE, "README.md");
write(readme, withTable(readFileSync(readme, "utf8"), rules));
if (check && stale.length > 0) {
  process.stderr.write(`Out of date (run \`pnpm run docs\`):\n${stale.map(path => `  ${path}\n`).join("")}`);
  process.exitCode = 1;
}

function write(path: string, text: string): void {
  const now = readFileSync(path, { encoding: "utf8", flag: "a+" });
  if (now === text) return;
  if (check) stale.push(path);
  else writeFileSync(path, text);
}

/** The built rule, loaded by its folder: the registry may not know it yet. */
async function loadRule(id: string): Promise<RuleMeta> {
  const url = pathToFileURL(join(WORKSPACE, "packages/rules/dist", id, "rule.js")).href;
  const { default: rule } = (await import(url)) as { default: Rule };
  return rule;
}

/** The schema lists the rules, so it is out of date whenever they are; by its path, since the testkit stands below it. */
async function configSchema(): Promise<string> {
  const url = pathToFileURL(join(WORKSPACE, "packages/review/dist/config/schema.js")).href;
  const { configJsonSchema } = (await import(url)) as { readonly configJsonSchema: () => string };
  return configJsonSchema();
}

function withTable(page: string, rules: readonly RuleMeta[]): string {
  const rows = rules.map(
    rule =>
      `| [${rule.id}](packages/rules/src/${rule.id}/README.md) | ${rule.severity} | ${rule.category} | ${asCell(rule.summary)} |`,
  );
  const table = ["| rule | severity | category | reports |", "| --- | --- | --- | --- |", ...rows].join("\n");
  return page.replace(
    /(<!-- rules:begin[^>]*-->)[\s\S]*?(<!-- rules:end -->)/,
    (_, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`,
  );
}

/** A cell ends at any bar, in code as well. */
function asCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
