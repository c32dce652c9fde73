/**
 * `pnpm rewrites [RULE…]`: what rules find in their fixtures, and what they no longer find, or find besides, where the same code
 * is written in another way. A difference is to be understood, not always to be mended: what stands in a loop may run twice, and brackets may be
 * meant.
 */
import { positionAt } from "@review/findings";
import { FIXTURES, openFixtures, readFixtures, type FixtureProject } from "../fixtures/fixture-project.ts";
import { rewritings, rewritten, type Rewriting } from "../fixtures/rewrites.ts";

const asked = process.argv.slice(2);
const fixtures = readFixtures().filter(
  ({ kind, ruleId }) => kind !== "fixed" && (asked.length === 0 || asked.includes(ruleId)),
);
if (fixtures.length === 0) {
  process.stderr.write(`rewrites: no rule of these has fixtures: ${asked.join(", ")}\n`);
  process.exitCode = 2;
} else {
  compareAll();
}

function compareAll(): void {
  const project = openFixtures(fixtures);
  const texts = new Map(fixtures.map(({ file, text }) => [file, text]));
  // Trees are those of the texts as they are laid at the time, so all are rewritten before the first run.
  const laid = rewritings.map(each => new Map([...texts, ...rewrittenTexts(project, each)]));
  const usual = foundIn(project, texts);
  process.stdout.write(`${String(usual.size)} places with findings\n`);
  for (const [index, { name }] of rewritings.entries()) {
    const found = foundIn(project, laid[index] ?? texts);
    const lost = [...usual].filter(place => !found.has(place));
    const besides = [...found].filter(place => !usual.has(place));
    process.stdout.write(`\n${name}: ${String(lost.length)} lost, ${String(besides.length)} besides\n`);
    for (const place of lost) process.stdout.write(`  - ${place}\n`);
    for (const place of besides) process.stdout.write(`  + ${place}\n`);
  }
  project.close();
}

function rewrittenTexts({ session }: FixtureProject, rewriting: Rewriting): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { plan, program } of session.projects) {
    for (const path of plan.files) {
      const tree = program.getSourceFile(path);
      const text = tree && rewritten(tree, rewriting);
      if (text !== undefined) texts.set(path.slice(FIXTURES.length + 1), text);
    }
  }
  return texts;
}

/** `rule/file:line` of what each rule finds in the texts of its own fixtures. */
function foundIn(project: FixtureProject, texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const own = project.runTexts(texts).drafts.filter(({ file, ruleId }) => file.startsWith(`${ruleId}/`));
  return new Set(own.map(({ file, span }) => `${file}:${String(positionAt(texts.get(file) ?? "", span.start).line)}`));
}
