import { fixedLocalOf, freshKindOf, isWritten, packageOf, usesOf } from "@review/analysis";
import { expect, it } from "vitest";
import { answersFor } from "./probe.ts";

it("follows a name to its value only where nothing writes it again", () => {
  const text = [
    "const a = 1; let b = 2; let c = 3; let d = 4; var e = 5; let [f] = [6];",
    "c = 7; [d] = [8]; export const g = 9;",
    "a; b; c; d; e; f; g;",
  ].join("\n");
  const answers = answersFor({ "a.ts": text }, function* ({ checker }, node) {
    return (yield* fixedLocalOf(checker, node))?.value.getText();
  });
  expect(answers.slice(2)).toEqual(["1", "2", undefined, undefined, "5", undefined, undefined]);
});

it("finds the uses of a name, not the members and keys that are called the same", () => {
  const text = "let x = 1; ({ x: x, y: 2 }).x; x++; ({ x } = { x: 3 }); for (x of [4]) x;";
  const uses = answersFor({ "a.ts": text }, function* (_, node) {
    return usesOf(node.getSourceFile(), "x").map(isWritten);
  });
  expect(uses[0]).toEqual([false, true, true, true, false]);
});

it("says what is new at every evaluation, and nothing of what may be shared", () => {
  const text = [
    "const make = () => ({ a: 1 }); const shared: object[] = []; const get = () => shared[0] ?? {};",
    "class Plain { a = 1 } class Registered { constructor() { shared.push(this); } } class Derived extends Plain {}",
    "[1]; 'a,b'.split(','); new Date(); new Plain(); make(); Object.freeze([1]); shared ? [] : {};",
    "get(); new Registered(); new Derived(); shared[0]; Object.freeze(shared); 'a'.trim();",
  ].join("\n");
  const answers = answersFor({ "a.ts": text }, ({ checker }, node) => freshKindOf(checker, node));
  expect(answers.slice(1)).toEqual([
    "array",
    "array",
    "`Date`",
    "`Plain`",
    "object",
    "array",
    "array",
    ...Array<undefined>(6),
  ]);
});

it("names the package that an ambient module declares, and none for the project's own", () => {
  const text = 'import { Decimal } from "decimal.js"; class Own {} new Decimal(); new Own();';
  const types = 'declare module "decimal.js" { export class Decimal {} }';
  const answers = answersFor({ "a.ts": text, "types.d.ts": types }, function* ({ checker }, node) {
    const symbol = yield* checker.symbolOfType(yield* checker.typeOf(node));
    return symbol && (yield* packageOf(checker, symbol));
  });
  expect(answers).toEqual(["decimal.js", undefined]);
});
