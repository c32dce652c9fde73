import { defineRule, type Rule } from "@review/analysis";
import { SyntaxKind, type CallExpression, type Identifier } from "@review/program/syntax";
import { afterEach, expect, it } from "vitest";
import { openTexts, type OpenTexts } from "./open.ts";

const opened: OpenTexts[] = [];
afterEach(() => {
  for (const open of opened.splice(0)) open.close();
});

function open(texts: Readonly<Record<string, string>>): OpenTexts {
  const made = openTexts(texts);
  opened.push(made);
  return made;
}

function rule(id: string, listen: Rule["listen"]): Rule {
  return defineRule({
    id,
    summary: "A rule of a test.",
    category: "calls",
    severity: "warning",
    preset: "preview",
    since: "0.0.0",
    repair: "None.",
    listen,
  });
}

const typed = rule("typed", pass => ({
  *[SyntaxKind.CallExpression](call: CallExpression) {
    const type = yield* pass.checker.typeOf(call);
    pass.report(call, { message: `\`${yield* pass.checker.textOf(type)}\`.` });
  },
}));

it("answers rules of many files and reports in the order of the text", () => {
  const { drafts, failures } = open({
    "a.ts": "f(); g();\nfunction f() { return 1; }\nfunction g() { return ''; }",
  }).run([typed]);
  expect(failures).toEqual([]);
  expect(drafts.map(draft => [draft.message, draft.span.start])).toEqual([
    ["`number`.", 0],
    ["`string`.", 5],
  ]);
});

it("keeps some rules to stretches of a file, and shows the others all of it", () => {
  const text = "f();\nfunction f() { return g(); }\nfunction g() { return f(); }";
  const stretches = [{ start: text.indexOf("function g"), end: text.length }];
  const whole = rule("whole", pass => typed.listen(pass));
  const scope = { rules: new Set([typed]), stretchesOf: () => stretches };
  const { drafts } = open({ "a.ts": text }).run([typed, whole], { scope });
  const placesOf = (id: string): readonly number[] =>
    drafts.flatMap(each => (each.ruleId === id ? each.span.start : []));
  expect(placesOf("typed")).toEqual([text.lastIndexOf("f()")]);
  expect(placesOf("whole")).toHaveLength(3);
});

it("a rule that throws is named and costs nobody else a finding", () => {
  const early = rule("early", () => {
    throw new Error("on listen");
  });
  const sync = rule("sync", () => ({
    [SyntaxKind.CallExpression]: () => {
      throw new Error("on a node");
    },
  }));
  const late = rule("late", pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* pass.checker.typeOf(call);
      throw new Error("after an answer");
    },
  }));
  const wrong = rule("wrong", pass => ({
    *[SyntaxKind.CallExpression]() {
      yield* pass.checker.typeOf({ kind: 0 } as unknown as Identifier);
    },
  }));
  const { drafts, failures } = open({ "a.ts": "f();\nfunction f() { return 1; }" }).run([
    early,
    sync,
    late,
    wrong,
    typed,
  ]);
  expect(drafts.map(draft => draft.ruleId)).toEqual(["typed"]);
  expect(failures.map(failure => failure.ruleId).sort()).toEqual(["early", "late", "sync", "wrong"]);
  expect(failures.find(failure => failure.ruleId === "late")).toMatchObject({
    file: "a.ts",
    message: "after an answer",
  });
});

it("asks once for what several rules want to know", () => {
  const one = open({ "a.ts": "f();\nfunction f() { return 1; }" });
  const { counters } = one.run([typed]);
  expect(one.run([typed, rule("twin", pass => typed.listen(pass))]).counters.roundTrips).toBe(counters.roundTrips);
});

it("gives the same findings on every run", () => {
  const text = Array.from(
    { length: 50 },
    (_, index) => `f${String(index)}();\nfunction f${String(index)}() { return ${String(index)}; }`,
  ).join("\n");
  const one = open({ "a.ts": text, "b.ts": `${text}\nexport {}` });
  expect(one.run([typed]).drafts).toEqual(one.run([typed]).drafts);
});

it("says which files were left when the compiler went away", () => {
  const one = open({ "a.ts": "f();\nfunction f() { return 1; }" });
  one.session.close();
  const analysis = one.run([typed]);
  expect(analysis.gone.map(path => path.split("/").at(-1))).toEqual(["a.ts"]);
  expect(analysis.drafts).toEqual([]);
});

it("walks code that is nested hundreds deep", () => {
  const text = `const x = ${"[".repeat(450)}f()${"]".repeat(450)};\nfunction f() { return 1; }`;
  expect(open({ "a.ts": text }).run([typed]).drafts).toHaveLength(1);
});

it("anchors a finding to the declarations around it and to its own tokens", () => {
  const text = "class A {\n  method = () => {\n    f( /* nothing */ );\n  };\n}\ndeclare function f(): void;";
  expect(open({ "a.ts": text }).run([typed]).drafts[0]?.anchor).toEqual({ scope: "A.method", code: "f ( )" });
});
