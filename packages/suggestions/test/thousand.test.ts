/** A thousand findings, eight requests at a time, and of every twenty answers one that fails, in each way there is. */
import { answer, faults, type FaultName } from "@review/testkit/openai";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { ask, quickClock, requestFor, serverWith } from "./support.ts";

const kinds: readonly FaultName[] = [
  ...([
    "refusal",
    "truncated",
    "filtered",
    "prose",
    "invalid-json",
    "wrong-schema",
    "html",
    "empty",
    "not-json",
  ] as const),
  ...(["not-the-api", "failed", "rate-limited", "too-large", "server-error", "overloaded"] as const),
  ...(["stall-at-once", "stall-within", "drop-at-once", "drop-within"] as const),
];

it("loses nothing, doubles nothing, keeps the budget and its memory", { timeout: 300_000 }, async () => {
  let bad = 0;
  // One request in twenty fails, and the kinds take turns, so that each has its share.
  const server = await serverWith(request => {
    if (request.number % 20 === 0) return faults[kinds[bad++ % kinds.length]!];
    const name = /src\/(\w+)\.ts/.exec(request.turns[0]!.text)![1]!;
    return answer({ decision: "advice", explanation: `Answer for ${name}.` });
  });
  const requests = Array.from({ length: 1_000 }, (_, index) => requestFor(`f${index}`));
  const progress: number[] = [];
  const memory: number[] = [];
  const budget = { usd: 9, tokens: 9_000_000, requests: 1_150 };
  const cacheDir = folderWith();
  const settings = {
    ...{ concurrency: 8, attemptMs: 1_500, price: { input: 1, output: 4 }, budget, cacheDir },
    clock: quickClock(),
  };
  const trial = await ask(server, requests, settings, {
    onProgress: done => {
      progress.push(done);
      if (done % 100 === 0) memory.push(usedMemory());
    },
  });

  expect(progress).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  expect(trial.results).toHaveLength(1_000);
  trial.results.forEach(({ suggestion }, index) => {
    const own = suggestion.origin === "model" ? `Answer for f${index}.` : "Await the promise.";
    expect(suggestion.text).toBe(own);
    expect(suggestion.origin === "model" || suggestion.reason).toBeTruthy();
  });
  expect(bad).toBeGreaterThanOrEqual(2 * kinds.length);
  expect(trial.results.filter(({ suggestion }) => suggestion.status === "advice").length).toBeGreaterThan(950);

  const usage = trial.suggester.usage();
  const billed = server.billed();
  expect(usage.requests).toBe(server.requests.length);
  expect(usage.requests).toBeLessThanOrEqual(budget.requests);
  expect((billed.inputTokens + 4 * billed.outputTokens) / 1e6).toBeLessThanOrEqual(usage.costUsd!);
  expect(usage.costUsd).toBeLessThanOrEqual(budget.usd);
  // A client that kept what it was done with would grow by the size of its prompts: several megabytes.
  expect(memory.at(-1)! - memory[2]!).toBeLessThan(48);

  const again = await ask(server, requests, settings);
  const known = trial.results.filter(({ suggestion }) => suggestion.status === "advice").length;
  expect(server.requests.length - usage.requests).toBeLessThanOrEqual(4 * (1_000 - known));
  expect(again.results.filter(({ suggestion }) => suggestion.origin === "model").length).toBeGreaterThanOrEqual(known);
});

/** Megabytes in use, without what only waits for its collection where that can be asked for. */
function usedMemory(): number {
  (globalThis as { readonly gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
