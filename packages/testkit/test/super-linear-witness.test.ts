/** The texts that `regex-super-linear` names, run through the engine: each really takes longer and longer. */
import { openFixtures, readFixtures } from "@review/testkit";
import { expect, it } from "vitest";

const RULE = "regex-super-linear";
const cases = readFixtures().filter(({ ruleId, kind }) => ruleId === RULE && kind === "case");

it("names texts on which the engine itself takes exponential time, or cubic", () => {
  const project = openFixtures(cases, []);
  const drafts = project.run().drafts.filter(({ ruleId }) => ruleId === RULE);
  project.close();
  expect(drafts.length).toBeGreaterThanOrEqual(cases.length);
  for (const { file, message, span } of drafts) {
    const text = cases.find(fixture => file.endsWith(fixture.file))?.text ?? "";
    const pattern = patternIn(text.slice(span.start, span.end));
    const isCubic = message.includes("cube of `n`");
    const growth = (isCubic ? doublingOf : growthOf)(pattern, witnessIn(message));
    expect({ file, grows: growth > (isCubic ? 5 : 3), growth }).toMatchObject({ file, grows: true });
  }
}, 120_000);

/** The regular expression of a literal, or of `new RegExp("…")`. */
function patternIn(code: string): RegExp {
  const literal = /^\/(.*)\/([a-z]*)$/s.exec(code);
  if (literal) return new RegExp(literal[1] ?? "", literal[2]);
  return new RegExp(JSON.parse(/"(?:[^"\\]|\\.)*"/.exec(code)?.[0] ?? '""') as string);
}

/** The text of a message's `"a" + "b".repeat(n) + "c"` for a number. */
function witnessIn(message: string): (n: number) => string {
  const text = '"(?:[^"\\\\]|\\\\.)*"';
  const form = new RegExp(`^On \`(?:(${text}) \\+ )?(${text})\\.repeat\\(n\\)(?: \\+ (${text}))?\` `);
  const [, prefix = '""', pump = '""', suffix = '""'] = form.exec(message) ?? [];
  const [before = "", repeated = "", after = ""] = [prefix, pump, suffix].map(each => JSON.parse(each) as string);
  return n => before + repeated.repeat(n) + after;
}

/** How many times as long six more repetitions take, from where the time can be measured. */
function growthOf(pattern: RegExp, witness: (n: number) => string): number {
  for (let n = 8; n < 60; n++) {
    const time = timeOf(pattern, witness(n));
    if (time > 1) return timeOf(pattern, witness(n + 6)) / time;
  }
  return 0;
}

/** How many times as long twice the repetitions take: of a square it would be four times, of a cube eight. */
function doublingOf(pattern: RegExp, witness: (n: number) => string): number {
  for (let n = 64; n < 5_000; n *= 2) {
    const time = timeOf(pattern, witness(n));
    if (time > 10) return timeOf(pattern, witness(2 * n)) / time;
  }
  return 0;
}

/** Milliseconds, the best of three, since others may use the machine. */
function timeOf(pattern: RegExp, text: string): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    pattern.test(text);
    return performance.now() - start;
  });
  return Math.min(...times);
}
