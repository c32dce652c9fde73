import {
  constantValue,
  isCondition,
  isDiscarded,
  isSameCode,
  isSameReference,
  mayHaveEffects,
  nodesOf,
} from "@review/analysis";
import { isBinaryExpression, isIdentifier, type Expression } from "@review/program/syntax";
import { expect, it } from "vitest";
import { answersFor } from "./probe.ts";

function* both(node: Expression, test: (left: Expression, right: Expression) => boolean): Generator<never, boolean> {
  return isBinaryExpression(node) && test(node.left, node.right);
}

it("compares references by what they name", () => {
  const text = `
    a == a; a == b; a.b == a.b; a.b == a["b"]; a?.b == a.b; a[0] == a["0"]; a[i] == a[i]; a[i] == a[j];
    this.a == this.a; f() == f(); f().a == f().a; (a!).b == a.b;
    declare const a: any, b: any, i: any, j: any, f: any;
  `;
  expect(answersFor({ "a.ts": text }, (_pass, node) => both(node, isSameReference))).toEqual([
    true,
    false,
    true,
    true,
    true,
    true,
    true,
    false,
    true,
    false,
    false,
    true,
  ]);
});

it("compares code without blanks, comments and brackets, but with operators", () => {
  const text = `
    a+b == a /* sum */ + b; (a) == a; -a == +a; a++ == a--; "x" == "x"; \`a\${b}\` == \`a\${b}\`; \`a\${b}\` == \`b\${b}\`;
    (() => { let c = 1; }) == (() => { const c = 1; }); f(a, b) == f(b, a);
    declare let a: any, b: any, f: any;
  `;
  expect(
    answersFor({ "a.ts": text }, ({ file }, node) =>
      both(node, (left, right) => isSameCode(left, right, file.sourceFile)),
    ),
  ).toEqual([true, true, false, false, true, true, false, false, false]);
});

it("knows where only the truth of a value counts", () => {
  const text = `
    function f(x: any, y: any) {
      if (x) y();
      while (!x) y();
      for (; x; ) y();
      (x as boolean) ? y() : y;
      y(x);
      y(x && 1);
      y(x || y);
      if (y && x) y;
      y[x];
    }
    f;
  `;
  const places = answersFor({ "a.ts": text }, function* ({ file }, node) {
    if (!isIdentifier(node) || node.text !== "f") return undefined;
    return [...nodesOf(file.sourceFile)]
      .filter(isIdentifier)
      .filter(name => name.text === "x")
      .slice(1)
      .map(isCondition);
  });
  expect(places.at(-1)).toEqual([true, true, true, true, false, true, true, true, false]);
});

it("knows which values nobody gets and which expressions may have effects", () => {
  const text = `
    f(); void f(); (f(), 1); a + b; a = 1; a++; new a(); a\`x\`; () => f(); delete a.b;
    declare let a: any, b: any, f: any;
  `;
  const answers = answersFor({ "a.ts": text }, function* (_pass, node) {
    return [isDiscarded(node), mayHaveEffects(node)];
  });
  expect(answers).toEqual([
    [true, true],
    [true, true],
    [true, true],
    [true, false],
    [true, true],
    [true, true],
    [true, true],
    [true, true],
    [true, false],
    [true, true],
  ]);
});

it("folds constants through names, enums, arithmetic and joined text", () => {
  const text = `
    const day = 24 * 60 * 60 * 1000; const name = "a" + 1; let open = 1; const self: any = self;
    enum Level { Low = 3, High = Low + 1 }
    -1; day; name; open; Level.High; 1n; ~5; !0; \`plain\`; Infinity; Math.PI; day / 1000; self;
  `;
  expect(answersFor({ "a.ts": text }, ({ checker }, node) => constantValue(checker, node))).toEqual([
    -1,
    86_400_000,
    "a1",
    undefined,
    4,
    1n,
    -6,
    true,
    "plain",
    Infinity,
    undefined,
    86_400,
    undefined,
  ]);
});
