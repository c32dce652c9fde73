import { fateAt, fatesUnread } from "@review/analysis";
import { isIdentifier } from "@review/program/syntax";
import { nodesOf, scopesOf } from "@review/analysis";
import { afterAll, describe, expect, it } from "vitest";
import { openFlows } from "./flow-open.ts";

const flows = openFlows();
afterAll(() => flows.close());

/** The fates of the uses of `x` in a function's body, in the order of the text. */
function fates(body: string): readonly string[] {
  const file = flows.parse(`function f(a: any) { let x: any = []; ${body} }`);
  const variable = variableOf(file);
  return (variable?.references ?? []).map(({ node }) => fateAt(node).kind);
}

function isUnread(body: string): boolean {
  const variable = variableOf(flows.parse(`function f(a: any) { let x: any = []; ${body} }`));
  return variable !== undefined && fatesUnread(variable) !== undefined;
}

function variableOf(file: ReturnType<typeof flows.parse>): ReturnType<ReturnType<typeof scopesOf>["variableOf"]> {
  const name = [...nodesOf(file)].find(node => isIdentifier(node) && node.text === "x");
  return name && scopesOf(file).variableOf(name);
}

describe("what becomes of an object", () => {
  it("tells what fills it from what reads it", () => {
    expect(fates("x.push(1); x.a().b(); a && x.push(2); a ? x.c() : 0;")).toEqual(Array(4).fill("called"));
    expect(fates("x.a = 1; x[0]++; delete x.b; x.c ??= 2; [x.d] = a; g(x.e = 3);")).toEqual(Array(6).fill("set"));
    expect(fates("x = []; Object.assign(x, a);")).toEqual(["replaced", "assigned"]);
    expect(fates("return x; g(x); x.a; x.a.push(1); a = x; const n = x.push(1); g(x.n++); for (a of x);")).toEqual(
      Array(8).fill("read"),
    );
    expect(fates("a.forEach(b => x.push(b)); a.on(b => x.push(b)); a.map(() => x);")).toEqual([
      "called",
      "called",
      "read",
    ]);
  });

  it("knows what is read only to fill the same object", () => {
    expect(fates("x.n = x.n + 1;")).toEqual(["set", "fed"]);
    expect(fates("x.set(a, [...(x.get(a) ?? []), 1]);")).toEqual(["called", "fed"]);
    expect(fates("if (!x[a]) { x[a] = 0; }")).toEqual(["fed", "set"]);
    expect(fates("if (!x[a]) g();")).toEqual(["read"]);
    expect(fates("a.n = x.n + 1; x.n = g(x.n);")).toEqual(["read", "set", "read"]);
  });

  it("is unread where no use reads it", () => {
    expect(isUnread("x.push(1); g(() => x.push(2));")).toBe(true);
    expect(isUnread("x.push(1); g(() => x);")).toBe(false);
    expect(isUnread("x.push(1); eval('x');")).toBe(false);
  });
});
