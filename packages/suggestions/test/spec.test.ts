/**
 * T39: what we send and what the tests' server answers, against OpenAI's own description of its API. It is three megabytes and
 * changes every week, so it is no part of this repository: `OPENAI_SPEC=/path/to/openapi.json` turns these tests on.
 */
import { createSuggester, type ProofBench, type VerifyFix } from "@review/suggestions";
import { folderWith } from "@review/testkit/folders";
import {
  answer,
  faults,
  openApiSpec,
  refusing,
  said,
  startModelServer,
  withoutSchema,
  type FaultName,
  type ModelServer,
} from "@review/testkit/openai";
import { describe, expect, it, onTestFinished } from "vitest";
import { ask, requestFor, serverWith } from "./support.ts";

const spec = openApiSpec();
if (!spec)
  console.warn("OPENAI_SPEC names no description of the API: the server of the tests is held to the SDK's types.");

const problemsOf = (schema: string, value: unknown): readonly string[] => spec!.problemsOf(schema, value);
const good = answer({ decision: "advice", explanation: "Await `write`." });
/** A schema takes the validator seconds the first time. */
const timeout = 240_000;

const apis = [
  ["responses", "CreateResponse", "Response"],
  ["chat", "CreateChatCompletionRequest", "CreateChatCompletionResponse"],
] as const;

describe.runIf(spec).each(apis)("over %s", (api, requestSchema, responseSchema) => {
  const problemsOfAll = ({ requests }: ModelServer): readonly string[] =>
    requests
      .filter(request => request.api === api)
      .flatMap(({ body, text }) => problemsOf(requestSchema, body).map(problem => `${problem}: ${text.slice(0, 200)}`));

  it("sends what the API takes, for a suggestion, for its repair and for a test", { timeout }, async () => {
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
    expect(problemsOfAll(server)).toEqual([]);
  });

  it("sends what the API takes after a prose answer, a cut one and each refusal", { timeout }, async () => {
    const fields = ["store", "reasoning", "text.verbosity", "prompt_cache_key", "max_output_tokens", "max_tokens"];
    const behaviours = [
      ...fields.map(name => refusing(name, 400, () => good)),
      withoutSchema(() => good),
      withoutSchema(() => good, "json_object"),
      ...(["prose", "truncated", "too-large"] as const).map(name => () => faults[name]),
    ];
    for (const behaviour of behaviours) {
      const server = await serverWith(behaviour);
      await ask(server, [requestFor()], { api });
      expect(server.requests.length).toBeGreaterThan(0);
      expect(problemsOfAll(server)).toEqual([]);
    }
  });

  it("would send OpenAI itself what the API takes", { timeout }, () => {
    const suggester = createSuggester({ model: "gpt-5.4-mini", api, cacheDir: null, language: "de" });
    const [preview] = suggester.preview([requestFor()]);
    expect(preview!.url).toContain("https://api.openai.com/v1/");
    const body = JSON.parse(preview!.body!) as object;
    expect(body).toMatchObject({ store: false });
    expect(problemsOf(requestSchema, body)).toEqual([]);
  });

  const answerOf = async (server: ModelServer): Promise<unknown> => {
    const path = api === "chat" ? "chat/completions" : "responses";
    const asked = api === "chat" ? { messages: [{ role: "user", content: "Hi" }] } : { input: "Hi" };
    const body = JSON.stringify({ model: "local", ...asked });
    const headers = { "content-type": "application/json" };
    return (await fetch(`${server.url}/${path}`, { method: "POST", headers, body })).json();
  };

  it.each(["answer", "refusal", "truncated", "filtered", "failed"] as const)(
    "is answered by the tests' server as the API answers: %s",
    { timeout },
    async kind => {
      if (api === "chat" && kind === "failed") return; // That API has no such answer.
      const server = await serverWith(() => (kind === "answer" ? said("Hello") : faults[kind]));
      expect(problemsOf(responseSchema, await answerOf(server))).toEqual([]);
    },
  );

  const errors = (Object.keys(faults) as FaultName[]).filter(name => faults[name].kind === "error");
  it.each(errors)("gets the error %s in the API's envelope", { timeout }, async name => {
    const server = await serverWith(() => faults[name]);
    expect(problemsOf("ErrorResponse", await answerOf(server))).toEqual([]);
  });

  it("hands in, watches and collects batches as the API has them", { timeout }, async () => {
    const server = await startModelServer(() => good);
    onTestFinished(() => server.close());
    const settings = { model: "local", apiKey: "sk-test", baseUrl: server.url, api } as const;
    const suggester = createSuggester({ ...settings, cacheDir: folderWith() });
    const previews = suggester.preview([requestFor("a"), requestFor("b")]);
    expect(previews.flatMap(({ body }) => problemsOf(requestSchema, JSON.parse(body!)))).toEqual([]);
    await suggester.batch.submit(previews);
    expect(server.batches().flatMap(({ body }) => problemsOf("CreateBatchRequest", body))).toEqual([]);
    const shown = async (path: string): Promise<unknown> => (await fetch(`${server.url}/${path}`)).json();
    for (let looks = 0; looks < 3; looks++) expect(problemsOf("Batch", await shown("batches/batch_1"))).toEqual([]);
    expect(problemsOf("ListBatchesResponse", await shown("batches"))).toEqual([]);
    const lines = await (await fetch(`${server.url}/files/file-2/content`)).text();
    for (const line of lines.trim().split("\n")) {
      const { response } = JSON.parse(line) as { readonly response: { readonly body: unknown } };
      expect(problemsOf(responseSchema, response.body)).toEqual([]);
    }
  });
});

describe.runIf(spec)("whatever is asked", () => {
  it("lists models as the API does", { timeout }, async () => {
    const server = await serverWith(() => good);
    expect(problemsOf("ListModelsResponse", await (await fetch(`${server.url}/models`)).json())).toEqual([]);
  });

  it("takes nothing for a field of the API that is none", { timeout }, () => {
    const body = { model: "m", input: "Hi", text: { format: { type: "text" }, verbose: true }, max_tokens: 5 };
    expect(problemsOf("CreateResponse", body)).toEqual([
      "/text/verbose is no field of CreateResponse",
      "/max_tokens is no field of CreateResponse",
    ]);
  });
});
