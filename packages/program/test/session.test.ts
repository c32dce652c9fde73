import { writeFileSync } from "node:fs";
import { isCompilerGone, isTooDeep, openSession } from "@review/program";
import { describe, expect, test } from "vitest";
import { open, project, temporaryFolder, typeOf, write } from "./projects.ts";

const simple = (): string =>
  write(temporaryFolder(), {
    "tsconfig.json": `{ "include": ["src"] }`,
    "src/a.ts": "export const a = 1;",
    "src/b.ts": `import { a } from "./a"; export const b = a;`,
  });

describe("laid texts", () => {
  test("change the types of what imports them, and the files on disk come back without them", () => {
    const folder = simple();
    const session = open(folder, ["src/a.ts", "src/b.ts"]);
    const b = `${folder}/src/b.ts`;
    expect(typeOf(session.projects, b, "b")).toBe("1");
    expect(typeOf(session.withTexts(new Map([[`${folder}/src/a.ts`, `export const a = "x";`]])), b, "b")).toBe(`"x"`);
    expect(typeOf(session.withTexts(new Map([[b, "export const b = true;"]])), b, "b")).toBe("true");
    expect(typeOf(session.withTexts(new Map()), b, "b")).toBe("1");
    expect(typeOf(session.projects, b, "b")).toBe("1");
  });

  test("are there from the start when the session is opened with them", () => {
    const folder = simple();
    const texts = new Map([
      [`${folder}/src/a.ts`, `export { c as a } from "./new";`],
      [`${folder}/src/new.ts`, "export const c = [true];"],
    ]);
    const session = open(folder, ["src/b.ts", "src/new.ts"], { texts });
    expect(session.problems).toEqual([]);
    expect(session.projects.map(({ plan }) => plan.configFile)).toEqual([`${folder}/tsconfig.json`]);
    expect(typeOf(session.projects, `${folder}/src/b.ts`, "b")).toBe("boolean[]");
    expect(typeOf(session.projects, `${folder}/src/new.ts`, "c")).toBe("boolean[]");
  });

  test("bring new files into the project that includes their names, or into one of their own", () => {
    const folder = simple();
    const session = open(folder, ["src/b.ts"]);
    const projects = session.withTexts(
      new Map([
        [`${folder}/src/deep/er/new.ts`, `import { a } from "../../a"; export const n = [a];`],
        [`${folder}/scripts/loose.js`, "export const loose = 2;"],
      ]),
    );
    expect(typeOf(projects, `${folder}/src/deep/er/new.ts`, "n")).toBe("number[]");
    expect(typeOf(projects, `${folder}/scripts/loose.js`, "loose")).toBe("2");
    expect(projects.map(({ plan }) => plan.configFile)).toEqual([`${folder}/tsconfig.json`, undefined]);
  });

  test("remove a file when they are undefined", () => {
    const folder = simple();
    const session = open(folder, ["src/a.ts", "src/b.ts"]);
    const projects = session.withTexts(new Map([[`${folder}/src/a.ts`, undefined]]));
    expect(projects[0]?.plan.files).toEqual([`${folder}/src/b.ts`]);
    expect(projects[0]?.program.getSourceFile(`${folder}/src/a.ts`)).toBeUndefined();
    expect(typeOf(projects, `${folder}/src/b.ts`, "b")).toBe("any");
  });

  test("never reach the compiler when they are nested too deep", () => {
    const folder = simple();
    const session = open(folder, ["src/a.ts", "src/b.ts"]);
    const deep = `export const a = ${"[".repeat(20_000)}${"]".repeat(20_000)};`;
    const projects = session.withTexts(new Map([[`${folder}/src/a.ts`, deep]]));
    expect(projects[0]?.plan.files).toEqual([`${folder}/src/b.ts`]);
  });
});

test("positions count UTF-16 units from after the byte order mark", () => {
  const folder = write(temporaryFolder(), { "a.ts": `\uFEFFconst s = "😀"; export const after = s;` });
  const session = open(folder, ["a.ts"]);
  const file = session.projects[0]?.program.getSourceFile(`${folder}/a.ts`);
  expect(file?.text.startsWith("const")).toBe(true);
  expect(file?.statements[1]?.getStart(file)).toBe(`const s = "😀"; `.length);
  const laid = session.withTexts(new Map([[`${folder}/a.ts`, `\uFEFFexport const a = 1;`]]));
  expect(laid[0]?.program.getSourceFile(`${folder}/a.ts`)?.statements[0]?.getStart()).toBe(0);
});

describe("a compiler that is gone", () => {
  test("leaves another compiler alone that has got its pipes", async () => {
    const folder = simple();
    const b = `${folder}/src/b.ts`;
    const first = open(folder, ["src/b.ts"]);
    process.kill(first.pid ?? 0, "SIGKILL");
    await expect.poll(() => isRunning(first.pid ?? 0)).toBe(false);
    const second = open(folder, ["src/b.ts"]);
    expect(() => typeOf(first.projects, b, "b")).toThrow(expect.toSatisfy(isCompilerGone) as Error);
    first.close();
    expect(typeOf(second.projects, b, "b")).toBe("1");
    expect(typeOf(second.withTexts(new Map([[b, "export const b = true;"]])), b, "b")).toBe("true");
  });

  test("makes every later question throw an error that says so", () => {
    const folder = simple();
    const session = open(folder, ["src/b.ts"]);
    const b = `${folder}/src/b.ts`;
    process.kill(session.pid ?? 0, "SIGKILL");
    expect(() => typeOf(session.projects, b, "b")).toThrow(expect.toSatisfy(isCompilerGone) as Error);
    expect(() => session.withTexts(new Map([[b, ""]]))).toThrow(expect.toSatisfy(isCompilerGone) as Error);
  });

  test("closes without an error, as often as it is asked to", async () => {
    const folder = simple();
    const session = openSession({ cwd: folder, files: [`${folder}/src/b.ts`] });
    process.kill(session.pid ?? 0, "SIGKILL");
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(() => typeOf(session.projects, `${folder}/src/b.ts`, "b")).toThrow(
      expect.toSatisfy(isCompilerGone) as Error,
    );
    session.close();
    session.close();
  });

  test("is told from a question that was wrong", () => {
    const session = open(simple(), ["src/b.ts"]);
    expect(() => session.api.parseConfigFile("/nowhere/tsconfig.json")).toThrow(
      expect.toSatisfy(error => !isCompilerGone(error)) as Error,
    );
    expect(isCompilerGone("EOF")).toBe(false);
  });
});

test("closing ends the compiler's process", async () => {
  const folder = simple();
  const session = openSession({ cwd: folder, files: [`${folder}/src/b.ts`] });
  const { pid } = session;
  session.close();
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test("a fixture project is opened without writing into it", () => {
  const folder = project("no-tsconfig");
  writeFileSync(`${folder}/marker.txt`, "");
  expect(open(folder, ["greet.ts"]).projects).toHaveLength(1);
});

describe("nesting", () => {
  test("counts brackets of code, whatever stands in strings and comments", () => {
    const unpaired = `const a = "${"(".repeat(600)}"; // ${"[".repeat(600)}\n/* ${"{".repeat(600)} */`;
    expect(isTooDeep(unpaired)).toBe(false);
    expect(isTooDeep(`${unpaired}${"(".repeat(501)}${")".repeat(501)}`)).toBe(true);
    expect(isTooDeep(`${"(".repeat(500)}${")".repeat(500)}`.repeat(3))).toBe(false);
  });
});

function isRunning(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0);
  } catch {
    return false;
  }
}
