import { writeFileSync, readFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { error as refusal, startModelServer } from "@review/testkit/openai";
import { checkOf, error, scene, sound, threadsOf, warning, writesSince } from "./scene.ts";

test("a new finding is one comment on its line, with a block that can be committed, and the check says what was looked at", async () => {
  const it = await scene({ "src/old.ts": warning("old") });
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  const result = await it.run(pull, { args: ["--sarif"] });
  expect([result.status, result.stderr]).toEqual([0, expect.stringContaining("1 new (1 warning)")]);
  const sarif = gunzipSync(Buffer.from(it.hub.repository.sarifs[0]!, "base64")).toString();
  expect(sarif).toContain('"ruleId": "floating-promise"');
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise"]);
  const body = pull.pull.threads[0]!.comments[0]!.body;
  expect(body).toContain("```suggestion\n  await save();\n```");
  expect(body).toContain("verified: types and rules");
  expect(pull.pull.reviews.map(({ event }) => event)).toEqual(["COMMENT"]);
  expect(checkOf(it, pull)).toEqual({ title: "1 new (1 warning) · 1/1 files", conclusion: "success", annotations: 0 });
  expect(pull.pull.comments).toHaveLength(1);
});

test("P29: silent when clean: a check and nothing else", async () => {
  const it = await scene({ "src/old.ts": warning("old") });
  it.push({ "README.md": "Words." });
  const pull = it.open();
  expect((await it.run(pull)).status).toBe(0);
  expect(checkOf(it, pull).title).toBe("Nothing to review: no TypeScript or JavaScript changes");
  it.push({ "src/old.ts": `// A remark.\n${warning("old")}`, "src/new.ts": sound });
  expect((await it.run(pull)).status).toBe(0);
  expect([pull.pull.threads, pull.pull.comments, pull.pull.reviews]).toEqual([[], [], []]);
  expect(checkOf(it, pull)).toEqual({ title: "Nothing new · 2/2 files", conclusion: "success", annotations: 0 });
});

test("P11, P12, P13: a second run says nothing, moved lines keep their thread, what is mended is resolved in place", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh"), "src/bad.ts": error });
  const pull = it.open();
  expect((await it.run(pull)).status).toBe(1);
  expect(checkOf(it, pull)).toMatchObject({ conclusion: "failure", title: "2 new (1 error, 1 warning) · 2/2 files" });
  const mark = it.github.seen.length;
  await it.run(pull);
  expect(writesSince(it, mark)).toEqual([]);
  it.push({ "src/new.ts": `// A line above.\n\n${warning("fresh")}`, "src/bad.ts": sound });
  expect((await it.run(pull)).status).toBe(0);
  expect(threadsOf(pull)).toEqual(
    expect.arrayContaining(["src/new.ts:5 floating-promise", "src/bad.ts:- fresh-object-lookup resolved"]),
  );
  expect(pull.pull.threads).toHaveLength(2);
  const summaries = pull.pull.comments.map(comment => comment.body);
  expect(summaries).toEqual([expect.stringContaining("1 new problem")]);
});

test("P02: a file that is only renamed brings nothing new", async () => {
  const it = await scene({ "src/old.ts": warning("old") });
  it.push({ "src/old.ts": null, "src/renamed.ts": `${warning("old")}export const more = 1;\n` });
  const pull = it.open();
  await it.run(pull);
  expect(checkOf(it, pull).title).toBe("Nothing new · 1/1 files");
});

test("P15, P14: what a person resolved stays resolved until its code changes, and replies are kept", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  await it.run(pull);
  const [thread] = pull.pull.threads;
  pull.reply(thread!, "ada", "We want it so.");
  pull.resolve(thread!, "ada");
  it.push({ "src/other.ts": sound });
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise resolved"]);
  expect(checkOf(it, pull).title).toBe("Nothing new · 2/2 files");
  it.push({ "src/new.ts": warning("fresh").replaceAll("save", "store") });
  await it.run(pull);
  expect(threadsOf(pull)).toHaveLength(2);
  expect(thread!.comments.map(comment => comment.author.login)).toEqual(["github-actions[bot]", "ada"]);
});

test("P14: a thread that a person has replied to is resolved where others are deleted", async () => {
  const it = await scene({ "review.config.json": JSON.stringify({ pr: { resolveFixed: "delete" } }) });
  it.push({ "src/a.ts": warning("a"), "src/b.ts": warning("b") });
  const pull = it.open();
  await it.run(pull);
  const discussed = pull.pull.threads.find(({ path }) => path === "src/a.ts");
  pull.reply(discussed!, "ada", "Good catch.");
  it.push({ "src/a.ts": sound, "src/b.ts": sound });
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/a.ts:- floating-promise resolved"]);
  expect(discussed!.comments.map(({ body }) => body)).toEqual([
    expect.stringContaining(`Fixed in ${pull.head().slice(0, 12)}.`),
    "Good catch.",
  ]);
});

test("a finding elsewhere that the change causes stands on the line that causes it", async () => {
  const use = 'import { save } from "./save.js";\n\nexport function run(): void {\n  save();\n}\n';
  const it = await scene({ "src/save.ts": "export function save(): void {}\n", "src/use.ts": use });
  it.push({ "src/save.ts": "export async function save(): Promise<void> {\n  throw new Error(`no`);\n}\n" });
  const pull = it.open();
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/save.ts:1 floating-promise"]);
  const body = pull.pull.threads[0]!.comments[0]!.body;
  expect(body).toContain("This line causes it; it shows at [`src/use.ts:4`]");
  expect(body).not.toContain("```suggestion");
});

test("a finding far from every change stands on the nearest one in its declaration, and says which line it is at", async () => {
  const told = (
    last: string,
  ): string => `export function told(names: readonly string[], tell: (fact: unknown) => void): void {
  const parts: string[] = [];
  for (const name of names) parts.push(name.toUpperCase());
  const started = Date.now();
  tell(started);
  tell(names.length);
  tell(names[0]);
  tell(names.at(-1));
${last}  tell("done");
}
`;
  const it = await scene({ "src/told.ts": told("  tell(parts.join());\n") });
  it.push({ "src/told.ts": told("") });
  const pull = it.open();
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/told.ts:9 written-never-read"]);
  const body = pull.pull.threads[0]!.comments[0]!.body;
  expect(body).toMatch(/It is at \[`src\/told\.ts:2`\]\([^)]+#L2\): this is the nearest line of the change/);
  expect(body).toContain("`told`, which this is a part of, is changed.");
});

test("P16: a mark in somebody else's comment mutes nothing", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  await it.run(pull);
  const body = pull.pull.threads[0]!.comments[0]!.body;
  const sticky = pull.pull.comments[0]!.body;
  pull.pull.threads.length = 0;
  pull.pull.comments.length = 0;
  const fingerprint = /fp=([0-9a-f]{64})/.exec(body)![1]!;
  pull.comment("eve", sticky.replace("dismissed=", `dismissed=${fingerprint}`));
  pull.comment("eve", body);
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise"]);
});

test("P26, P28: drafts and labelled pull requests are not reviewed, and the check says so", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open({ isDraft: true });
  expect((await it.run(pull)).status).toBe(0);
  expect(checkOf(it, pull)).toMatchObject({ title: "NOT REVIEWED – draft", conclusion: "neutral" });
  pull.pull.isDraft = false;
  pull.pull.labels.push("review:skip");
  await it.run(pull);
  expect(checkOf(it, pull).title).toBe("NOT REVIEWED – label review:skip");
  pull.pull.labels.length = 0;
  pull.pull.title = "A change [Skip Review]";
  await it.run(pull);
  expect(checkOf(it, pull).title).toBe("NOT REVIEWED – [skip review]");
  expect(pull.pull.threads).toEqual([]);
});

test("P19: with a token that may only read, the findings are workflow commands and the step's summary", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh"), "src/bad.ts": error });
  const pull = it.open({ fork: "eve/shop" });
  const summary = join(mkdtempSync(join(tmpdir(), "review-step-")), "summary.md");
  writeFileSync(summary, "");
  const env = { GITHUB_TOKEN: it.github.createToken("reader[bot]", "read"), GITHUB_STEP_SUMMARY: summary };
  const result = await it.run(pull, { env });
  expect(result.status).toBe(1);
  expect(result.stdout.split("\n")).toEqual([
    expect.stringMatching(/^::error file=src\/bad\.ts,line=2,endLine=2,title=review%3A fresh-object-lookup::/),
    expect.stringMatching(/^::warning file=src\/new\.ts,line=3,/),
    "",
  ]);
  expect(readFileSync(summary, "utf8")).toContain("2 new (1 error, 1 warning)");
});

test("what the model could not say is told with its reason, and the findings are all there", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  const model = await startModelServer(() => refusal(401, "Incorrect API key provided.", { code: "invalid_api_key" }));
  onTestFinished(() => model.close());
  await it.run(pull, { env: { REVIEW_BOT_SUGGEST: "1", OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "k" } });
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise"]);
  expect(pull.pull.comments[0]!.body).toContain("Findings without an answer of the model: 1 (the key was rejected).");
});

test("the configuration comes from the base branch and is never run", async () => {
  const config = JSON.stringify({ pr: { failOn: "warning" }, rules: { "fresh-object-lookup": "off" } });
  const it = await scene({ "review.config.json": config, "src/sound.ts": sound });
  it.push({
    "src/new.ts": warning("fresh"),
    "src/bad.ts": error,
    "review.config.json": '{ "rules": { "floating-promise": "off" } }',
    "review.config.ts":
      'import { writeFileSync } from "node:fs"; writeFileSync("/tmp/review-bot-was-here", ""); export default {};',
  });
  const pull = it.open();
  expect((await it.run(pull)).status).toBe(1);
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise"]);
});

test("links, submodules, unsafe and huge files are passed over and named; nothing outside is read", async () => {
  const it = await scene();
  it.copy.git("checkout", "-q", "-b", "topic");
  const { symlinkSync } = await import("node:fs");
  symlinkSync("/etc/passwd", join(it.copy.folder, "src", "link.ts"));
  it.push({ "src/huge.ts": `export const text = "${"x".repeat(1_100_000)}";\n`, "src/new.ts": warning("fresh") });
  const pull = it.open();
  await it.run(pull);
  expect(checkOf(it, pull).title).toBe("1 new (1 warning) · 1/3 files");
  expect(pull.pull.comments[0]!.body).toContain(
    "Passed over: `src/link.ts` (symbolic link), `src/huge.ts` (too large).",
  );
});

test("an analysis with holes says so in its title, is no success, and leaves the threads of what it could not read alone", async () => {
  const config = JSON.stringify({ pr: { notReviewed: "failure" } });
  const it = await scene({ "review.config.json": config, "src/sound.ts": sound });
  it.push({ "src/new.ts": warning("fresh"), "src/deep.ts": warning("deep") });
  const pull = it.open();
  expect((await it.run(pull)).status).toBe(0);
  it.push({ "src/new.ts": sound, "src/deep.ts": `export const deep = ${"[".repeat(6_000)}${"]".repeat(6_000)};\n` });
  expect((await it.run(pull)).status).toBe(3);
  expect(checkOf(it, pull)).toMatchObject({ title: "INCOMPLETE 1/2 files · Nothing new", conclusion: "failure" });
  expect(threadsOf(pull).toSorted()).toEqual([
    "src/deep.ts:- floating-promise",
    "src/new.ts:- floating-promise resolved",
  ]);
  expect(pull.pull.comments[0]!.body).toContain("Not analysed: `src/deep.ts`");
});

test("threads that the token must not resolve are told in the summary, and are not told again when nothing changes", async () => {
  const it = await scene();
  it.github.limits.mayResolve = false;
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  await it.run(pull);
  it.push({ "src/new.ts": sound });
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/new.ts:- floating-promise"]);
  expect(pull.pull.threads[0]!.comments[0]!.body).toContain(`Fixed in ${pull.head().slice(0, 12)}.`);
  expect(pull.pull.comments[0]!.body).toContain("GitHub does not let me resolve 1 thread that has come to its end");
  const mark = it.github.seen.length;
  await it.run(pull);
  expect(writesSince(it, mark)).toEqual([expect.stringContaining("/graphql")]);
});
