// cspell:ignore über
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { environment, error, finished, found, MAIN, run, sound, warning } from "./command.ts";

const ESCAPE = "\u001B[";

it("writes the report to standard output and nothing else anywhere", async () => {
  const { status, stdout, stderr } = await run(folderWith({ "a.ts": warning }), []);
  expect(stdout).toContain("warning[floating-promise]");
  expect(stdout).toContain("a.ts:3:3");
  expect(stdout).not.toContain(ESCAPE);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

it("reports as JSON and as SARIF", async () => {
  const cwd = folderWith({ "a.ts": error });
  const json = JSON.parse((await run(cwd, ["-f", "json"])).stdout);
  expect(json.findings).toMatchObject([{ ruleId: "fresh-object-lookup", file: "a.ts" }]);
  const sarif = JSON.parse((await run(cwd, ["-f", "sarif"])).stdout);
  expect(sarif).toMatchObject({ version: "2.1.0", runs: [{ results: [{ ruleId: "fresh-object-lookup" }] }] });
});

it("gives the same bytes for the same input, apart from the duration", async () => {
  const cwd = folderWith({ "a.ts": error, "b.ts": warning, "c/d.ts": warning });
  const [first = "", second] = await Promise.all(
    [0, 1].map(async () => (await run(cwd, ["-f", "json"])).stdout.replace(/"durationMs": \d+/, "")),
  );
  expect(second).toBe(first);
});

it("writes into a file instead, making its folder", async () => {
  const cwd = folderWith({ "a.ts": error });
  const { status, stdout } = await run(cwd, ["-f", "json", "-o", "reports/it.json"]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(JSON.parse(readFileSync(join(cwd, "reports/it.json"), "utf8")).findings).toHaveLength(1);
});

it("writes several formats in one run, and to standard output what --format asks for", async () => {
  const cwd = folderWith({ "a.ts": error });
  const { stdout } = await run(cwd, ["-o", "json=a.json", "-o", "sarif=a.sarif"]);
  expect(stdout).toBe("");
  expect(JSON.parse(readFileSync(join(cwd, "a.json"), "utf8")).version).toBe(1);
  expect(JSON.parse(readFileSync(join(cwd, "a.sarif"), "utf8")).version).toBe("2.1.0");
  const both = await run(cwd, ["-f", "pretty", "-o", "json=a.json"]);
  expect(both.stdout).toContain("error[fresh-object-lookup]");
});

it("has colours when they are asked for, and only then, into a pipe", async () => {
  const cwd = folderWith({ "a.ts": error });
  const coloured = async (args: readonly string[], env: Record<string, string> = {}): Promise<boolean> =>
    (await run(cwd, args, { env })).stdout.includes(ESCAPE);
  expect(await coloured(["--color"], { NO_COLOR: "1" })).toBe(true);
  expect(await coloured(["--no-color"], { FORCE_COLOR: "1" })).toBe(false);
  expect(await coloured(["--color", "-f", "json"])).toBe(false);
  // The same switch serves every command, and this one is quick.
  expect(await coloured(["rules"])).toBe(false);
  expect(await coloured(["rules"], { FORCE_COLOR: "1" })).toBe(true);
  expect(await coloured(["rules"], { FORCE_COLOR: "0" })).toBe(false);
  expect(await coloured(["rules"], { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
});

it("reviews what is named: folders, files, quoted globs, in names with blanks and beyond ASCII", async () => {
  const cwd = folderWith({ "a.ts": warning, "über uns/b c.ts": warning, "über uns/d.test.ts": warning });
  const reviewed = async (...args: string[]): Promise<readonly string[]> =>
    found(await run(cwd, ["-f", "json", ...args]));
  expect(await reviewed()).toHaveLength(3);
  expect(await reviewed("über uns")).toHaveLength(2);
  expect(await reviewed("über uns/b c.ts")).toEqual(["über uns/b c.ts:3 floating-promise"]);
  expect(await reviewed("**/*.test.ts")).toEqual(["über uns/d.test.ts:3 floating-promise"]);
  expect(await reviewed("a.ts", "über uns", "!**/*.test.ts")).toHaveLength(2);
});

it("uses the project that --project names, as a file or as its folder", async () => {
  const cwd = folderWith({
    "tsconfig.json": '{ "compilerOptions": { "lib": ["es5"], "types": [] } }',
    "other/tsconfig.json": '{ "compilerOptions": { "lib": ["es2023"], "types": [] }, "include": [".."] }',
    "a.ts": error,
  });
  expect(found(await run(cwd, ["-f", "json"]))).toEqual([]);
  for (const name of ["other/tsconfig.json", "other"]) {
    expect(found(await run(cwd, ["-f", "json", "--project", name]))).toEqual(["a.ts:2 fresh-object-lookup"]);
  }
});

it("shows warnings and errors, with --severity other ones, and everything of a rule that is asked for by name", async () => {
  const cwd = folderWith({ "a.ts": error, "b.ts": warning, "package.json": '{ "review": { "rules": {} } }' });
  const shown = async (...args: string[]): Promise<readonly string[]> => found(await run(cwd, ["-f", "json", ...args]));
  expect(await shown()).toHaveLength(2);
  expect(await shown("--severity", "error")).toEqual(["a.ts:2 fresh-object-lookup"]);
  expect(await shown("--rule", "floating-promise")).toEqual(["b.ts:3 floating-promise"]);
  expect(await shown("--rule", "floating-promise,fresh-object-lookup")).toHaveLength(2);
  expect(await shown("--skip-rule", "floating-promise", "--skip-rule", "await-non-promise")).toHaveLength(1);
  writeFileSync(join(cwd, "package.json"), '{ "review": { "rules": { "floating-promise": "info" } } }');
  expect(await shown()).toEqual(["a.ts:2 fresh-object-lookup"]);
  expect(await shown("--severity", "info")).toHaveLength(2);
  expect(await shown("--rule", "floating-promise")).toEqual(["b.ts:3 floating-promise"]);
});

it("tells what the run cost on standard error with --stats", async () => {
  const { stdout, stderr } = await run(folderWith({ "a.ts": warning }), ["-f", "json", "--stats"]);
  expect(stderr).toMatch(/^review-stats: \{.*\}\n$/);
  const stats = JSON.parse(stderr.slice("review-stats: ".length));
  expect(stats).toMatchObject({ files: 1, projects: 1 });
  expect(stats.questions).toBeGreaterThan(0);
  expect(stats.bytes).toBeGreaterThan(0);
  expect(found({ status: 0, stdout, stderr })).toHaveLength(1);
});

const large = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [
    `f${index}.ts`,
    error
      .replace(/\n$/, "\n".repeat(2))
      .concat(...Array.from({ length: 20 }, (__, n) => `export const h${n} = seen.has({ n: ${n} });\n`)),
  ]),
);

it("writes all of a large report through a pipe", async () => {
  const { stdout } = await run(folderWith(large), ["-f", "json"]);
  expect(Buffer.byteLength(stdout)).toBeGreaterThan(500_000);
  expect(JSON.parse(stdout).findings).toHaveLength(60 * 21);
});

it.skipIf(process.platform === "win32").each([["review"], ["rules"]])(
  "ends in peace when the reader of a %s has seen enough",
  async name => {
    const cwd = folderWith(large);
    const command = `"$NODE" "$MAIN" ${name === "review" ? "" : name}; echo "status $?" >&2`;
    const child = spawn("sh", ["-c", `( ${command} ) | head -1`], {
      cwd,
      env: environment(cwd, { NODE: process.execPath, MAIN }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { stdout, stderr } = await finished(child);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe(name === "review" ? "status 1\n" : "status 0\n");
  },
);

it.skipIf(!existsSync("/dev/full"))("says in one line that standard output cannot be written", async () => {
  const cwd = folderWith({ "a.ts": sound });
  const child = spawn("sh", ["-c", '"$NODE" "$MAIN" > /dev/full'], {
    cwd,
    env: environment(cwd, { NODE: process.execPath, MAIN }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { status, stderr } = await finished(child);
  expect(stderr).toMatch(/^review: Cannot write to standard output: ENOSPC[^\n]*\n$/);
  expect(status).toBe(2);
});

it("keeps quiet about what it only noted with --quiet", async () => {
  const cwd = folderWith({
    "a.ts": sound,
    "package.json": '{ "dependencies": { "left-pad-that-is-not-there": "1" } }',
  });
  expect((await run(cwd, [])).stderr).toMatch(/^review: [^\n]*left-pad-that-is-not-there[^\n]*\n$/);
  expect((await run(cwd, ["--quiet"])).stderr).toBe("");
});
