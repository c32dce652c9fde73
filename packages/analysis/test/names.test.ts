import { asMethodCall, builtinOf, isGlobal, moduleMemberOf } from "@review/analysis";
import { isCallExpression } from "@review/program/syntax";
import { expect, it } from "vitest";
import { answersFor } from "./probe.ts";

it("tells a global from a name of the user's own", () => {
  const text = `
    Promise;
    globalThis.Promise;
    (Promise as unknown);
    window.Promise;
    { class Promise {} Promise; }
    { const globalThis = { Promise: 1 }; globalThis.Promise; }
    Promise.resolve;
  `;
  expect(answersFor({ "a.ts": text }, ({ checker }, node) => isGlobal(checker, node, "Promise"))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it("follows imports, namespaces, require, destructuring and re-exports to the module that has the member", () => {
  const text = `
    import fs, { readFile as read } from "node:fs";
    import * as path from "path";
    import { chained, own } from "./barrel";
    import type { Stats } from "fs";
    import legacy = require("util");
    const { promises } = require("fs");
    const { join: glue } = path;
    const alias = read;
    read;
    fs.writeFile;
    fs["promises"].readFile;
    path.posix.join;
    chained;
    own;
    legacy.promisify;
    promises.open;
    glue;
    alias;
    require("os").EOL;
    local;
    function local() {}
  `;
  const barrel = `export { readFile as chained } from "fs"; export const own = 1;`;
  expect(
    answersFor({ "a.ts": text, "barrel.ts": barrel }, ({ checker }, node) => moduleMemberOf(checker, node)),
  ).toEqual([
    { module: "fs", name: "readFile" },
    { module: "fs", name: "writeFile" },
    { module: "fs", name: "promises.readFile" },
    { module: "path", name: "posix.join" },
    { module: "fs", name: "readFile" },
    { module: "./barrel", name: "own" },
    { module: "util", name: "promisify" },
    { module: "fs", name: "promises.open" },
    { module: "path", name: "join" },
    { module: "fs", name: "readFile" },
    { module: "os", name: "EOL" },
    undefined,
  ]);
});

it("names the builtin that every possible value of an expression is", () => {
  const text = `
    new Map<string, number>();
    [1, 2];
    [1, "a"] as const;
    "text";
    Math.random() > 0.5 ? new Set<string>() : undefined;
    Math.random() > 0.5 ? new Set<string>() : [1];
    ({} as any);
    { class Map { own = 1 } new Map(); }
  `;
  expect(answersFor({ "a.ts": text }, ({ checker }, node) => builtinOf(checker, node))).toEqual([
    "Map",
    "Array",
    "Array",
    "String",
    "Set",
    undefined,
    undefined,
    undefined,
  ]);
});

it("splits a call of a member into its object and name, however it is written", () => {
  const text = `a.b(); a?.b(); a["b"](); (a.b)(); a[0](); b(); declare const a: any, b: any;`;
  const answers = answersFor({ "a.ts": text }, function* (_pass, node) {
    return isCallExpression(node) ? asMethodCall(node)?.name : undefined;
  });
  expect(answers).toEqual(["b", "b", "b", "b", undefined, undefined]);
});
