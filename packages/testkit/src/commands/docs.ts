/**
 * `pnpm run docs [--check]`: writes what is generated from the rules: the registry, the rules' metadata, the headers of the pages, the
 * schema of the configuration, the tables in the READMEs of the workspace and of the ESLint plugin, and the bot's version where people
 * copy it from. With `--check` it writes nothing and fails, naming what is out of date.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule, RuleMeta } from "@review/analysis";
import { withHeader } from "../pages/page.ts";
import { metadataText, pagePath, readPage, registryText, ruleIds, RULES, WORKSPACE } from "../pages/rule-folders.ts";

const check = process.argv.includes("--check");
const stale: string[] = [];

const ids = ruleIds();
write(join(RULES, "registry.generated.ts"), registryText(ids));
const rules = await Promise.all(ids.map(loadRule));
write(join(RULES, "metadata.generated.ts"), metadataText(rules));
for (const meta of rules) write(pagePath(meta.id), withHeader(readPage(meta.id), meta));
write(join(WORKSPACE, "packages/review/schema/config.schema.json"), await configSchema());
const readme = join(WORKSPACE, "README.md");
write(readme, withTable(readFileSync(readme, "utf8"), "rules", rulesTable(rules)));
const pluginReadme = join(WORKSPACE, "eslint-plugin/README.md");
write(pluginReadme, withTable(readFileSync(pluginReadme, "utf8"), "replaced", await replacedTable(rules)));
writeBotVersion();
listRules();
if (check && stale.length > 0) {
  process.stderr.write(`Out of date (run \`pnpm run docs\`):\n${stale.map(path => `  ${path}\n`).join("")}`);
  process.exitCode = 1;
}

/** The list of rules in the plugin's README, by the generator that ESLint's plugins use; it wants a plugin that is built. */
function listRules(): void {
  const generator = join(WORKSPACE, "node_modules/eslint-doc-generator/dist/bin/eslint-doc-generator.js");
  const cwd = join(WORKSPACE, "eslint-plugin");
  const args = [generator, ...(check ? ["--check"] : [])];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status === 0) return;
  process.stderr.write(stdout + stderr);
  // A rule that is being added is not built the first time.
  if (check) process.exitCode = 1;
}

/** The Action installs the bot of its own version unless it is told another one, and the workflows of the documentation use that Action. */
function writeBotVersion(): void {
  const manifest = readFileSync(join(WORKSPACE, "packages/pr-bot/package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const action = join(WORKSPACE, "packages/pr-bot/action/action.yml");
  write(action, readFileSync(action, "utf8").replace(/(\n {2}version:\n[^]*?\n {4}default: )\S+/, `$1${version}`));
  const page = join(WORKSPACE, "docs/bot.md");
  write(page, readFileSync(page, "utf8").replace(/(\/pr-bot\/action@v)[\w.-]+/g, `$1${version}`));
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

function rulesTable(rules: readonly RuleMeta[]): string {
  const rows = rules.map(
    rule =>
      `| [${rule.id}](packages/rules/src/${rule.id}/README.md) | ${rule.severity} | ${rule.category} | ${asCell(rule.summary)} |`,
  );
  return ["| rule | severity | category | reports |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** What `review.configs.dedupe` turns off; by its path, since the plugin's tests use the testkit. */
async function replacedTable(rules: readonly RuleMeta[]): Promise<string> {
  const url = pathToFileURL(join(WORKSPACE, "eslint-plugin/dist/replaced.js")).href;
  const { replaced } = (await import(url)) as { readonly replaced: Readonly<Record<string, readonly string[]>> };
  const rows = rules
    .filter(({ id, preset }) => preset === "recommended" && replaced[id])
    .map(({ id }) => `| \`review/${id}\` | ${(replaced[id] ?? []).map(theirs => `\`${theirs}\``).join(", ")} |`);
  return ["| ours | theirs |", "| --- | --- |", ...rows].join("\n");
}

/** The page with a table between its marks; `name` is the word that begins them. */
function withTable(page: string, name: string, table: string): string {
  const marks = new RegExp(`(<!-- ${name}:begin[^>]*-->)[\\s\\S]*?(<!-- ${name}:end -->)`);
  return page.replace(marks, (_, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`);
}

/** A cell ends at any bar, in code as well. */
function asCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
