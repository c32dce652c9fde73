import { mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { open, project, temporaryFolder, typeOf, write } from "./projects.ts";

describe("broken configurations", () => {
  test("are named, each with its reason, and their files keep their types", () => {
    const folder = project("broken-tsconfig");
    const files = readdirSync(folder).map(name => `${name}/a.ts`);
    const { projects, problems } = open(folder, files);
    expect(
      problems.map(({ file, reason }) => `${file.replace(`${folder}/`, "")}: ${reason.replace(folder, "")}`),
    ).toEqual([
      "circular-extends/tsconfig.json: Its `extends` leads back to itself.",
      "missing-extends/tsconfig.json: Cannot read file '/missing-extends/nowhere.json'.",
      "missing-reference/tsconfig.json: Refers to `/gone`, which is not there.",
      "not-an-object/tsconfig.json: The root value of a 'tsconfig.json' file must be an object.",
      "truncated/tsconfig.json: '}' expected.",
    ]);
    expect(files.map(file => typeOf(projects, `${folder}/${file}`, "answer"))).toEqual(files.map(() => "number[]"));
  });

  test("that are folders are named", () => {
    const folder = write(temporaryFolder(), { "tsconfig.json/readme": "", "a.ts": "export const a = 1;" });
    const { projects, problems } = open(folder, ["a.ts"]);
    expect(problems.map(({ file }) => file)).toEqual([`${folder}/tsconfig.json`]);
    expect(typeOf(projects, `${folder}/a.ts`, "a")).toBe("1");
  });

  test("are named when it is the extended one that is broken", () => {
    const folder = write(temporaryFolder(), {
      "base.json": `{ "compilerOptions": { "strict": true, `,
      "tsconfig.json": `{ "extends": "./base.json" }`,
      "a.ts": "export const a = 1;",
    });
    const { problems } = open(folder, ["a.ts"]);
    expect(problems).toHaveLength(1);
  });

  test("with options that the compiler does not know are no problem", () => {
    const folder = write(temporaryFolder(), {
      "tsconfig.json": `{ "compilerOptions": { "target": "es3", "charset": "utf8", "lib": ["es1999"] } }`,
      "a.ts": "export const a = [1].length;",
    });
    const { projects, problems } = open(folder, ["a.ts"]);
    expect(problems).toEqual([]);
    expect(typeOf(projects, `${folder}/a.ts`, "a")).toBe("number");
  });
});

describe("files that cannot be used", () => {
  test("are named, and everything else is opened", () => {
    const folder = write(temporaryFolder(), {
      "good.ts": `import "./deep"; export const good = 1;`,
      "deep.ts": `export const deep = ${"[".repeat(20_000)}${"]".repeat(20_000)};`,
      "tsconfig.json": "{}",
    });
    mkdirSync(`${folder}/folder.ts`);
    const { projects, problems } = open(folder, ["good.ts", "deep.ts", "folder.ts", "gone.ts"]);
    expect(problems).toEqual([
      { file: `${folder}/deep.ts`, reason: "Nested deeper than 500 brackets, which the compiler does not survive." },
      { file: `${folder}/folder.ts`, reason: "Is a directory." },
      { file: `${folder}/gone.ts`, reason: "There is no such file." },
    ]);
    expect(projects.map(({ plan }) => plan.files)).toEqual([[`${folder}/good.ts`]]);
    expect(typeOf(projects, `${folder}/good.ts`, "good")).toBe("1");
  });

  test("because of their syntax are still analysed, and named", () => {
    const folder = project("broken-tsconfig");
    const { projects, problems } = open(folder, ["sound/a.ts", "sound/syntax-error.ts"]);
    expect(problems).toEqual([
      { file: `${folder}/sound/syntax-error.ts`, reason: "Syntax error in line 3: Expression expected." },
    ]);
    expect(typeOf(projects, `${folder}/sound/syntax-error.ts`, "after")).toBe("number");
  });

  test("are all of them, and the session is still a session", () => {
    const { projects, problems } = open(temporaryFolder(), ["gone.ts"]);
    expect(projects).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});

describe("symbolic links", () => {
  const linked = (): string => {
    const folder = write(temporaryFolder(), {
      "real/tsconfig.json": `{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } }, "include": ["src"] }`,
      "real/src/a.ts": "export const a = 1 as const;",
      "real/src/b.ts": `import { a } from "~/a"; export const b = a;`,
    });
    symlinkSync(`${folder}/real`, `${folder}/project-link`, "junction");
    mkdirSync(`${folder}/elsewhere`);
    symlinkSync(`${folder}/real/src`, `${folder}/elsewhere/source-link`, "junction");
    return folder;
  };

  test("above the configuration are followed under the name that was given", () => {
    const folder = linked();
    const { projects } = open(folder, ["project-link/src/b.ts"]);
    expect(projects[0]?.plan.configFile).toBe(`${folder}/project-link/tsconfig.json`);
    expect(typeOf(projects, `${folder}/project-link/src/b.ts`, "b")).toBe("1");
  });

  test("from outside lead to the project of the real file, whose name is told", () => {
    const folder = linked();
    const { projects, aliases } = open(folder, ["elsewhere/source-link/b.ts", "real/src/b.ts"]);
    const real = realpathSync.native(`${folder}/real/src/b.ts`).replaceAll("\\", "/");
    expect([...aliases]).toEqual([[`${folder}/elsewhere/source-link/b.ts`, real]]);
    expect(projects.map(({ plan }) => plan.files)).toEqual([[real]]);
    expect(typeOf(projects, real, "b")).toBe("1");
  });

  test("may be used for laid texts", () => {
    const folder = linked();
    const session = open(folder, ["elsewhere/source-link/b.ts"]);
    const laid = session.withTexts(new Map([[`${folder}/elsewhere/source-link/b.ts`, "export const b = true;"]]));
    expect(typeOf(laid, `${folder}/real/src/b.ts`, "b")).toBe("true");
  });
});

test("a compiler killed from another thread during a question makes the question throw", async () => {
  const session = open(write(temporaryFolder(), { "a.ts": "export const a = 1;" }), ["a.ts"]);
  const killer = new Worker(
    `const { workerData } = require("node:worker_threads"); setTimeout(() => process.kill(workerData, "SIGKILL"), 100);`,
    { eval: true, workerData: session.pid },
  );
  await new Promise(resolve => killer.once("online", resolve));
  const deep = `export const e = ${"(".repeat(6_000)}1${")".repeat(6_000)};`;
  const question = (): unknown => {
    for (;;) session.api.transpileModule(deep, { fileName: "e.ts" });
  };
  expect(question).toThrow(/EOF|EPIPE|EBADF/);
  await killer.terminate();
});
