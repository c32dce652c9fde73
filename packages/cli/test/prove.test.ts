/** `--prove`: which tests count as a proof, and what a finding then says. */
import { readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderWith } from "@review/testkit/folders";
import { answer, said, startModelServer, type ModelServer } from "@review/testkit/openai";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSandbox } from "../dist/prove/sandbox.js";
import { run, type Result } from "./command.ts";

const { sandbox, refused } = await openSandbox(new AbortController().signal);
sandbox?.close();
if (refused !== undefined) console.warn(`No sandbox to prove anything in: ${refused}.`);

/** A file with an error that a test can show: the first tag is never found. */
const bug = (name: string): string => `export enum Kind {
  Plain = "plain",
  Bold = "bold",
}
/** Picks for ${name}. */
export function pick(tags: readonly string[], tag: string, kind: Kind = Kind.Plain): string[] {
  const found: string[] = [];
  if (tags.indexOf(tag)) found.push(\`\${tag}:\${kind}\`);
  return found;
}
`;
const script = `const sizes = require("./sizes.cjs");
/** @param {string[]} tags @param {string} tag */
function pick(tags, tag) {
  const found = [];
  if (tags.indexOf(tag)) found.push(tag + sizes.small);
  return found;
}
module.exports = { pick };
`;
const testing = (body: string, subject: string, head = ""): string => `import assert from "node:assert/strict";
import { test } from "node:test";
import { pick } from "${subject}";
${head}
test("picks a tag", async () => {
${body}
});
`;
const right = '  assert.deepEqual(pick(["a", "b"], "a").length, 1);';

/** What the model writes for each file; the second text is for its second try. */
const tests: Readonly<Record<string, readonly [string, string?]>> = {
  "src/typed.ts": [testing(right, "./typed.ts")],
  "src/script.cjs": [testing(right, "./script.cjs")],
  "src/second.ts": [testing("  assert.ok(true);", "./second.ts"), testing(right, "./second.ts")],
  "src/passes.ts": [testing('  assert.deepEqual(pick(["a", "b"], "b").length, 1);', "./passes.ts")],
  "src/fails.ts": [testing('  assert.deepEqual(pick(["a", "b"], "b").length, 7);', "./fails.ts")],
  // Three runs without and three with the fix must not agree by chance: one in two would, each sixtieth time.
  "src/flaky.ts": [
    testing(`${right}\n  if (process.cpuUsage().user % 31 !== 0) throw new Error("now and then");`, "./flaky.ts"),
  ],
  "src/reads.ts": [testing(right, "./reads.ts", 'import { readFileSync as see } from "node:fs";')],
  "src/calls.ts": [testing(right, "./calls.ts", 'import "node:net";')],
  "src/copies.ts": ['import { test } from "node:test";\ntest("no", () => {});\n'],
  "src/none.ts": [""],
};

async function modelServer(): Promise<ModelServer> {
  const server = await startModelServer(({ instructions, turns }) => {
    const file = /^file: (\S+)/m.exec(turns[0]!.text)![1]!;
    if (!instructions.includes("one automated test")) {
      const edits = [{ find: "tags.indexOf(tag)", replace: "tags.includes(tag)" }];
      return answer({ decision: "fix", title: "Ask whether it is there", explanation: "The first one counts.", edits });
    }
    const [first = "", second = first] = tests[file] ?? [];
    const test = turns.length > 1 ? second : first;
    return said(JSON.stringify({ decision: test === "" ? "no_test" : "test", test }));
  });
  onTestFinished(() => server.close());
  return server;
}

async function prove(cwd: string, server: ModelServer, args: readonly string[] = []): Promise<Result> {
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-test", REVIEW_MODEL: "test-model" };
  const result = await run(cwd, ["--suggest", "--prove", "--fail-on", "never", ...args], { env });
  // What went wrong stands on standard error.
  expect(result).toMatchObject({ status: 0 });
  return result;
}

interface Told {
  readonly file: string;
  readonly suggestion: { readonly status: string; readonly proof?: { readonly runner: string; readonly test: string } };
}

const findingsOf = ({ stdout }: Result): readonly Told[] =>
  (JSON.parse(stdout) as { findings: readonly Told[] }).findings;

const settings = {
  "package.json": '{ "type": "module" }',
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, target: "es2023", module: "nodenext", allowJs: true, noEmit: true },
    include: ["src"],
  }),
};

describe.runIf(sandbox)("with a sandbox", () => {
  it("takes for a proof what fails without the fix and passes with it, every time", { timeout: 500_000 }, async () => {
    const sources = Object.keys(tests).map(file => [file, bug(file)] as const);
    const cwd = folderWith({
      ...settings,
      ...Object.fromEntries(sources),
      "src/sizes.cjs": "module.exports = { small: 1 };",
      "src/script.cjs": script,
    });
    const server = await modelServer();
    const result = await prove(cwd, server, ["-f", "json", "-o", "sarif=a.sarif", "-o", "pretty=a.txt", "--debug"]);
    const findings = findingsOf(result);
    const proved = findings.filter(({ suggestion }) => suggestion.proof !== undefined).map(({ file }) => file);
    expect(proved, result.stderr).toEqual(["src/script.cjs", "src/second.ts", "src/typed.ts"]);
    expect(findings.every(({ suggestion }) => suggestion.status === "verified")).toBe(true);
    expect(findings.find(({ file }) => file === "src/typed.ts")!.suggestion.proof).toEqual({
      ...{ runner: "node:test", file: "src/typed.proof.test.mts", test: tests["src/typed.ts"]![0] },
    });
    const because = (file: string): string =>
      new RegExp(`No proof for \\S+ in ${file}: (.*)`).exec(result.stderr)?.[1] ?? "";
    expect(because("src/passes.ts")).toBe("It passes without the fix.");
    expect(because("src/fails.ts")).toBe("It fails with the fix:");
    expect(because("src/flaky.ts")).not.toBe("");
    expect(because("src/reads.ts")).toBe('It must not import "node:fs".');
    expect(because("src/calls.ts")).toBe('It must not import "node:net".');
    expect(because("src/copies.ts")).toBe('It does not import "./copies.ts".');
    expect(because("src/none.ts")).toBe("the model knows no test for it");
    expect(result.stderr).toContain("Reproduced 3 of 10 errors with a verified fix.");
    const sarif = readFileSync(join(cwd, "a.sarif"), "utf8");
    expect(sarif.match(/"reproduced": true/g)).toHaveLength(3);
    expect(readFileSync(join(cwd, "a.txt"), "utf8")).toContain("reproduced: a test fails without the fix");
    expect(readdirSync(join(cwd, "src")).filter(name => name.includes("proof"))).toEqual([]);
  });

  it("uses the runner that the project has", { timeout: 500_000 }, async () => {
    const workspace = realpathSync(fileURLToPath(new URL("../../../node_modules", import.meta.url)));
    const cwd = folderWith({
      ...settings,
      "package.json": '{ "type": "module", "devDependencies": { "vitest": "4" } }',
      "vitest.config.ts": 'export default { test: { include: ["test/**/*.test.ts"] } };\n',
      "test/other.test.ts": "export {};\n",
      "src/typed.ts": bug("typed"),
    });
    symlinkSync(workspace, join(cwd, "node_modules"), "junction");
    const body = testing(right, "../src/typed.ts").replace('{ test } from "node:test"', '{ test } from "vitest"');
    const server = await startModelServer(({ instructions }) =>
      instructions.includes("one automated test")
        ? said(JSON.stringify({ decision: "test", test: body }))
        : answer({
            ...{ decision: "fix", title: "Ask", explanation: "The first one counts." },
            edits: [{ find: "tags.indexOf(tag)", replace: "tags.includes(tag)" }],
          }),
    );
    onTestFinished(() => server.close());
    const result = await prove(cwd, server, ["-f", "json", "--debug"]);
    const [finding] = findingsOf(result);
    expect(result.stderr).not.toContain("No proof");
    expect(finding!.suggestion.proof).toMatchObject({ runner: "vitest", file: "test/typed.proof.test.ts" });
  });
});

/** Starts a program without the power over mounts, and without a way to gain it; other systems have no sandbox anyhow. */
const powerless =
  process.platform !== "linux"
    ? []
    : process.getuid?.() === 0
      ? ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all"]
      : ["unshare", "--user", "--map-root-user", "setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all"];

it("refuses where there is no sandbox, before anything is sent or run", async () => {
  const cwd = folderWith({ ...settings, "src/typed.ts": bug("typed") });
  const server = await modelServer();
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-test", REVIEW_MODEL: "test-model" };
  const { status, stderr, stdout } = await run(cwd, ["--suggest", "--prove"], { env, before: powerless });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^review: --prove would run tests that a model wrote, and .*: leave it out\.\n$/);
  expect(server.requests).toEqual([]);
});

it("goes with --suggest, and not with --stdin", async () => {
  const cwd = folderWith({ ...settings, "src/typed.ts": bug("typed") });
  expect(await run(cwd, ["--prove"])).toMatchObject({
    ...{ status: 2, stderr: "review: --prove goes with --suggest: add --suggest.\n" },
  });
  const stdin = await run(cwd, ["--suggest", "--prove", "--stdin", "--stdin-filename", "src/typed.ts"], { input: "" });
  expect(stdin.stderr).toContain("--prove tries files of a tree");
});
