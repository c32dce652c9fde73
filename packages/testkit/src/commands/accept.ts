/** `pnpm accept RULE`: writes `<case>.fixed.ts` for every case of a rule whose findings have fixes. Read the diff. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixedName, fixedText } from "../fixtures/apply-fixes.ts";
import { FIXTURES, openFixtures, readFixtures } from "../fixtures/fixture-project.ts";

const [id] = process.argv.slice(2);
if (id === undefined) {
  process.stderr.write("accept: name a rule: pnpm accept floating-promise\n");
  process.exitCode = 2;
} else {
  accept(id);
}

function accept(ruleId: string): void {
  const cases = readFixtures(ruleId).filter(fixture => fixture.kind === "case");
  const project = openFixtures(cases);
  const { drafts } = project.run();
  project.close();
  for (const fixture of cases) {
    const text = fixedText(fixture, drafts);
    if (text === undefined) continue;
    const file = fixedName(fixture.file);
    writeFileSync(join(FIXTURES, file), text);
    process.stdout.write(`${file}\n`);
  }
}
