import { applyEdits, applyFixes, type Comment, type DraftFinding, parseSuppressions, suppress } from "@review/findings";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commented, draft } from "./drafts.ts";

const all = new Set(["floating-promise", "default-sort", "mixed-plus"]);

/** Reports `rule` at every `bad()`, and suppresses by the text's comments. */
function run(text: string, options: { rule?: string; ran?: ReadonlySet<string>; comments?: readonly Comment[] } = {}) {
  const { rule = "floating-promise", ran = all, comments } = options;
  const source = commented(text);
  const findings = Array.from(text.matchAll(/\bbad\(\)/g), ({ index }) =>
    draft({ ruleId: rule, span: { start: index, end: index + 5 } }),
  );
  const suppressions = parseSuppressions({ ...source, comments: comments ?? source.comments });
  const result = suppress(findings, suppressions, ran, all);
  const lineOf = (finding: DraftFinding): number => text.slice(0, finding.span.start).split("\n").length;
  return {
    kept: result.kept.map(lineOf),
    hidden: result.suppressed.map(({ finding }) => lineOf(finding)),
    reasons: result.suppressed.map(({ reason }) => reason),
    extra: result.extra,
    said: result.extra.map(({ ruleId, message }) => `${ruleId}: ${message}`),
  };
}

/** The text after the first fix of each extra finding. */
function fixed(text: string, ran: ReadonlySet<string> = all): string {
  const edits = run(text, { ran }).extra.flatMap(finding => finding.fixes[0]?.edits ?? []);
  const result = applyEdits(text, edits);
  return result.kind === "applied" ? result.text : result.kind;
}

describe("an ignore hides", () => {
  test("what starts on its own line, and gives its reason", () => {
    const found = run("bad(); // review-ignore floating-promise -- the queue waits\nbad();");
    expect(found).toMatchObject({ hidden: [1], kept: [2], reasons: ["the queue waits"], said: [] });
  });

  test("what starts on the next line with code, past blank lines and other comments", () => {
    const found = run("// review-ignore floating-promise -- fine\n\n// Another comment.\nbad();\nbad();");
    expect(found).toMatchObject({ hidden: [4], kept: [5] });
  });

  test("as one of several comments stacked above a line", () => {
    const above = "// review-ignore default-sort -- fine\n/* review-ignore floating-promise -- fine */\n";
    expect(run(`${above}bad();`).hidden).toEqual([3]);
    expect(run(`${above}bad();`, { rule: "default-sort" }).hidden).toEqual([3]);
  });

  test.each([
    "/* review-ignore floating-promise -- fine */ bad();",
    "/** review-ignore floating-promise -- fine */\nbad();",
    "/*\n * review-ignore floating-promise -- fine,\n * for two reasons\n */\nbad();",
    "//review-ignore floating-promise--fine\nbad();",
    "// review-ignore default-sort, floating-promise -- fine\nbad();",
    "// review-ignore default-sort,floating-promise, -- fine\r\nbad();",
    "// review-ignore review/floating-promise -- fine\nbad();",
    "  {/* review-ignore floating-promise -- fine */}\n  {bad()}",
  ])("when written as %j", text => {
    expect(run(text, { ran: new Set() })).toMatchObject({ kept: [], said: [] });
  });

  test("with all lines of its reason", () => {
    const text = "/*\n * review-ignore floating-promise -- fine,\n * for two reasons\n */\nbad();";
    expect(run(text).reasons).toEqual(["fine, for two reasons"]);
  });

  test("what follows the braces of a JSX expression of several lines", () => {
    const text = "<a>\n{\n// review-ignore floating-promise -- fine\n}\n{bad()}\n</a>";
    const [comment] = commented(text).comments;
    const jsx = { start: text.indexOf("{"), end: text.indexOf("}") + 1 };
    expect(run(text, { comments: [{ ...comment!, jsx }] }).hidden).toEqual([5]);
  });

  test("for a whole file, above the first statement", () => {
    const text = "/* Licence */\n// review-ignore-file floating-promise -- generated\nbad();\n\nbad();";
    expect(run(text)).toMatchObject({ hidden: [3, 5], kept: [], said: [] });
  });

  test("only rules that it names", () => {
    expect(run("// review-ignore default-sort -- fine\nbad();", { ran: new Set() }).kept).toEqual([2]);
  });

  test.each([
    "// See review-ignore floating-promise -- fine",
    "// review-ignored floating-promise -- fine",
    "// Fine.",
  ])("nothing as %j, which is no directive", comment => {
    expect(run(`${comment}\nbad();`)).toMatchObject({ kept: [2], said: [] });
  });
});

describe("an ignore is reported", () => {
  test("when it gives no reason, and hides nothing then", () => {
    const said = [
      "ignore-without-reason: This ignore of `floating-promise` hides nothing because it gives no reason after `--`.",
    ];
    expect(run("bad(); // review-ignore floating-promise")).toMatchObject({ kept: [1], said });
    expect(run("bad(); // review-ignore floating-promise because it is fine")).toMatchObject({ kept: [1], said });
    expect(run("bad(); /* review-ignore floating-promise -- */")).toMatchObject({ kept: [1], said });
  });

  test("when it hides nothing, once for each such rule, at its name", () => {
    const text = "// review-ignore default-sort, floating-promise, mixed-plus -- fine\nbad();";
    const { said, extra } = run(text);
    expect(said).toEqual([
      "unused-ignore: This ignore of `default-sort` hides nothing.",
      "unused-ignore: This ignore of `mixed-plus` hides nothing.",
    ]);
    expect(extra.map(({ span }) => text.slice(span.start, span.end))).toEqual(["default-sort", "mixed-plus"]);
    expect(extra.map(({ severity, file }) => [severity, file])).toEqual([
      ["warning", "src/a.ts"],
      ["warning", "src/a.ts"],
    ]);
  });

  test("but never for a rule that did not run", () => {
    expect(run("// review-ignore default-sort -- fine\nok();", { ran: new Set(["mixed-plus"]) }).said).toEqual([]);
  });

  test("with the nearest name when the rule does not exist", () => {
    const { said, extra } = run("// review-ignore floating-promises -- fine\nbad();");
    expect(said).toEqual([
      "unused-ignore: This ignore names `floating-promises`, which is no rule; the nearest name is `floating-promise`.",
    ]);
    expect(extra[0]?.fixes).toMatchObject([{ safety: "suggested", title: "Write `floating-promise`" }]);
    expect(run("// review-ignore everything -- fine\nbad();").said).toEqual([
      "unused-ignore: This ignore names `everything`, which is no rule.",
    ]);
  });

  test("when it names no rule", () => {
    expect(run("// review-ignore -- fine\nbad();").said).toEqual([
      "unused-ignore: This ignore names no rule and hides nothing.",
    ]);
  });

  test("when it is meant for the file and stands below the first statement", () => {
    expect(run("bad();\n// review-ignore-file floating-promise -- fine\nbad();")).toMatchObject({
      kept: [1, 3],
      said: [
        "unused-ignore: This `review-ignore-file` of `floating-promise` hides nothing because it is not above the first statement.",
      ],
    });
  });

  test("unless another ignore says that this is well", () => {
    const text = "// review-ignore unused-ignore -- comes and goes\n// review-ignore default-sort -- fine\nok();";
    expect(run(text, { ran: new Set([...all, "unused-ignore"]) }).said).toEqual([]);
    const idle = "// review-ignore unused-ignore -- comes and goes\nok();";
    expect(run(idle, { ran: new Set([...all, "unused-ignore"]) }).said).toEqual([
      "unused-ignore: This ignore of `unused-ignore` hides nothing.",
    ]);
  });

  test("not when a second one hides the same finding", () => {
    const text = "// review-ignore-file floating-promise -- a\n// review-ignore floating-promise -- b\nbad();";
    expect(run(text)).toMatchObject({ hidden: [3], said: [] });
  });

  test("in words that fit into a line, whatever names it holds", () => {
    const long = "very-long-name-".repeat(20) + "end";
    const comments = ["", `${long} -- x`, `${long}, ${long}`, "default-sort -- x", "-- x"].flatMap(rest => [
      `// review-ignore ${rest}`,
      `// review-ignore-file ${rest}`,
    ]);
    const { extra } = run(`ok();\n${comments.join("\n")}\nok();`);
    expect(extra.length).toBeGreaterThanOrEqual(comments.length);
    for (const { message } of extra) {
      expect(message.length).toBeLessThanOrEqual(160);
      expect(message).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("the fix of an unused ignore", () => {
  test.each([
    ["a();\n  // review-ignore default-sort -- fine\n  ok();\n", "a();\n  ok();\n"],
    ["a();\r\n// review-ignore default-sort -- fine\r\nok();", "a();\r\nok();"],
    ["ok(); // review-ignore default-sort -- fine\nb();", "ok();\nb();"],
    ["/* review-ignore default-sort -- fine */ ok();", "ok();"],
    ["return/* review-ignore default-sort -- fine */ok;", "return ok;"],
    ["return /* review-ignore default-sort\n-- fine */ ok;", "return\nok;"],
    ["ok();\n// review-ignore default-sort -- fine", "ok();\n"],
    ["// review-ignore default-sort, mixed-plus -- fine\nok();", "ok();"],
    ["<a>\n  {/* review-ignore default-sort -- fine */}\n  <b />\n</a>", "<a>\n  {}\n  <b />\n</a>"],
    [
      "// review-ignore default-sort,   floating-promise -- fine\nbad();",
      "// review-ignore floating-promise -- fine\nbad();",
    ],
    [
      "// review-ignore floating-promise, mixed-plus -- fine\nbad();",
      "// review-ignore floating-promise -- fine\nbad();",
    ],
  ])("turns %j into %j", (before, after) => {
    expect(fixed(before)).toBe(after);
  });

  test("is safe", () => {
    const { extra } = run("// review-ignore default-sort -- fine\nok();");
    expect(extra[0]?.fixes).toMatchObject([{ safety: "safe", origin: "rule", title: "Remove the comment" }]);
  });

  test("takes a JSX comment's braces along between tags, and leaves them beside text", () => {
    const removed = (text: string): string => {
      const [comment] = commented(text).comments;
      const jsx = { start: comment!.start - 1, end: comment!.end + 1 };
      const { extra } = run(text, { comments: [{ ...comment!, jsx }] });
      const result = applyEdits(text, extra[0]?.fixes[0]?.edits ?? []);
      return result.kind === "applied" ? result.text : result.kind;
    };
    const ignore = "{/* review-ignore default-sort -- fine */}";
    expect(removed(`<a>\n  ${ignore}\n  <b />\n</a>`)).toBe("<a>\n  <b />\n</a>");
    expect(removed(`<a>\n  one\n  ${ignore}\n  two\n</a>`)).toBe("<a>\n  one\n  {}\n  two\n</a>");
  });
});

test("once the safe fixes are made, no ignore is unused and the same findings are hidden", () => {
  const line = fc.constantFrom(
    "",
    "// A note.",
    "ok();",
    "  bad();",
    "// review-ignore floating-promise -- a",
    "// review-ignore default-sort -- a",
    "/* review-ignore default-sort, floating-promise, mixed-plus -- a */ bad();",
    "/* review-ignore floating-promise,\n default-sort -- a */",
    "bad();\t// review-ignore mixed-plus -- a",
    "f(/* review-ignore floating-promise -- a */bad(), /* review-ignore mixed-plus -- a */1);",
    "{/* review-ignore floating-promise -- a */}",
    "/* review-ignore-file floating-promise, mixed-plus -- a */",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), fc.constantFrom("\n", "\r\n"), (lines, lineBreak) => {
      const text = lines.join(lineBreak);
      const safe = run(text).extra.flatMap(({ fixes }) => fixes.filter(fix => fix.safety === "safe"));
      const after = applyFixes(new Map([["src/a.ts", text]]), safe);
      expect(after.dropped).toEqual([]);
      const [then, now] = [run(text), run(after.changed.get("src/a.ts") ?? text)];
      expect(now.extra.filter(({ fixes }) => fixes[0]?.safety === "safe")).toEqual([]);
      expect([now.kept.length, now.hidden.length]).toEqual([then.kept.length, then.hidden.length]);
    }),
    { numRuns: 500 },
  );
});

describe("an ESLint comment hides", () => {
  test.each([
    ["bad(); // eslint-disable-line review/floating-promise", true],
    ["bad(); // eslint-disable-line", true],
    ["bad(); /* eslint-disable-line no-console, review/floating-promise -- fine */", true],
    ["// eslint-disable-next-line review/floating-promise\nbad();", true],
    ["/* eslint-disable-next-line\n  review/floating-promise\n*/\nbad();", true],
    ["/* eslint-disable */\nok();\nbad();", true],
    ["/* eslint-disable review/floating-promise */ bad();", true],
    ["/* eslint-disable */ /* eslint-enable no-console */ bad();", true],
    ["/* eslint-disable */ /* eslint-enable review/default-sort */ bad();", true],
    ["/* eslint-enable */ bad(); // eslint-disable-line", true],
    ["// eslint-disable-next-line @typescript-eslint/no-floating-promises\nbad();", true],
    ["bad(); // eslint-disable-line no-console, @typescript-eslint/no-floating-promises -- fine", true],
    ["{\n  /* eslint-disable @typescript-eslint/no-floating-promises */\n  bad();\n}", true],
    ["{\n  /* eslint-disable no-floating-promises */\n  /* eslint-enable no-floating-promises */\n  bad();\n}", false],
    ["bad(); // eslint-disable-line @typescript-eslint/return-await", false],
    ["/* eslint-disable @typescript-eslint/no-floating-promises */\nbad();", false],
    ["/* eslint-disable review/floating-promise */ /* eslint-enable */ bad();", false],
    ["/* eslint-disable */ /* eslint-enable review/floating-promise */ bad();", false],
    ["bad(); /* eslint-disable */", false],
    ["// eslint-disable\nbad();", false],
    ["// eslint-disable-next-line\n\nbad();", false],
    ["// eslint-disable-next-line floating-promise\nbad();", false],
    ["// eslint-disable-next-line review/default-sort\nbad();", false],
    ["// eslint-disable-lines\nbad(); // eslint-disable-line-x", false],
  ])("%j: %s", (text, hides) => {
    const { kept, said } = run(text);
    expect({ hides: kept.length === 0, said }).toEqual({ hides, said: [] });
  });

  test("with its description as the reason, or none", () => {
    expect(run("bad(); // eslint-disable-line -- known").reasons).toEqual(["known"]);
    expect(run("bad(); // eslint-disable-line").reasons).toEqual([null]);
  });

  test("a finding about an ignore as well", () => {
    const text = "/* eslint-disable review/unused-ignore */\n// review-ignore default-sort -- fine\nok();";
    expect(run(text).said).toEqual([]);
  });
});
