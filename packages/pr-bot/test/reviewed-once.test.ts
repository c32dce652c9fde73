import { beforeAll, expect, test } from "vitest";
import { threadsOf, type PullHandle } from "./scene.ts";
import { deliver, metric, sharedYard, until, type Bot, type Yard } from "./server.ts";

let it: Yard;
let bot: Bot;

beforeAll(() =>
  sharedYard(async made => {
    it = made;
    bot = await it.start();
  }),
);

type Result = "reviewed" | "not-reviewed" | "already-reviewed";
const RESULTS: readonly Result[] = ["reviewed", "not-reviewed", "already-reviewed"];

/** How many jobs have come to each end. */
const ends = (): Promise<readonly number[]> =>
  Promise.all(RESULTS.map(result => metric(bot, `review_runs_total{result="${result}"}`)));

/** Delivers something and waits until it has led to one more job with this end, and to none with another. */
async function leadsTo(result: Result, event: string, payload: object): Promise<void> {
  const before = await ends();
  const read = bot.log().length;
  expect(await deliver(bot, event, payload)).toBe(202);
  // The log costs the server nothing; metrics ask its database each time, and it has one connection.
  await until(() => bot.log().includes('"msg":"reviewed"', read));
  expect(await ends()).toEqual(before.map((count, index) => count + (RESULTS[index] === result ? 1 : 0)));
}

/** An event of the pull request as it is now. */
const happens = (pull: PullHandle, action: string, result: Result): Promise<void> =>
  leadsTo(result, "pull_request", pull.event(action));

function opened(branch: string): PullHandle {
  it.push(branch);
  return it.hub.openPull(branch);
}

test("what is reviewed is reviewed once, over a restart too; whoever asks has it reviewed again", async () => {
  const pull = opened("topic");
  await happens(pull, "opened", "reviewed");
  const mark = it.github.seen.length;
  for (const action of ["synchronize", "edited", "reopened"]) await happens(pull, action, "already-reviewed");
  pull.pull.labels.push("shop");
  await happens(pull, "labeled", "already-reviewed"); // cspell:disable-line
  // No clone, no conversation, nothing written: each is one question.
  expect(it.github.seen.slice(mark).map(({ method, path }) => `${method} ${path}`)).toEqual(
    Array.from({ length: 4 }, () => `GET /repos/acme/shop/pulls/${pull.number}`),
  );
  await leadsTo("reviewed", "issue_comment", pull.commentEvent(pull.comment("mia", "/review")));
  await bot.end("SIGTERM");
  bot = await it.start();
  await happens(pull, "synchronize", "already-reviewed");
  const [run] = it.hub.repository.checkRuns;
  await leadsTo("reviewed", "check_run", pull.checkEvent(run!, "mia"));
  await leadsTo("reviewed", "check_run", pull.checkEvent(run!, "mia", "review"));
  expect(it.hub.repository.checkRuns).toHaveLength(1);
  expect(threadsOf(pull)).toEqual(["topic.ts:3 floating-promise"]);
  expect(it.github.wrong).toEqual([]);
});

test("only the last review counts: a push, the way back, another base and a head that GitHub does not give yet are reviewed", async () => {
  const pull = opened("moved");
  const old = pull.head();
  await happens(pull, "opened", "reviewed");
  it.push("moved", 4);
  await happens(pull, "synchronize", "reviewed");
  await happens(pull, "edited", "already-reviewed");
  it.copy.git("-C", it.hub.gitDir, "update-ref", "refs/heads/moved", old);
  it.hub.moved();
  expect(pull.head()).toBe(old);
  await happens(pull, "synchronize", "reviewed");
  expect(threadsOf(pull).filter(thread => !thread.endsWith("resolved"))).toEqual(["moved.ts:3 floating-promise"]);
  it.copy.commit("main", { "other.ts": "export const other = 1;\n" });
  it.copy.pushTo(it.hub.gitDir, "main");
  await happens(pull, "edited", "reviewed");
  await happens(pull, "edited", "already-reviewed");
  const told = pull.event("synchronize") as { readonly pull_request: { readonly head: object } };
  const ahead = { ...told.pull_request, head: { ...told.pull_request.head, sha: "1".repeat(40) } };
  await leadsTo("reviewed", "pull_request", { ...told, pull_request: ahead });
  await happens(pull, "edited", "already-reviewed");
});

test("what was not reviewed, or could not be told, is reviewed when the next event comes", async () => {
  const pull = opened("draft");
  const { checkRuns } = it.hub.repository;
  pull.pull.isDraft = true;
  await happens(pull, "opened", "not-reviewed");
  await happens(pull, "synchronize", "not-reviewed");
  pull.pull.isDraft = false;
  pull.pull.isLocked = true;
  await happens(pull, "ready_for_review", "reviewed");
  expect(threadsOf(pull)).toEqual([]);
  pull.pull.isLocked = false;
  await happens(pull, "edited", "reviewed");
  expect(threadsOf(pull)).toEqual(["draft.ts:3 floating-promise"]);
  await happens(pull, "edited", "already-reviewed");
  pull.pull.labels.push("review:skip");
  await happens(pull, "labeled", "not-reviewed"); // cspell:disable-line
  expect(checkRuns.at(-1)!.output.title).toContain("NOT REVIEWED – label");
  pull.pull.labels.pop();
  await happens(pull, "unlabeled", "reviewed"); // cspell:disable-line
  expect(checkRuns.at(-1)!.output.title).toContain("1 new");
  expect(threadsOf(pull)).toHaveLength(1);
});
