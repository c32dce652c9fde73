import { crashesOf, isGone, nullnessOf, type NullValue } from "@review/analysis";
import { afterAll, expect, it } from "vitest";
import { openFlows, type OpenGraph } from "./flow-open.ts";

const flows = openFlows("a.js");
afterAll(() => flows.close());

/** What is known of `x` where `seen(x)` is called, before the call. */
function known(body: string): NullValue | undefined {
  const graph = flows.graph(`function f(x, y) { ${body} }`);
  const step = graph.step("seen(x)");
  return nullnessOf(graph, graph.scopes)?.before(step, argumentOf(step.node));
}

function argumentOf(call: unknown): never {
  return (call as { arguments: readonly unknown[] }).arguments[0] as never;
}

const isKnownGone = (body: string): boolean => {
  const value = known(body);
  return value !== undefined && isGone(value);
};

it.each([
  "if (x == null) seen(x);",
  "if (x === undefined) seen(x);",
  "if (!x) seen(x);",
  "if (x) return; seen(x);",
  "if (typeof x === 'undefined') seen(x);",
  "x = null; seen(x);",
  "x = void 0; seen(x);",
  "if (x != null && y) return; if (!x) seen(x);",
  "x = null; y = x; x = y; seen(x);",
  "if (Array.isArray(y) && !x) seen(x);",
])("knows that the value is missing: %s", body => {
  expect(isKnownGone(body)).toBe(true);
});

it.each([
  "seen(x);",
  "if (x) seen(x);",
  "if (x == null) x = {}; seen(x);",
  "if (!x) return; seen(x);",
  "if (x instanceof Map) seen(x);",
  "x = null; if (y) x = {}; if (x) seen(x);",
  "x = null; x = y(); seen(x);",
  "x = null; for (x of y) seen(x);",
  "if (!x) throw y; seen(x);",
  "if (x !== null && x !== undefined) seen(x);",
  "x = y?.a; if (x?.b) seen(x);",
])("does not take it for missing: %s", body => {
  expect(isKnownGone(body)).toBe(false);
});

it("forgets a member where other code may write it, keeps a local, and never follows what no test names", () => {
  const graph = flows.graph("function f(o) { let x = null; o.a = null; seen(o.a, x); other(); seen(x, o.a); }");
  const nullness = nullnessOf(graph, graph.scopes);
  const first = graph.step("seen(o.a, x)");
  const second = graph.step("seen(x, o.a)");
  expect(nullness?.before(first, argumentOf(first.node))?.origins).toHaveLength(1);
  const keys = (step: typeof first): number => nullness?.solution.before(step)?.size ?? 0;
  expect([keys(first), keys(second)]).toEqual([2, 1]);
});

/** The code that crashes, and the branch that leads there. */
function crashes(text: string): readonly string[] {
  const graph: OpenGraph = flows.graph(text);
  return crashesOf(graph, graph.scopes).map(
    ({ node, edge }) => `${node.getText()} ${edge?.node ? `${edge.node.getText()} ${edge.kind}` : "always"}`,
  );
}

it.each([
  ["let x = null; if (y) x = g(); x.a;", "x y false"],
  ["let x; try { x = g(); } catch (e) { log(e); } x.a;", undefined],
  ["if (!y && y.a) z();", "y always"],
  ["const x = y?.a; x.b;", "x always"],
  ["const x = y ? y.a : null; for (const z of x) z();", "x always"],
  ["if (y == null) log(y); y.a;", "y y == null true"],
])("finds what surely crashes: %s", (body, told) => {
  const found = crashes(`function f(y) { ${body} }`);
  expect(found).toHaveLength(1);
  if (told !== undefined) expect(found).toEqual([told]);
});

it.each([
  "let x = null; if (y) x = g(); if (y) x.a;",
  "let x = null; if (y) x = g(); if (z()) x.a;",
  "let x = null; for (const z of y) x = z; x.a;",
  "if (y == null) check(y); y.a;",
  "let x = null; try { x.a; } catch { g(); }",
  "const x = y?.a; if (!x) return; x.b;",
  "let x = null; if (y) x = g(); x?.a;",
  "let x = null; const set = () => { x = g(); }; set(); x.a;",
  "if (!y) return; const x = y?.a; x.b;",
])("is silent where a way leads around: %s", body => {
  expect(crashes(`function f(y) { ${body} }`)).toEqual([]);
});
