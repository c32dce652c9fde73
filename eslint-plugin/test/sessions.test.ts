/** What becomes of compilers: hung, killed, left behind. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ESLint } from "eslint";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { eslintIn, floating, FLOATING, folderOf, places, recommended } from "./folder.ts";

const eslintBin = join(dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");
const pluginUrl = import.meta.resolve("eslint-plugin-review");

const config = `import review from ${JSON.stringify(pluginUrl)};
export default [review.configs.recommended, { settings: { review: { deadlineMs: 60_000 } } }];
`;

const withParser = `import review from ${JSON.stringify(pluginUrl)};
import tseslint from ${JSON.stringify(import.meta.resolve("typescript-eslint"))};
export default [
  { files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } },
  review.configs.recommended,
  { settings: { review: { deadlineMs: 60_000 } } },
];
`;

/** Process ids of the compilers that were started for a folder. */
function compilersOf(folder: string): readonly number[] {
  const listing = execFileSync("ps", ["-Ao", "pid=,args="], { encoding: "utf8" });
  return listing
    .split("\n")
    .filter(line => line.includes("--api") && line.includes(`--cwd ${folder}`))
    .map(line => Number.parseInt(line, 10));
}

const noneLeft = (folder: string): Promise<void> =>
  vi.waitFor(() => expect(compilersOf(folder)).toEqual([]), { timeout: 20_000, interval: 100 });

const children: ChildProcess[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A process that lints a file of a folder as an editor's server does, says what it found, and goes on living. */
async function startServer(cwd: string, file: string): Promise<ChildProcess> {
  const script = `
    import { ESLint } from ${JSON.stringify(pathToFileURL(createRequire(import.meta.url).resolve("eslint")).href)};
    const eslint = new ESLint({ cwd: ${JSON.stringify(cwd)} });
    const lint = async () => console.log((await eslint.lintFiles(${JSON.stringify(file)}))[0].messages.length);
    process.stdin.on("data", lint);
    await lint();
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  expect(String(said)).toBe("1\n");
  return child;
}

// Stopping and listing processes is done with POSIX' own means; Windows ends children with their parent by itself.
describe.skipIf(process.platform === "win32")("a compiler", () => {
  test("that was killed is started again, and nobody hears of it", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const cwd = folderOf({ "a.js": floating });
    const linter = eslintIn(cwd);
    expect(places(await linter.lintFiles("a.js"))).toEqual([FLOATING]);
    for (const pid of compilersOf(cwd)) process.kill(pid, "SIGKILL");
    expect(places(await linter.lintFiles("a.js"))).toEqual([FLOATING]);
    expect(warn).not.toHaveBeenCalled();
  });

  test("that hangs costs one file its findings after the deadline, with one notice, and ends", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const cwd = folderOf({ "a.js": floating, "b.js": floating });
    const linter = eslintIn(cwd, [...recommended, { settings: { review: { deadlineMs: 5_000 } } }]);
    expect(places(await linter.lintFiles("b.js"))).toEqual([FLOATING]);
    const hung = compilersOf(cwd);
    for (const pid of hung) process.kill(pid, "SIGSTOP");
    expect(places(await linter.lintFiles("a.js"))).toEqual([]);
    expect(places(await linter.lintFiles("a.js"))).toEqual([]);
    expect(warn.mock.calls.map(([text]) => text)).toEqual([expect.stringContaining(`on ${cwd}/a.js`)]);
    expect(places(await linter.lintFiles("b.js"))).toEqual([FLOATING]);
    expect(compilersOf(cwd)).not.toEqual(hung);
  });

  test("is there before the first question in a process that lints, with the project around its folder", async () => {
    const server = `import ${JSON.stringify(pluginUrl)};\nsetInterval(() => undefined, 1_000);\n`;
    const folder = folderOf({
      "pnpm-workspace.yaml": "",
      "tsconfig.json": "{}",
      "app/a.ts": floating,
      "app/eslint-server.mjs": server,
      "app/other.mjs": server,
    });
    const start = (script: string): void => {
      children.push(spawn(process.execPath, [script], { cwd: join(folder, "app"), stdio: "inherit" }));
    };
    start("other.mjs");
    start("eslint-server.mjs");
    const soon = { timeout: 20_000, interval: 100 };
    await vi.waitFor(() => expect(compilersOf(folder)).toHaveLength(1), soon);
    for (const child of children) child.kill("SIGKILL");
    await noneLeft(folder);
  });

  test.each([
    ["a.ts", "a file of the project that was opened ahead"],
    ["own/a.ts", "a file of another one"],
    ["../beside/a.ts", "a file of another repository"],
  ])("finds the same in %s, %s", async file => {
    const folder = folderOf({
      "work/tsconfig.json": "{}",
      "work/package.json": `{ "workspaces": ["own"] }`,
      "work/a.ts": floating,
      "work/own/tsconfig.json": `{ "compilerOptions": { "paths": { "work": ["./lib.d.ts"] } } }`,
      "work/own/lib.d.ts": "export declare function work(): Promise<number>;",
      "work/own/a.ts": `import { work } from "work";\nexport function start() {\n\n\n  work();\n}\n`,
      "beside/package.json": "{}",
      "beside/a.ts": floating,
      "eslint.config.mjs": withParser,
    });
    const cwd = join(folder, "work");
    const args = ["--max-old-space-size=2048", eslintBin, "--format", "json", file];
    const { stdout } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
    const [result] = JSON.parse(stdout) as [ESLint.LintResult];
    expect(places([result])).toEqual([FLOATING]);
    await noneLeft(folder);
  });

  test("ends with ESLint's command, also with several threads of it", async () => {
    const cwd = folderOf({ "a.js": floating, "b.js": floating, "eslint.config.mjs": config });
    for (const more of [[], ["--concurrency", "2"]]) {
      const found = execFileSync(process.execPath, [eslintBin, "--format", "json", ...more, "a.js", "b.js"], { cwd });
      const results = JSON.parse(String(found)) as { messages: { ruleId: string }[] }[];
      expect(results.map(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual([
        ["review/floating-promise"],
        ["review/floating-promise"],
      ]);
      await noneLeft(cwd);
    }
  });

  test("ends with a text from standard input, which has findings under the name it is given", async () => {
    const cwd = folderOf({ "eslint.config.mjs": config });
    const found = execFileSync(
      process.execPath,
      [eslintBin, "--format", "json", "--stdin", "--stdin-filename", "n.js"],
      {
        cwd,
        input: floating,
      },
    );
    expect(String(found)).toContain("review/floating-promise");
    expect(existsSync(join(cwd, "n.js"))).toBe(false);
    await noneLeft(cwd);
  });

  test.each(["SIGTERM", "SIGKILL"] as const)("ends with a server that gets a %s while it idles", async signal => {
    const cwd = folderOf({ "a.js": floating, "eslint.config.mjs": config });
    const server = await startServer(cwd, "a.js");
    expect(compilersOf(cwd)).toHaveLength(1);
    server.kill(signal);
    await once(server, "exit");
    await noneLeft(cwd);
  });

  test("ends with a server that is killed while it waits for an answer", async () => {
    const cwd = folderOf({ "a.js": floating, "eslint.config.mjs": config });
    const server = await startServer(cwd, "a.js");
    const compilers = compilersOf(cwd);
    // A process that is stopped reads no end of its input, as one that is busy.
    for (const pid of compilers) process.kill(pid, "SIGSTOP");
    server.stdin?.write("again\n");
    await new Promise(resolve => setTimeout(resolve, 500));
    server.kill("SIGKILL");
    await once(server, "exit");
    await noneLeft(cwd);
  });
});

// As above, processes are listed with POSIX' own means.
test.skipIf(process.platform === "win32")(
  "a compiler that nobody asks ends after minutes, and the next question starts another",
  async () => {
    const cwd = folderOf({ "a.js": floating });
    const lint = async (): Promise<readonly string[]> => places(await eslintIn(cwd).lintFiles("a.js"));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await lint()).toEqual([FLOATING]);
    const first = compilersOf(cwd);
    expect(first).toHaveLength(1);
    vi.advanceTimersByTime(4 * 60_000);
    expect(await lint()).toEqual([FLOATING]);
    vi.advanceTimersByTime(4 * 60_000);
    expect(compilersOf(cwd)).toEqual(first);
    vi.advanceTimersByTime(60_000 + 1);
    vi.useRealTimers();
    await noneLeft(cwd);
    expect(await lint()).toEqual([FLOATING]);
    expect(compilersOf(cwd)).toHaveLength(1);
  },
);

test("each of two folders has a session of its own", async () => {
  const [one, other] = [folderOf({ "a.js": floating }), folderOf({ "a.js": floating })];
  for (const cwd of [one, other, one]) expect(places(await eslintIn(cwd).lintFiles("a.js"))).toEqual([FLOATING]);
  if (process.platform !== "win32") expect([compilersOf(one).length, compilersOf(other).length]).toEqual([1, 1]);
});
