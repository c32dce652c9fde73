/** What becomes of good answers: verification and repair, the cache, budgets, cancellation, and a storm of faults. */
import { applyEdits } from "./apply-edits.ts";
import type { Verified } from "@review/findings";
import type { Clock, FixVerdict, SuggestionRequest } from "@review/suggestions";
import { folderWith } from "@review/testkit/folders";
import {
  answer,
  faults,
  inTurn,
  rateLimited,
  said,
  sensible,
  type FaultName,
  type Reply,
} from "@review/testkit/openai";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ask, quickClock, requestFor, serverWith, statusesOf } from "./support.ts";

const edit = { find: "  write(name);", replace: "  await write(name);" };
const goodFix = answer({
  decision: "fix",
  title: "Add `await`",
  explanation: "The promise of `write` is lost.",
  edits: [edit],
});
const proved: Verified = { types: true, rules: true, tests: null };
const accept = (): Promise<FixVerdict> => Promise.resolve({ status: "verified", verified: proved });

describe("a proposed fix", () => {
  it("is shown as verified when verification says so, with offsets in the file", async () => {
    const server = await serverWith(() => goodFix);
    const request = requestFor();
    const { results } = await ask(server, [request], {}, { verify: accept });
    expect(results[0]).toMatchObject({
      suggestion: { status: "verified", reason: null, origin: "model", text: "The promise of `write` is lost." },
      fix: { title: "Add `await`", safety: "suggested", origin: "model", verified: proved },
    });
    expect(applyEdits(request, results[0]!.fix!)).toContain("\n  await write(name);\n");
  });

  it("stays unverified when nobody verifies", async () => {
    const server = await serverWith(() => goodFix);
    const { results } = await ask(server);
    expect(results[0]!.suggestion.status).toBe("unverified");
    expect(results[0]!.fix?.verified).toEqual({ types: null, rules: null, tests: null });
  });

  it("goes back to the model with the exact diagnostics, and is shown once it is mended", async () => {
    const wrong = answer({
      decision: "fix",
      explanation: "Wrong.",
      edits: [{ ...edit, replace: "  await scribble(name);" }],
    });
    const server = await serverWith(inTurn(wrong, goodFix));
    const verify = (request: SuggestionRequest, fix: Parameters<typeof applyEdits>[1]): Promise<FixVerdict> =>
      applyEdits(request, fix).includes("scribble")
        ? Promise.resolve({ status: "rejected", because: "TS2552: Cannot find name 'scribble'." })
        : accept();
    const trial = await ask(server, [requestFor()], {}, { verify });
    expect(statusesOf(trial)).toEqual(["verified"]);
    expect(server.requests[1]!.turns.map(turn => turn.role)).toEqual(["user", "assistant", "user"]);
    expect(server.requests[1]!.turns[2]!.text).toContain("TS2552: Cannot find name 'scribble'.");
  });

  it("is dropped after two repairs, and its words stay as advice", async () => {
    const server = await serverWith(() => goodFix);
    const verify = (): Promise<FixVerdict> =>
      Promise.resolve({ status: "rejected", because: "The finding is still there." });
    const { results } = await ask(server, [requestFor()], {}, { verify });
    expect(results[0]).toEqual({
      suggestion: {
        status: "unverified",
        reason: "the proposed fix did not pass verification: The finding is still there.",
        origin: "model",
        text: "The promise of `write` is lost.",
        model: "local",
      },
      fix: null,
    });
    expect(server.requests).toHaveLength(3);
  });

  it("is dropped when verification throws", async () => {
    const server = await serverWith(() => goodFix);
    const verify = (): Promise<FixVerdict> => Promise.reject(new Error("the compiler went away"));
    const { results } = await ask(server, [requestFor()], {}, { verify });
    expect(results[0]).toMatchObject({ suggestion: { status: "unverified", origin: "model" }, fix: null });
    expect(results[0]!.suggestion.reason).toContain("the compiler went away");
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["text that is not in the declaration", { find: "export default", replace: "" }],
    ["text that occurs twice", { find: "o", replace: "a" }],
    ["nothing", { find: "write(name);", replace: "write(name);" }],
    ["invisible characters", { find: "write(name);", replace: "write(\u202ename);" }],
  ])("is not taken when it replaces %s", async (_name, bad) => {
    const server = await serverWith(inTurn(answer({ decision: "fix", explanation: "Look.", edits: [bad] }), goodFix));
    const trial = await ask(server, [requestFor()], {}, { verify: accept });
    expect(statusesOf(trial)).toEqual(["verified"]);
    expect(server.requests).toHaveLength(2);
  });
});

describe("an answer in words", () => {
  it("leaves the rule's own words when the model has nothing to say", async () => {
    const server = await serverWith(() => answer({ decision: "no_suggestion", explanation: "It is right." }));
    const { results } = await ask(server);
    expect(results[0]!.suggestion).toEqual({
      status: "advice",
      reason: "the model has no suggestion: It is right.",
      origin: "page",
      text: "Await the promise.",
      model: "local",
    });
  });

  it("is stripped of links, markup, escapes and hidden characters", async () => {
    const explanation =
      "See [the docs](https://evil.example/x) <img src=x>\u001b[31m now\u200b: `Map<string, T>` ![p](http://e/p.png)";
    const server = await serverWith(() => answer({ decision: "advice", explanation }));
    const { results } = await ask(server);
    expect(results[0]!.suggestion.text).toBe("See the docs now: `Map<string, T>`");
  });
});

it("sends nothing when the code that an edit would quote holds a secret", async () => {
  const server = await serverWith(() => goodFix);
  const { results } = await ask(server, [requestFor("a", "error", 'write("ghp_0123456789012345678901");')]);
  expect(results[0]!.suggestion).toMatchObject({ status: "skipped_secret", origin: "page" });
  expect(results[0]!.suggestion.reason).not.toContain("ghp_");
  expect(server.requests).toHaveLength(0);
});

it("hides secrets in what is only shown, and asks", async () => {
  const server = await serverWith(() => goodFix);
  const { finding, context } = requestFor();
  const request = {
    finding: {
      ...finding,
      evidence: [
        // cspell:disable-next-line
        { message: "`k` is `npm_0123456789abcdefghijklmnopqrstuvwxyz`", file: "b.ts", span: { start: 0, end: 1 } },
      ],
    },
    context: {
      ...context,
      imports: { text: 'import "postgres://me:hunter2@db/x";', start: 0 },
      types: [{ name: "key", text: 'const key: "q8Zr2LmX0vTn5Kc7Yb1Hs4Jd9Wf3Gp6A"' }],
    },
  };
  expect(statusesOf(await ask(server, [request]))).toEqual(["unverified"]);
  expect(server.requests[0]!.text).not.toMatch(/hunter2|npm_|q8Zr2LmX/);
  expect(server.requests[0]!.text).toContain("«SECRET_1»");
});

describe("the cache", () => {
  it("answers a second run without a request, repairs included, in the same bytes", async () => {
    const cacheDir = folderWith();
    const wrong = said(
      `Well: ${textOf(answer({ decision: "fix", explanation: "Wrong.", edits: [{ ...edit, replace: "  scribble();" }] }))}`,
    );
    const server = await serverWith(inTurn(wrong, goodFix));
    const verify = (request: SuggestionRequest, fix: Parameters<typeof applyEdits>[1]): Promise<FixVerdict> =>
      applyEdits(request, fix).includes("scribble")
        ? Promise.resolve({ status: "rejected", because: "TS2552" })
        : accept();
    const first = await ask(server, [requestFor()], { cacheDir }, { verify });
    const second = await ask(server, [requestFor()], { cacheDir }, { verify });
    expect(JSON.stringify(second.results)).toBe(JSON.stringify(first.results));
    expect(server.requests).toHaveLength(2);
    expect(second.suggester.usage()).toMatchObject({ requests: 0, inputTokens: 0 });
  });

  it("asks again for another model, prompt, language or compiler", async () => {
    const cacheDir = folderWith();
    const server = await serverWith(() => goodFix);
    await ask(server, [requestFor("a")], { cacheDir });
    await ask(server, [requestFor("a")], { cacheDir, model: "other" });
    await ask(server, [requestFor("b")], { cacheDir });
    await ask(server, [requestFor("a")], { cacheDir, language: "de" });
    const { finding, context } = requestFor("a");
    const environment = { ...context.environment, typescript: "7.1.0" };
    await ask(server, [{ finding, context: { ...context, environment } }], { cacheDir });
    await ask(server, [requestFor("a")], { cacheDir });
    expect(server.requests).toHaveLength(5);
  });

  it("answers about code that has only moved within its file", async () => {
    const cacheDir = folderWith();
    const server = await serverWith(() => goodFix);
    const request = requestFor();
    await ask(server, [request], { cacheDir });
    const down = <T extends { readonly start: number }>(place: T): T => ({ ...place, start: place.start + 40 });
    const { finding, context } = request;
    const moved: SuggestionRequest = {
      finding: { ...finding, span: { start: finding.span.start + 40, end: finding.span.end + 40 } },
      context: { ...context, declaration: down(context.declaration) },
    };
    const { results } = await ask(server, [moved], { cacheDir });
    expect(server.requests).toHaveLength(1);
    expect(applyEdits(moved, results[0]!.fix!)).toContain("\n  await write(name);\n");
  });

  it("keeps no failure and no answer that could not be used", async () => {
    const cacheDir = folderWith();
    const server = await serverWith(inTurn(faults.refusal, faults.prose, faults.prose, goodFix));
    expect(statusesOf(await ask(server, [requestFor()], { cacheDir }))).toEqual(["refused"]);
    expect(statusesOf(await ask(server, [requestFor()], { cacheDir }))).toEqual(["bad_output"]);
    expect(statusesOf(await ask(server, [requestFor()], { cacheDir }))).toEqual(["unverified"]);
  });

  it("takes a damaged entry for none", async () => {
    const cacheDir = folderWith();
    const server = await serverWith(() => goodFix);
    await ask(server, [requestFor()], { cacheDir });
    for (const path of await filesUnder(join(cacheDir, "content-v2"))) await writeFile(path, "{}");
    expect(statusesOf(await ask(server, [requestFor()], { cacheDir }))).toEqual(["unverified"]);
    expect(server.requests).toHaveLength(2);
  });

  it("goes on without a folder that can be written to, and says so once", async () => {
    const cacheDir = join(folderWith(), "file");
    await writeFile(cacheDir, "");
    const server = await serverWith(() => goodFix);
    const requests = Array.from({ length: 16 }, (_, index) => requestFor(`f${index}`));
    const trial = await ask(server, requests, { cacheDir, concurrency: 8 });
    expect(new Set(statusesOf(trial))).toEqual(new Set(["unverified"]));
    expect(trial.notes).toHaveLength(1);
  });
});

describe("a budget", () => {
  const three = [requestFor("low", "info"), requestFor("middle", "warning"), requestFor("high", "error")];

  it("of requests is kept, and spent on the worst findings first", async () => {
    const server = await serverWith(sensible());
    const trial = await ask(server, three, { concurrency: 1, budget: { requests: 2 } });
    expect(statusesOf(trial)).toEqual(["budget", "advice", "advice"]);
    expect(server.requests[0]!.turns[0]!.text).toContain("src/high.ts");
    expect(trial.results[0]!.suggestion.text).toBe("Await the promise.");
  });

  it("in dollars waits for what is under way before it refuses, and agrees with the server to the token", async () => {
    const server = await serverWith(sensible());
    const price = { input: 2, output: 10 };
    const requests = Array.from({ length: 12 }, (_, index) => requestFor(`f${index}`));
    const trial = await ask(server, requests, { concurrency: 8, budget: { usd: 0.045 }, price });
    const { inputTokens, outputTokens } = server.billed();
    const usage = trial.suggester.usage();
    expect(usage).toMatchObject({ inputTokens, outputTokens, unreported: 0 });
    expect(usage.costUsd).toBeCloseTo((inputTokens * 2 + outputTokens * 10) / 1e6, 10);
    expect(usage.costUsd).toBeLessThanOrEqual(0.045);
    expect(statusesOf(trial)).toContain("advice");
    expect(statusesOf(trial)).toContain("budget");
  });

  it("in dollars sends nothing while the price is unknown", async () => {
    const server = await serverWith(sensible());
    const trial = await ask(server, three, { budget: { usd: 1 } });
    expect(statusesOf(trial)).toEqual(["budget", "budget", "budget"]);
    expect(trial.results[0]!.suggestion.reason).toContain("price");
    expect(trial.suggester.usage()).toMatchObject({ requests: 0, costUsd: null });
  });
});

describe("a cancelled run", () => {
  it("ends in the middle of a pause, without another request", async () => {
    const server = await serverWith(() => faults.overloaded);
    const stop = new AbortController();
    const trial = await ask(
      server,
      [requestFor("a"), requestFor("b")],
      { clock: pausesUntilAborted(stop) },
      { signal: stop.signal },
    );
    expect(statusesOf(trial)).toEqual(["cancelled", "cancelled"]);
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it("ends in the middle of the wait that a rate limit asked for", async () => {
    const server = await serverWith(() => rateLimited(30));
    const stop = new AbortController();
    const trial = await ask(server, [requestFor()], { clock: pausesUntilAborted(stop) }, { signal: stop.signal });
    expect(statusesOf(trial)).toEqual(["cancelled"]);
    expect(server.requests).toHaveLength(1);
  });

  it("ends in the middle of an answer", async () => {
    const stop = new AbortController();
    const server = await serverWith(() => {
      setImmediate(() => stop.abort());
      return faults["stall-within"];
    });
    const trial = await ask(server, [requestFor("a"), requestFor("b")], { concurrency: 1 }, { signal: stop.signal });
    expect(statusesOf(trial)).toEqual(["cancelled", "cancelled"]);
    expect(server.requests).toHaveLength(1);
  });

  it("keeps what was answered before", async () => {
    const stop = new AbortController();
    const server = await serverWith(({ number }) => {
      if (number === 2) stop.abort();
      return number === 1 ? goodFix : faults["stall-at-once"];
    });
    const trial = await ask(server, [requestFor("a"), requestFor("b")], { concurrency: 1 }, { signal: stop.signal });
    expect(statusesOf(trial)).toEqual(["unverified", "cancelled"]);
  });

  it("was never begun when the signal had already aborted", async () => {
    const server = await serverWith(() => goodFix);
    const trial = await ask(server, [requestFor()], {}, { signal: AbortSignal.abort() });
    expect(statusesOf(trial)).toEqual(["cancelled"]);
    expect(server.requests).toHaveLength(0);
  });

  it("says timeout when its own time was over", async () => {
    const server = await serverWith(() => faults["stall-at-once"]);
    const trial = await ask(server, [requestFor("a"), requestFor("b")], { concurrency: 1, deadlineMs: 150 });
    expect(statusesOf(trial)).toEqual(["timeout", "timeout"]);
  });
});

it("has as many requests under way as it may, and not one more", async () => {
  const good = answer({ decision: "advice", explanation: "Await `write`." });
  let release = (): void => undefined;
  let full = new Promise<void>(resolve => (release = resolve));
  // Nothing is answered before eight have arrived; a ninth then has time to show itself.
  const server = await serverWith(async ({ number }) => {
    const mine = full;
    if (number % 8 === 0) {
      setTimeout(release, 50);
      full = new Promise(resolve => (release = resolve));
    }
    await mine;
    return good;
  });
  const requests = Array.from({ length: 40 }, (_, index) => requestFor(`f${index}`));
  const trial = await ask(server, requests, { concurrency: 8 });
  expect(new Set(statusesOf(trial))).toEqual(new Set(["advice"]));
  expect(server.mostAtOnce()).toBe(8);
});

it("loses no finding, doubles none and keeps the budget in a storm of faults", async () => {
  const random = seeded(7);
  const names: readonly FaultName[] = [
    "refusal",
    "truncated",
    "prose",
    "html",
    "rate-limited",
    "server-error",
    "overloaded",
    "drop-within",
    "stall-within",
  ];
  const server = await serverWith(request => {
    if (random() < 0.3) return faults[names[Math.floor(random() * names.length)]!];
    const name = /src\/(\w+)\.ts/.exec(request.turns[0]!.text)![1]!;
    return answer({ decision: "advice", explanation: `Answer for ${name}.` });
  });
  const requests = Array.from({ length: 200 }, (_, index) => requestFor(`f${index}`));
  const progress: number[] = [];
  const price = { input: 1, output: 4 };
  const settings = { concurrency: 8, attemptMs: 1_000, price, budget: { usd: 3, requests: 330 }, clock: quickClock() };
  const trial = await ask(server, requests, settings, { onProgress: done => progress.push(done) });

  expect(trial.results).toHaveLength(200);
  trial.results.forEach(({ suggestion }, index) => {
    const own = suggestion.origin === "model" ? `Answer for f${index}.` : "Await the promise.";
    expect(suggestion.text).toBe(own);
  });
  expect(progress).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  const usage = trial.suggester.usage();
  expect(usage.requests).toBe(server.requests.length);
  expect(usage.requests).toBeLessThanOrEqual(330);
  const { inputTokens, outputTokens } = server.billed();
  expect((inputTokens + 4 * outputTokens) / 1e6).toBeLessThanOrEqual(usage.costUsd!);
  expect(usage.costUsd).toBeLessThanOrEqual(3);
  expect(statusesOf(trial).filter(status => status === "advice").length).toBeGreaterThan(120);
});

/** A clock in whose first pause somebody interrupts; no pause ends by itself. */
function pausesUntilAborted(stop: AbortController): Clock {
  return {
    now: () => 0,
    random: () => 0.5,
    sleep: (_ms, signal) =>
      new Promise(resolve => {
        signal.addEventListener("abort", () => resolve(), { once: true });
        setImmediate(() => stop.abort());
      }),
  };
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

function textOf(reply: Reply): string {
  return reply.kind === "text" ? reply.text : "";
}

/** The same numbers on every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
