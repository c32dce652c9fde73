import { symlinkSync } from "node:fs";
import { unresolvedImports } from "@review/program";
import { describe, expect, test } from "vitest";
import { open, owner, project, temporaryFolder, typeOf, write } from "./projects.ts";

const withoutRoot = (folder: string, paths: readonly string[]): string[] =>
  paths.map(path => path.replace(`${folder}/`, ""));

describe("a monorepo whose packages are neither built nor linked", () => {
  const files = ["packages/shop/src/checkout.ts", "packages/prices/src/tax.ts"];
  test("gives each file the project of its own package", () => {
    const folder = project("monorepo");
    const { projects } = open(folder, files);
    expect(projects.map(({ plan }) => [plan.configFile, plan.files])).toEqual([
      [`${folder}/packages/prices/tsconfig.json`, [`${folder}/packages/prices/src/tax.ts`]],
      [`${folder}/packages/shop/tsconfig.json`, [`${folder}/packages/shop/src/checkout.ts`]],
    ]);
    expect(new Set(projects.map(({ id }) => id)).size).toBe(2);
  });

  test("reads a package of the workspace from its source, by every kind of entry point", () => {
    const folder = project("monorepo");
    const { projects } = open(folder, files);
    const shop = `${folder}/packages/shop/src/checkout.ts`;
    expect(typeOf(projects, shop, "price")).toBe("Price");
    expect(typeOf(projects, shop, "taxed")).toBe("Promise<Price>");
    expect(typeOf(projects, shop, "euro")).toBe("100");
    expect(unresolvedImports(owner(projects, shop))).toEqual([
      { specifier: "@market/ghost", kind: "package", count: 1 },
    ]);
  });

  test("finds a configuration that is extended from a package of the workspace", () => {
    const folder = project("monorepo");
    const { projects, problems } = open(folder, files);
    expect(typeOf(projects, `${folder}/packages/shop/src/checkout.ts`, "first")).toBe("number | undefined");
    expect(problems).toEqual([]);
  });

  test("names a package that has neither build nor source once, and those that are not installed once", () => {
    const folder = project("monorepo");
    const { notes } = open(folder, files);
    expect(notes.map(({ kind, packages }) => [kind, packages])).toEqual([
      ["unresolved-package", ["@market/ghost"]],
      ["not-installed", ["left-behind"]],
    ]);
    expect(notes[0]?.file).toBe(`${folder}/package.json`);
  });

  test("leaves a package alone that is linked and built", () => {
    const folder = write(project("monorepo"), {
      "packages/shop/node_modules/@market/keep": "",
      "packages/prices/dist/index.d.ts": `export declare const free: "built";`,
    });
    symlinkSync(`${folder}/packages/prices`, `${folder}/packages/shop/node_modules/@market/prices`, "junction");
    const { projects } = open(folder, files);
    const shop = `${folder}/packages/shop/src/checkout.ts`;
    expect(typeOf(projects, shop, "price")).toBe(`"built"`);
    expect(typeOf(projects, shop, "euro")).toBe("100");
  });

  test("leaves a released version alone that is installed instead", () => {
    const folder = write(project("monorepo"), {
      "packages/shop/node_modules/@market/prices/package.json": `{ "name": "@market/prices", "types": "index.d.ts" }`,
      "packages/shop/node_modules/@market/prices/index.d.ts": `export declare const free: "released";`,
    });
    const { projects } = open(folder, files);
    expect(typeOf(projects, `${folder}/packages/shop/src/checkout.ts`, "price")).toBe(`"released"`);
  });

  test("reads the packages that pnpm-workspace.yaml lists", () => {
    const folder = write(temporaryFolder(), {
      "pnpm-workspace.yaml": `# comment\npackages:\n  - "libs/**" # all\n  - '!libs/**/examples'\n\ncatalog:\n  typescript: ^5.2.0\n`,
      "package.json": `{ "devDependencies": { "typescript": "catalog:" } }`,
      "libs/deep/core/package.json": `{ "name": "core", "main": "lib/core.js" }`,
      "libs/deep/core/source/core.ts": `export const wrong = 1;`,
      "libs/deep/core/src/core.ts": `export const core = 1 as const;`,
      "app/tsconfig.json": `{}`,
      "app/main.ts": `import { core } from "core"; export const used = core; export const none = [1].find(Boolean);`,
    });
    const { projects } = open(folder, ["app/main.ts"]);
    expect(typeOf(projects, `${folder}/app/main.ts`, "used")).toBe("1");
    expect(typeOf(projects, `${folder}/app/main.ts`, "none")).toBe("number");
  });
});

describe("a solution of referenced projects", () => {
  const files = ["app/src/main.ts", "app/src/main.spec.ts", "library/source/load.ts", "library/source/retry.ts"];
  test("gives each file the referenced project that includes it, though references run in a circle", () => {
    const folder = project("solution-references");
    const { projects, problems } = open(folder, files);
    expect(problems).toEqual([]);
    expect(projects.map(({ plan }) => withoutRoot(folder, [plan.configFile ?? "", ...plan.files]))).toEqual([
      ["app/tsconfig.spec.json", "app/src/main.spec.ts"],
      ["app/tsconfig.app.json", "app/src/main.ts"],
      ["library/tsconfig.json", "library/source/load.ts", "library/source/retry.ts"],
    ]);
  });

  test("gives a file to the project that lists the file that imports it", () => {
    const folder = project("solution-references");
    const { projects } = open(folder, ["library/source/retry.ts"]);
    expect(projects[0]?.plan.configFile).toBe(`${folder}/library/tsconfig.json`);
  });

  test("keeps each project's own options", () => {
    const folder = project("solution-references");
    const { projects } = open(folder, files);
    expect(typeOf(projects, `${folder}/app/src/main.ts`, "letter")).toBe("string | undefined");
    expect(typeOf(projects, `${folder}/app/src/main.spec.ts`, "letter")).toBe("string");
    expect(typeOf(projects, `${folder}/app/src/main.spec.ts`, "spied")).toBe("Promise<string>");
  });

  test("reads a referenced package from its source although only its build is named", () => {
    const folder = write(project("solution-references"), {
      "library/package.json": `{ "name": "library", "types": "build/types/load.d.ts" }`,
      "app/src/named.ts": `import { load } from "library"; export const named = load("x");`,
    });
    write(folder, { "app/node_modules/.keep": "" });
    symlinkSync("../../library", `${folder}/app/node_modules/library`, "junction");
    const { projects } = open(folder, ["app/src/named.ts"]);
    expect(typeOf(projects, `${folder}/app/src/named.ts`, "named")).toBe("Promise<string>");
  });
});

describe("path aliases", () => {
  const files = ["src/app.ts", "test/app.test.ts", "test/helper.js"];
  test("hold through several extended configurations and configDir", () => {
    const folder = project("path-aliases");
    const { projects } = open(folder, files);
    expect(typeOf(projects, `${folder}/src/app.ts`, "one")).toBe("number | undefined");
    expect(typeOf(projects, `${folder}/src/app.ts`, "two")).toBe("number | undefined");
  });

  test("hold for files that the configuration leaves out, as do its global declarations", () => {
    const folder = project("path-aliases");
    const { projects } = open(folder, files);
    expect(owner(projects, `${folder}/test/app.test.ts`).plan.configFile).toBeUndefined();
    expect(typeOf(projects, `${folder}/test/app.test.ts`, "tested")).toBe("number | undefined");
    expect(typeOf(projects, `${folder}/test/app.test.ts`, "build")).toBe("number");
    expect(typeOf(projects, `${folder}/test/helper.js`, "size")).toBe("number");
  });

  test("never turn on the checking of JavaScript", () => {
    const { projects } = open(project("path-aliases"), files);
    expect(projects.map(({ plan }) => plan.options.checkJs)).toEqual([undefined, undefined]);
  });
});

describe("a project for an older TypeScript", () => {
  const old = (): string =>
    write(project("old-typescript"), {
      "node_modules/@types/nearby/index.d.ts": `declare const nearby: "global";`,
      "node_modules/both/package.json": `{ "name": "both", "types": "main.d.ts", "exports": { ".": { "types": "./new.d.ts" } } }`,
      "node_modules/both/main.d.ts": `export declare const entry: "main";`,
      "node_modules/both/new.d.ts": `export declare const entry: "exports";`,
      "node_modules/both/deep/inner.d.ts": `export declare const inner: "deep";`,
      "src/uses.ts": `import { entry } from "both"; import { inner } from "both/deep/inner";
        export const a = nearby; export const b = entry; export const c = inner;`,
    });

  test("resolves imports through baseUrl, and paths from there", () => {
    const folder = old();
    const { projects, problems } = open(folder, ["src/main.ts"]);
    const main = `${folder}/src/main.ts`;
    expect(problems).toEqual([]);
    expect(typeOf(projects, main, "orders")).toBe("Order[]");
    expect(typeOf(projects, main, "paid")).toBe(`"EUR"`);
    expect(unresolvedImports(owner(projects, main))).toEqual([]);
  });

  test("may write its paths without a leading dot", () => {
    const folder = write(temporaryFolder(), {
      "tsconfig.json": `{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }`,
      "src/a.ts": "export const a = 1 as const;",
      "b.ts": `import { a } from "@/a"; import { a as same } from "src/a"; export const b = a; export const c = same;`,
    });
    const { projects } = open(folder, ["b.ts"]);
    expect(["b", "c"].map(name => typeOf(projects, `${folder}/b.ts`, name))).toEqual(["1", "1"]);
    expect(owner(projects, `${folder}/b.ts`).program.getProgramDiagnostics()).toEqual([]);
  });

  test("is not strict unless it says so", () => {
    const folder = old();
    const { projects } = open(folder, ["src/main.ts"]);
    expect(typeOf(projects, `${folder}/src/main.ts`, "first")).toBe("Order");
    expect(owner(projects, `${folder}/src/main.ts`).program.getProgramDiagnostics()).toEqual([]);
  });

  test("sees every @types package, and packages as node10 resolved them", () => {
    const folder = old();
    const { projects } = open(folder, ["src/uses.ts"]);
    const uses = `${folder}/src/uses.ts`;
    expect(["a", "b", "c"].map(name => typeOf(projects, uses, name))).toEqual([`"global"`, `"main"`, `"deep"`]);
  });

  test("is told by the installed version before the declared one", () => {
    const files = { "tsconfig.json": "{}", "a.ts": "export const a = [1].find(Boolean);" };
    const typescript = (version: string): Record<string, string> => ({
      "node_modules/typescript/package.json": `{ "version": "${version}" }`,
    });
    const typeWith = (more: Record<string, string>): string => {
      const folder = write(temporaryFolder(), { ...files, ...more });
      return typeOf(open(folder, ["a.ts"]).projects, `${folder}/a.ts`, "a");
    };
    const declares = (range: string): Record<string, string> => ({
      "package.json": `{ "devDependencies": { "typescript": "${range}" } }`,
    });
    expect(typeWith({ ...declares("^7.0.0"), ...typescript("5.4.2") })).toBe("number");
    expect(typeWith({ ...declares("^4.0.0"), ...typescript("6.0.3") })).toBe("number | undefined");
    expect(typeWith(declares("latest"))).toBe("number | undefined");
    expect(typeWith({})).toBe("number | undefined");
    expect(typeWith({ "tsconfig.json": `{ "compilerOptions": { "downlevelIteration": true } }` })).toBe("number");
  });
});

describe("files without a tsconfig", () => {
  test("are grouped by package, so that each sees what is near it", () => {
    const folder = project("no-tsconfig");
    const { projects } = open(folder, ["greet.ts", "names.js", "tools/build.cts", "tools/path.cjs"]);
    expect(projects.map(({ plan }) => [plan.configFile, withoutRoot(folder, plan.files)])).toEqual([
      [undefined, ["greet.ts", "names.js"]],
      [undefined, ["tools/build.cts", "tools/path.cjs"]],
    ]);
  });

  test("get strict types, also through JavaScript and require", () => {
    const folder = project("no-tsconfig");
    const { projects } = open(folder, ["greet.ts", "names.js", "page.jsx", "tools/build.cts"]);
    expect(typeOf(projects, `${folder}/greet.ts`, "greetings")).toBe("string[]");
    expect(typeOf(projects, `${folder}/greet.ts`, "first")).toBe("string | undefined");
    expect(typeOf(projects, `${folder}/tools/build.cts`, "target")).toBe(`"out"`);
  });

  test("do not share the names of their scripts", () => {
    const folder = project("no-tsconfig");
    const { projects } = open(folder, ["first-script.js", "second-script.js"]);
    expect(typeOf(projects, `${folder}/first-script.js`, "total")).toBe("1");
    expect(typeOf(projects, `${folder}/second-script.js`, "total")).toBe(`"one"`);
  });

  test("see the @types packages of the folders above them", () => {
    const folder = write(project("no-tsconfig"), {
      "node_modules/@types/nearby/index.d.ts": `declare const nearby: "global";`,
      "tools/global.ts": `export const seen = nearby;`,
    });
    const { projects } = open(folder, ["tools/global.ts"]);
    expect(typeOf(projects, `${folder}/tools/global.ts`, "seen")).toBe(`"global"`);
  });
});

describe("JavaScript with a jsconfig", () => {
  test("has types from JSDoc and require, and what the jsconfig leaves out has them too", () => {
    const folder = project("javascript-only");
    const { projects } = open(folder, ["garden.js", "plants/tomato.js", "scripts/count.mjs"]);
    expect(owner(projects, `${folder}/garden.js`).plan.configFile).toBe(`${folder}/jsconfig.json`);
    expect(typeOf(projects, `${folder}/garden.js`, "days")).toBe("Promise<number>");
    expect(typeOf(projects, `${folder}/garden.js`, "height")).toBe("number");
    expect(typeOf(projects, `${folder}/scripts/count.mjs`, "count")).toBe("number[]");
  });

  test("leaves TypeScript that a nearer tsconfig excludes to that one's options", () => {
    const folder = write(temporaryFolder(), {
      "jsconfig.json": "{}",
      "package/package.json": "{}",
      "package/tsconfig.json": `{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } }, "include": ["src"] }`,
      "package/src/a.ts": "export const a = 1 as const;",
      "package/test/b.ts": `import { a } from "~/a"; export const b = a;`,
    });
    const { projects } = open(folder, ["package/test/b.ts"]);
    expect(typeOf(projects, `${folder}/package/test/b.ts`, "b")).toBe("1");
  });
});

describe("a project that is given", () => {
  test("is used for every file that it includes, and for others that its compiler accepts", () => {
    const folder = project("path-aliases");
    const given = { project: `${folder}/tsconfig.json` };
    const { projects } = open(folder, ["src/app.ts", "test/app.test.ts", "test/helper.js"], given);
    expect(projects.map(({ plan }) => [plan.configFile, withoutRoot(folder, plan.files)])).toEqual([
      [`${folder}/tsconfig.json`, ["src/app.ts", "test/app.test.ts"]],
      [undefined, ["test/helper.js"]],
    ]);
  });

  test("is named when it is not there, and every file keeps its own", () => {
    const folder = project("path-aliases");
    const { projects, problems } = open(folder, ["src/app.ts"], { project: `${folder}/tsconfig.gone.json` });
    expect(problems.map(({ file }) => file)).toEqual([`${folder}/tsconfig.gone.json`]);
    expect(projects[0]?.plan.configFile).toBe(`${folder}/tsconfig.json`);
  });
});
