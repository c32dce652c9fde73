/** Every rule on every fixture: what the lines say is what is reported, and nothing else. */
import { positionAt } from "@review/findings";
import { rules } from "@review/rules";
import {
  differences,
  examplesOf,
  expectationsOf,
  fixedName,
  fixedText,
  openFixtures,
  readFixtures,
  readPage,
  type Example,
  type Fixture,
  type FixtureProject,
  type FixtureRun,
} from "@review/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const fixtures = readFixtures();
const examples = rules.flatMap(rule =>
  examplesOf(readPage(rule.id)).map((example, index) => ({
    ruleId: rule.id,
    example,
    file: `${rule.id}/page-${String(index)}.${example.language}`,
  })),
);

let project: FixtureProject;
let run: FixtureRun;
let pages: FixtureRun;

beforeAll(({}, suite) => {
  const isAsked = askedRules(suite.tasks);
  const asked = examples.filter(({ ruleId }) => isAsked(ruleId));
  project = openFixtures(
    fixtures.filter(({ ruleId }) => isAsked(ruleId)),
    asked.map(example => example.file),
  );
  run = project.run();
  pages = project.runTexts(new Map(asked.map(({ file, example }) => [file, moduleText(example)])));
});
afterAll(() => {
  project.close();
});

it("no rule throws on any fixture", () => {
  expect(run.failures).toEqual([]);
});

describe.each(rules.map(rule => rule.id))("%s", id => {
  const own = fixtures.filter(fixture => fixture.ruleId === id);

  it("has loud and quiet fixtures, and a repaired twin for every case", () => {
    const files = new Set(own.map(fixture => fixture.file));
    const cases = own.filter(fixture => fixture.kind === "case");
    expect(cases.length).toBeGreaterThan(0);
    expect(own.some(fixture => fixture.kind === "quiet")).toBe(true);
    const lonely = cases.filter(fixture => !files.has(twinOf(fixture.file)));
    expect(lonely.map(fixture => fixture.file)).toEqual([]);
  });

  it.each(own.map(fixture => fixture.file))("reports what %s expects", file => {
    const fixture = own.find(candidate => candidate.file === file) as Fixture;
    const expected = fixture.kind === "fixed" ? [] : expectationsOf(fixture.text);
    expect(differences(expected, reportedIn(fixture))).toEqual([]);
  });

  it("turns every case with fixes into its `.fixed` file", () => {
    for (const fixture of own.filter(candidate => candidate.kind === "case")) {
      const stored = own.find(candidate => candidate.file === fixedName(fixture.file));
      expect({ file: fixture.file, text: stored?.text }).toEqual({
        file: fixture.file,
        text: fixedText(fixture, run.drafts),
      });
    }
  });

  it("reports the bad examples of its page once and the good ones never", () => {
    const own = examples.filter(example => example.ruleId === id);
    expect(new Set(own.map(({ example }) => example.verdict))).toEqual(new Set(["bad", "good"]));
    for (const { file, example } of own) {
      const found = pages.drafts.filter(draft => draft.file === file && draft.ruleId === id);
      expect({ line: example.line, found: found.length }).toEqual({
        line: example.line,
        found: example.verdict === "bad" ? 1 : 0,
      });
    }
  });
});

/** `.fixed` files hold no bug that the compiler would see. */
it("every `.fixed` file type-checks", () => {
  const fixed = fixtures.filter(fixture => fixture.kind === "fixed" && !/\.[cm]?jsx?$/.test(fixture.file));
  for (const { program, plan } of project.session.projects) {
    const files = plan.files.filter(path => fixed.some(fixture => path.endsWith(`/${fixture.file}`)));
    const errors = files.flatMap(path => program.getSemanticDiagnostics(path));
    expect(errors.map(error => `${String(error.fileName)}: ${error.text}`)).toEqual([]);
  }
});

/** With `-t RULE` only that rule's fixtures are read, under every rule all the same. */
function askedRules(tasks: readonly { readonly name: string; readonly mode: string; readonly type: string }[]) {
  const left = tasks.filter(({ mode }) => mode !== "skip");
  const suites = new Set(left.filter(({ type }) => type === "suite").map(({ name }) => name));
  return suites.size === left.length ? (ruleId: string) => suites.has(ruleId) : () => true;
}

function twinOf(file: string): string {
  return file.replace(/(\.[^./]+)$/, ".repaired$1");
}

function reportedIn(fixture: Fixture): { ruleId: string; line: number; message: string }[] {
  return run.drafts
    .filter(draft => draft.file === fixture.file)
    .map(draft => ({
      ruleId: draft.ruleId,
      line: positionAt(fixture.text, draft.span.start).line,
      message: draft.message,
    }));
}

/** An example is a module of its own, whatever it imports. */
function moduleText(example: Example): string {
  return `${example.code}\nexport {};\n`;
}
