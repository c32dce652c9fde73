import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { faults, sensible, startModelServer, type Behaviour, type ModelServer } from "@review/testkit/openai";
import { folderWith } from "@review/testkit/folders";
import { expect, it, onTestFinished } from "vitest";
import { error, finished, fixable, run, start, until, warning } from "./command.ts";

async function serverWith(behaviour: Behaviour): Promise<ModelServer> {
  const server = await startModelServer(behaviour);
  onTestFinished(() => server.close());
  return server;
}

const askServer = ({ url }: Pick<ModelServer, "url">): Record<string, string> => ({
  OPENAI_BASE_URL: url,
  OPENAI_API_KEY: "sk-test",
  REVIEW_MODEL: "test-model",
});

/** The statuses of the suggestions in a JSON report. */
function statuses(stdout: string): readonly string[] {
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { readonly suggestion: { readonly status: string } }[];
  };
  return findings.map(finding => finding.suggestion.status);
}

const repair = sensible({ find: "  save();", replace: "  await save();" });

it("attaches the model's suggestion with its verified edit, and says what it cost", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  const { status, stdout, stderr } = await run(cwd, ["-f", "json", "--suggest"], { env: askServer(server) });
  expect(status).toBe(0);
  const report = JSON.parse(stdout);
  expect(report.findings).toMatchObject([
    {
      suggestion: { status: "verified", origin: "model", model: "test-model" },
      fixes: [{ origin: "model", verified: { types: true, rules: true }, edits: [{ file: "a.ts" }] }, {}, {}],
    },
  ]);
  expect(report.usage.requests).toBe(1);
  expect(stderr).toMatch(/^review: The model took 1 request: \d+ tokens in, \d+ out, cost unknown\.\n$/);
  expect(server.requests.map(request => request.body["model"])).toEqual(["test-model"]);
});

it("says what it cost at most where a server does not tell", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const text = '{"decision":"advice","title":"","explanation":"Await it.","edits":[]}';
  const server = await serverWith(() => ({ kind: "text", text, usage: "none" }));
  const { stderr } = await run(cwd, ["--suggest", "--price", "1,4"], { env: askServer(server) });
  expect(stderr).toMatch(
    /^review: The model took 1 request: 0 tokens in, 0 out, \$0\.\d{4} at most; 1 came back without their tokens\.\n$/,
  );
});

it("warns once where nothing can be kept, and suggests all the same", async () => {
  const cwd = folderWith({ "a.ts": warning, "b.ts": `// b\n${warning}`, file: "" });
  const server = await serverWith(repair);
  const env = { ...askServer(server), REVIEW_CACHE_DIR: join(cwd, "file") };
  const { status, stdout, stderr } = await run(cwd, ["-f", "json", "--suggest"], { env });
  expect(status).toBe(0);
  expect(statuses(stdout)).toEqual(["verified", "verified"]);
  expect(stderr.match(/^review: Suggestions are not cached: /gm)).toHaveLength(1);
});

it("shows a verified edit in the terminal's report", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  const { stdout } = await run(cwd, ["--suggest", "--quiet"], { env: askServer(server) });
  expect(stdout).toMatch(/\+ +await save\(\);/);
  expect(stdout).toContain("verified");
});

it("asks nobody without --suggest, whatever the environment says", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  const { stdout } = await run(cwd, ["-f", "json"], { env: askServer(server) });
  expect(JSON.parse(stdout).findings[0].suggestion).toMatchObject({ origin: "page" });
  expect(server.requests).toEqual([]);
});

it("says once that no key is set, and reports as it does without a model", async () => {
  const cwd = folderWith({ "a.ts": error, "b.ts": warning });
  const { status, stdout, stderr } = await run(cwd, ["-f", "json", "--suggest"]);
  expect(status).toBe(1);
  expect(statuses(stdout)).toEqual(["no_key", "no_key"]);
  expect(JSON.parse(stdout).findings[0].suggestion).toMatchObject({ origin: "page" });
  expect(stderr).toBe(
    "review: The model has no suggestion for 2 of 2 findings: 2 no_key (no API key is set; set OPENAI_API_KEY, or OPENAI_BASE_URL for another server).\n",
  );
  expect((await run(cwd, ["--suggest", "--quiet"])).stderr).toBe("");
});

it("keeps every finding and the status when the server refuses the key", async () => {
  const cwd = folderWith({ "a.ts": error, "b.ts": warning });
  const server = await serverWith(() => faults.unauthorised);
  const { status, stdout, stderr } = await run(cwd, ["-f", "json", "--suggest"], { env: askServer(server) });
  expect(status).toBe(1);
  expect(statuses(stdout)).toEqual(["auth_failed", "auth_failed"]);
  expect(stderr).toContain("check OPENAI_API_KEY");
  expect(stderr).not.toContain("sk-test");
});

it("keeps every finding and the status when there is no server", async () => {
  const cwd = folderWith({ "a.ts": error });
  const server = await startModelServer();
  await server.close();
  const { status, stdout } = await run(cwd, ["-f", "json", "--suggest"], { env: askServer(server) });
  expect(status).toBe(1);
  expect(statuses(stdout)).toEqual(["offline"]);
});

it("keeps every finding and the status when the server hangs", async () => {
  const cwd = folderWith({ "a.ts": error });
  const server = await serverWith(() => faults["stall-at-once"]);
  const args = ["-f", "json", "--suggest", "--model-timeout", "1"];
  const { status, stdout } = await run(cwd, args, { env: askServer(server) });
  expect(status).toBe(1);
  expect(statuses(stdout)).toEqual(["timeout"]);
});

it.skipIf(process.platform === "win32")(
  "ends with 130 and with what it has when it is interrupted while the server hangs",
  async () => {
    const cwd = folderWith({ "a.ts": error });
    const server = await serverWith(() => faults["stall-at-once"]);
    const child = start(cwd, ["--suggest", "-f", "json"], { env: askServer(server) });
    const end = finished(child);
    await until(() => server.requests[0]);
    child.kill("SIGINT");
    const { status, stdout, stderr } = await end;
    expect(status).toBe(130);
    expect(statuses(stdout)).toEqual(["cancelled"]);
    expect(stderr).toContain("review: interrupted\n");
  },
);

it("ends with 4 only when suggestions are required and one is missing", async () => {
  const cwd = folderWith({ "a.ts": error });
  const server = await serverWith(sensible());
  const args = ["--suggest", "--fail-on", "never"];
  expect((await run(cwd, args)).status).toBe(0);
  expect((await run(cwd, [...args, "--require-suggestions"])).status).toBe(4);
  expect((await run(cwd, [...args, "--require-suggestions"], { env: askServer(server) })).status).toBe(0);
});

it.each([
  [{ OPENAI_BASE_URL: "http://127.0.0.1:1/v1" }, "add --model NAME or set REVIEW_MODEL."],
  [{ OPENAI_BASE_URL: "nowhere", REVIEW_MODEL: "m" }, "OPENAI_BASE_URL is no address of a server: "],
  [{ OPENAI_BASE_URL: "ftp://127.0.0.1", REVIEW_MODEL: "m" }, "OPENAI_BASE_URL is no address of a server: "],
])("ends with 2 for an environment that names no model: %j", async (env, line) => {
  const { status, stdout, stderr } = await run(folderWith({ "a.ts": error }), ["--suggest"], { env });
  expect(stderr).toMatch(/^review: [^\n]+\n$/);
  expect(stderr).toContain(line);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

it("asks about what is left after --fix, once", async () => {
  const cwd = folderWith({ "a.ts": fixable, "b.ts": warning });
  const server = await serverWith(repair);
  const { stderr } = await run(cwd, ["--fix", "--suggest"], { env: askServer(server) });
  expect(server.requests).toHaveLength(1);
  expect(stderr).toContain("review: Applied 2 fixes.\n");
});

it("asks no question twice, and keeps the answers beside the installed packages", async () => {
  const cwd = folderWith({ "src/a.ts": warning });
  mkdirSync(join(cwd, "node_modules"));
  const server = await serverWith(repair);
  const env = { ...askServer(server), REVIEW_CACHE_DIR: "" };
  const again = async (): Promise<string> => (await run(join(cwd, "src"), ["-f", "json", "--suggest"], { env })).stdout;
  expect(statuses(await again())).toEqual(["verified"]);
  expect(statuses(await again())).toEqual(["verified"]);
  expect(server.requests).toHaveLength(1);
  expect(readdirSync(join(cwd, "node_modules/.cache/review"))).toContain("suggestions");
});
