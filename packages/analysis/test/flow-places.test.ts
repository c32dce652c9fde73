import { isSamePlace, isShared, nodesOf, replaces, stablePlaceOf } from "@review/analysis";
import { isCallExpression, isIdentifier, type Node } from "@review/program/syntax";
import { afterAll, expect, it } from "vitest";
import { openFlows } from "./flow-open.ts";

const flows = openFlows();
afterAll(() => flows.close());

/** Whether the arguments of `same(a, b)` in a text mean the same place. */
function same(text: string): boolean {
  const { scopes, sourceFile } = flows.graph(text);
  const [one, other] = argumentsOf(sourceFile, "same");
  return one !== undefined && other !== undefined && isSamePlace(scopes, one, other);
}

function argumentsOf(root: Node, name: string): readonly Node[] {
  for (const node of nodesOf(root)) {
    if (isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === name) return node.arguments;
  }
  return [];
}

it("knows a member of this by every spelling", () => {
  expect(same(`class A { m() { same(this.items, this!["items"]); } }`)).toBe(true);
  expect(same(`class A { m() { [1].map(() => same(this?.items, (this as any).items)); } }`)).toBe(true);
  expect(same(`class A { m() { same(this.items, this.others); } }`)).toBe(false);
});

it("tells one this from another", () => {
  expect(same(`class A { m() { const a = () => same(this.x, this.x); } }`)).toBe(true);
  const text = `class A { m() { const self = this; return function () { same(self.x, this.x); } } }`;
  expect(same(text)).toBe(false);
});

it("follows constants to the place they were given", () => {
  expect(same(`class A { m() { const list = this.a.list; same(list, this.a.list); } }`)).toBe(true);
  expect(same(`function f(o) { const { list } = o; same(list, o.list); }`)).toBe(false);
  expect(same(`function f(o) { let list = o.list; list = []; same(list, o.list); }`)).toBe(false);
});

it("does not follow a constant whose place is given another object", () => {
  expect(same(`class A { m() { const old = this.list; this.list = []; same(old, this.list); } }`)).toBe(false);
  expect(same(`function f(o) { const old = o.a.list; o.a = {}; same(old, o.a.list); }`)).toBe(false);
});

it("takes a computed member for stable only if its key is", () => {
  expect(same(`function f(o) { const key = "a"; same(o[key], o[key]); }`)).toBe(true);
  expect(same(`function f(o) { let i = 0; i++; same(o[i], o[i]); }`)).toBe(false);
});

it("tells which steps put another value into a place", () => {
  const graph = flows.graph(`function f(o) { use(o.a.b); o.a = 1; o.c = 2; o.a.b.d = 3; delete o.a.b; }`);
  const [argument] = argumentsOf(graph.sourceFile, "use");
  const place = argument && stablePlaceOf(graph.scopes, argument);
  const written = graph.blocks
    .flatMap(({ steps }) => steps)
    .filter(step => place && replaces(graph.scopes, step, place));
  expect(written.map(({ kind, node }) => `${kind} ${node.getText()}`)).toEqual([
    "bind o",
    "set o.a",
    "delete delete o.a.b",
  ]);
});

it("counts members of this and variables of others as shared", () => {
  const graph = flows.graph(`export let n = 0; class A { m() { let own = 1; use(this.x, n, own); } }`);
  const places = argumentsOf(graph.sourceFile, "use").map(node => stablePlaceOf(graph.scopes, node));
  const shared = places.map(place => place && isShared(place, graph.root));
  expect(shared).toEqual([true, true, true]);
  const within = flows.graph(`function m() { let own = 1; use(own, this.x); }`);
  const own = argumentsOf(within.sourceFile, "use").map(node => stablePlaceOf(within.scopes, node));
  expect(own.map(place => place && isShared(place, within.root))).toEqual([false, true]);
});
