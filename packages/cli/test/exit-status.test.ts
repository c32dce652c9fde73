// cspell:ignore formt
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import {
  childrenOf,
  error,
  finished,
  found,
  isAlive,
  preloading,
  run,
  sound,
  start,
  until,
  warning,
  withRules,
} from "./command.ts";

it("ends with 0 when there is nothing at or above --fail-on, and with 1 when there is", async () => {
  const cwd = folderWith({ "warning.ts": warning, "error.ts": error, "sound.ts": sound });
  const status = async (...args: string[]): Promise<number | null> => (await run(cwd, args)).status;
  expect(await status("sound.ts")).toBe(0);
  expect(await status("warning.ts")).toBe(0);
  expect(await status("warning.ts", "--fail-on", "warning")).toBe(1);
  expect(await status("warning.ts", "--max-warnings", "1")).toBe(0);
  expect(await status("warning.ts", "--max-warnings", "0")).toBe(1);
  expect(await status()).toBe(1);
  expect(await status("--fail-on", "never")).toBe(0);
});

it.each([
  [["--nonsense"], "unknown option '--nonsense'. See review --help."],
  [["--formt", "json"], "unknown option '--formt' (Did you mean --format?) See review --help."],
  [["--format", "jsn"], 'There is no format "jsn": did you mean "json"?'],
  [["-o", "jsn=report"], 'There is no format "jsn": did you mean "json"?'],
  [["-o", "."], "it is a directory; name another file with -o."],
  [["-o", "a.ts/report.txt"], "is no directory; name another file with -o."],
  [["--rule", "floating-promises"], 'There is no rule "floating-promises": did you mean "floating-promise"?'],
  [["--skip-rule", "quux"], 'There is no rule "quux": see `review rules`'],
  [["--rule", ","], "It takes ids of rules, separated by commas."],
  [["--severity", "high"], "It takes one of error, warning, info."],
  [["--fail-on", "always"], "It takes one of error, warning, info, never."],
  [["--max-warnings", "few"], "It takes a whole number, such as 10."],
  [["--model-timeout", "0"], "It takes whole seconds, such as 60."],
  [["--budget", "-1"], "It takes an amount in US dollars, such as 0.50."],
  [["missing.ts"], "`missing.ts` does not exist in"],
  [["none/**/*.ts"], "matches no TypeScript or JavaScript file: check it"],
  [["empty"], "matches no TypeScript or JavaScript file: check it"],
  [["--project", "tsconfig.none.json"], "does not exist: name a tsconfig.json or its folder."],
  [["--stdin"], "--stdin needs to know what it reads: add --stdin-filename src/name.ts."],
  [["--stdin-filename", "a.ts"], "--stdin-filename goes with --stdin: add --stdin."],
  [["--stdin", "--stdin-filename", "a.ts", "b.ts"], 'leave out "b.ts".'],
  [["--stdin", "--stdin-filename", "a.ts", "--fix"], "--fix writes files, and --stdin has none: use one of them."],
  [["--require-suggestions"], "--require-suggestions goes with --suggest: add --suggest."],
  [["rules", "more"], "too many arguments for 'rules'"],
  [["rules", "--format", "xml"], 'There is no format "xml" for rules: use pretty or json.'],
  [["explain"], "missing required argument 'rule'"],
  [["explain", "await-no-promise"], 'There is no rule "await-no-promise": did you mean "await-non-promise"?'],
])("ends with 2 and one line that says how to mend it: review %j", async (args, line) => {
  const cwd = folderWith({ "a.ts": sound });
  mkdirSync(join(cwd, "empty"));
  const { status, stdout, stderr } = await run(cwd, args);
  expect(stderr).toMatch(/^review: [^\n]+\n$/);
  expect(stderr).toContain(line);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

it("ends with 3 for a broken tsconfig, names it, and reports everything else", async () => {
  const cwd = folderWith({ "tsconfig.json": '{ "extends": "./none.json" }', "a.ts": error });
  const result = await run(cwd, ["--format", "json"]);
  expect(result.status).toBe(3);
  expect(found(result)).toEqual(["a.ts:2 fresh-object-lookup"]);
  expect(JSON.parse(result.stdout).summary.incomplete).toMatchObject([{ file: "tsconfig.json" }]);
});

it("ends with 3 for a syntax error, names the file, guesses nothing in it, and reports everything else", async () => {
  const cwd = folderWith({ "broken.ts": `${error}export const = ;\n`, "a.ts": error });
  const result = await run(cwd, ["--format", "json"]);
  expect(result.status).toBe(3);
  expect(found(result)).toEqual(["a.ts:2 fresh-object-lookup"]);
  expect(JSON.parse(result.stdout).summary.incomplete).toMatchObject([{ file: "broken.ts" }]);
});

it("ends with 3 for a rule that fails, names it, reports everything else, and shows the stack with --debug", async () => {
  const cwd = folderWith({ "a.ts": error });
  const node = withRules(cwd, { "always-fails": 'function listenAndFail() { throw new Error("no idea"); }' });
  const plain = await run(cwd, ["--format", "json", "a.ts"], { node });
  expect(plain.status).toBe(3);
  expect(found(plain)).toEqual(["a.ts:2 fresh-object-lookup"]);
  expect(JSON.parse(plain.stdout).summary.incomplete).toEqual([
    { file: "a.ts", reason: "the rule always-fails failed: no idea" },
  ]);
  expect(plain.stderr).toBe("");
  const debugged = await run(cwd, ["a.ts", "--debug"], { node });
  expect(debugged.stderr).toContain("listenAndFail");
});

it("shows where an error comes from with --debug alone", async () => {
  const cwd = folderWith({ "a.ts": sound });
  expect((await run(cwd, ["missing.ts"])).stderr).not.toContain("    at ");
  expect((await run(cwd, ["missing.ts", "--debug"])).stderr).toContain("    at ");
});

it("ends with 3 and one line for a defect of its own, even one that nobody awaits", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const node = preloading(
    cwd,
    `import { isMainThread } from "node:worker_threads";
const timer = setInterval(() => {
  if (!isMainThread || process.listenerCount("uncaughtException") === 0) return;
  clearInterval(timer);
  Promise.reject(new Error("nobody\\nsaw this coming"));
}, 1);
timer.unref();`,
  );
  const result = await run(cwd, ["a.ts"], { node });
  expect(result).toEqual({ status: 3, stdout: "", stderr: "review: nobody\n" });
});

const many = Object.fromEntries(
  Array.from({ length: 400 }, (_, index) => [`src/file${index}.ts`, warning + `export const n = ${index};\n`]),
);

it.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
  "ends with 130 on %s and leaves no compiler behind",
  async signal => {
    const child = start(folderWith(many), []);
    const end = finished(child);
    const compiler = await until(() => childrenOf(child.pid ?? 0)[0]);
    child.kill(signal);
    expect(await end).toEqual({ status: 130, stdout: "", stderr: "review: interrupted\n" });
    expect(isAlive(compiler)).toBe(false);
  },
);

it.skipIf(process.platform === "win32")(
  "ends with 130 when it is interrupted while it reads standard input",
  async () => {
    const cwd = folderWith({});
    const node = preloading(
      cwd,
      `import { writeFileSync } from "node:fs";
const timer = setInterval(() => {
  if (process.listenerCount("SIGINT") > 0) writeFileSync("listens", "");
}, 1);
timer.unref();`,
    );
    const child = start(cwd, ["--stdin", "--stdin-filename", "a.ts"], { node });
    const end = finished(child);
    child.stdin?.write(sound);
    await until(() => existsSync(join(cwd, "listens")) || undefined);
    child.kill("SIGINT");
    expect(await end).toEqual({ status: 130, stdout: "", stderr: "review: interrupted\n" });
  },
);
