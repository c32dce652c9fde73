import { defineRule, findPath, type FlowGraph, type Rule, type Step } from "@review/analysis";
import { SyntaxKind, type FunctionDeclaration } from "@review/program/syntax";
import { afterAll, expect, it } from "vitest";
import { openTexts, type OpenTexts } from "./open.ts";

const opened: OpenTexts[] = [];
afterAll(() => {
  for (const open of opened) open.close();
});

const HELPERS = `
function fail(): never { throw new Error(); }
async function refuse(): Promise<never> { throw new Error(); }
function assert(value: unknown, message?: string): asserts value { if (!value) throw new Error(message); }
function first<T>(values: T[]): T { return values[0]!; }
function last<T>(): T { return undefined as T; }
declare const g: any, h: any;
export {};
`;

const RULE: Omit<Rule, "id" | "listen"> = {
  summary: "A rule.",
  category: "calls",
  severity: "info",
  preset: "preview",
  since: "0.0.0",
  repair: "None.",
};

interface Seen {
  readonly graphs: readonly (FlowGraph | undefined)[];
  readonly counters: ReturnType<OpenTexts["run"]>["counters"];
}

/** The graphs of the functions named `f`, as two rules get them. */
function graphsOf(text: string): Seen {
  const open = openTexts({ "a.ts": text + HELPERS });
  opened.push(open);
  const graphs: (FlowGraph | undefined)[] = [];
  const rule = (id: string): Rule =>
    defineRule({
      ...RULE,
      id,
      listen: pass => ({
        *[SyntaxKind.FunctionDeclaration](fn: FunctionDeclaration) {
          if (fn.name?.text !== "f") return;
          graphs.push(yield* pass.flow(fn));
          expect(pass.scopes().localsOf(fn)).toBeDefined();
        },
      }),
    });
  const { failures, counters } = open.run([rule("one"), rule("two")]);
  expect(failures).toEqual([]);
  return { graphs, counters };
}

function reachable(graph: FlowGraph | undefined): readonly string[] {
  const steps = graph?.blocks.flatMap((block): readonly Step[] => (block.isReachable ? block.steps : [])) ?? [];
  return steps.filter(({ kind }) => kind === "call").map(({ node }) => node.getText());
}

it("knows from types and names which calls end a path", () => {
  const calls = (body: string): readonly string[] =>
    reachable(graphsOf(`async function f(a: any) { ${body} }`).graphs[0]);
  expect(calls("fail(); g();")).toEqual(["fail()"]);
  expect(calls("await refuse(); g();")).toEqual(["refuse()"]);
  expect(calls("try { fail(); } catch { g(); }")).toEqual(["fail()", "g()"]);
  expect(calls("try { process.exit(1); } catch { g(); } h();")).toEqual(["process.exit(1)"]);
  expect(calls("const process = a; process.exit(1); g();")).toEqual(["process.exit(1)", "g()"]);
  expect(calls("a ? g() : fail(); h();")).toEqual(["fail()", "g()", "h()"]);
  expect(calls("first([]); last(); g();")).toEqual(["first([])", "last()", "g()"]);
});

it("takes what an assertion proves for a branch", () => {
  const { graphs } = graphsOf("function f(a: any) { assert(a && g, 'no'); h(); }");
  const edges = graphs[0]?.blocks
    .flatMap(({ next }) => next)
    .map(({ kind, node }) => `${kind} ${String(node?.getText())}`);
  expect(edges).toEqual(expect.arrayContaining(["true a", "true g"]));
});

it("is built once for all rules, with one question", () => {
  const { graphs, counters } = graphsOf("function f(a: any) { g(); h(); a(); fail(); }");
  expect(graphs).toHaveLength(2);
  expect(graphs[0]).toBe(graphs[1]);
  expect(counters).toMatchObject({ flows: 1, flowsGivenUp: 0 });
  expect(counters.questions).toBeLessThanOrEqual(6);
});

it("is none for a function too deep to be followed, which is counted", () => {
  const { graphs, counters } = graphsOf(`function f(a: any) { return ${"!".repeat(3000)}a; }`);
  expect(graphs).toEqual([undefined, undefined]);
  expect(counters).toMatchObject({ flows: 1, flowsGivenUp: 1 });
});

it("ends a task that would look at too much, counts it, and leaves the others alone", () => {
  const open = openTexts({ "a.ts": `export function f(a: any) { ${"a(); ".repeat(500)} }` });
  opened.push(open);
  const ended: string[] = [];
  const asking = (id: string, times: number): Rule => ({
    ...RULE,
    id,
    listen: pass => ({
      *[SyntaxKind.FunctionDeclaration](fn: FunctionDeclaration) {
        const graph = yield* pass.flow(fn);
        for (let count = 0; graph && count < times; count++) findPath(graph, { to: () => false });
        ended.push(id);
      },
    }),
  });
  const { failures, counters } = open.run([asking("greedy", 1_000_000), asking("modest", 10)]);
  expect({ failures, ended, given: counters.tasksGivenUp }).toEqual({ failures: [], ended: ["modest"], given: 1 });
});
