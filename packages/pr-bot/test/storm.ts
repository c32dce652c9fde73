/** Deliveries in bad weather: servers that are killed, and many deliveries at once. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { PullHandle } from "@review/testkit/github";
import { threadsOf } from "./scene.ts";
import { deliver, until, type Bot, type Yard } from "./server.ts";

export interface Storm {
  readonly deliveries: number;
  readonly pulls: number;
  readonly kills: number;
  readonly env: Readonly<Record<string, string>>;
}

/** A generator of numbers that a seed decides, so that a failure can be had again. */
export function randomness(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Delivers, kills and restarts; GitHub, or who looks after the App, sends again what did not arrive. */
export async function killDuring(
  it: Yard,
  { deliveries, pulls: count, kills, env }: Storm,
  seed: number,
): Promise<void> {
  const random = randomness(seed);
  const pulls = openPulls(it, count);
  const deaths = new Set(Array.from({ length: kills }, () => Math.floor(random() * deliveries)));
  let bot = await it.start(env);
  for (let index = 0; index < deliveries; index++) {
    const branch = Math.floor(random() * count);
    const isLethal = deaths.has(index);
    // Every tenth delivery tells of a new commit, and each that is lethal, so that there is a review to kill; the others are events of a
    // pull request that did not change.
    if (isLethal || random() < 0.1) it.push(`topic-${branch}`, 1 + Math.floor(random() * 20));
    const guid = randomUUID();
    const payload = pulls[branch]!.event("synchronize");
    const doomed = bot;
    const death = isLethal ? killed(it, doomed, random) : undefined;
    for (;;) {
      const status = await deliver(bot, "pull_request", payload, { guid }).catch(() => 0);
      if (status === 202) break;
      await bot.end("SIGKILL");
      bot = await it.start(env);
    }
    await death;
    if (death && bot === doomed) bot = await it.start(env);
  }
  // Also those that nothing was delivered for.
  for (const pull of pulls) await deliver(bot, "pull_request", pull.event("synchronize"));
  await expectEachReviewedOnce(it, pulls, bot);
  await bot.end("SIGTERM");
}

/**
 * Kills a server: within the next moments, or when it asks GitHub for the first, second or third change from now on, whose answer it
 * does not live to see: a check that begins, a review, a summary, or a check that ends.
 */
async function killed({ github }: Yard, bot: Bot, random: () => number): Promise<void> {
  if (random() < 0.5) await new Promise(done => setTimeout(done, random() * 400));
  else {
    let left = 1 + Math.floor(random() * 3);
    github.fail((method, path) => {
      const isChange = /^(?:POST|PATCH)$/.test(method) && path.startsWith("/repos/");
      if (isChange) left--;
      // In the middle of the request: it is carried out all the same.
      if (left === 0) void bot.end("SIGKILL");
      return undefined;
    });
    await until(() => left <= 0);
    github.fail(undefined);
  }
  await bot.end("SIGKILL");
}

export function openPulls(it: Yard, count: number): readonly PullHandle[] {
  return Array.from({ length: count }, (_, index) => {
    it.push(`topic-${index}`);
    return it.hub.openPull(`topic-${index}`);
  });
}

/** One completed check for each newest head and none under way for an older one, one open thread for each finding, one summary, when there is nothing left to do. */
export async function expectEachReviewedOnce(
  it: Yard,
  pulls: readonly PullHandle[],
  bot: Bot,
  seconds = 600,
): Promise<void> {
  const { checkRuns } = it.hub.repository;
  const completed = (pull: PullHandle): number => {
    const head = pull.head();
    return checkRuns.filter(run => run.head_sha === head && run.status === "completed").length;
  };
  await until(() => pulls.every(pull => completed(pull) > 0), seconds);
  // A second review would be among them.
  await until(() => isIdle(bot), seconds);
  expect(pulls.map(completed), it.complaints()).toEqual(pulls.map(() => 1));
  expect(pulls.map(pull => threadsOf(pull).length)).toEqual(pulls.map(() => 1));
  expect(
    pulls.map(pull => pull.pull.comments.length),
    it.complaints(),
  ).toEqual(pulls.map(() => 1));
  expect(checkRuns.filter(run => run.status !== "completed")).toEqual([]);
  expect(it.github.wrong).toEqual([]);
}

/** Whether nothing waits and nothing is under way, by the queue that all processes share. */
async function isIdle({ url }: Bot): Promise<boolean> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return !/^review_queue_(?:undispatched|jobs\{state="(?:created|retry|active)"\}) [1-9]/m.test(text);
}

/** Sends many at once over some connections; gives the times of the answers in milliseconds, ascending. */
export async function burst(
  bots: readonly Bot[],
  pulls: readonly PullHandle[],
  deliveries: number,
  connections: number,
): Promise<readonly number[]> {
  const payloads = pulls.map(pull => JSON.stringify(pull.event("synchronize")));
  const times: number[] = [];
  let next = 0;
  const connection = async (): Promise<void> => {
    while (next < deliveries) {
      const index = next++;
      const started = performance.now();
      const status = await deliver(bots[index % bots.length]!, "pull_request", payloads[index % payloads.length]!);
      times.push(performance.now() - started);
      expect(status).toBe(202);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return times.sort((a, b) => a - b);
}
