import { solve, type FlowClient, type Step } from "@review/analysis";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { openFlows } from "./flow-open.ts";
import { programs } from "./flow-programs.ts";

const flows = openFlows("a.js");
afterAll(() => flows.close());

type Names = ReadonlySet<string>;

/** The calls that may have happened: as they are written. */
const mayHaveCalled: FlowClient<Names> = {
  initial: new Set(),
  join: (one, other) => new Set([...one, ...other]),
  equals: (one, other) => one.size === other.size,
  transfer: (step, state) => (step.kind === "call" ? new Set([...state, step.node.getText()]) : state),
};

const sorted = (names: Names | undefined): readonly string[] | undefined => names && [...names].sort();

it("joins what comes together", () => {
  const graph = flows.graph("function f(a) { if (a) b(); else c(); d(); }");
  const solution = solve(graph, mayHaveCalled);
  expect(sorted(solution?.before(graph.step("d()")))).toEqual(["b()", "c()"]);
  expect(sorted(solution?.after(graph.step("d()")))).toEqual(["b()", "c()", "d()"]);
  expect(sorted(solution?.before(graph.step("c()")))).toEqual([]);
});

it("hands the states around every step that throws to the handler", () => {
  const graph = flows.graph("function f() { try { a(); b(); } catch { c(); } }");
  expect(sorted(solve(graph, mayHaveCalled)?.before(graph.step("c()")))).toEqual(["a()", "b()"]);
  const onlyBefore = solve(graph, { ...mayHaveCalled, thrown: (_, without) => without });
  expect(sorted(onlyBefore?.before(graph.step("c()")))).toEqual(["a()"]);
  const never = solve(graph, { ...mayHaveCalled, thrown: () => undefined });
  expect(never?.before(graph.step("c()"))).toBeUndefined();
});

it("follows no edge that its client rules out", () => {
  const graph = flows.graph("function f(a) { if (a) b(); c(); }");
  const solution = solve(graph, { ...mayHaveCalled, edge: ({ kind }, state) => (kind === "true" ? undefined : state) });
  expect(solution?.before(graph.step("b()"))).toBeUndefined();
  expect(sorted(solution?.atStart(graph.returned))).toEqual(["c()"]);
});

/** Names that may still be read. */
const live: FlowClient<Names> = {
  ...mayHaveCalled,
  direction: "backward",
  transfer: ({ kind, node }, state) => {
    const name = node.getText();
    if (kind === "read") return new Set([...state, name]);
    return kind === "write" || kind === "bind" ? new Set([...state].filter(each => each !== name)) : state;
  },
};

it("goes backward, from both ends and from endless loops", () => {
  const graph = flows.graph("function f(a, b) { try { a(); a = 1; g(); } catch { h(a); } while (a) a = b; }");
  const solution = solve(graph, live);
  expect(sorted(solution?.after(graph.step("a()")))).toEqual(["b", "g", "h"]);
  expect(sorted(solution?.before(graph.step("a()")))).toEqual(["a", "b", "g", "h"]);
  expect(sorted(solution?.before(graph.step("h(a)")))).toEqual(["a", "b"]);
  const endless = flows.graph("function f(a) { for (;;) { a = a + 1; } }");
  expect(sorted(solve(endless, live)?.atStart(endless.entry))).toEqual([]);
  expect(sorted(solve(endless, live)?.before(endless.step("a + 1")))).toEqual([]);
  expect(sorted(solve(endless, live)?.after(endless.step("a", "write")))).toEqual(["a"]);
});

it("comes to an end on a lattice without bound by widening, and gives up without", () => {
  const graph = flows.graph("function f(a) { while (a) b(); c(); }");
  const counting: FlowClient<number> = {
    initial: 0,
    join: Math.max,
    equals: Object.is,
    transfer: (step, count) => (step.kind === "call" ? count + 1 : count),
  };
  expect(solve(graph, counting)).toBeUndefined();
  const widened = solve(graph, { ...counting, widen: (before, next) => (next > before ? Infinity : next) });
  expect(widened?.before(graph.step("c()"))).toBe(Infinity);
});

it("agrees with every step's neighbours, in any program", () => {
  fc.assert(
    fc.property(programs(), ({ text }) => {
      const graph = flows.graph(text);
      const solution = solve(graph, mayHaveCalled);
      for (const block of graph.blocks.filter(({ isReachable }) => isReachable)) {
        const states = block.steps.map((step: Step) => [solution?.before(step), solution?.after(step)] as const);
        expect(states.every(([before], index) => index === 0 || before === states[index - 1]?.[1])).toBe(true);
        for (const { to } of block.next) {
          const missing = [...(solution?.atEnd(block) ?? [])].filter(call => !solution?.atStart(to)?.has(call));
          expect(missing, text).toEqual([]);
        }
      }
    }),
    { numRuns: 40, seed: 1 },
  );
});
