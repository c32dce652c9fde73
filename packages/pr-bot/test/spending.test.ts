import { expect, onTestFinished, test } from "vitest";
import { startModelServer } from "@review/testkit/openai";
import { runHere, type PullHandle } from "./scene.ts";
import { deliver, metric, until, yard, type Bot, type Yard } from "./server.ts";

const BUDGET = 8_000;
const USED_UP = "The budget of the day for the model (8000 tokens) is used up";

/** Opens a pull request with a finding and waits until it is reviewed. */
async function reviewed(it: Yard, hub: Yard["hub"], bot: Bot, branch: string): Promise<PullHandle> {
  it.push(branch, 0, hub);
  const pull = hub.openPull(branch);
  await deliver(bot, "pull_request", pull.event("opened"));
  await until(() => hub.repository.checkRuns.some(run => run.head_sha === pull.head() && run.status === "completed"));
  return pull;
}

const summaryOf = ({ pull }: PullHandle): string => pull.comments.map(({ body }) => body).join("\n");

test("the reviews of an installation spend no more than its day's budget together, also after a restart, and say so", async () => {
  const it = await yard();
  const model = await startModelServer();
  onTestFinished(() => model.close());
  const suggest = { REVIEW_BOT_SUGGEST: "1", OPENAI_BASE_URL: model.url, REVIEW_MODEL: "local" };
  // A request is reserved at more than 6 000 and takes some 1 000: the second fits where the first has put back the rest.
  const env = { ...suggest, REVIEW_BOT_DAY_TOKENS: String(BUDGET) };
  const first = await it.start(env);
  let summary = "";
  for (let pulls = 0; !summary.includes(USED_UP); pulls++) {
    expect(model.requests.length).toBe(pulls);
    summary = summaryOf(await reviewed(it, it.hub, first, `topic-${"abcdefghij"[pulls]!}`));
  }
  const asked = model.requests.length;
  expect(asked).toBeGreaterThan(1);
  const { inputTokens, outputTokens } = model.billed();
  expect(inputTokens + outputTokens).toBeLessThan(BUDGET);
  await first.end("SIGTERM");
  const second = await it.start(env);
  expect(summaryOf(await reviewed(it, it.hub, second, "later"))).toContain(USED_UP);
  expect(model.requests.length).toBe(asked);
  // Another account has a day of its own.
  const other = it.github.createRepository("other/shop", { isPrivate: true });
  it.copy.pushTo(other.gitDir, "main");
  expect(summaryOf(await reviewed(it, other, second, "other"))).not.toContain("budget");
  expect(model.requests.length).toBe(asked + 1);
  expect(it.github.wrong).toEqual([]);
  await second.end("SIGTERM");
});

test("what was answered about code before is not paid for again when the next push leaves or moves it", async () => {
  const it = await yard();
  const model = await startModelServer();
  onTestFinished(() => model.close());
  const suggest = { REVIEW_BOT_SUGGEST: "1", OPENAI_BASE_URL: model.url, REVIEW_MODEL: "local" };
  const bot = await it.start({ ...suggest, REVIEW_BOT_PRICE: "2,8" });
  const pull = await reviewed(it, it.hub, bot, "topic");
  expect(model.requests.length).toBe(1);
  const { inputTokens, outputTokens } = model.billed();
  await until(async () => (await metric(bot, 'review_runs_total{result="reviewed"}')) === 1);
  expect(await metric(bot, "review_model_tokens_total")).toBe(inputTokens + outputTokens);
  expect(await metric(bot, "review_model_usd_total")).toBeCloseTo((inputTokens * 2 + outputTokens * 8) / 1e6, 9);
  it.push("topic", 3);
  await deliver(bot, "pull_request", pull.event("synchronize"));
  const isDone = (): boolean =>
    it.hub.repository.checkRuns.some(run => run.head_sha === pull.head() && run.status === "completed");
  await until(isDone);
  expect(model.requests.length).toBe(1);
  expect(it.github.wrong).toEqual([]);
  await bot.end("SIGTERM");
});

test.each([
  [{ REVIEW_BOT_BUDGET: "1" }, "A budget in dollars needs a price"],
  [{ REVIEW_BOT_PRICE: "cheap" }, 'REVIEW_BOT_PRICE is "cheap"'],
  [{ REVIEW_BOT_TOKENS: "-1" }, 'REVIEW_BOT_TOKENS is "-1"'],
  [{ REVIEW_BOT_DAY_TOKENS: "8000" }, "A budget of the day needs the server's database"],
])("a budget that cannot be kept is refused at once: %j", async (budget, words) => {
  const github = { GITHUB_REPOSITORY: "acme/shop", GITHUB_TOKEN: "x", GITHUB_API_URL: "http://127.0.0.1:9" };
  const { status, stderr } = await runHere(["run", "--pull", "1"], { REVIEW_BOT_SUGGEST: "1", ...github, ...budget });
  expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
});
