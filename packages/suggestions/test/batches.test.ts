/** Batches: nothing is lost, nothing is paid twice, whenever a run breaks off. */
import { createSuggester, type Suggester, type SuggestionRequest } from "@review/suggestions";
import { folderWith } from "@review/testkit/folders";
import {
  answer,
  faults,
  startModelServer,
  type BatchManners,
  type Behaviour,
  type ModelServer,
} from "@review/testkit/openai";
import { expect, it, onTestFinished } from "vitest";
import { requestFor } from "./support.ts";

const named: Behaviour = ({ turns }) =>
  answer({ decision: "advice", explanation: `Answer for ${/src\/(\w+)\.ts/.exec(turns[0]!.text)![1]!}.` });

const requests = ["a", "b", "c", "d"].map(name => requestFor(name));

async function serverWith(behaviour: Behaviour, manners: BatchManners = {}): Promise<ModelServer> {
  const server = await startModelServer(behaviour, 0, manners);
  onTestFinished(() => server.close());
  return server;
}

function suggesterAt({ url }: ModelServer, cacheDir: string): Suggester {
  return createSuggester({ model: "local", apiKey: "sk-test", baseUrl: url, cacheDir, attemptMs: 5_000 });
}

function submitTo(
  suggester: Suggester,
  some: readonly SuggestionRequest[] = requests,
): ReturnType<Suggester["batch"]["submit"]> {
  return suggester.batch.submit(suggester.preview(some));
}

async function collectAll(suggester: Suggester): ReturnType<Suggester["batch"]["collect"]> {
  for (;;) {
    const collected = await suggester.batch.collect();
    if (collected.open === 0) return collected;
    expect(collected.answered).toBe(0);
  }
}

async function textsFrom(
  suggester: Suggester,
  some: readonly SuggestionRequest[] = requests,
): Promise<readonly string[]> {
  const results = await suggester.suggest(some, { signal: new AbortController().signal });
  return results.map(({ suggestion }) => suggestion.text);
}

it("answers every finding from the cache once a batch is collected, in whatever order it was answered", async () => {
  const server = await serverWith(named);
  const suggester = suggesterAt(server, folderWith());
  expect(await submitTo(suggester)).toMatchObject({ submitted: 4, known: 0, batches: ["batch_1"] });
  expect(await suggester.batch.status()).toEqual([{ id: "batch_1", status: "validating", requests: 4 }]);
  const { inputTokens, outputTokens } = await collectAll(suggester).then(collected => {
    expect(collected).toMatchObject({ answered: 4, failed: 0 });
    return collected;
  });
  expect(server.billed()).toEqual({ inputTokens, outputTokens });
  expect(await textsFrom(suggester)).toEqual(["a", "b", "c", "d"].map(name => `Answer for ${name}.`));
  expect(server.requests).toEqual([]);
  expect(await suggester.batch.status()).toEqual([]);
});

it("hands in nothing twice: not while it is under way, and not when it is answered", async () => {
  const server = await serverWith(named);
  const cacheDir = folderWith();
  await submitTo(suggesterAt(server, cacheDir), requests.slice(0, 2));
  expect(await submitTo(suggesterAt(server, cacheDir))).toMatchObject({ submitted: 2, known: 2 });
  expect(await submitTo(suggesterAt(server, cacheDir))).toMatchObject({ submitted: 0, known: 4, batches: [] });
  await collectAll(suggesterAt(server, cacheDir));
  expect(await submitTo(suggesterAt(server, cacheDir))).toMatchObject({ submitted: 0, known: 4 });
  expect(server.batches().map(({ lines }) => lines)).toEqual([2, 2]);
});

it("finds a batch again that was made without the answer arriving", async () => {
  const server = await serverWith(named, { lostCreations: 1 });
  const cacheDir = folderWith();
  await expect(submitTo(suggesterAt(server, cacheDir))).rejects.toThrow();
  expect(await submitTo(suggesterAt(server, cacheDir))).toMatchObject({ submitted: 0, known: 4, batches: ["batch_1"] });
  expect(server.batches()).toHaveLength(1);
  expect(await collectAll(suggesterAt(server, cacheDir))).toMatchObject({ answered: 4 });
});

it("keeps what an expired batch has answered, and asks for the rest anew", async () => {
  const server = await serverWith(named, { endsAs: "expired" });
  const suggester = suggesterAt(server, folderWith());
  await submitTo(suggester);
  expect(await collectAll(suggester)).toMatchObject({ answered: 2, failed: 2 });
  expect(await submitTo(suggester)).toMatchObject({ submitted: 2, known: 2 });
});

it("takes a failed batch, failed lines and unusable answers for none", async () => {
  const failing = await serverWith(named, { endsAs: "failed" });
  const first = suggesterAt(failing, folderWith());
  await submitTo(first);
  expect(await collectAll(first)).toMatchObject({ answered: 0, failed: 4 });
  const server = await serverWith(request => {
    const file = /src\/(\w)\.ts/.exec(request.turns[0]!.text)![1];
    return file === "b" ? faults.overloaded : file === "c" ? faults.prose : named(request);
  });
  const suggester = suggesterAt(server, folderWith());
  await submitTo(suggester);
  expect(await collectAll(suggester)).toMatchObject({ answered: 2, failed: 2 });
});

it("hands in what the budget suffices for at its worst, the worst findings first, and says what that may cost", async () => {
  const server = await serverWith(named);
  const price = { input: 1, output: 4 };
  const settings = { model: "local", apiKey: "sk-test", baseUrl: server.url, cacheDir: folderWith() };
  const mixed = [requestFor("low", "info"), requestFor("high", "error"), requestFor("middle", "warning")];
  const [first] = createSuggester({ ...settings, price }).preview(mixed);
  const suggester = createSuggester({ ...settings, price, budget: { usd: 2.5 * first!.costUsd! } });
  const submitted = await submitTo(suggester, mixed);
  expect(submitted).toMatchObject({ submitted: 2, unaffordable: 1, known: 0 });
  expect(submitted.reason).toContain("could exceed the budget of $");
  expect(submitted.costUsd).toBeLessThanOrEqual(2.5 * first!.costUsd!);
  const { costUsd, answered } = await collectAll(suggester);
  const { inputTokens, outputTokens } = server.billed();
  expect({ costUsd, answered }).toEqual({ costUsd: (inputTokens + 4 * outputTokens) / 1e6, answered: 2 });
  const texts = await textsFrom(createSuggester({ ...settings, budget: { requests: 0 } }), mixed);
  expect(texts).toEqual(["Await the promise.", "Answer for high.", "Answer for middle."]);
  const blind = createSuggester({ ...settings, cacheDir: folderWith(), budget: { usd: 1 } });
  expect(await submitTo(blind, mixed)).toMatchObject({ submitted: 0, unaffordable: 3, batches: [] });
});

it("hands in no code that holds a secret", async () => {
  const server = await serverWith(named);
  const suggester = suggesterAt(server, folderWith());
  const secret = requestFor("s", "error", 'write("ghp_0123456789012345678901");');
  expect(await submitTo(suggester, [secret])).toMatchObject({ submitted: 0 });
  expect(server.batches()).toEqual([]);
});
