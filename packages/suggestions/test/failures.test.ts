/** Every way in which a model or its server can fail, through the real client over a real connection. */
import { answer, error, faults, rateLimited, type FaultName, type Reply } from "@review/testkit/openai";
import { describe, expect, it } from "vitest";
import { ask, quickClock, requestFor, serverWith, statusesOf } from "./support.ts";

/** Fault, status, and the requests that it takes to say so. */
const rows: readonly (readonly [FaultName, string, number])[] = [
  ["refusal", "refused", 1],
  ["filtered", "refused", 1],
  ["truncated", "truncated", 2],
  ["prose", "bad_output", 2],
  ["invalid-json", "bad_output", 2],
  ["wrong-schema", "bad_output", 2],
  ["html", "bad_gateway", 2],
  ["empty", "bad_gateway", 2],
  ["not-json", "bad_gateway", 2],
  ["not-the-api", "bad_gateway", 2],
  ["failed", "server_error", 4],
  ["unauthorised", "auth_failed", 1],
  ["no-model", "model_not_found", 1],
  ["rate-limited", "rate_limited", 4],
  ["quota", "quota_exhausted", 1],
  ["too-large", "too_large", 3],
  ["server-error", "server_error", 4],
  ["overloaded", "server_error", 4],
  ["drop-at-once", "network", 4],
  ["drop-within", "network", 4],
];

describe.each(["responses", "chat"] as const)("over %s", api => {
  it.each(rows)("%s ends as %s after %i requests, with the rule's own words", async (fault, status, requests) => {
    const server = await serverWith(() => faults[fault]);
    const trial = await ask(server, [requestFor()], { api });
    const { suggestion, fix } = trial.results[0]!;
    expect(suggestion).toMatchObject({ status, origin: "page", text: "Await the promise.", model: null });
    expect(suggestion.reason).not.toBe("");
    expect(fix).toBeNull();
    expect(server.requests).toHaveLength(requests);
    expect(trial.suggester.usage().requests).toBe(requests);
  });

  it.each(["stall-at-once", "stall-within"] as const)("%s ends as timeout after four attempts", async fault => {
    const server = await serverWith(() => faults[fault]);
    const trial = await ask(server, [requestFor()], { api, attemptMs: 120 });
    expect(statusesOf(trial)).toEqual(["timeout"]);
    expect(trial.suggester.usage()).toMatchObject({ requests: 4, unreported: 4 });
  });
});

it("says which server refused what, and keeps keys to itself", async () => {
  const server = await serverWith(() =>
    error(401, "Incorrect API key provided: sk-te**st.", { code: "invalid_api_key" }),
  );
  const { results } = await ask(server);
  const { host } = new URL(server.url);
  expect(results[0]!.suggestion.reason).toBe(
    `${host} rejected the key (401, invalid_api_key, Incorrect API key provided: sk-…, req_1)`,
  );
});

it("names the cause when nobody listens, and asks only once more", async () => {
  const server = await serverWith(() => faults.html);
  await server.close();
  const trial = await ask(server, [requestFor("a"), requestFor("b")], { concurrency: 1 });
  expect(statusesOf(trial)).toEqual(["offline", "offline"]);
  expect(trial.results[0]!.suggestion.reason).toContain("ECONNREFUSED");
});

it("takes a missing endpoint of Chat Completions for a wrong base URL", async () => {
  const server = await serverWith(() => faults["no-endpoint"]);
  const trial = await ask(server, [requestFor("a"), requestFor("b")], { concurrency: 1 });
  expect(statusesOf(trial)).toEqual(["bad_gateway", "bad_gateway"]);
  expect(trial.results[0]!.suggestion.reason).toContain("check the base URL");
  expect(server.requests).toHaveLength(1);
});

it("does not follow a redirect with the code in hand", async () => {
  const elsewhere = await serverWith(() => answer({ decision: "advice", explanation: "Never asked." }));
  const server = await serverWith(() => error(307, "", {}, { location: `${elsewhere.url}/chat/completions` }));
  const trial = await ask(server);
  expect(statusesOf(trial)).toEqual(["bad_gateway"]);
  expect(elsewhere.requests).toHaveLength(0);
});

it.each(["unauthorised", "quota", "no-model"] as const)(
  "asks no more after %s: every other finding gets its status at once",
  async fault => {
    const server = await serverWith(() => faults[fault]);
    const requests = Array.from({ length: 30 }, (_, index) => requestFor(`f${index}`));
    const trial = await ask(server, requests, { concurrency: 1 });
    expect(new Set(statusesOf(trial)).size).toBe(1);
    expect(server.requests).toHaveLength(1);
  },
);

it("gives a server up that fails three findings in a row", async () => {
  const server = await serverWith(() => faults.overloaded);
  const requests = Array.from({ length: 30 }, (_, index) => requestFor(`f${index}`));
  const trial = await ask(server, requests, { concurrency: 1 });
  expect(new Set(statusesOf(trial))).toEqual(new Set(["server_error"]));
  // Up to four findings are under way for each slot; all others are answered without a request.
  expect(server.requests.length).toBeLessThanOrEqual(4 * 4);
});

it("needs a key for OpenAI's own host and sends nothing without one", async () => {
  const trial = await ask({ url: "https://api.openai.com/v1" }, [requestFor()], { apiKey: undefined });
  expect(statusesOf(trial)).toEqual(["no_key"]);
  expect(trial.suggester.usage().requests).toBe(0);
});

const recoveries: readonly (readonly [string, readonly [Reply, ...Reply[]]])[] = [
  ["three failures of the server", [faults.overloaded, faults["server-error"], faults.failed]],
  ["rate limits", [rateLimited(2), rateLimited()]],
  ["a broken connection", [faults["drop-within"], faults["drop-at-once"]]],
  ["one page of HTML", [faults.html]],
  ["an answer that was cut off", [faults.truncated]],
  ["prose", [faults.prose]],
  ["an answer of another shape", [faults["wrong-schema"]]],
];

it.each(recoveries)("recovers from %s", async (_name, replies) => {
  const good = answer({ decision: "advice", explanation: "Await `write`." });
  let next = 0;
  const server = await serverWith(() => replies[next++] ?? good);
  const trial = await ask(server);
  expect(trial.results[0]!.suggestion).toEqual({
    status: "advice",
    reason: null,
    origin: "model",
    text: "Await `write`.",
    model: "local",
  });
  expect(server.requests).toHaveLength(replies.length + 1);
});

it("recovers from a body that stalls", async () => {
  const server = await serverWith(({ number }) =>
    number === 1 ? faults["stall-within"] : answer({ decision: "advice", explanation: "Await `write`." }),
  );
  expect(statusesOf(await ask(server, [requestFor()], { attemptMs: 1_500 }))).toEqual(["advice"]);
});

it("holds every request for as long as the server asks, and does not sit through more than a minute", async () => {
  const good = answer({ decision: "advice", explanation: "Await `write`." });
  const clock = quickClock();
  const server = await serverWith(({ number }) => (number === 1 ? rateLimited(41) : good));
  const requests = [requestFor("a"), requestFor("b"), requestFor("c")];
  expect(statusesOf(await ask(server, requests, { concurrency: 1, clock }))).toEqual(["advice", "advice", "advice"]);
  expect(clock.waits).toEqual([41_000]);

  const strict = await serverWith(() => rateLimited(3_600));
  const trial = await ask(strict, requests, { concurrency: 1 });
  expect(statusesOf(trial)).toEqual(["rate_limited", "rate_limited", "rate_limited"]);
  expect(trial.results[2]!.suggestion.reason).toContain("asks to wait 3600 s");
  expect(strict.requests).toHaveLength(1);
});
