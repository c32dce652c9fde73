import { certainParts, isPromise, isThenable } from "@review/analysis";
import { expect, it } from "vitest";
import { answersFor } from "./probe.ts";

const declarations = `
  declare class Deferred extends Promise<number> {}
  declare const lazy: { then(done: (value: number) => void): void };
  declare const fake: { then: string };
  declare const odd: { then(): void };
  declare function generic<T extends Promise<string>>(value: T): T;
`;

it("knows promises, their subclasses and other thenables", () => {
  const text = `${declarations}
    Promise.resolve(1);
    new Deferred(() => {});
    lazy;
    fake;
    odd;
    1;
    ({} as any);
  `;
  const answers = answersFor({ "a.ts": text }, function* ({ checker }, node) {
    const type = yield* checker.typeOf(node);
    return [yield* isThenable(checker, type), yield* isPromise(checker, type)];
  });
  expect(answers).toEqual([
    [true, true],
    [true, true],
    [true, false],
    [false, false],
    [false, false],
    [false, false],
    [false, false],
  ]);
});

it("has no certain parts where any part is uncertain, and looks through type parameters", () => {
  const text = `
    declare const known: string | undefined;
    declare const unsure: unknown;
    known;
    unsure;
    missing;
    function f<T extends "a" | 1, U>(t: T, u: U) { t; u; }
  `;
  const answers = answersFor({ "a.ts": text }, function* ({ checker }, node) {
    return (yield* certainParts(checker, yield* checker.typeOf(node)))?.length;
  });
  expect(answers).toEqual([1, undefined, undefined, 2, undefined]);
});
