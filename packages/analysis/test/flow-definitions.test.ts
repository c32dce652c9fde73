import { definitionsReaching, readsReached, type Definition } from "@review/analysis";
import { afterAll, describe, expect, it } from "vitest";
import { openFlows, type OpenGraph } from "./flow-open.ts";

const flows = openFlows();
afterAll(() => flows.close());

/** What reaches the last argument of `use(…)`: sources in the order of the text. */
function reaching(text: string): readonly string[] | undefined {
  const graph = flows.graph(text);
  const call = graph.blocks
    .flatMap(({ steps }) => steps)
    .find(({ kind, node }) => kind === "call" && node.getText().startsWith("use("));
  const read = (call?.node as unknown as { arguments: readonly never[] }).arguments[0] as never;
  return definitionsReaching(graph, graph.scopes, read)?.map(print);
}

function print({ node, source }: Definition): string {
  if (source.kind === "expression") return source.expression.getText();
  return node ? `${source.kind} ${node.getText()}` : source.kind;
}

describe("the definitions that reach a read", () => {
  it("are those of every path", () => {
    expect(reaching("function f(a) { let b = 1; if (a) b = 2; else if (b) b = 3; use(b); }")).toEqual(["1", "2", "3"]);
    expect(reaching("function f(a) { let b; for (const c of a) { use(b); b = c; } }")).toEqual(["undefined b", "c"]);
    expect(reaching("function f(a) { use(a); a = 1; }")).toEqual(["parameter a"]);
    expect(reaching("function f(a) { if (a) var b = 1; use(b); }")).toEqual(["undefined", "1"]);
    expect(reaching("function f(a = 1) { a ??= 2; use(a); }")).toEqual(["parameter a", "other a"]);
  });

  it("hold what was there before each step that throws, in a handler", () => {
    expect(reaching("function f() { let b = 1; try { b = g(); b = 2; h(); b = 3; } catch { use(b); } }")).toEqual([
      "1",
      "2",
    ]);
    expect(reaching("function f() { let b = 1; try { b = 2; b = 3; h(); } finally { use(b); } }")).toEqual(["3"]);
  });

  it("say what they cannot say of patterns, loops and updates", () => {
    expect(reaching("function f(a) { const { b = 1 } = a; use(b); }")).toEqual(["other b"]);
    expect(reaching("function f(a) { let b; [b = 1] = a; use(b); }")).toEqual(["other b"]);
    expect(reaching("function f(a) { for (const b of a) use(b); }")).toEqual(["other b"]);
    expect(reaching("function f() { let b = 1; b++; use(b); }")).toEqual(["other b"]);
    expect(reaching("function f() { try { g(); } catch (b) { use(b); } }")).toEqual(["other b"]);
    expect(reaching("function f() { use(b); function b() {} }")).toEqual(["declaration b"]);
    expect(reaching("const x = function f() { use(f); };")).toEqual(["declaration f"]);
  });

  it("are unknown where other code may write", () => {
    expect(reaching("function f() { let b = 1; g(() => { b = 2; }); use(b); }")).toBeUndefined();
    expect(reaching("function f() { let b = 1; eval('b = 2'); use(b); }")).toBeUndefined();
    expect(reaching("function f() { use(b); }")).toBeUndefined();
    expect(reaching("function f(b) { arguments[0] = 2; use(b); }")).toBeUndefined();
    expect(reaching("function f() { use(b); } let b = 1; export {};")).toBeUndefined();
  });

  it("are known of a constant around the function, and of one that is only read elsewhere", () => {
    expect(reaching("function f() { use(b); } const b = 1; export {};")).toEqual(["1"]);
    expect(reaching("function f() { let b = 1; g(() => b); use(b); }")).toEqual(["1"]);
  });
});

describe("the reads that an assignment reaches", () => {
  const reads = (graph: OpenGraph, value: string): readonly string[] | undefined => {
    const write = graph.blocks
      .flatMap(({ steps }) => steps)
      .find(({ kind, node }) => (kind === "write" || kind === "bind") && node.parent.getText() === value);
    const reads = write && readsReached(graph, graph.scopes, write);
    return reads && [...new Set(reads)].map(({ node }) => node.parent.getText());
  };

  it("end where it is overwritten, but go on into a handler", () => {
    const graph = flows.graph(
      "function f(a) { let b = 1; g(b); if (a) b = 2; try { b = 3; b = h(); k(b); } catch { l(b); } }",
    );
    expect(reads(graph, "b = 1")).toEqual(["g(b)"]);
    expect(reads(graph, "b = 2")).toEqual([]);
    expect(reads(graph, "b = 3")).toEqual(["l(b)"]);
    expect(reads(graph, "b = h()")).toEqual(["k(b)", "l(b)"]);
  });

  it("are unknown where others may read", () => {
    const graph = flows.graph("function f() { let b = 1; g(() => b); }");
    expect(reads(graph, "b = 1")).toBeUndefined();
  });
});
