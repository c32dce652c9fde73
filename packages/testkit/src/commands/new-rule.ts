/** `pnpm new-rule ID --category C`: the folders of a new rule, with a rule, a page and fixtures, entered in the registry. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { FIXTURES } from "../fixtures/fixture-project.ts";
import { registryText, ruleIds, RULES, WORKSPACE } from "../pages/rule-folders.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { category: { type: "string", default: "control-flow" } },
});
const [id] = positionals;
if (id === undefined || !/^[a-z]+(?:-[a-z]+)*$/.test(id)) {
  fail("name the rule in kebab-case, after the bad pattern: pnpm new-rule lost-promise --category promises");
} else if (existsSync(join(RULES, id))) {
  fail(`the rule ${id} exists already`);
} else {
  create(id, values.category);
}

function create(ruleId: string, category: string): void {
  const files: readonly (readonly [string, string])[] = [
    [join(RULES, ruleId, "rule.ts"), ruleText(ruleId, category)],
    [join(RULES, ruleId, "README.md"), pageText()],
    [join(FIXTURES, ruleId, "basic.ts"), `debugger; // want ${ruleId} "Stops"\n`],
    [join(FIXTURES, ruleId, "basic.repaired.ts"), "export {};\n"],
    [join(FIXTURES, ruleId, "quiet-look-alike.ts"), "export const debugging = true;\n"],
  ];
  for (const [path, text] of files) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`${relative(WORKSPACE, path)}\n`);
  }
  writeFileSync(join(RULES, "registry.generated.ts"), registryText(ruleIds()));
  process.stdout.write(`Next: npm test -- rules -t ${ruleId}\n`);
}

function ruleText(ruleId: string, category: string): string {
  return `/** Reports … */
import { defineRule, type Rule } from "@review/analysis";
import { SyntaxKind, type Node } from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "${ruleId}",
  summary: "One sentence that names the bad pattern.",
  category: "${category}",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "How to repair it, in one or two sentences.",
  listen: pass => ({
    [SyntaxKind.DebuggerStatement](node: Node) {
      pass.report(node, { message: "Stops the program where a debugger is attached." });
    },
  }),
});
export default rule;
`;
}

function pageText(): string {
  return `## Why it bites

What happens at run time.

## The bug

\`\`\`ts bad
debugger;
\`\`\`

## The repair

\`\`\`ts good
export {};
\`\`\`

## What it does not report

- What looks alike and is right, and why.
`;
}

function fail(message: string): void {
  process.stderr.write(`new-rule: ${message}\n`);
  process.exitCode = 2;
}
