import { buildFlow, findPath, flowRootOf, nodesOf, type FlowGraph, type FlowRoot } from "@review/analysis";
import { isIdentifier, type Node } from "@review/program/syntax";
import { afterAll, describe, expect, it } from "vitest";
import { openFlows } from "./flow-open.ts";

const flows = openFlows("a.tsx");
afterAll(() => flows.close());

/** What a function does, without the steps that only read. */
function told(text: string): readonly string[] {
  return flows.graph(text).told.filter(step => !step.startsWith("read"));
}

describe("the order of evaluation", () => {
  it("constructs fields and parameter properties before the body of a base class", () => {
    expect(told("class A { x = f(); static s = g(); constructor(private p: number) { h(); } }")).toEqual([
      "set private p: number",
      "call f()",
      "set x = f();",
      "bind p",
      "call h()",
    ]);
  });

  it("constructs fields after super() in a derived class", () => {
    expect(told("class A extends B { x = f(); constructor() { super(g()); h(); } }")).toEqual([
      "call g()",
      "call super(g())",
      "call f()",
      "set x = f();",
      "call h()",
    ]);
  });

  it("takes a class without constructor for its own", () => {
    expect(told("class A extends B { x = f(); declare y: string; abstract z: string }")).toEqual([
      "call class A extends B { x = f(); declare y: string; abstract z: string }",
      "call f()",
      "set x = f();",
    ]);
  });

  it("evaluates JSX from its tag to its children", () => {
    const text = "const f = () => <A.B x={f()} {...g()} key='k'>text {h()}<i title={k()} /></A.B>;";
    expect(told(text).filter(step => !step.startsWith("compute") && !step.startsWith("return"))).toEqual([
      "access A.B",
      "call f()",
      "call g()",
      "access {...g()}",
      "call h()",
      "call k()",
    ]);
  });

  it("runs namespaces and enums in place and nothing of types and declarations", () => {
    const text =
      "declare const a: number; namespace N { f(); } enum E { A = g() } interface I {} type T = I; declare namespace M { let b: string }";
    expect(told(text)).toEqual(["bind N", "call f()", "call g()", "bind E"]);
  });

  it("calls decorators after what they decorate is defined", () => {
    expect(
      told("function f() { @a() class C { @b() [k()]() {} } }").filter(
        step => step.startsWith("call") || step.startsWith("create"),
      ),
    ).toEqual([
      "call a()",
      "call b()",
      "call k()",
      "call @b()",
      "call @a()",
      "create @a() class C { @b() [k()]() {} }",
    ]);
  });

  it("binds undefined for a `let` without value, and nothing for such a `var`", () => {
    expect(told("function f() { let a; var b; }")).toEqual(["bind a"]);
  });

  it("makes functions before anything runs", () => {
    expect(
      told("function f() { g(); { h(); function h() {} } function g() {} }").map(step => step.slice(0, 15)),
    ).toEqual(["create function", "bind g", "call g()", "create function", "bind h", "call h()"]);
  });
});

describe("branches", () => {
  it("have an edge for what is tested in the end", () => {
    const graph = flows.graph("function f(a, b, c) { if (!(a && (b as any)) || c) g(); }");
    const edges = graph.blocks.flatMap(block =>
      block.next.flatMap(({ kind, node }) => (node ? [`${kind} ${node.getText()}`] : [])),
    );
    expect(edges.sort()).toEqual(["false a", "false b", "false c", "true a", "true b", "true c"]);
  });

  it("lead straight to false where an optional chain ends early", () => {
    const graph = flows.graph("function f(a) { if (a?.b.c) g(); else h(); }");
    const nullish = graph.blocks.flatMap(({ next }) => next).find(({ kind }) => kind === "nullish");
    expect(nullish?.to.steps.map(({ node }) => node.getText())).toEqual(["h", "h()"]);
  });

  it("are none where a literal decides", () => {
    const graph = flows.graph("function f() { while (true) { if (false) g(); h(); } }");
    expect(graph.returned.isReachable).toBe(false);
    expect(graph.told).not.toContain("call g()");
    expect(
      graph.blocks.filter(({ isReachable }) => !isReachable).flatMap(({ steps }) => steps.map(step => step.kind)),
    ).toEqual(["read", "call"]);
  });

  it("take the cases of `switch (true)` for conditions", () => {
    const graph = flows.graph("function f(a, b) { switch (true) { case a && b: g(); } }");
    expect(
      graph.blocks
        .flatMap(({ next }) => next)
        .map(({ kind }) => kind)
        .filter(kind => kind !== "next"),
    ).toEqual(["true", "false", "true", "false"]);
  });
});

describe("what the syntax does not show", () => {
  it("ends a path behind a call that never returns", () => {
    const graph = flows.graph("function f(a) { const b = a ?? fail(); try { exit(); } catch { c(); } g(b); }", {
      endOf: node => ({ "fail()": "throws" as const, "exit()": "exits" as const })[node.getText()],
    });
    expect(graph.told.join()).toContain("call fail()");
    expect(graph.told.join()).not.toContain("call c()");
    expect(graph.told.join()).not.toContain("call g(b)");
  });

  it("goes on behind an assertion with what it has proved", () => {
    const graph = flows.graph("function f(a, b) { assert(a && !b); g(); }", {
      assertedBy: call => (call as Node & { arguments: readonly Node[] }).arguments[0],
    });
    const edges = graph.blocks.flatMap(({ next }) => next).filter(({ kind }) => kind === "true" || kind === "false");
    expect(edges.map(({ kind, node }) => `${kind} ${String(node?.getText())}`).slice(-2)).toEqual([
      "true a",
      "false b",
    ]);
  });
});

describe("limits", () => {
  it("follows sums, calls and else-ifs of any length", () => {
    const many = (part: (index: number) => string, by: string): string =>
      Array.from({ length: 4000 }, (_, index) => part(index)).join(by);
    const text = `function f(a) { ${many(index => `if (a === ${index}) g();`, " else ")} return ${many(() => "a", " + ")}, a${many(() => "", ".b()")}; }`;
    expect(buildFlow(flows.parse(text).statements[0] as FlowRoot)?.blocks.length).toBeGreaterThan(8000);
  });

  it("gives up on what is nested beyond any reason, and on nothing else", () => {
    const root = flows.parse(`function f(a) { return ${"!".repeat(3000)}a; }`).statements[0] as FlowRoot;
    expect(buildFlow(root)).toBeUndefined();
    expect(flows.graph(`function f(a) { return ${"[".repeat(450)}a${"]".repeat(450)}; }`).told).toContain("read a");
  });

  it("shares copies of finally blocks within finally blocks, but loses no way out", () => {
    const nest = (depth: number): string =>
      depth === 0
        ? "f0();"
        : `for (;;) { try { if (a()) return; if (b()) break; if (c()) continue; ${nest(depth - 1)} } finally { ${nest(depth - 1)} f${depth}(); } }`;
    const graph: FlowGraph = flows.graph(`function f() { ${nest(4)} }`);
    expect(graph.blocks.length).toBeLessThan(6000);
    const inner = graph.blocks.find(
      block => block.isReachable && block.steps.some(step => step.node.getText() === "f0()"),
    );
    const from = inner?.steps.find(step => step.kind === "call");
    for (const to of ["returned", "thrown"] as const)
      expect(findPath(graph, { ...(from && { from }), to })).toBeDefined();
  });
});

it("says which function evaluates a node", () => {
  const text = `
    class A { [top1()] = inA(); static s = top2(); static { top3(); } m(x = inM()) { return () => inArrow(); } @top4() n() {} }
    class B { f = inB(); constructor() { inB(); } }
    function g() { inG(); class C { static s = inG(); } }`;
  const calls = [...nodesOf(flows.parse(text))].filter(isIdentifier).filter(({ text }) => /^(?:in|top)/.test(text));
  const rootOf = (node: Node): string => flowRootOf(node).getText().replace(/\s+/g, " ").slice(0, 14).trim();
  expect(Object.fromEntries(calls.map(call => [call.text, rootOf(call)]))).toEqual({
    top1: "class A { [top",
    inA: "class A { [top",
    top2: "class A { [top",
    top3: "class A { [top",
    inM: "m(x = inM()) {",
    inArrow: "() => inArrow(",
    top4: "class A { [top",
    inB: "constructor()",
    inG: "function g() {",
  });
});
