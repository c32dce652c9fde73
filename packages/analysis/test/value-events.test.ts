import {
  findRepeats,
  flowRootOf,
  nodesOf,
  returnAfter,
  stepsOfEvent,
  traceValues,
  type ValueTrace,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import { afterAll, expect, it } from "vitest";
import { openFlows } from "./flow-open.ts";

const flows = openFlows();
afterAll(() => flows.close());

interface Traced {
  readonly trace: ValueTrace | undefined;
  /** `kind: code`, of the events in the function and in those inside of it. */
  readonly told: readonly string[];
}

/** What becomes of `cb`, a parameter of the first function of a text. */
function traced(text: string): Traced {
  const graph = flows.graph(text);
  const cb = graph.scopes.localsOf(graph.root).find(({ name }) => name === "cb");
  if (!cb) throw new Error("no parameter cb");
  const trace = traceValues(graph.scopes, [cb]);
  const told = (trace?.events ?? []).map(({ kind, node }) => `${kind}: ${codeOf(node)}`);
  return { trace, told };
}

function codeOf(node: Node): string {
  return node.getText().replace(/\s+/g, " ");
}

it("tells calls from handing on", () => {
  expect(traced("function f(cb) { cb(1); g(cb, 2); this.later = cb; return cb; }").told).toEqual([
    "called: cb(1)",
    "passed: g(cb, 2)",
    "kept: cb",
    "kept: cb",
  ]);
  expect(traced("function f(cb) { cb.call(this); cb?.(); (a ? cb : h)(); cb.bind(this); }").told).toEqual([
    "called: cb.call(this)",
    "called: cb?.()",
    "called: (a ? cb : h)()",
    "kept: cb",
  ]);
});

it("does not count tests and comparisons", () => {
  expect(traced("function f(cb) { if (cb) g(); cb === g; typeof cb; cb && cb(); }").told).toEqual(["called: cb()"]);
});

it("follows other names, and functions that use it by their names", () => {
  expect(
    traced("function f(cb) { const done = cb; done(1); const end = () => { cb(2); }; end(); g(end); }").told,
  ).toEqual(["called: cb(2)", "called: done(1)", "invoked: end()", "passed: g(end)"]);
});

it("tells where a function without a name takes it along", () => {
  expect(traced("function f(cb) { g(() => { cb(1); }); }").told).toEqual([
    "called: cb(1)",
    "captured: () => { cb(1); }",
  ]);
  expect(traced("function f(cb) { g(function again() { if (a) cb(); else g(again); }); }").told).toEqual([
    "called: cb()",
    "captured: function again() { if (a) cb(); else g(again); }",
    "passed: g(again)",
  ]);
});

it("gives up where others may write the name", () => {
  expect(traced("function f(cb) { eval(a); cb(); }").trace).toBeUndefined();
});

/** The pairs of calls of `cb` on one path, as `first > second`. */
function repeatsIn(body: string): readonly string[] {
  const graph = flows.graph(`function f(cb, a, b) { ${body} }`);
  const cb = graph.scopes.localsOf(graph.root).find(({ name }) => name === "cb");
  const trace = cb && traceValues(graph.scopes, [cb]);
  const steps = (trace?.in(graph.root) ?? []).flatMap(event => stepsOfEvent(graph, event));
  const throws = { throws: ({ kind }: { kind: string }) => kind === "throw" };
  return findRepeats(graph, steps, steps, throws).map(
    ({ first, second }) => `${codeOf(first.node)} > ${codeOf(second.node)}`,
  );
}

it("finds what is done again on the same path", () => {
  expect(repeatsIn("if (a) cb(1); cb(2);")).toEqual(["cb(1) > cb(2)"]);
  expect(repeatsIn("if (a) { cb(1); return; } cb(2);")).toEqual([]);
  expect(repeatsIn("if (a) cb(1); else cb(2);")).toEqual([]);
  expect(repeatsIn("try { cb(1); if (a) throw b; } catch { cb(2); }")).toEqual(["cb(1) > cb(2)"]);
});

it("leaves counters alone that are written beside the first", () => {
  expect(repeatsIn("if (a) { b = -1; cb(1); } if (--b === 0) cb(2);")).toEqual([]);
  expect(repeatsIn("if (a) { b = -1; cb(1); } if (a.c) cb(2);")).toEqual(["cb(1) > cb(2)"]);
});

it("takes two rounds of a loop for two things, and what comes behind the loop for one of them", () => {
  expect(repeatsIn("for (const x of a) { if (x) cb(1); else cb(2); }")).toEqual([]);
  expect(repeatsIn("for (const x of a) { if (x) cb(1); } cb(2);")).toEqual(["cb(1) > cb(2)"]);
});

/** A text with `return` added after `first()` so that `second()` is not reached. */
function returning(text: string): string | undefined {
  const sourceFile = flows.parse(text);
  const calls = [...nodesOf(sourceFile)].filter(isCallExpression);
  const [first, second] = ["first()", "second()"].map(code => calls.find(call => codeOf(call) === code));
  const edits = first && second && returnAfter(first, second, text)?.edits;
  return edits?.toReversed().reduce((before, { at, text: added }) => {
    return "kind" in at ? before : before.slice(0, at.start) + added + before.slice(at.end);
  }, text);
}

it("ends a function after a statement, where that is a branch of its own", () => {
  expect(returning("function f() { if (a) first(); second(); }")).toBe(
    "function f() { if (a) return first(); second(); }",
  );
  expect(returning("function f() {\n  if (a) {\n    first();\n  }\n  second();\n}")).toBe(
    "function f() {\n  if (a) {\n    first();\n    return;\n  }\n  second();\n}",
  );
  expect(returning("function f(): void { if (a) first(); second(); }")).toBe(
    "function f(): void { if (a) { first(); return; } second(); }",
  );
  expect(returning("function f(): number { if (a) first(); second(); return 1; }")).toBeUndefined();
  expect(returning("function f() { first(); second(); }")).toBeUndefined();
  expect(returning("function f() { if (a) { first(); g(); } second(); }")).toBeUndefined();
  expect(returning("function f() { try { first(); } finally { second(); } }")).toBeUndefined();
});

it("knows the functions of a trace by their roots", () => {
  const { trace } = traced("function f(cb) { g(() => cb()); }");
  const [called] = trace?.events ?? [];
  expect(called && isFunctionLikeDeclaration(flowRootOf(called.node) as FunctionLikeDeclaration)).toBe(true);
  expect(trace?.roots).toHaveLength(2);
});
