/** Servers that understand only a part: what is refused is left out, once and for all findings. */
import {
  answer,
  chatOnly,
  error,
  faults,
  refusing,
  said,
  sensible,
  withoutSchema,
  type Behaviour,
} from "@review/testkit/openai";
import type { Clock, SuggesterSettings } from "@review/suggestions";
import { folderWith } from "@review/testkit/folders";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ask, quickClock, requestFor, serverWith, statusesOf } from "./support.ts";

const two = [requestFor("a"), requestFor("b")];
const good = answer({ decision: "advice", explanation: "Await `write`." });
const oneAtATime = { concurrency: 1 } as const;

it("asks for an answer that is not stored, in the strict shape, with the instructions first", async () => {
  const server = await serverWith(sensible());
  await ask(server, [requestFor()], { api: "responses", baseUrl: `${server.url}/` });
  const { body, path, instructions, turns } = server.requests[0]!;
  expect(path).toBe("/v1/responses");
  expect(body).toMatchObject({
    store: false,
    max_output_tokens: 2_048,
    text: { format: { type: "json_schema", strict: true } },
    prompt_cache_key: "review:v1:floating-promise",
  });
  expect(instructions).not.toContain("write");
  expect(turns[0]!.text).toContain("2|   write(name);");
});

it("sends Chat Completions no more than the oldest servers understand", async () => {
  const server = await serverWith(sensible());
  await ask(server);
  expect(Object.keys(server.requests[0]!.body).sort()).toEqual(["max_tokens", "messages", "model", "response_format"]);
});

it("sends no header that tells about the machine, and no key where there is none", async () => {
  const server = await serverWith(sensible());
  await ask(server, [requestFor()], { apiKey: undefined });
  const names = Object.keys(server.requests[0]!.headers);
  expect(names.filter(name => /^x-stainless|^openai-|^authorization$/.test(name))).toEqual([]);
  await ask(server);
  expect(server.requests[1]!.headers.authorization).toBe("Bearer sk-test");
});

it.each([404, 405, 501])("falls back to Chat Completions when Responses answers %i", async status => {
  const server = await serverWith(request => (request.api === "responses" ? error(status, "Not found") : good));
  const trial = await ask(server, two, { ...oneAtATime, api: "responses" });
  expect(statusesOf(trial)).toEqual(["advice", "advice"]);
  expect(server.requests.map(request => request.api)).toEqual(["responses", "chat", "chat"]);
  expect(trial.notes).toHaveLength(1);
});

it("does not mistake a missing model for a missing endpoint", async () => {
  const server = await serverWith(() => faults["no-model"]);
  await ask(server, two, { ...oneAtATime, api: "responses" });
  expect(server.requests.map(request => request.api)).toEqual(["responses"]);
});

it.each([
  ["store", 400],
  ["store", 422],
  ["reasoning", 400],
  ["reasoning.effort", 400],
  ["text.verbosity", 400],
  ["prompt_cache_key", 422],
  ["max_output_tokens", 422],
] as const)("leaves %s out of Responses after %i, for the second finding from the start", async (name, status) => {
  const server = await serverWith(refusing(name, status, () => good));
  const trial = await ask(server, two, { ...oneAtATime, api: "responses" });
  expect(statusesOf(trial)).toEqual(["advice", "advice"]);
  expect(server.requests).toHaveLength(3);
});

it("finds the name under which a server takes the output limit", async () => {
  const server = await serverWith(refusing("max_tokens", 400, () => good));
  await ask(server, two, oneAtATime);
  expect(
    server.requests.map(({ body }) => ["max_tokens", "max_completion_tokens"].filter(name => name in body)),
  ).toEqual([["max_tokens"], ["max_completion_tokens"], ["max_completion_tokens"]]);
});

it("does without an output limit where none is taken, unless that would leave the cost unbounded", async () => {
  const behaviour: Behaviour = refusing(
    "max_tokens",
    422,
    refusing("max_completion_tokens", 422, () => good),
  );
  const server = await serverWith(behaviour);
  expect(statusesOf(await ask(server, two, oneAtATime))).toEqual(["advice", "advice"]);
  const bounded = await ask(server, two, { ...oneAtATime, budget: { usd: 1 }, price: { input: 1, output: 1 } });
  expect(statusesOf(bounded)).toEqual(["budget", "budget"]);
});

it("puts the instructions into the first message where there is no system role", async () => {
  const server = await serverWith(request =>
    request.instructions ? error(400, "Conversation roles must alternate; system role not supported") : good,
  );
  expect(statusesOf(await ask(server, two, oneAtATime))).toEqual(["advice", "advice"]);
  expect(server.requests[1]!.turns[0]!.text).toContain("You repair one finding");
});

it("survives a server that refuses everything which may be left out", async () => {
  const fields = ["store", "reasoning", "text.verbosity", "prompt_cache_key", "max_output_tokens"];
  const behaviour = fields.reduce<Behaviour>(
    (rest, name) => refusing(name, 400, rest),
    withoutSchema(() => good, "json_object"),
  );
  const server = await serverWith(behaviour);
  expect(statusesOf(await ask(server, two, { concurrency: 8, api: "responses" }))).toEqual(["advice", "advice"]);
  expect(Object.keys(server.requests.at(-1)!.body).sort()).toEqual(["input", "instructions", "model"]);
});

it.each(["responses", "chat"] as const)("steps down from the schema to JSON and to plain text over %s", async api => {
  const server = await serverWith(withoutSchema(() => good));
  expect(statusesOf(await ask(server, two, { ...oneAtATime, api }))).toEqual(["advice", "advice"]);
  expect(server.requests.map(request => request.format)).toEqual(["json_schema", "json_object", "json_object"]);

  const plain = await serverWith(
    withoutSchema(
      () => said('Sure! ```json\n{"decision":"advice","title":"","explanation":"Await it.","edits":[]}\n```'),
      "json_object",
    ),
  );
  expect(statusesOf(await ask(plain, two, { ...oneAtATime, api }))).toEqual(["advice", "advice"]);
  expect(plain.requests.map(request => request.format)).toEqual(["json_schema", "json_object", "text", "text"]);
});

it("learns from the answer when a server takes the schema and ignores it", async () => {
  const server = await serverWith(request => (request.format === "json_schema" ? faults.prose : good));
  const first = await ask(server, [requestFor("a")]);
  const second = await first.suggester.suggest([requestFor("b")], { signal: new AbortController().signal });
  expect([...first.results, ...second].map(({ suggestion }) => suggestion.status)).toEqual(["advice", "advice"]);
  expect(server.requests.map(request => request.format)).toEqual(["json_schema", "json_object", "json_object"]);
});

it.each([
  ["fenced", '```json\n{"decision":"advice","title":"","explanation":"Await it.","edits":[]}\n```'],
  [
    "within prose",
    'Here {you} are: {"decision":"advice","title":"","explanation":"Await \\"it\\" }.","edits":[]} Bye.',
  ],
  [
    "after thinking",
    '<think>{"decision":"fix"}</think>{"decision":"advice","title":"","explanation":"Await it.","edits":[]}',
  ],
])("reads an answer that is %s, with one request", async (_name, text) => {
  const server = await serverWith(() => said(text));
  expect(statusesOf(await ask(server))).toEqual(["advice"]);
  expect(server.requests).toHaveLength(1);
});

it("knows in the next run what a server refused, for a day", async () => {
  const cacheDir = folderWith();
  const server = await serverWith(
    refusing(
      "max_tokens",
      400,
      withoutSchema(() => good),
    ),
  );
  const day = 24 * 3_600_000;
  const at = (now: number): { readonly clock: Clock } => ({ clock: { ...quickClock(), now: () => now } });
  const asked = async (name: string, settings: Partial<SuggesterSettings>): Promise<number> => {
    const before = server.requests.length;
    expect(statusesOf(await ask(server, [requestFor(name)], { cacheDir, ...settings }))).toEqual(["advice"]);
    return server.requests.length - before;
  };
  expect(await asked("a", at(day))).toBe(3);
  expect(await asked("b", at(1.5 * day))).toBe(1);
  expect(server.requests.at(-1)).toMatchObject({ format: "json_object" });
  expect(await asked("c", { ...at(1.5 * day), model: "another" })).toBe(3);
  expect(await asked("d", at(2.1 * day))).toBe(3);
  for (const path of filesIn(`${cacheDir}-servers`)) writeFileSync(path, '{ "at": 1, "format": "poem" ');
  expect(await asked("e", at(2.1 * day))).toBe(3);
});

it("reads an answer without usage, and counts it at its worst", async () => {
  const server = await serverWith(() => ({
    kind: "text",
    text: '{"decision":"advice","title":"","explanation":"Await it.","edits":[]}',
    usage: "none",
  }));
  const { suggester } = await ask(server, [requestFor()], { price: { input: 1, output: 1 } });
  expect(suggester.usage()).toMatchObject({ requests: 1, inputTokens: 0, unreported: 1 });
  expect(suggester.usage().costUsd).toBeGreaterThan(0.002);
});

it("falls back when the whole API but Chat Completions is missing", async () => {
  const server = await serverWith(chatOnly(sensible()));
  expect(statusesOf(await ask(server, two, { api: "responses" }))).toEqual(["advice", "advice"]);
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map(name => join(folder, name));
}
