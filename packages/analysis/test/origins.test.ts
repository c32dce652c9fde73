import { originsOf, provenanceOf, unitInName, unitOf } from "@review/analysis";
import { describe, expect, it } from "vitest";
import { answersFor } from "./probe.ts";
import { isCallExpression, type Expression } from "@review/program/syntax";

/** The argument of `use(…)` that a probe stands at; undefined for any other statement. */
function argumentOf(expression: Expression): Expression | undefined {
  return isCallExpression(expression) && expression.expression.getText() === "use"
    ? expression.arguments[0]
    : undefined;
}

const HEAD =
  "export {}; declare function use(value: unknown): void; declare const n: number; declare const url: URL;\n";

function origins(text: string): readonly unknown[] {
  const answers = answersFor({ "a.ts": HEAD + text }, function* (pass, expression) {
    const value = argumentOf(expression);
    return value && (yield* originsOf(pass, value))?.map(origin => origin.value.getText());
  });
  return answers.filter(each => each !== undefined);
}

function provenance(text: string): readonly unknown[] {
  const answers = answersFor({ "a.ts": HEAD + text }, function* (pass, expression) {
    const value = argumentOf(expression);
    const found: string[] = [];
    for (const origin of (value && (yield* originsOf(pass, value))) ?? []) {
      const source = yield* provenanceOf(pass.checker, origin.value);
      found.push(source ? `${source.kind} ${source.name}`.trim() : "none");
    }
    return value && found.join();
  });
  return answers.filter(each => each !== undefined);
}

function units(text: string): readonly unknown[] {
  const answers = answersFor({ "a.ts": HEAD + text }, function* (pass, expression) {
    const value = argumentOf(expression);
    return value && ((yield* unitOf(pass, value))?.unit ?? "none");
  });
  return answers.filter(each => each !== undefined);
}

describe("where a value comes from", () => {
  it("is followed through locals, choices and awaits", () => {
    expect(
      origins("async function f(a: number) { let b = a; if (a) b = n * 2; use(b); use(await (a ? 1 : n)); }"),
    ).toEqual([
      ["a", "n * 2"],
      ["1", "n"],
    ]);
    expect(origins("const b = url.search || (url.hash as string) ?? 'c'; use(b);")).toEqual([
      ["url.search", "url.hash", "'c'"],
    ]);
  });

  it("is followed into one function of the project", () => {
    const text = "function g() { return h(); } function h() { return 1; } use(g()); const c = h(); use(c);";
    expect(origins(text)).toEqual([["h()"], ["1"]]);
  });

  it("is not known of what code writes at another time", () => {
    expect(origins("export function f() { let b = 1; [1].forEach(() => { b = 2; }); use(b); use(n); }")).toEqual([
      ["n"],
    ]);
  });
});

describe("text", () => {
  it("is told by what makes it", () => {
    expect(provenance("use(n.toFixed(2)); use(String(n)); use(`${n}`); use(n + ''); use(`v${n}`);")).toEqual([
      ...["number", "number", "number", "number", "none"],
    ]);
    expect(
      provenance("use(url.searchParams.get('a')); const { B } = process.env; use(B); use(process.env['C']);"),
    ).toEqual([...["query a", "environment B", "environment C"]]);
    expect(provenance("declare const req: { query: { d: string } }; use(req.query.d); use('e');")).toEqual([
      "query d",
      "none",
    ]);
  });
});

describe("units", () => {
  it("are read from names", () => {
    const names = [
      "timeoutMs",
      "ttlSeconds",
      "MAX_AGE_SECONDS",
      "delayMillis",
      "ageDays",
      "msPerSecond",
      "getSeconds",
      "items",
    ];
    expect(names.map(unitInName)).toEqual(["ms", "s", "s", "ms", "d", undefined, undefined, undefined]);
  });

  it("are carried through arithmetic and locals", () => {
    const text = `function f(waitMs: number, ttlSeconds: number, ageDays: number) {
      use(ttlSeconds * 1000); use(waitMs / 1000); use(ageDays * 24 * 60 * 60 * 1000); use(waitMs * 2);
      const now = Date.now(); use(now + waitMs); use(Math.floor(now / 1000)); use(waitMs + ttlSeconds); use(ageDays * 7 * 60);
    }`;
    expect(units(text)).toEqual(["ms", "s", "ms", "ms", "ms", "s", "none", "none"]);
  });
});
