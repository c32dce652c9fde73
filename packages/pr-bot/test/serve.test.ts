import { randomUUID } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MAIN, threadsOf } from "./scene.ts";
import { deliver, metric, until, yard } from "./server.ts";

test("P21, P22, P23: signed deliveries are taken once and reviewed; others are refused; bots are not listened to; nothing secret is kept", async () => {
  const it = await yard();
  it.push("topic");
  const pull = it.hub.openPull("topic");
  const bot = await it.start();
  const event = pull.event("opened");
  expect(await deliver(bot, "pull_request", event, { signature: null })).toBe(401);
  expect(await deliver(bot, "pull_request", event, { signature: `sha256=${"0".repeat(64)}` })).toBe(401);
  const vector = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  // Rightly signed, and no JSON.
  expect(await deliver(bot, "ping", "Hello, World!", { signature: vector })).toBe(400);
  const guid = randomUUID();
  expect([
    await deliver(bot, "pull_request", event, { guid }),
    await deliver(bot, "pull_request", event, { guid }),
  ]).toEqual([202, 202]);
  await until(() => it.hub.repository.checkRuns.some(run => run.status === "completed"));
  expect(threadsOf(pull)).toEqual(["topic.ts:3 floating-promise"]);
  expect(pull.pull.threads[0]!.comments[0]!.author.login).toBe("review-app[bot]");
  expect(it.hub.repository.checkRuns).toHaveLength(1);
  const own = pull.comment("review-app[bot]", "/review");
  expect(await deliver(bot, "issue_comment", pull.commentEvent(own))).toBe(202);
  expect(await metric(bot, 'review_deliveries_total{event="pull_request",outcome="duplicate"}')).toBe(1);
  expect(await metric(bot, 'review_deliveries_total{event="issue_comment",outcome="ignored"}')).toBe(1);
  expect(await metric(bot, 'review_findings_total{severity="warning"}')).toBe(1);
  expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  const tokens = [...it.github.state.tokens.keys()];
  expect(tokens.length).toBeGreaterThan(0);
  const kept = bot.log() + textsBelow(join(it.dataDir, "clones"));
  for (const secret of [
    ...tokens,
    it.github.app.privateKey.split("\n")[1]!,
    ...tokens.map(token => Buffer.from(`x-access-token:${token}`).toString("base64")),
  ]) {
    expect(kept.includes(secret)).toBe(false);
  }
  expect(it.github.wrong).toEqual([]);
  expect(await bot.end("SIGTERM")).toBe(0);
});

/** All small files below a folder, as one text. */
function textsBelow(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return entries.map(entry => readFileSync(join(entry.parentPath, entry.name), "latin1")).join("\n");
}

test("P21: without a secret the server does not start, and says what is missing", () => {
  const env = { PATH: process.env["PATH"], GITHUB_APP_ID: "1", GITHUB_PRIVATE_KEY: "x" };
  const { status, stderr } = spawnSync(process.execPath, [MAIN, "serve"], { env, encoding: "utf8" });
  expect([status, stderr]).toEqual([2, expect.stringContaining("GITHUB_WEBHOOK_SECRET is not set")]);
});

test("pushes to one pull request are coalesced; what is under way for an older head is given up", async () => {
  const it = await yard();
  it.push("topic");
  const pull = it.hub.openPull("topic");
  const bot = await it.start();
  for (let push = 1; push <= 8; push++) {
    it.push("topic", push);
    await deliver(bot, "pull_request", pull.event("synchronize"));
  }
  const head = pull.head();
  await until(() => it.hub.repository.checkRuns.some(run => run.head_sha === head && run.status === "completed"));
  expect(threadsOf(pull)).toEqual(["topic.ts:11 floating-promise"]);
  expect(it.hub.repository.checkRuns.filter(run => run.status === "completed").length).toBeLessThan(8);
  await bot.end("SIGTERM");
});

test("a server that is told to stop finishes what it does and starts nothing; the rest is done by the next one", async () => {
  const it = await yard();
  const pulls = ["one", "two", "three"].map(branch => {
    it.push(branch);
    return it.hub.openPull(branch);
  });
  const first = await it.start({ REVIEW_SLOTS: "1" });
  for (const pull of pulls) await deliver(first, "pull_request", pull.event("opened"));
  await until(() => it.hub.repository.checkRuns.length > 0);
  expect(await first.end("SIGTERM")).toBe(0);
  expect(it.hub.repository.checkRuns.every(run => run.status === "completed")).toBe(true);
  const second = await it.start();
  await until(() => pulls.every(pull => pull.pull.threads.length === 1));
  await second.end("SIGTERM");
});

test("an order in a comment is carried out by the server; deliveries that failed are asked for on start", async () => {
  const it = await yard();
  it.push("topic");
  const pull = it.hub.openPull("topic");
  it.github.state.deliveries.push({
    id: 7,
    guid: randomUUID(),
    event: "pull_request",
    action: "opened",
    payload: {},
    status: 502,
    redeliveries: 0,
  });
  const bot = await it.start();
  await until(() => it.github.state.deliveries[0]!.redeliveries === 1);
  await deliver(bot, "issue_comment", pull.commentEvent(pull.comment("mia", "/review help")));
  await until(() => pull.pull.comments.some(({ body }) => body.includes("/review pause")));
  expect(pull.pull.reactions).toEqual([{ commentId: expect.any(Number), content: "+1" }]);
  await bot.end("SIGTERM");
});

test("the buttons of a check are the commands that need no id, for those who may write, and GitHub's own runs it again", async () => {
  const it = await yard();
  it.push("topic");
  const pull = it.hub.openPull("topic", { fork: "eve/shop" });
  const bot = await it.start();
  const runs = it.hub.repository.checkRuns;
  const press = (login: string, identifier?: string): Promise<number> =>
    deliver(bot, "check_run", pull.checkEvent(runs.at(-1)!, login, identifier));
  const titled = (start: string): Promise<boolean> =>
    until(() => runs.at(-1)?.status === "completed" && runs.at(-1)?.output.title?.startsWith(start));
  await deliver(bot, "pull_request", pull.event("opened"));
  await titled("1 new");
  expect(runs.at(-1)!.actions).toMatchObject([{ identifier: "review" }, { identifier: "pause" }]);
  expect(await press("mallory", "pause")).toBe(202);
  expect(await press("mia", "pause")).toBe(202);
  await until(() => pull.pull.comments.some(({ body }) => body.includes("paused=1")));
  await press("mia");
  await titled("NOT REVIEWED – paused");
  expect(runs.at(-1)!.actions).toMatchObject([{ identifier: "review" }, { identifier: "resume" }]);
  await press("mallory", "resume");
  await until(() => bot.log().split('"answered"').length === 4);
  expect(runs.at(-1)!.output.title).toContain("paused");
  await press("mia", "resume");
  await titled("1 new");
  expect(pull.pull.threads).toHaveLength(1);
  expect(it.github.wrong).toEqual([]);
  await bot.end("SIGTERM");
});

test("every event that GitHub has published an example of is answered, and none makes the server fall", async () => {
  const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly {
    readonly name: string;
    readonly examples: readonly object[];
  }[];
  const it = await yard();
  const bot = await it.start();
  const statuses = new Set<number>();
  for (const { name, examples: payloads } of examples) {
    for (const payload of payloads.slice(0, 12)) statuses.add(await deliver(bot, name, payload));
  }
  expect([...statuses]).toEqual([202]);
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  await bot.end("SIGTERM");
});
