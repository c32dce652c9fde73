import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { threadsOf } from "./scene.ts";
import { deliver, metric, sharedYard, until, type Yard } from "./server.ts";

let it: Yard;

beforeAll(() => sharedYard(made => void (it = made)));

const numberIn = (path: string): number => Number(/\/pulls\/(\d+)$/.exec(path)?.[1] ?? NaN);

test(
  "a review that takes longer than it may ends, says so, is not made again by itself, and the queue goes on",
  { timeout: 600_000 },
  async () => {
    const hasty = await it.start({ REVIEW_JOB_SECONDS: "20", REVIEW_SLOTS: "1" });
    it.push("slow");
    const slow = it.hub.openPull("slow");
    const { checkRuns } = it.hub.repository;
    const checkAt = (head: string) => checkRuns.find(run => run.head_sha === head);
    const isEnded = (head: string): boolean => checkAt(head)?.status === "completed";
    let held = 0;
    // It answers once, and then no more, until the review has been given up.
    it.github.fail((method, path) => {
      const isSlow =
        method === "GET" && numberIn(path) === slow.number && checkAt(slow.head())?.status === "in_progress";
      if (!isSlow) return undefined;
      held++;
      return new Promise(() => undefined);
    });
    await deliver(hasty, "pull_request", slow.event("opened"));
    it.push("next");
    const next = it.hub.openPull("next");
    await deliver(hasty, "pull_request", next.event("opened"));
    await until(() => isEnded(slow.head()) && isEnded(next.head()));
    expect(checkAt(slow.head())).toMatchObject({
      conclusion: "neutral",
      output: { title: "NOT REVIEWED – the review took longer than 20 s" },
      actions: [{ identifier: "review" }, { identifier: "pause" }],
    });
    it.github.fail(undefined);
    const jobs = async (): Promise<number> => {
      const states = ["created", "retry", "active", "failed"];
      const counts = await Promise.all(states.map(state => metric(hasty, `review_queue_jobs{state="${state}"}`)));
      return counts.reduce((sum, count) => sum + count, 0);
    };
    await until(async () => (await jobs()) === 0);
    expect(await metric(hasty, 'review_runs_total{result="failed"}')).toBe(0);
    expect(held).toBeLessThanOrEqual(1);
    expect(await hasty.end("SIGTERM")).toBe(0);
    // Whoever asks gets it.
    const bot = await it.start();
    await deliver(bot, "check_run", slow.checkEvent(checkAt(slow.head())!, "mia", "review"));
    await until(() => threadsOf(slow).length === 1);
    expect(await bot.end("SIGTERM")).toBe(0);
  },
);

test(
  "P20: a review that GitHub asks to wait for long gives its place to those of other accounts and comes later",
  { timeout: 600_000 },
  async () => {
    const bot = await it.start({ REVIEW_SLOTS: "1" });
    it.push("limited");
    const limited = it.hub.openPull("limited");
    let refused = 0;
    it.github.fail((method, path) => {
      if (method !== "POST" || !path.endsWith(`/pulls/${limited.number}/reviews`)) return undefined;
      refused++;
      const body = { message: "You have exceeded a secondary rate limit." };
      return { status: 403, body, headers: { "retry-after": "600" } };
    });
    await deliver(bot, "pull_request", limited.event("opened"));
    await until(() => bot.log().includes('"put off until GitHub takes requests again"'));
    const other = it.github.createRepository("calm/shop", { isPrivate: true });
    it.copy.pushTo(other.gitDir, "main");
    it.push("calm", 0, other);
    const calm = other.openPull("calm");
    await deliver(bot, "pull_request", calm.event("opened"));
    await until(() => calm.pull.threads.length === 1);
    const check = it.hub.repository.checkRuns.find(run => run.head_sha === limited.head());
    expect([refused, check?.status, limited.pull.threads.length]).toEqual([1, "in_progress", 0]);
    expect(await metric(bot, 'review_queue_jobs{state="created"}')).toBe(1);
    expect(await bot.end("SIGTERM")).toBe(0);
  },
);

test("a server that is told to stop while it asks for deliveries that failed asks for no more of them", async () => {
  const failed = { event: "pull_request", action: "opened", payload: {}, status: 502, redeliveries: 0 };
  const many = Array.from({ length: 200 }, (_, index) => ({ ...failed, id: 900 + index, guid: randomUUID() }));
  it.github.state.deliveries.push(...many);
  const bot = await it.start({ REVIEW_WRITE_PAUSE_MS: "1000" });
  await until(() => many.some(({ redeliveries }) => redeliveries > 0));
  expect(await bot.end("SIGTERM")).toBe(0);
  // A second lies between two of them.
  expect(many.filter(({ redeliveries }) => redeliveries > 0).length).toBeLessThan(200);
});
