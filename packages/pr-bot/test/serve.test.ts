import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { inImage, words } from "./container.ts";
import { start, textsBelow, threadsOf } from "./scene.ts";
import { deliver, metric, sharedYard, until, type Bot, type Yard } from "./server.ts";

let it: Yard;
let bot: Bot;

beforeAll(() =>
  sharedYard(async made => {
    it = made;
    it.github.state.deliveries.push({
      id: 7,
      guid: randomUUID(),
      event: "pull_request",
      action: "opened",
      payload: {},
      status: 502,
      redeliveries: 0,
    });
    const { deliveries } = it.github.state;
    const arrived = { ...deliveries[0]!, status: 202 };
    // More than one page of those that came later.
    deliveries.push(...Array.from({ length: 120 }, (_, index) => ({ ...arrived, id: 8 + index, guid: randomUUID() })));
    bot = await it.start();
  }),
);

test("P21, P22, P23: signed deliveries are taken once and reviewed; others are refused; bots are not listened to; nothing secret is kept", async () => {
  it.push("topic");
  const pull = it.hub.openPull("topic");
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
  const health = (port: string): number | null => {
    const [program = "", ...args] = words(inImage("HEALTHCHECK"));
    return spawnSync(program, args, { env: { PATH: process.env["PATH"], PORT: port } }).status;
  };
  expect([health(new URL(bot.url).port), health("9")]).toEqual([0, 1]);
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
});

test("P21: without a secret the server does not start, and says what is missing", async () => {
  const { status, stderr } = await start(["serve"], { GITHUB_APP_ID: "1", GITHUB_PRIVATE_KEY: "x" });
  expect([status, stderr]).toEqual([2, expect.stringContaining("GITHUB_WEBHOOK_SECRET is not set")]);
});

test("pushes to one pull request are coalesced; what is under way for an older head is given up", async () => {
  it.push("busy");
  const pull = it.hub.openPull("busy");
  const begun = it.hub.repository.checkRuns.length;
  for (let push = 1; push <= 8; push++) {
    it.push("busy", push);
    await deliver(bot, "pull_request", pull.event("synchronize"));
  }
  const head = pull.head();
  await until(() => it.hub.repository.checkRuns.some(run => run.head_sha === head && run.status === "completed"));
  expect(threadsOf(pull)).toEqual(["busy.ts:11 floating-promise"]);
  const runs = it.hub.repository.checkRuns.slice(begun);
  expect(runs.filter(run => run.conclusion === "success").length).toBeLessThan(8);
  // None is left that seems to be under way.
  await until(() => it.hub.repository.checkRuns.slice(begun).every(run => run.status === "completed"));
  const others = it.hub.repository.checkRuns.slice(begun).filter(run => run.conclusion !== "success");
  for (const { conclusion, output } of others) {
    expect(conclusion).toBe("cancelled");
    expect(output.title).toMatch(/^NOT REVIEWED – (?:superseded by a newer push|a newer commit came)$/);
  }
});

test("an order in a comment is carried out by the server; deliveries that failed are asked for on start", async () => {
  it.push("ordered");
  const pull = it.hub.openPull("ordered");
  await until(() => it.github.state.deliveries[0]!.redeliveries === 1);
  await deliver(bot, "issue_comment", pull.commentEvent(pull.comment("mia", "/review help")));
  await until(() => pull.pull.comments.some(({ body }) => body.includes("/review pause")));
  expect(pull.pull.reactions).toEqual([{ commentId: expect.any(Number), content: "+1" }]);
});

test("the buttons of a check are the commands that need no id, for those who may write, and GitHub's own runs it again", async () => {
  it.push("pressed");
  const pull = it.hub.openPull("pressed", { fork: "eve/shop" });
  const answers = (): number => bot.log().split('"answered"').length;
  const before = answers();
  const runs = it.hub.repository.checkRuns;
  const press = (login: string, identifier?: string): Promise<number> =>
    deliver(bot, "check_run", pull.checkEvent(runs.at(-1)!, login, identifier));
  const titled = (start: string): Promise<boolean> =>
    until(
      () =>
        runs.at(-1)?.head_sha === pull.head() &&
        runs.at(-1)?.status === "completed" &&
        runs.at(-1)?.output.title?.startsWith(start),
    );
  await deliver(bot, "pull_request", pull.event("opened"));
  await titled("1 new");
  // In a fork's branch the App could not commit anything.
  expect(runs.at(-1)!.actions).toMatchObject([
    { identifier: "dismiss-all" },
    { identifier: "review" },
    { identifier: "pause" },
  ]);
  expect(await press("mallory", "pause")).toBe(202);
  expect(await press("mia", "pause")).toBe(202);
  await until(() => pull.pull.comments.some(({ body }) => body.includes("paused=1")));
  await press("mia");
  await titled("NOT REVIEWED – paused");
  expect(runs.at(-1)!.actions).toMatchObject([{ identifier: "review" }, { identifier: "resume" }]);
  await press("mallory", "resume");
  await until(() => answers() === before + 3);
  expect(runs.at(-1)!.output.title).toContain("paused");
  await press("mia", "resume");
  await titled("1 new");
  expect(pull.pull.threads).toHaveLength(1);
  await press("mia", "dismiss-all");
  await titled("Nothing new");
  expect(threadsOf(pull)).toEqual(["pressed.ts:3 floating-promise resolved"]);
  expect(runs.at(-1)!.actions).toMatchObject([{ identifier: "review" }, { identifier: "pause" }]);
  expect(it.github.wrong).toEqual([]);
});

test("an App that may write to branches commits verified fixes at the press of a button, and gathers what people said", async () => {
  it.github.state.app.contents = "write";
  await bot.end("SIGTERM");
  bot = await it.start();
  it.push("fixable");
  const pull = it.hub.openPull("fixable");
  const runs = it.hub.repository.checkRuns;
  const checked = (): Promise<boolean> =>
    until(() => runs.some(run => run.head_sha === pull.head() && run.status === "completed"));
  await deliver(bot, "pull_request", pull.event("opened"));
  await checked();
  const before = pull.head();
  const run = runs.find(({ head_sha }) => head_sha === before)!;
  expect(run.actions).toMatchObject([
    { label: "Apply verified fixes" },
    { label: "Dismiss all" },
    { label: "Review again" },
  ]);
  pull.react(pull.pull.threads[0]!.comments[0]!, "+1");
  await deliver(bot, "check_run", pull.checkEvent(run, "mallory", "apply"));
  await deliver(bot, "check_run", pull.checkEvent(run, "mia", "apply"));
  await until(() => pull.head() !== before);
  await deliver(bot, "pull_request", pull.event("synchronize"));
  await checked();
  expect(threadsOf(pull)).toEqual(["fixable.ts:- floating-promise resolved"]);
  expect(it.copy.git("-C", it.hub.gitDir, "rev-list", "--count", `${before}..${pull.head()}`)).toBe("1\n");
  const env = { GITHUB_APP_ID: "4242", GITHUB_PRIVATE_KEY: it.github.app.privateKey, GITHUB_API_URL: it.github.url };
  const { stdout } = await start(["feedback"], { ...env, GITHUB_REPOSITORY: "acme/shop" });
  const told = stdout
    .trimEnd()
    .split("\n")
    .map(line => JSON.parse(line) as { readonly pull: number });
  expect(told.find(line => line.pull === pull.number)).toMatchObject({ outcome: "fixed", thumbsUp: 1, thumbsDown: 0 });
  it.github.state.app.contents = "read";
  expect(it.github.wrong).toEqual([]);
});

test("a server that is told to stop finishes what it does and starts nothing; the rest is done by the next one", async () => {
  expect(await bot.end("SIGTERM")).toBe(0);
  const { checkRuns } = it.hub.repository;
  const begun = checkRuns.length;
  const pulls = ["one", "two", "three"].map(branch => {
    it.push(branch);
    return it.hub.openPull(branch);
  });
  const first = await it.start({ REVIEW_SLOTS: "1" });
  for (const pull of pulls) await deliver(first, "pull_request", pull.event("opened"));
  await until(() => checkRuns.length > begun);
  expect(await first.end("SIGTERM")).toBe(0);
  expect(checkRuns.slice(begun).every(run => run.status === "completed")).toBe(true);
  bot = await it.start({ REVIEW_SLOTS: "1" });
  await until(() => pulls.every(pull => pull.pull.threads.length === 1));
});

test("the check of a head whose worker was killed is ended when the next head is reviewed", async () => {
  it.push("killed");
  const pull = it.hub.openPull("killed");
  const { checkRuns } = it.hub.repository;
  const checkAt = (head: string) => checkRuns.find(run => run.head_sha === head);
  const old = pull.head();
  await deliver(bot, "pull_request", pull.event("opened"));
  await until(() => checkAt(old));
  await bot.end("SIGKILL");
  expect(checkAt(old)!.status).toBe("in_progress");
  it.push("killed", 3);
  bot = await it.start({ REVIEW_SLOTS: "1" });
  await deliver(bot, "pull_request", pull.event("synchronize"));
  await until(() => checkAt(pull.head())?.status === "completed");
  expect(checkAt(pull.head())!.conclusion).toBe("success");
  expect(checkAt(old)).toMatchObject({
    status: "completed",
    conclusion: "cancelled",
    output: { title: "NOT REVIEWED – superseded by a newer push" },
  });
  expect(threadsOf(pull)).toEqual(["killed.ts:6 floating-promise"]);
});

test("an account with much to review does not make another one wait for all of it", async () => {
  const other = it.github.createRepository("quiet/shop", { isPrivate: true });
  const many = Array.from({ length: 5 }, (_, index) => {
    it.push(`crowd-${index}`);
    return it.hub.openPull(`crowd-${index}`);
  });
  it.copy.pushTo(other.gitDir, "main");
  it.push("calm", 0, other);
  const one = other.openPull("calm");
  for (const pull of many) await deliver(bot, "pull_request", pull.event("opened"));
  await deliver(bot, "pull_request", one.event("opened"));
  await until(() => one.pull.threads.length > 0);
  // One was under way when it came, and it shares the next turn with another.
  expect(many.filter(pull => pull.pull.threads.length > 0).length).toBeLessThanOrEqual(3);
  await until(() => many.every(pull => pull.pull.threads.length > 0));
});

test("every event that GitHub has published an example of is answered, and none makes the server fall", async () => {
  const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly {
    readonly name: string;
    readonly examples: readonly object[];
  }[];
  const statuses = new Set<number>();
  for (const { name, examples: payloads } of examples) {
    for (const payload of payloads.slice(0, 12)) statuses.add(await deliver(bot, name, payload));
  }
  expect([...statuses]).toEqual([202]);
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
});
