/** `review suggest`, `review fix` and `--fix-verified`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answer, sensible, startModelServer, type Behaviour, type ModelServer } from "@review/testkit/openai";
import { folderWith } from "@review/testkit/folders";
import { expect, it, onTestFinished } from "vitest";
import { error, run, warning, type Result } from "./command.ts";

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

const repair = sensible({ find: "  save();", replace: "  await save();" });
const awaited = warning.replace("  save();", "  await save();");

async function idsIn(cwd: string): Promise<readonly string[]> {
  const { stdout } = await run(cwd, ["-f", "json"]);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly id: string }[] };
  return findings.map(({ id }) => id);
}

it("prints with --dry-run the bytes that it would send, and what they cost at most", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  const env = askServer(server);
  const dry = await run(cwd, ["suggest", "--dry-run", "--price", "0.25,2"], { env });
  expect(server.requests).toEqual([]);
  await run(cwd, ["suggest", "-f", "json"], { env });
  const lines = dry.stdout.split("\n");
  expect(lines).toContain(server.requests[0]!.text);
  expect(dry.stdout).toContain(`POST ${server.url}/chat/completions (`);
  const [, input, output, usd] = /In all 1 request: at most (\d+) tokens in, (\d+) out, \$([\d.]+)\./.exec(dry.stdout)!;
  expect(Number(usd)).toBeCloseTo((Number(input) * 0.25 + Number(output) * 2) / 1e6, 4);
  expect(server.billed().inputTokens).toBeLessThanOrEqual(Number(input));
});

it("needs no key for --dry-run, and says where a secret keeps it from asking", async () => {
  const secret = warning.replace("  save();", '  save(); // "ghp_0123456789012345678901"');
  const { stdout, status } = await run(folderWith({ "a.ts": secret }), ["suggest", "--dry-run"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Nothing would be sent: the code seems to hold a GitHub token");
  expect(stdout).not.toContain("ghp_");
});

it("sends no more than 3 000 tokens about a finding of the sample application, with the rule's example", async () => {
  const cwd = fileURLToPath(new URL("../../../fixtures/projects/sample", import.meta.url));
  const { stdout } = await run(cwd, ["suggest", "--dry-run", "--severity", "info"]);
  const bodies = stdout.split("\n").filter(line => line.startsWith('{"model"'));
  expect(bodies.length).toBeGreaterThan(2);
  for (const body of bodies) {
    const { instructions, input } = JSON.parse(body) as { instructions: string; input: [{ content: string }] };
    const tokens = (instructions.length + input[0].content.length) / 4;
    expect(tokens).toBeLessThan(3_000);
    expect(input[0].content).toContain("Example:\nThe bug:\n");
  }
});

it("asks about the findings that are named, and no others", async () => {
  const cwd = folderWith({ "a.ts": warning, "b.ts": error });
  const [first] = await idsIn(cwd);
  const server = await serverWith(repair);
  const { stdout } = await run(cwd, ["suggest", first!, "-f", "json"], { env: askServer(server) });
  expect(JSON.parse(stdout).findings).toMatchObject([{ file: "a.ts", suggestion: { status: "verified" } }]);
  expect(server.requests).toHaveLength(1);
});

it("says which id names no finding", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  const { status, stderr } = await run(cwd, ["suggest", "zzz"], { env: askServer(server) });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'review: There is no finding "zzz" here: `review --format json` shows their ids.\n',
  });
});

it("writes explanations in the language that is asked for", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  await run(cwd, ["suggest", "--language", "Finnish"], { env: askServer(server) });
  expect(server.requests[0]!.instructions).toContain("in this language: Finnish.");
});

it("takes prices and budget from the configuration, and nothing that leads elsewhere", async () => {
  const suggest = { prices: { "test-model": { input: 1, output: 1 } }, budget: { usd: 0.000001 } };
  const cwd = folderWith({ "a.ts": warning, "review.config.json": JSON.stringify({ suggest }) });
  const server = await serverWith(repair);
  const { stdout } = await run(cwd, ["suggest", "-f", "json"], { env: askServer(server) });
  expect(JSON.parse(stdout).findings[0].suggestion).toMatchObject({ status: "budget" });
  expect(server.requests).toEqual([]);
  writeFileSync(join(cwd, "review.config.json"), '{ "suggest": { "baseURL": "http://evil.example/v1" } }');
  const bad = await run(cwd, ["suggest"], { env: askServer(server) });
  expect(bad.status).toBe(2);
  expect(bad.stderr).toContain("baseURL");
});

it("applies with --fix-verified what stood every check, byte-order mark and line ends as they were", async () => {
  const text = `\uFEFF${warning.replaceAll("\n", "\r\n")}`;
  const cwd = folderWith({ "a.ts": text, "b.ts": warning.replace("save();\n}", "save();\n  // b\n}") });
  const server = await serverWith(request =>
    request.turns[0]!.text.includes("file: a.ts")
      ? repair(request)
      : answer({ decision: "fix", explanation: "Drop it.", edits: [{ find: "  save();\n", replace: "" }] }),
  );
  const { status, stderr, stdout } = await run(cwd, ["--fix-verified", "-f", "json"], { env: askServer(server) });
  expect(readFileSync(join(cwd, "a.ts"), "utf8")).toBe(`\uFEFF${awaited.replaceAll("\n", "\r\n")}`);
  expect(readFileSync(join(cwd, "b.ts"), "utf8")).toContain("  save();\n");
  expect(status).toBe(0);
  expect(stderr).toContain("review: Applied 1 fix of the model.\n");
  expect(JSON.parse(stdout).findings).toMatchObject([{ file: "b.ts", suggestion: { status: "unverified" } }]);
});

it("leaves alone with --fix-verified what the model itself calls a change of behaviour", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const edits = [{ find: "  save();", replace: "  await save();" }];
  const server = await serverWith(() =>
    answer({ decision: "fix", explanation: "It waits.", risk: "behaviour_change", edits }),
  );
  await run(cwd, ["--fix-verified"], { env: askServer(server) });
  expect(readFileSync(join(cwd, "a.ts"), "utf8")).toBe(warning);
});

it("fixes the findings that are named", async () => {
  const cwd = folderWith({ "a.ts": warning, "b.ts": `${warning}// b\n` });
  const [first] = await idsIn(cwd);
  const { status, stderr } = await run(cwd, ["fix", first!]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "review: Applied 1 fix.\n" });
  expect(readFileSync(join(cwd, "a.ts"), "utf8")).toBe(awaited);
  expect(readFileSync(join(cwd, "b.ts"), "utf8")).toBe(`${warning}// b\n`);
});

it("does not ask questions where nobody can answer", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const { status, stderr } = await run(cwd, ["fix", "abc", "--interactive"]);
  expect(status).toBe(2);
  expect(stderr).toContain("--interactive asks on a terminal");
});

it.skipIf(process.platform === "win32")(
  "has the user's own command say of each fix whether it may be shown, on a copy of the tree",
  async () => {
    const cwd = folderWith({ "a.ts": warning, "b.ts": `// b\n${warning}` });
    const server = await serverWith(repair);
    // Fails as soon as b.ts awaits, and leaves a trace of where it ran.
    const command = "pwd >> /dev/stderr; touch ran.txt; ! grep -q await b.ts";
    const args = ["--suggest", "-f", "json", "--verify-command", command];
    const { stdout } = await run(cwd, args, { env: askServer(server) });
    const { findings } = JSON.parse(stdout);
    expect(findings).toMatchObject([
      {
        file: "a.ts",
        suggestion: { status: "verified" },
        fixes: [{ origin: "model", verified: { tests: true } }, {}, {}],
      },
      { file: "b.ts", suggestion: { status: "unverified" } },
    ]);
    expect(findings[1].suggestion.reason).toContain("The tests fail with it");
    expect(existsSync(join(cwd, "ran.txt"))).toBe(false);
    expect(readFileSync(join(cwd, "b.ts"), "utf8")).toBe(`// b\n${warning}`);
    expect(server.requests.at(-1)!.turns.at(-1)!.text).toContain("The tests fail with it");
  },
);

it.skipIf(process.platform === "win32")("says so when the command fails without any fix", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  const args = ["--suggest", "-f", "json", "--verify-command", "exit 3"];
  const { stdout, stderr } = await run(cwd, args, { env: askServer(server) });
  expect(stderr).toContain("`exit 3` fails on a copy of the tree as it is");
  expect(JSON.parse(stdout).findings[0].fixes[0].verified.tests).toBeNull();
});

it("asks in a batch, and shows what was collected with its fixes verified", async () => {
  const cwd = folderWith({ "a.ts": warning });
  const server = await serverWith(repair);
  const env = askServer(server);
  const batch = async (step: string): Promise<Result> => run(cwd, ["suggest", "--batch", step, "-f", "json"], { env });
  expect((await batch("submit")).stdout).toBe("Handed in 1 requests (batch_1); 0 are answered or under way already.\n");
  expect((await batch("status")).stdout).toBe("batch_1 validating, 1 requests\n");
  expect(JSON.parse((await batch("collect")).stdout).findings[0].suggestion.status).toBe("budget");
  const { stdout, stderr } = await batch("collect");
  expect(stderr).toContain("Collected 1 answers");
  expect(JSON.parse(stdout).findings[0].suggestion.status).toBe("verified");
  expect(server.requests).toEqual([]);
});

it("scores models on the findings of some code, and again from what was kept, without asking", async () => {
  const cwd = folderWith({ "a.ts": warning, "b.ts": `// b\n${warning}` });
  const server = await serverWith(request =>
    request.model === "good"
      ? repair(request)
      : answer({ decision: "fix", explanation: "Do.", edits: [{ find: "  save();", replace: "  void save();" }] }),
  );
  const env = askServer(server);
  const args = ["eval", "--model", "good,bad", "--repeat", "2", "-f", "json"];
  const first = await run(cwd, [...args, "--record", "kept", "-o", "html=scores.html"], { env });
  const { scores, comparisons } = JSON.parse(first.stdout);
  expect(scores).toMatchObject([
    { model: "good", findings: 2, verifiedAt1: 1, outcomes: { verified: 4 }, ladder: { S0: 4, S7: 4, S8: null } },
    { model: "bad", findings: 2, verifiedAt1: 0, outcomes: { rejected: 4 }, rejections: { hatches: 4 } },
  ]);
  expect(scores[1].ladder).toMatchObject({ S5: 4, S6: 0 });
  const { inputTokens, outputTokens } = server.billed();
  type Spent = Readonly<Record<"spent", Readonly<Record<string, number>>>>;
  const spent = (kind: string): number => (scores as Spent[]).reduce((sum, score) => sum + (score.spent[kind] ?? 0), 0);
  expect([spent("requests"), spent("inputTokens"), spent("outputTokens")]).toEqual([
    ...[server.requests.length, inputTokens, outputTokens],
  ]);
  expect(comparisons).toMatchObject([{ models: ["good", "bad"], onlyFirst: 2, onlySecond: 0, p: 0.5 }]);
  expect(readFileSync(join(cwd, "scores.html"), "utf8")).toContain(
    "<td>floating-promise</td><td>2 of 2</td><td>0 of 2</td>",
  );
  const asked = server.requests.length;
  const again = await run(cwd, [...args, "--replay", "kept"], { env });
  // The same answers up the same ladder; what they took and how long stands as it was.
  expect(JSON.parse(again.stdout).scores).toEqual(scores);
  expect(server.requests).toHaveLength(asked);
});
