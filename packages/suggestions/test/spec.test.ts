/**
 * What we send and what the tests' server answers, against OpenAI's own description of its API. It is three megabytes and
 * changes every week, so it is no part of this repository: `OPENAI_SPEC=/path/to/openapi.json` turns these tests on.
 */
import { answer, faults, openApiSpec, said, startModelServer } from "@review/testkit/openai";
import type { ProofBench, VerifyFix } from "@review/suggestions";
import { describe, expect, it, onTestFinished } from "vitest";
import { ask, requestFor, serverWith } from "./support.ts";

const spec = openApiSpec();
if (!spec)
  console.warn("OPENAI_SPEC names no description of the API: the server of the tests is held to the SDK's types.");

const APIS = [
  ["responses", "CreateResponse", "Response"],
  ["chat", "CreateChatCompletionRequest", "CreateChatCompletionResponse"],
] as const;

describe.runIf(spec).each(APIS)("over %s", (api, requestSchema, responseSchema) => {
  it("sends what the API takes, for a suggestion, for its repair and for a test", { timeout: 120_000 }, async () => {
    const verify: VerifyFix = (_, { edits }) =>
      Promise.resolve(
        edits[0]!.text.includes("await")
          ? { status: "verified", verified: { types: true, rules: true, tests: null } }
          : { status: "rejected", because: "TS2322: no" },
      );
    const prove: ProofBench = {
      plan: () => ({ runner: "node:test", file: "src/a.proof.test.mts", subject: "./a.ts" }),
      run: () => Promise.resolve({ isProof: true }),
    };
    let count = 0;
    const server = await serverWith(({ instructions }) => {
      if (instructions.includes("one automated test")) return said('{"decision":"test","test":"import \\"./a.ts\\";"}');
      const replace = count++ === 0 ? "wait(name);" : "await write(name);";
      return answer({ decision: "fix", explanation: "It waits.", edits: [{ find: "write(name);", replace }] });
    });
    await ask(server, [requestFor()], { api }, { verify, prove });
    expect(server.requests).toHaveLength(3);
    for (const { body } of server.requests) expect(spec!.problemsOf(requestSchema, body)).toEqual([]);
  });

  it.each(["answer", "refusal", "truncated", "filtered", "failed"] as const)(
    "is answered by the tests' server as the API answers: %s",
    { timeout: 120_000 },
    async kind => {
      if (api === "chat" && kind === "failed") return; // That API has no such answer.
      const server = await startModelServer(() => (kind === "answer" ? said("Hello") : faults[kind]));
      onTestFinished(() => server.close());
      const path = api === "chat" ? "chat/completions" : "responses";
      const body =
        api === "chat"
          ? { model: "local", messages: [{ role: "user", content: "Hi" }] }
          : { model: "local", input: "Hi" };
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${server.url}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      expect(spec!.problemsOf(responseSchema, await response.json())).toEqual([]);
    },
  );

  it("gets errors in the API's envelope", { timeout: 120_000 }, async () => {
    const server = await startModelServer(() => faults.quota);
    onTestFinished(() => server.close());
    const response = await fetch(`${server.url}/responses`, { method: "POST", body: '{"model":"local","input":"Hi"}' });
    expect(spec!.problemsOf("ErrorResponse", await response.json())).toEqual([]);
  });
});
