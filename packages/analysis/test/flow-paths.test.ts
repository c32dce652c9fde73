import {
  alwaysReaches,
  canReach,
  conditionMemory,
  dominates,
  enteringLoops,
  evidenceOf,
  findPath,
  type PathQuery,
  type Step,
} from "@review/analysis";
import { afterAll, expect, it } from "vitest";
import { openFlows, type OpenGraph } from "./flow-open.ts";

const flows = openFlows();
afterAll(() => flows.close());

const called =
  (name: string) =>
  ({ kind, node }: Step): boolean =>
    kind === "call" && node.getText() === `${name}()`;

/** The evidence of a path from the end of `open()`, line by line. */
function pathIn(graph: OpenGraph, query: Omit<PathQuery, "from">): readonly string[] | undefined {
  const path = findPath(graph, { from: graph.step("open()"), ...query });
  return (
    path && evidenceOf(path, graph.sourceFile, ({ node }) => `At ${node.getText()}.`).map(({ message }) => message)
  );
}

it("finds the branch on which something is forgotten and tells it", () => {
  const graph = flows.graph("function f(a, b) { open(); if (a) { close(); } else if (b) { close(); } }");
  expect(pathIn(graph, { to: "returned", avoiding: called("close") })).toEqual([
    "At open().",
    "`a` is false.",
    "`b` is false.",
  ]);
});

it("finds the exception that leads past it", () => {
  const graph = flows.graph("function f() { open(); g(); close(); }");
  expect(pathIn(graph, { to: "returned", avoiding: called("close") })).toBeUndefined();
  expect(pathIn(graph, { to: "thrown", avoiding: called("close") })).toEqual(["At open().", "`g()` may throw."]);
});

it("has nothing to find where a finally block does it", () => {
  const graph = flows.graph("function f(a) { open(); try { g(); if (a) return; } finally { close(); } }");
  for (const to of ["returned", "thrown"] as const)
    expect(pathIn(graph, { to, avoiding: called("close") })).toBeUndefined();
});

it("does not count exceptions that are not to be counted", () => {
  const graph = flows.graph("function f(a) { open(); a.b; close(); }");
  expect(pathIn(graph, { to: "thrown", avoiding: called("close") })).toEqual(["At open().", "`a.b` may throw."]);
  expect(
    pathIn(graph, { to: "thrown", avoiding: called("close"), throws: ({ kind }) => kind !== "access" }),
  ).toBeUndefined();
});

it("finds a path that has to pass something", () => {
  const graph = flows.graph("function f(a) { open(); for (const x of a) { if (x) again(); } }");
  expect(pathIn(graph, { to: called("again"), through: called("again") })).toEqual([
    "At open().",
    ...["The loop runs for an element.", "`x` is true.", "At again()."],
    ...["The loop runs for an element.", "`x` is true.", "At again()."],
  ]);
});

it("follows the edges that it is told to", () => {
  const graph = flows.graph("function* f() { open(); yield 1; close(); }");
  const query = { to: "returned", avoiding: called("close") } as const;
  expect(pathIn(graph, query)).toEqual(["At open().", "The generator is closed here."]);
  expect(pathIn(graph, { ...query, follows: ({ kind }) => kind !== "abandon" })).toBeUndefined();
});

it("tells every kind of branch", () => {
  const text =
    "async function f(a) { open(); const { b = 1 } = a?.c ?? d; switch (b) { case 2: try { await e; } catch { throw b; } } }";
  expect(pathIn(flows.graph(text), { to: "thrown", through: ({ kind }) => kind === "catch" })).toEqual([
    "At open().",
    "`a` is null or undefined.",
    "The value for `b = 1` is undefined, so the default is used.",
    "`case 2: try { await e; } catch { throw …` is the case.",
    "`await e` may reject.",
    "At catch { throw b; }.",
    "The exception is thrown here.",
  ]);
});

it("does not take a condition both ways, as long as nothing writes its variables", () => {
  const paths = (text: string): boolean => {
    const graph = flows.graph(text);
    const memory = conditionMemory(graph, graph.scopes);
    return (
      findPath(graph, {
        from: graph.step("open()"),
        to: "returned",
        avoiding: called("close"),
        ...(memory && { memory }),
      }) !== undefined
    );
  };
  expect(paths("function f(a) { if (a) open(); if (a) close(); }")).toBe(false);
  expect(paths("function f(a) { if (!a) return; open(); if (a != null) close(); }")).toBe(false);
  expect(paths("function f(a) { if (a === null) return; open(); if (a !== null) close(); }")).toBe(false);
  expect(paths("function f(a, b) { if (a > 1 && b === 'x') { open(); } if (b === 'x') if (a > 1) close(); }")).toBe(
    false,
  );
  expect(paths("function f(a) { if (a) { open(); a = 0; } if (a) close(); }")).toBe(true);
  expect(paths("function f(a) { if (a !== null) open(); if (a !== undefined) close(); }")).toBe(true);
  expect(paths("function f(a) { if (a.b) open(); if (a.b) close(); }")).toBe(true);
  expect(paths("function f(a) { g(() => { a = 0; }); if (a) open(); if (a) close(); }")).toBe(true);
  expect(paths("function f(a) { { const a = g(); if (a) open(); } if (a) close(); }")).toBe(true);
});

it("knows what every path has passed, also inside a block that an exception leaves", () => {
  const graph = flows.graph("function f() { try { g(); h(); } catch { i(); } j(); }");
  expect(dominates(graph, graph.step("g()"), graph.step("h()"))).toBe(true);
  expect(dominates(graph, graph.step("h()"), graph.step("i()"))).toBe(false);
  expect(dominates(graph, graph.step("g()"), graph.step("j()"))).toBe(true);
  expect(canReach(graph, graph.step("i()"), graph.step("j()"))).toBe(true);
  expect(canReach(graph, graph.step("j()"), graph.step("i()"))).toBe(false);
  expect(alwaysReaches(graph, graph.step("g()"), called("j"))).toBe(true);
  expect(alwaysReaches(graph, undefined, called("j"))).toBe(true);
  expect(alwaysReaches(graph, undefined, called("h"))).toBe(false);
});

it("remembers what a literal has set, and on demand also members and what closures write", () => {
  const closes = (text: string, remembered?: "all"): boolean => {
    const graph = flows.graph(text);
    const memory = conditionMemory(graph, graph.scopes, remembered);
    return (
      findPath(graph, { from: graph.step("open()"), to: called("close"), ...(memory && { memory }) }) !== undefined
    );
  };
  expect(closes("function f(a) { let done = false; if (a) { open(); done = true; } if (!done) close(); }")).toBe(false);
  expect(closes("function f(a) { let done = false; if (a) { open(); done = g(); } if (!done) close(); }")).toBe(true);
  const shared = "function f(a) { let done = false; g(() => { done = a; }); open(); done = true; if (!done) close(); }";
  expect([closes(shared), closes(shared, "all")]).toEqual([true, false]);
  const member = "function f(a) { open(); a.done = true; if (!a.done) close(); }";
  expect([closes(member), closes(member, "all")]).toEqual([true, false]);
});

it("enters every loop with a condition on demand", () => {
  const leaves = (loop: string): boolean => {
    const graph = flows.graph(`function f(a, b) { open(); ${loop} }`);
    const query = { from: graph.step("open()"), to: "returned", avoiding: called("close") } as const;
    return findPath(graph, { ...query, memory: enteringLoops(undefined) }) !== undefined;
  };
  expect(leaves("for (let i = 0; i < a; i++) close();")).toBe(false);
  expect(leaves("while (a && b) close();")).toBe(true);
  expect(leaves("while (a) { if (b) close(); }")).toBe(true);
  expect(leaves("for (const x of a) close();")).toBe(true);
});
