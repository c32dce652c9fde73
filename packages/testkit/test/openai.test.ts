/** The model server as the official client sees it. */
import {
  answer,
  faults,
  inTurn,
  rateLimited,
  said,
  sensible,
  startModelServer,
  type Behaviour,
  type ModelServer,
} from "@review/testkit/openai";
import OpenAI from "openai";
import { expect, it, onTestFinished } from "vitest";

it("answers both APIs and lists its model", async () => {
  const { server, client } = await start(() => said("Hello"));
  const response = await client.responses.create({ model: "local", instructions: "Be brief.", input: "Hi" });
  expect(response.output_text).toBe("Hello");
  const completion = await client.chat.completions.create({
    model: "local",
    messages: [{ role: "user", content: "Hi" }],
  });
  expect(completion.choices[0]!.message.content).toBe("Hello");
  expect((await client.models.list()).data.map(model => model.id)).toEqual(["local"]);
  expect(server.requests.map(request => request.api)).toEqual(["responses", "chat", "models"]);
});

it("streams an answer of either API, which says the same as the whole one", async () => {
  const text = "Hello, café 🌍: all of it.";
  const { client, server } = await start(() => said(text));
  const events = await client.responses.create({ model: "local", input: "Hi", stream: true });
  const types: string[] = [];
  let joined = "";
  for await (const event of events) {
    if (types.at(-1) !== event.type) types.push(event.type);
    if (event.type === "response.output_text.delta") joined += event.delta;
    if (event.type === "response.completed") expect(event.response.usage?.output_tokens).toBe(7);
  }
  expect(joined).toBe(text);
  expect(types).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  const completion = client.chat.completions.stream({ model: "local", messages: [{ role: "user", content: "Hi" }] });
  expect((await completion.finalChatCompletion()).choices[0]!.message.content).toBe(text);
  const response = client.responses.stream({ model: "local", input: "Hi" });
  expect((await response.finalResponse()).output_text).toBe(text);
  expect(server.billed().outputTokens).toBe(21);
});

it("streams how an answer ended", async () => {
  const { client } = await start(inTurn(faults.truncated, faults.refusal, faults.failed, faults["drop-within"]));
  const ask = (): ReturnType<typeof client.responses.stream> =>
    client.responses.stream({ model: "local", input: "Hi" });
  expect(await ask().finalResponse()).toMatchObject({ status: "incomplete" });
  const chat = client.chat.completions.stream({
    model: "local",
    messages: [],
    stream_options: { include_usage: true },
  });
  expect(await chat.finalChatCompletion()).toMatchObject({
    choices: [{ message: { refusal: "I cannot help with that." } }],
    usage: { completion_tokens: 6 },
  });
  expect(await ask().finalResponse()).toMatchObject({ status: "failed" });
  await expect(ask().finalResponse()).rejects.toThrow();
});

it("reports what it bills, to the token", async () => {
  const { server, client } = await start(() => said("four char"));
  const { usage } = await client.responses.create({ model: "local", instructions: "1234", input: "12345678" });
  expect(usage).toMatchObject({ input_tokens: 3, output_tokens: 3, total_tokens: 6 });
  expect(server.billed()).toEqual({ inputTokens: 3, outputTokens: 3 });
});

it("refuses a field that the API does not have", async () => {
  const { client } = await start(() => said("never"));
  const body = { model: "local", input: "Hi", max_tokens: 3 };
  await expect(client.responses.create(body)).rejects.toMatchObject({ status: 400, param: "max_tokens" });
});

it("refuses as a model does, and stops where it is told to", async () => {
  const { client } = await start(inTurn(faults.refusal, faults.truncated));
  const refused = await client.responses.create({ model: "local", input: "Hi" });
  expect(refused.output[0]).toMatchObject({ content: [{ type: "refusal" }] });
  const cut = await client.chat.completions.create({ model: "local", max_completion_tokens: 5, messages: [] });
  expect(cut).toMatchObject({ choices: [{ finish_reason: "length" }], usage: { completion_tokens: 5 } });
});

it.each([
  ["unauthorised", 401, "invalid_api_key"],
  ["no-model", 404, "model_not_found"],
  ["quota", 429, "insufficient_quota"],
  ["overloaded", 503, "server_is_overloaded"],
] as const)("says %s as the client expects it", async (fault, status, code) => {
  const { client } = await start(() => faults[fault]);
  await expect(client.responses.create({ model: "local", input: "Hi" })).rejects.toMatchObject({ status, code });
});

it("sends Retry-After only when told to", async () => {
  const { server } = await start(inTurn(rateLimited(7), rateLimited()));
  const headers = [];
  for (const _ of [1, 2]) {
    const response = await fetch(`${server.url}/responses`, { method: "POST", body: "{}" });
    headers.push(response.headers.get("retry-after"));
  }
  expect(headers).toEqual(["7", null]);
});

it.each(["drop-at-once", "drop-within"] as const)("breaks the connection: %s", async fault => {
  const { client, server } = await start(() => faults[fault]);
  await expect(client.responses.create({ model: "local", input: "Hi" })).rejects.toThrow();
  expect(server.requests).toHaveLength(1);
});

it.each(["stall-at-once", "stall-within"] as const)("falls silent until it is closed: %s", async fault => {
  const { client, server } = await start(() => faults[fault]);
  const pending = client.responses.create({ model: "local", input: "Hi" }).then(
    () => "answered",
    () => "broken",
  );
  while (server.requests.length === 0) await new Promise(resolve => setImmediate(resolve));
  await server.close();
  expect(await pending).toBe("broken");
});

it("answers our own prompt with the rule's repair, and with an edit where it fits once", async () => {
  const prompt = 'How to repair: Await it.\n<data-1 kind="code">\nfile: a.ts (ts)\n7| save();\n</data-1>';
  const { client } = await start(sensible());
  const { output_text: advice } = await client.responses.create({ model: "local", input: prompt });
  expect(said(advice)).toEqual(answer({ decision: "advice", explanation: "Await it." }));
  const edit = { find: "save();", replace: "await save();" };
  const other = await start(sensible(edit));
  const { output_text: fix } = await other.client.responses.create({ model: "local", input: prompt });
  expect(JSON.parse(fix)).toMatchObject({ decision: "fix", edits: [edit] });
});

async function start(behaviour: Behaviour): Promise<{ readonly server: ModelServer; readonly client: OpenAI }> {
  const server = await startModelServer(behaviour);
  onTestFinished(() => server.close());
  const client = new OpenAI({ baseURL: server.url, apiKey: "sk-test", maxRetries: 0, logLevel: "off" });
  return { server, client };
}
