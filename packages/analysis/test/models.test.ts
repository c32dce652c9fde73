import { createModels, LIBRARIES, mergeModels, type Facts } from "@review/analysis";
import { isCallExpression, isNewExpression } from "@review/program/syntax";
import { expect, it } from "vitest";
import { answersFor } from "./probe.ts";

/** What the tables say of each call or `new` that is a statement. */
function factsFor(text: string, extra: Readonly<Record<string, string>> = {}): readonly (Facts | undefined)[] {
  return answersFor({ "a.ts": text, ...extra }, function* ({ models }, node) {
    return isCallExpression(node) || isNewExpression(node) ? yield* models.of(node) : undefined;
  }) as readonly (Facts | undefined)[];
}

it("finds functions of modules however they are imported, and through re-exports", () => {
  const text = `
    import { readFileSync, promises } from "node:fs";
    import * as fs from "fs";
    import { chained } from "./barrel";
    readFileSync("x");
    fs.readFileSync("x");
    promises.readFile("x");
    chained("x");
    fs.existsSync("x");
    own();
    function own() {}
  `;
  const facts = factsFor(text, { "barrel.ts": `export { readFileSync as chained } from "fs";` });
  expect(facts.map(each => each?.throws)).toEqual(["yes", "yes", "no", "yes", "no", undefined]);
  expect(facts[2]?.rejects).toBe("yes");
});

it("finds globals, their members and constructors, but not a user's own things of the same name", () => {
  const text = `
    JSON.parse("1");
    globalThis.JSON.parse("1");
    setTimeout(() => {}, 5);
    window.setTimeout(() => {}, 5);
    new URL("x");
    new Intl.NumberFormat("de");
    { const JSON = { parse(text: string) { return text; } }; JSON.parse("1"); }
    { class URL {} new URL(); }
  `;
  const facts = factsFor(text);
  expect(facts.map(each => each?.throws)).toEqual(["yes", "yes", "no", "no", "yes", "yes", undefined, undefined]);
  expect(facts[2]?.takes?.["1"]?.unit).toBe("ms");
});

it("finds members of builtins by who declares them, also for heirs", () => {
  const text = `
    class Registry extends Map<string, number> {}
    class Own { get(key: string) { return key; } }
    declare const registry: Registry, own: Own, list: readonly number[], target: HTMLDivElement, anything: any;
    registry.get("a");
    list.map(x => x);
    target.addEventListener("x", () => {});
    "x".match(/x/);
    own.get("a");
    anything.get("a");
  `;
  const facts = factsFor(text);
  expect(facts.map(each => each?.returns?.absent)).toEqual([
    ...["undefined", undefined, undefined, "null"],
    ...[undefined, undefined],
  ]);
  expect(facts[1]?.returns?.fresh).toBe(true);
  expect(facts[2]?.listener?.partners).toEqual(["removeEventListener"]);
});

it("tells the versions of express apart by their types", () => {
  const express = (version: string): string => `
    declare module "express-serve-static-core" {
      export interface Response { send(body: string): this; ${version} }
      export interface IRouter { get(path: string, handler: (request: unknown, response: Response) => unknown): this; }
      export function make(): IRouter;
    }
  `;
  const text = `
    import { make } from "express-serve-static-core";
    const app = make();
    app.get("/", async () => {});
  `;
  const [four] = factsFor(text, { "types.d.ts": express("sendfile(path: string): void;") });
  const [five] = factsFor(text, { "types.d.ts": express("") });
  expect([four?.takes?.["*"]?.promise, five?.takes?.["*"]?.promise]).toEqual(["ignored", "awaited"]);
});

it("adds a user's models to its own, and lets them win", () => {
  const text = `
    import { run, parse } from "our-tools";
    run();
    parse("x");
    JSON.parse("1");
  `;
  const own = [
    { module: "our-tools", members: ["run", "parse"], facts: { throws: "yes", pure: true } },
    { module: "our-tools", members: ["parse"], facts: { throws: "no" } },
    { global: "JSON", members: ["parse"], facts: { throws: "no" } },
  ] as const;
  const facts = answersFor({ "a.ts": text }, function* ({ checker }, node) {
    return isCallExpression(node) ? yield* createModels(checker, own).of(node) : undefined;
  }) as readonly Facts[];
  expect(facts.map(each => [each.throws, each.pure])).toEqual([
    ["yes", true],
    ["no", true],
    ["no", true],
  ]);
});

it("merges without touching the tables that it is given", () => {
  const before = JSON.stringify(LIBRARIES);
  mergeModels(LIBRARIES, [{ global: "", members: ["fetch"], facts: { rejects: "no" } }]);
  expect(JSON.stringify(LIBRARIES)).toBe(before);
});
