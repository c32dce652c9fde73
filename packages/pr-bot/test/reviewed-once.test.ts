import { expect, test } from "vitest";
import { threadsOf, type PullHandle } from "./scene.ts";
import { deliver, metric, until, yard, type Bot, type Yard } from "./server.ts";

type Result = "reviewed" | "not-reviewed" | "already-reviewed";

const ended = (bot: Bot, result: Result): Promise<number> => metric(bot, `review_runs_total{result="${result}"}`);

/** Delivers something and waits until it has led to one more job with this end, and to none with another. */
async function leadsTo(bot: Bot, result: Result, event: string, payload: object): Promise<void> {
  const others = async (): Promise<readonly number[]> =>
    Promise.all(
      (["reviewed", "not-reviewed", "already-reviewed"] as const)
        .filter(name => name !== result)
        .map(name => ended(bot, name)),
    );
  const [before, elsewhere] = [await ended(bot, result), await others()];
  expect(await deliver(bot, event, payload)).toBe(202);
  await until(async () => (await ended(bot, result)) > before || !equal(await others(), elsewhere));
  expect([await ended(bot, result), await others()]).toEqual([before + 1, elsewhere]);
}

const equal = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();

/** An event of the pull request as it is now. */
const happens = (bot: Bot, pull: PullHandle, action: string, result: Result): Promise<void> =>
  leadsTo(bot, result, "pull_request", pull.event(action));

async function opened(): Promise<{ readonly it: Yard; readonly pull: PullHandle; readonly bot: Bot }> {
  const it = await yard();
  it.push("topic");
  return { it, pull: it.hub.openPull("topic"), bot: await it.start() };
}

test("what is reviewed is reviewed once, over a restart too; whoever asks has it reviewed again", async () => {
  const { it, pull, bot: first } = await opened();
  await happens(first, pull, "opened", "reviewed");
  const mark = it.github.seen.length;
  for (const action of ["synchronize", "edited", "reopened"]) await happens(first, pull, action, "already-reviewed");
  pull.pull.labels.push("shop");
  await happens(first, pull, "labeled", "already-reviewed"); // cspell:disable-line
  // No clone, no conversation, nothing written: each is one question.
  expect(it.github.seen.slice(mark).map(({ method, path }) => `${method} ${path}`)).toEqual(
    Array.from({ length: 4 }, () => `GET /repos/acme/shop/pulls/${pull.number}`),
  );
  await leadsTo(first, "reviewed", "issue_comment", pull.commentEvent(pull.comment("mia", "/review")));
  await first.end("SIGTERM");
  const second = await it.start();
  await happens(second, pull, "synchronize", "already-reviewed");
  const [run] = it.hub.repository.checkRuns;
  await leadsTo(second, "reviewed", "check_run", pull.checkEvent(run!, "mia"));
  await leadsTo(second, "reviewed", "check_run", pull.checkEvent(run!, "mia", "review"));
  expect(it.hub.repository.checkRuns).toHaveLength(1);
  expect(threadsOf(pull)).toEqual(["topic.ts:3 floating-promise"]);
  expect(it.github.wrong).toEqual([]);
  await second.end("SIGTERM");
});

test("only the last review counts: a push, the way back, another base and a head that GitHub does not give yet are reviewed", async () => {
  const { it, pull, bot } = await opened();
  const old = pull.head();
  await happens(bot, pull, "opened", "reviewed");
  it.push("topic", 4);
  await happens(bot, pull, "synchronize", "reviewed");
  await happens(bot, pull, "edited", "already-reviewed");
  it.copy.git("checkout", "-q", "-B", "topic", old);
  it.copy.pushTo(it.hub.gitDir, "topic");
  it.hub.moved();
  expect(pull.head()).toBe(old);
  await happens(bot, pull, "synchronize", "reviewed");
  expect(threadsOf(pull).filter(thread => !thread.endsWith("resolved"))).toEqual(["topic.ts:3 floating-promise"]);
  it.copy.commit("main", { "other.ts": "export const other = 1;\n" });
  it.copy.pushTo(it.hub.gitDir, "main");
  await happens(bot, pull, "edited", "reviewed");
  await happens(bot, pull, "edited", "already-reviewed");
  const told = pull.event("synchronize") as { readonly pull_request: { readonly head: object } };
  const ahead = { ...told.pull_request, head: { ...told.pull_request.head, sha: "1".repeat(40) } };
  await leadsTo(bot, "reviewed", "pull_request", { ...told, pull_request: ahead });
  await happens(bot, pull, "edited", "already-reviewed");
  await bot.end("SIGTERM");
});

test("what was not reviewed, or could not be told, is reviewed when the next event comes", async () => {
  const { it, pull, bot } = await opened();
  const { checkRuns } = it.hub.repository;
  pull.pull.isDraft = true;
  await happens(bot, pull, "opened", "not-reviewed");
  await happens(bot, pull, "synchronize", "not-reviewed");
  pull.pull.isDraft = false;
  pull.pull.isLocked = true;
  await happens(bot, pull, "ready_for_review", "reviewed");
  expect(threadsOf(pull)).toEqual([]);
  pull.pull.isLocked = false;
  await happens(bot, pull, "edited", "reviewed");
  expect(threadsOf(pull)).toEqual(["topic.ts:3 floating-promise"]);
  await happens(bot, pull, "edited", "already-reviewed");
  pull.pull.labels.push("review:skip");
  await happens(bot, pull, "labeled", "not-reviewed"); // cspell:disable-line
  expect(checkRuns.at(-1)!.output.title).toContain("NOT REVIEWED – label");
  pull.pull.labels.pop();
  await happens(bot, pull, "unlabeled", "reviewed"); // cspell:disable-line
  expect(checkRuns.at(-1)!.output.title).toContain("1 new");
  expect(threadsOf(pull)).toHaveLength(1);
  await bot.end("SIGTERM");
});
