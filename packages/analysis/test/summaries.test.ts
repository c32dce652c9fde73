import { defineRule } from "@review/analysis";
import { SyntaxKind, type FunctionDeclaration } from "@review/program/syntax";
import { expect, it } from "vitest";
import { openTexts } from "./open.ts";
import { answersFor } from "./probe.ts";
import { perFunction, verdicts } from "./summaries-open.ts";

it("knows which functions may throw, and what a catch and a finally do about it", () => {
  const text = `
    function plain() { return 1; }
    function thrower() { throw new Error("x"); }
    function caller() { thrower(); }
    function catcher() { try { thrower(); } catch { return 1; } }
    function rethrower() { try { thrower(); } catch (e) { throw e; } }
    function idleRethrower() { try { plain(); } catch (e) { throw e; } }
    function wrapper() { try { plain(); } catch (e) { throw new Error("y"); } }
    function cleaner() { try { plain(); } finally { thrower(); } }
    function forgetter() { try { thrower(); } finally { return 1; } }
    function parser(text: string) { return JSON.parse(text); }
    function guarded(text: string) { try { return JSON.parse(text); } catch { return undefined; } }
    function inner() { return () => { throw new Error("later"); }; }
    async function later() { throw new Error("x"); }
    function starter() { void later(); }
    declare const foreign: () => void;
    function stranger() { foreign(); }
    function counter(xs: number[]) { return xs.map(x => x + 1).filter(Boolean).length; }
    function mapper(xs: string[]) { return xs.map(x => JSON.parse(x)); }
    function passer(xs: string[]) { return xs.map(parser); }
  `;
  expect(verdicts(text, "throws")).toEqual({
    ...{ plain: "no", thrower: "yes", caller: "yes", catcher: "no", rethrower: "yes", idleRethrower: "no" },
    ...{ wrapper: "yes", cleaner: "yes", forgetter: "no", parser: "yes", guarded: "no", inner: "no" },
    ...{ later: "no", starter: "no", stranger: "unknown", counter: "no", mapper: "yes", passer: "yes" },
  });
});

it("knows which promises may be rejected", () => {
  const text = `
    declare function sleep(ms: number): Promise<void>;
    async function calm() { return 1; }
    async function failing() { throw new Error("x"); }
    async function waits() { await failing(); }
    async function handles() { try { await failing(); } catch { return 0; } }
    async function returnsInTry() { try { return failing(); } catch { return 0; } }
    async function awaitsInTry() { try { return await failing(); } catch { return 0; } }
    async function waitsCalmly() { await calm(); await 5; }
    function chained() { return failing().catch(() => 0); }
    function halfChained() { return failing().then(() => 0); }
    function twoHandlers() { return failing().then(() => 0, () => 1); }
    function badHandler() { return failing().catch(() => { throw new Error("y"); }); }
    async function foreign() { await sleep(1); }
    async function fetches() { return fetch("x"); }
    function executor() { return new Promise((resolve, reject) => setTimeout(() => reject(new Error("x")), 1)); }
    function resolver() { return new Promise<void>(resolve => setTimeout(resolve, 1)); }
    function thrower() { return new Promise<void>(() => { throw new Error("x"); }); }
    async function all() { await Promise.all([calm(), failing()]); }
    async function allCalm() { await Promise.all([calm(), resolver()]); }
    async function settled() { await Promise.allSettled([failing()]); }
    async function mapped(xs: number[]) { await Promise.all(xs.map(failing)); }
    async function named() { const p = failing(); await p; }
    async function drops() { void failing(); }
    async function given(p: Promise<void>) { await p; }
    function number() { return 1; }
  `;
  expect(verdicts(text, "rejects")).toEqual({
    ...{ calm: "no", failing: "yes", waits: "yes", handles: "no", returnsInTry: "yes", awaitsInTry: "no" },
    ...{ waitsCalmly: "no", chained: "no", halfChained: "yes", twoHandlers: "no", badHandler: "yes" },
    ...{ foreign: "unknown", fetches: "yes", executor: "yes", resolver: "no", thrower: "yes", all: "yes" },
    ...{ allCalm: "no", settled: "no", mapped: "yes", named: "yes", drops: "no", given: "unknown", number: "no" },
  });
});

it("follows circles of functions to what they lead to, across files and re-exports", () => {
  const texts = {
    "a.ts": `
      import { pong, broken } from "./barrel";
      import * as helpers from "./b";
      export function ping(n: number): number { return n === 0 ? 0 : pong(n - 1); }
      export function down(n: number): number { return n === 0 ? 0 : down(n - 1); }
      export function risky(n: number): number { if (n < 0) throw new Error("x"); return risky(n - 1); }
      export function outer() { return broken(); }
      export function spaced() { return helpers.deep(); }
    `,
    "barrel.ts": `export { pong, deep as broken } from "./b";`,
    "b.ts": `
      import { ping } from "./a";
      export function pong(n: number): number { return n === 0 ? 0 : ping(n - 1); }
      export function deep(): never { throw new Error("x"); }
    `,
  };
  expect(verdicts(texts, "throws")).toEqual({ ping: "no", down: "no", risky: "yes", outer: "yes", spaced: "yes" });
});

it("is careful with methods that other classes may have in another version", () => {
  const text = `
    class Closed { run() { return 1; } go() { return this.run(); } }
    class Base { run() { return 1; } go() { return this.run(); } stay() { return this.#own(); } #own() { return 1; } }
    class Heir extends Base { override run(): number { throw new Error("x"); } up() { return super.run(); } }
    interface Shape { area(): number }
    function measure(shape: Shape) { return shape.area(); }
    const literal = { load() { throw new Error("x"); } };
    function loads() { literal.load(); }
    class Maker { constructor(public n: number) { if (n < 0) throw new RangeError(); } }
    class Sub extends Maker {}
    function makes() { return new Maker(1); }
    function makesSub() { return new Sub(1); }
    function makesMap() { return new Map(); }
    function either(a: Closed | Base) { a.run(); }
  `;
  expect(verdicts(text, "throws")).toEqual({
    ...{ "Closed.run": "no", "Closed.go": "no", "Base.run": "no", "Base.go": "unknown", "Base.stay": "no" },
    ...{ "Base.#own": "no", "Heir.run": "yes", "Heir.up": "no", measure: "unknown", load: "yes", loads: "yes" },
    ...{ "Maker.constructor": "yes", makes: "yes", makesSub: "yes", makesMap: "no", either: "unknown" },
  });
});

it("takes an overloaded function for what its implementation is", () => {
  const text = `
    function pick(a: string): string;
    function pick(a: number): number;
    function pick(a: string | number) { if (!a) throw new Error("x"); return a; }
    function uses() { return pick(1); }
  `;
  expect(verdicts(text, "throws")).toEqual({ pick: "yes", uses: "yes" });
});

it("looks into the callback that a helper is given", () => {
  const text = `
    function once<T>(run: () => T): T { return run(); }
    function twice<T>(run: () => T): T { return once(run); }
    async function retry<T>(run: () => Promise<T>): Promise<T> { return await run(); }
    function calm() { return twice(() => 1); }
    function wild() { return twice(() => { throw new Error("x"); }); }
    async function fails() { await retry(async () => { throw new Error("x"); }); }
    async function works() { await retry(async () => 1); }
  `;
  const throws = verdicts(text, "throws");
  expect([throws["once"], throws["twice"], throws["calm"], throws["wild"]]).toEqual([
    "unknown",
    "unknown",
    "no",
    "yes",
  ]);
  const rejects = verdicts(text, "rejects");
  expect([rejects["retry"], rejects["fails"], rejects["works"]]).toEqual(["unknown", "yes", "no"]);
});

it("knows what a function does besides making its result", () => {
  const text = `
    let total = 0;
    const cache = new Map<string, number>();
    function adds(a: number, b: number) { const sum = a + b; return sum; }
    function counts() { total++; }
    function stores(key: string) { cache.set(key, 1); }
    function reads(key: string) { return cache.get(key); }
    function collects(xs: number[]) { const out: number[] = []; for (const x of xs) out.push(x); return out; }
    function collectsInside(xs: number[]) { const out: number[] = []; xs.forEach(x => { out.push(x); }); return out; }
    function sums(xs: number[]) { let sum = 0; xs.forEach(x => { sum += x; }); return sum; }
    function sorts(xs: number[]) { return xs.sort(); }
    function sortsCopy(xs: number[]) { return [...xs].sort(); }
    function sortsOwn() { const own = [2, 1]; sorts(own); return own; }
    function sortsGiven(xs: number[]) { sorts(xs); }
    function logs() { console.log("x"); }
    function fills(target: { a: number }) { target.a = 1; }
    function builds() { const made = { a: 0 }; fills(made); return made; }
    function foreign(run: () => void) { run(); }
    class Box { n = 0; constructor(n: number) { this.n = n; } set(n: number) { this.n = n; } get() { return this.n; } }
    function boxes() { return new Box(1); }
    function refuses(n: number) { if (n < 0) throw new RangeError(); return n; }
    function deletes(o: Record<string, number>) { delete o["a"]; }
    const shared = new Box(1);
    function setsOwn() { const box = new Box(1); box.set(2); return box; }
    function setsShared() { shared.set(2); }
    function setsGiven(box: Box) { box.set(2); }
    class Ready {
      n = 0;
      constructor() { this.#set(1); [2].forEach(n => { this.n = n; }); }
      #set(n: number) { this.n = n; }
    }
    function parts(xs: { n: number }[]) { const box = { xs }; box.xs.push({ n: 1 }); return box; }
    function ownParts() { const box = { xs: [1] }; box.xs.push(2); return box; }
    function elements(xs: { n: number }[]) { for (const x of [...xs]) x.n = 1; }
  `;
  expect(verdicts(text, "impure")).toEqual({
    ...{ adds: "no", counts: "yes", stores: "yes", reads: "no", collects: "no", collectsInside: "no", sums: "no" },
    ...{ sorts: "yes", sortsCopy: "no", sortsOwn: "no", sortsGiven: "yes", logs: "yes", fills: "yes", builds: "no" },
    ...{ foreign: "unknown", "Box.constructor": "no", "Box.set": "yes", "Box.get": "no", boxes: "no", refuses: "no" },
    ...{
      deletes: "yes",
      setsOwn: "no",
      setsShared: "yes",
      setsGiven: "yes",
      "Ready.constructor": "no",
      "Ready.#set": "yes",
    },
    ...{ parts: "unknown", ownParts: "no", elements: "unknown" },
  });
});

it("knows which functions need their receiver", () => {
  const text = `
    class A {
      n = 1;
      plain() { return 1; }
      reads() { return this.n; }
      inside() { return [1].map(x => x + this.n); }
      other() { return function () { return 1; }; }
      calls() { return this.plain(); }
      arrow = () => this.n;
      typed(): this | undefined { return undefined; }
    }
    function free(this: A) { return this.n; }
  `;
  expect(verdicts(text, "this")).toEqual({
    ...{ "A.plain": "no", "A.reads": "yes", "A.inside": "yes", "A.other": "no", "A.calls": "yes", arrow: "no" },
    ...{ "A.typed": "no", free: "yes" },
  });
});

it("knows which functions may return nothing, where others return something", () => {
  const text = `
    declare const users: Map<string, { name: string }>;
    function always() { return { a: 1 }; }
    function nothing() {}
    function early(n: number) { if (n > 0) return { a: 1 }; return null; }
    function runsOff(n: number) { if (n > 0) return { a: 1 }; }
    function finds(xs: { a: number }[]) { return xs.find(x => x.a > 1); }
    function looksUp(key: string) { return users.get(key); }
    function passes(n: number) { return early(n); }
    function falls(n: number) { return early(n) ?? { a: 2 }; }
    function both(n: number) { return early(n) && early(n + 1); }
    async function later(n: number) { return n > 0 ? { a: 1 } : undefined; }
    function exhaustive(kind: "a" | "b") { switch (kind) { case "a": return { a: 1 }; case "b": return { a: 2 }; } }
    function element(xs: string[]) { return xs[0]; }
    function asserts(xs: string[]) { const x = xs.find(Boolean); if (!x) throw new Error("x"); return x; }
  `;
  expect(verdicts(text, "absent")).toEqual({
    ...{ always: "no", nothing: "no", early: "yes", runsOff: "yes", finds: "yes", looksUp: "yes", passes: "yes" },
    ...{ falls: "no", both: "yes", later: "yes", exhaustive: "no", element: "unknown", asserts: "no" },
  });
});

it("knows which functions return nothing but new objects", () => {
  const text = `
    const known = { a: 1 };
    function makes() { return { a: 1 }; }
    function passes() { return makes(); }
    function shares() { return known; }
    function both(n: number) { return n > 0 ? { a: 1 } : known; }
    function copies(xs: number[]) { return xs.slice(); }
    function same(xs: number[]) { return xs; }
    function text() { return "x"; }
    async function later() { return known; }
    function builds() { const made = []; return made; }
  `;
  expect(verdicts(text, "shared")).toEqual({
    ...{ makes: "no", passes: "no", shares: "yes", both: "yes", copies: "no", same: "yes", text: "yes", later: "no" },
    builds: "no",
  });
});

it("knows what becomes of a parameter", () => {
  const text = `
    let kept: unknown;
    function reads(p: { a: number }) { return p.a; }
    function calls(p: () => void) { p(); }
    function callsLater(p: () => void) { setTimeout(() => p(), 1); }
    function callsEach(p: (n: number) => void) { [1].forEach(p); }
    function handsOn(p: () => void) { calls(p); }
    function keeps(p: object) { kept = p; }
    function keepsIn(p: object, xs: object[]) { xs.push(p); }
    async function waits(p: Promise<void>) { await p; }
    function chains(p: Promise<void>) { p.then(() => 1).catch(() => 2); }
    function gives(p: object) { return p; }
    function tests(p: unknown) { if (p) return 1; return 2; }
    function negates(p: unknown) { return !p; }
    function writes(p: unknown) { return \`\${p}\`; }
    function encodes(p: unknown) { return JSON.stringify(p); }
    function compares(p: unknown) { return p === 1; }
    function checksNull(p: unknown) { return p === null; }
    function spreads(p: object) { return { ...p }; }
    function changes(p: { a: number }) { p.a = 1; }
    function closes(p: { close(): void }) { p.close(); }
    function renames(p: () => void) { const q = p; q(); }
    function loses(p: unknown) { (globalThis as any).unknown(p); }
  `;
  const uses = perFunction({ "a.ts": text }, function* ({ summaries }, fn) {
    return (yield* summaries.of(fn)).parameters[0];
  });
  const called = { called: "yes", settled: "yes" };
  const everything = {
    ...{ called: "unknown", settled: "unknown", released: "unknown", stored: "unknown", awaited: "unknown" },
    ...{ returned: "unknown", tested: "unknown", stringified: "unknown", compared: "unknown", spread: "unknown" },
    mutated: "unknown",
  };
  expect(uses).toEqual({
    ...{ reads: {}, calls: called, callsLater: called, callsEach: called, handsOn: called, renames: called },
    ...{ keeps: { stored: "yes" }, keepsIn: { stored: "yes" }, waits: { awaited: "yes" }, gives: { returned: "yes" } },
    ...{ chains: { awaited: "yes" }, tests: { tested: "yes" }, negates: { tested: "yes" } },
    ...{ writes: { stringified: "yes" }, encodes: { stringified: "yes" }, compares: { compared: "yes" } },
    ...{ checksNull: {}, spreads: { spread: "yes" }, changes: { mutated: "yes" } },
    ...{ closes: { released: "yes", mutated: "unknown" }, loses: everything },
  });
});

it("knows which functions never return", () => {
  const text = `
    function fail(message: string) { throw new Error(message); }
    function leave() { process.exit(1); }
    function failsLate(n: number) { if (n) fail("a"); else leave(); }
    function mayFail(n: number) { if (n) fail("a"); }
    function survives() { try { fail("a"); } catch {} }
    function loops(): void { for (;;) {} }
    function forever(): void { forever(); }
    async function rejects() { throw new Error("x"); }
    async function waits() { await rejects(); }
    async function drops() { void rejects(); rejects(); }
    function* generates() { throw new Error("x"); }
  `;
  const ends = perFunction({ "a.ts": text }, ({ summaries }, fn) => summaries.endOf(fn));
  expect(ends).toEqual({
    ...{ fail: "throws", leave: "exits", failsLate: "throws", mayFail: "returns", survives: "returns" },
    ...{
      loops: "exits",
      forever: "throws",
      rejects: "throws",
      waits: "throws",
      drops: "returns",
      generates: "returns",
    },
  });
});

it("answers the same for functions that start together and need each other's records", () => {
  const names = Array.from({ length: 40 }, (_, index) => index);
  const chain = names.map(n => `export function f${n}() { ${n === 0 ? 'throw new Error("x")' : `f${n - 1}()`}; }`);
  const answers = perFunction({ "a.ts": chain.slice(0, 20).join("\n") }, function* ({ summaries }, fn) {
    return (yield* summaries.ask(fn, "throws")).steps.length;
  });
  expect(Object.values(answers)).toEqual(names.slice(0, 20).map(n => n + 1));
});

it("answers for an expression as for a function that is called where it stands", () => {
  const text = `
    declare const given: Promise<number>;
    async function failing(): Promise<number> { throw new Error("x"); }
    async function calm() { return 1; }
    failing();
    calm();
    failing().catch(() => 0);
    given;
    try { failing(); } catch {}
    Promise.all([calm(), failing()]);
    fetch("x").then(response => response.json());
  `;
  const answers = answersFor({ "a.ts": text }, function* ({ summaries }, node) {
    return (yield* summaries.ask(node, "rejects")).verdict;
  });
  expect(answers).toEqual(["yes", "no", "no", "unknown", "yes", "yes", "yes"]);
});

it("follows constructors through bases, fields and CommonJS modules", () => {
  const texts = {
    "a.js": `
      const Base = require("./base");
      const { Kept, run } = require("./kept");
      class Plain extends Map { size2 = 1; }
      class Named extends Error { constructor(text) { super(text); this.text = text; } }
      class Sub extends Base {}
      class Fields extends Base { list = []; }
      function plain() { return new Plain(); }
      function named() { return new Named("x"); }
      function sub() { return new Sub(); }
      function fields() { return new Fields(); }
      function kept() { return new Kept(); }
      function runs() { return (0, run)(); }
    `,
    "base.js": `class Base { constructor() { throw new Error("x"); } } module.exports = Base;`,
    "kept.js": `class Kept { a = 1; } const run = () => JSON.parse("x"); module.exports = { Kept, run };`,
  };
  expect(verdicts(texts, "throws")).toEqual({
    ...{ "Named.constructor": "no", plain: "no", named: "no", sub: "yes", fields: "yes", kept: "no", runs: "yes" },
  });
});

it("gives up where a question leads too far, and counts that", () => {
  const calls = Array.from({ length: 60 }, (_, n) => `function f${n}() { return f${n + 1}(); }`);
  const open = openTexts({ "a.ts": `${calls.join("\n")} function f60() { throw new Error("x"); } f0;` });
  const verdict: string[] = [];
  const rule = defineRule({
    ...{ id: "probe", summary: "", category: "names", severity: "info", preset: "preview", since: "", repair: "" },
    listen: ({ summaries }) => ({
      *[SyntaxKind.FunctionDeclaration](fn: FunctionDeclaration) {
        if (fn.name?.text === "f0") verdict.push((yield* summaries.ask(fn, "throws")).verdict);
      },
    }),
  });
  const { counters } = open.run([rule]);
  open.close();
  expect([verdict, counters.summariesGivenUp]).toEqual([["unknown"], 1]);
});

it("tells the way to the place that decides", () => {
  const text = `
    function top() { return middle(); }
    function middle() { return bottom(1); }
    function bottom(n: number) { if (n < 0) throw new Error("x"); return n; }
  `;
  const ways = perFunction({ "a.ts": text }, function* ({ summaries }, fn) {
    const answer = yield* summaries.ask(fn, "throws");
    return summaries.evidenceOf(answer).map(({ at, message }) => [at.getText(), message]);
  });
  expect(ways["top"]).toEqual([
    ["middle()", "`middle()` may throw."],
    ["bottom(1)", "`bottom(1)` may throw."],
    [`throw new Error("x");`, '`throw new Error("x");` throws.'],
  ]);
});

it("keeps records that survive JSON", () => {
  const text = `function f(p: () => void) { p(); JSON.parse("x"); return null; }`;
  const records = perFunction({ "a.ts": text }, ({ summaries }, fn) => summaries.recordOf(fn));
  expect(JSON.parse(JSON.stringify(records))).toEqual(records);
});
