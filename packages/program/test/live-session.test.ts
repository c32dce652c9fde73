import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type LiveSession, openLiveSession } from "@review/program";
import { afterEach, describe, expect, test, vi } from "vitest";
import { temporaryFolder, typeOf, write } from "./projects.ts";

let session: LiveSession;
afterEach(() => {
  session.close();
});

/** The type of a name in a file that has this text, or the one on disk. */
function typeIn(file: string, name: string, text = readFileSync(file, "utf8")): string {
  const project = session.open(file, text);
  return project ? typeOf([project], file, name) : "none";
}

function start(files: Readonly<Record<string, string>>): string {
  const folder = write(temporaryFolder(), files);
  session = openLiveSession({ cwd: folder });
  return folder;
}

const simple = {
  "tsconfig.json": `{ "include": ["src"] }`,
  "src/a.ts": "export const a = 1;",
  "src/b.ts": `import { a } from "./a"; export const b = a;`,
};

/** Looks at the disk are some way apart. */
const eventually = (assertion: () => void): Promise<void> => vi.waitFor(assertion, { timeout: 10_000, interval: 100 });

describe("the text that is being written", () => {
  test("counts in place of the file on disk, at every keystroke anew", () => {
    const a = `${start(simple)}/src/a.ts`;
    expect(typeIn(a, "a")).toBe("1");
    expect(typeIn(a, "a", "export const a = 12;")).toBe("12");
    expect(typeIn(a, "a", "export const a = [12];")).toBe("number[]");
    expect(typeIn(a, "a")).toBe("1");
  });

  test("is what other files import, saved or not", () => {
    const folder = start(simple);
    expect(typeIn(`${folder}/src/b.ts`, "b")).toBe("1");
    typeIn(`${folder}/src/a.ts`, "a", `export const a = "x";`);
    expect(typeIn(`${folder}/src/b.ts`, "b")).toBe(`"x"`);
    typeIn(`${folder}/src/a.ts`, "a");
    expect(typeIn(`${folder}/src/b.ts`, "b")).toBe("1");
  });

  test("may be that of a file that was never saved, in the project that includes its name", () => {
    const folder = start(simple);
    const text = `import { a } from "../a"; export const n = [a];`;
    expect(typeIn(`${folder}/src/deep/new.ts`, "n", text)).toBe("number[]");
    expect(session.open(`${folder}/src/deep/new.ts`, text)?.plan.configFile).toBe(`${folder}/tsconfig.json`);
  });

  test("may be that of files in no project, one after the other", () => {
    const folder = start({ "package.json": "{}", "one.js": "export const one = 1;" });
    expect(typeIn(`${folder}/one.js`, "one")).toBe("1");
    expect(typeIn(`${folder}/two.js`, "two", `import { one } from "./one.js"; export const two = one;`)).toBe("1");
    expect(typeIn(`${folder}/one.js`, "one")).toBe("1");
  });

  test("is refused when it is nested deeper than the compiler survives", () => {
    const folder = start(simple);
    expect(session.open(`${folder}/src/a.ts`, "[".repeat(20_000))).toBeUndefined();
    expect(typeIn(`${folder}/src/b.ts`, "b")).toBe("1");
  });
});

describe("a project that is opened ahead", () => {
  test("is the one that its files are found in, in the texts that they have by then", () => {
    const folder = start(simple);
    session.prepare(`${folder}/tsconfig.json`);
    const { version } = session;
    expect(typeIn(`${folder}/src/b.ts`, "b")).toBe("1");
    expect(session.version).toBe(version);
    expect(typeIn(`${folder}/src/b.ts`, "b", "export const b = 4;")).toBe("4");
  });

  test("may be one beside the configuration, which only refers to it", () => {
    const folder = start({
      "tsconfig.json": `{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" }] }`,
      "tsconfig.app.json": `{ "include": ["src"] }`,
      "tsconfig.node.json": `{ "files": ["node.ts"] }`,
      "src/a.ts": "export const a = 1;",
      "node.ts": "export const n = 2;",
    });
    session.prepare(`${folder}/tsconfig.json`);
    const { version } = session;
    expect(typeIn(`${folder}/src/a.ts`, "a")).toBe("1");
    expect(session.version).toBe(version);
    expect(typeIn(`${folder}/node.ts`, "n")).toBe("2");
  });

  test("may be missing, broken or empty", () => {
    const folder = start({ ...simple, "empty/tsconfig.json": `{ "files": [] }`, "broken/tsconfig.json": "{" });
    session.prepare(`${folder}/empty/tsconfig.json`);
    session.prepare(`${folder}/broken/tsconfig.json`);
    expect(() => session.prepare(`${folder}/none/tsconfig.json`)).toThrow("none/tsconfig.json");
    expect(typeIn(`${folder}/src/b.ts`, "b")).toBe("1");
  });
});

describe("what others save", () => {
  test("is seen, also in a file that had unsaved text", async () => {
    const folder = start(simple);
    const b = `${folder}/src/b.ts`;
    expect(typeIn(b, "b")).toBe("1");
    writeFileSync(`${folder}/src/a.ts`, "export const a = true;");
    await eventually(() => expect(typeIn(b, "b")).toBe("true"));
    typeIn(`${folder}/src/a.ts`, "a", `export const a = "unsaved";`);
    writeFileSync(`${folder}/src/a.ts`, "export const a = 3n;");
    await eventually(() => expect(typeIn(b, "b")).toBe("3n"));
  });

  test("is seen where files come, go and move into new folders", async () => {
    const folder = start(simple);
    const b = `${folder}/src/b.ts`;
    const text = `import { c } from "./deep/c"; export const b = c;`;
    expect(typeIn(b, "b", text)).toBe("any");
    mkdirSync(`${folder}/src/deep`);
    writeFileSync(`${folder}/src/deep/c.ts`, "export const c = 5;");
    await eventually(() => expect(typeIn(b, "b", text)).toBe("5"));
    rmSync(`${folder}/src/deep/c.ts`);
    await eventually(() => expect(typeIn(b, "b", text)).toBe("any"));
  });

  test("is seen in a tsconfig that others extend", async () => {
    const folder = start({
      "tsconfig.base.json": `{ "compilerOptions": { "strict": true } }`,
      "app/tsconfig.json": `{ "extends": "../tsconfig.base.json" }`,
      "app/a.ts": "declare function f(): string | null; export const a = f();",
    });
    const a = `${folder}/app/a.ts`;
    expect(typeIn(a, "a")).toBe("string | null");
    writeFileSync(`${folder}/tsconfig.base.json`, `{ "compilerOptions": { "strict": false } }`);
    await eventually(() => expect(typeIn(a, "a")).toBe("string"));
  });

  test("is seen in what a tsconfig extends, wherever that is and whatever its name", async () => {
    const folder = start({
      "app/configs/all.json": `{ "extends": ["./strictness"] }`,
      "app/configs/strictness.json": `{ "compilerOptions": { "strict": true } }`,
      "app/tsconfig.json": `{ "extends": "./configs/all.json" }`,
      "app/a.ts": "declare function f(): string | null; export const a = f();",
    });
    const a = `${folder}/app/a.ts`;
    expect(typeIn(a, "a")).toBe("string | null");
    writeFileSync(`${folder}/app/configs/strictness.json`, `{ "compilerOptions": { "strict": false } }`);
    await eventually(() => expect(typeIn(a, "a")).toBe("string"));
  });

  test("is seen in what a tsconfig extends from a package of the workspace, also below a comment that names another", async () => {
    const folder = start({
      "package.json": `{ "workspaces": ["app", "shared"] }`,
      "shared/package.json": `{ "name": "@acme/shared" }`,
      "shared/strictness.json": `{ "compilerOptions": { "strict": true } }`,
      "app/tsconfig.json": `{ /* "extends": "./none.json", */ "extends": "@acme/shared/strictness" }`,
      "app/a.ts": "declare function f(): string | null; export const a = f();",
    });
    mkdirSync(`${folder}/node_modules/@acme`, { recursive: true });
    symlinkSync(`${folder}/shared`, `${folder}/node_modules/@acme/shared`, "junction");
    const a = `${folder}/app/a.ts`;
    expect(typeIn(a, "a")).toBe("string | null");
    writeFileSync(`${folder}/shared/strictness.json`, `{ "compilerOptions": { "strict": false } }`);
    await eventually(() => expect(typeIn(a, "a")).toBe("string"));
  });

  test("is seen when a package is installed", async () => {
    const folder = start({ "tsconfig.json": "{}", "a.ts": `import { p } from "pack"; export const a = p;` });
    const a = `${folder}/a.ts`;
    expect(typeIn(a, "a")).toBe("any");
    write(folder, {
      "node_modules/pack/package.json": `{ "name": "pack", "version": "1.0.0", "types": "index.d.ts" }`,
      "node_modules/pack/index.d.ts": "export declare const p: 7;",
      "node_modules/.package-lock.json": "{}",
    });
    await eventually(() => expect(typeIn(a, "a")).toBe("7"));
  });
});

test("texts laid to try something are gone with the next question", () => {
  const folder = start(simple);
  const b = `${folder}/src/b.ts`;
  typeIn(b, "b");
  expect(typeOf(session.withTexts(new Map([[b, "export const b = 8;"]])), b, "b")).toBe("8");
  expect(typeOf(session.withTexts(new Map()), b, "b")).toBe("1");
  session.withTexts(new Map([[`${folder}/src/a.ts`, "export const a = 9;"]]));
  expect(typeIn(b, "b")).toBe("1");
});

test("more projects than are kept open are opened again when they are asked for", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const folder = start(
    Object.fromEntries(
      names.flatMap((name, index) => [
        [`${name}/tsconfig.json`, "{}"],
        [`${name}/x.ts`, `export const x = ${String(index)};`],
      ]),
    ),
  );
  for (const round of [0, 1])
    for (const [index, name] of names.entries())
      expect(`${String(round)} ${typeIn(`${folder}/${name}/x.ts`, "x")}`).toBe(`${String(round)} ${String(index)}`);
});
