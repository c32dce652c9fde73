/** T22 and T23: a prompt that is too long for the model is shortened, beforehand where the window is known, and is not sent where nothing helps. */
import type { SuggestionRequest, VerifyFix } from "@review/suggestions";
import { folderWith } from "@review/testkit/folders";
import { answer, error, faults, said, withWindow, type Behaviour, type ModelServer } from "@review/testkit/openai";
import { describe, expect, it } from "vitest";
import { ask, requestFor, serverWith, statusesOf } from "./support.ts";

const good = answer({ decision: "advice", explanation: "Await `write`." });
const outputTokens = 200;

/** A long function with an example and definitions: some 400 tokens of instructions, and as many again of each part. */
function longRequest(name = "a"): SuggestionRequest {
  const lines = (word: string): string =>
    Array.from({ length: 60 }, (_, at) => `  prepareEverything(${word}${at}, configuration);\n`).join("");
  const text = `async function store(name: string) {\n${lines("before")}  write(name);\n${lines("after")}}\n`;
  const plain = requestFor(name, "error", text);
  const example = `The bug:\n${"saveEverything();\n".repeat(60)}`;
  const types = [{ name: "write", text: `type Written = {\n${"  information: string;\n".repeat(60)}}` }];
  return { ...plain, context: { ...plain.context, types, rulePage: { ...plain.context.rulePage, example } } };
}

/** What of the long request a prompt shows. */
function partsIn({ turns }: ModelServer["requests"][number]): readonly string[] {
  const { text } = turns[0]!;
  const parts = [
    ["example", "saveEverything()"],
    ["definitions", 'kind="definitions"'],
    ["imports", 'kind="imports"'],
    ["whole code", "before0,"],
    ["finding", "write(name);"],
  ] as const;
  return parts.filter(([, sign]) => text.includes(sign)).map(([part]) => part);
}

const whole = ["example", "definitions", "imports", "whole code", "finding"];

describe("T22: with a window that the settings tell", () => {
  it.each([
    [100_000, whole],
    [3_400, whole.slice(1)],
    [3_000, whole.slice(2)],
    [1_500, ["finding"]],
  ])("sends what fits %i tokens, at the first try", async (contextTokens, parts) => {
    const server = await serverWith(
      withWindow(
        contextTokens,
        () => faults["too-large"],
        () => good,
      ),
    );
    const trial = await ask(server, [longRequest()], { contextTokens, outputTokens });
    expect(statusesOf(trial)).toEqual(["advice"]);
    expect(server.requests.map(partsIn)).toEqual([parts]);
  });

  it("sends nothing where nothing fits, and says with the numbers how to mend it", async () => {
    const server = await serverWith(() => good);
    const { results, suggester } = await ask(server, [longRequest()], { contextTokens: 1_000 });
    expect(server.requests).toEqual([]);
    expect(suggester.usage().requests).toBe(0);
    expect(results[0]!.suggestion).toMatchObject({ status: "too_large", origin: "page" });
    expect(results[0]!.suggestion.reason).toMatch(
      /^a prompt of about 1\d{3} tokens does not fit: the window of 1000 tokens \(suggest\.contextTokens\) leaves 0 beside 2048 for the answer; lower suggest\.outputTokens or give the model a larger window$/,
    );
  });

  it("previews the form that is sent, and what that may cost", async () => {
    const server = await serverWith(() => good);
    const settings = { contextTokens: 1_500, outputTokens, price: { input: 1, output: 1 } };
    const { suggester } = await ask(server, [longRequest()], settings);
    const [preview] = suggester.preview([longRequest()]);
    expect(preview!.body).toBe(server.requests[0]!.text);
    expect(preview!.note).toBe("without example, definitions, imports and outer lines");
    expect(preview!.worst.inputTokens).toBeLessThan(Buffer.byteLength(preview!.body!) + 300);
    const { suggester: small } = await ask(server, [], { ...settings, contextTokens: 1_000 });
    expect(small.preview([longRequest()])[0]).toMatchObject({ body: null, costUsd: 0 });
    expect(small.preview([longRequest()])[0]!.note).toContain("the window of 1000 tokens");
  });

  it("finds the edits of an answer in the lines that were left", async () => {
    const edit = { find: "  write(name);", replace: "  await write(name);" };
    const server = await serverWith(() => answer({ decision: "fix", explanation: "It waits.", edits: [edit] }));
    const request = longRequest();
    const { results } = await ask(server, [request], { contextTokens: 1_500, outputTokens });
    const { text, start } = request.context.declaration;
    const { span } = results[0]!.fix!.edits[0]!;
    expect(text.slice(span.start - start, span.end - start)).toBe(edit.find);
    expect(server.requests[0]!.turns[0]!.text).toContain("\n13|   write(name);\n");
  });

  it("keeps the answers to each form apart, and none is asked for twice", async () => {
    const server = await serverWith(() => good);
    const settings = { cacheDir: folderWith({}), outputTokens };
    for (const contextTokens of [1_500, 1_500, 100_000, 100_000, 1_500])
      expect(statusesOf(await ask(server, [longRequest()], { ...settings, contextTokens }))).toEqual(["advice"]);
    expect(server.requests.map(partsIn)).toEqual([["finding"], whole]);
  });

  it("asks for no repair that would not fit any more", async () => {
    const edit = { find: "write(name);", replace: "later(name);" };
    const fix = answer({ decision: "fix", explanation: "It waits.", edits: [edit] });
    const server = await serverWith(() => fix);
    const because = "TS2552: Cannot find name 'later'.\n".repeat(100);
    const verify: VerifyFix = () => Promise.resolve({ status: "rejected", because });
    const settings = { contextTokens: 1_500, outputTokens };
    const { results } = await ask(server, [longRequest()], settings, { verify });
    expect(server.requests).toHaveLength(1);
    expect(results[0]!.suggestion.status).toBe("unverified");
    expect(results[0]!.suggestion.reason).toMatch(/mending it failed: a prompt of about \d+ tokens does not fit/);
  });

  it("gives a truncated answer no more room than the window has", async () => {
    const server = await serverWith(({ outputLimit = 0 }) => (outputLimit > outputTokens ? good : faults.truncated));
    const trial = await ask(server, [longRequest()], { contextTokens: 1_440, outputTokens });
    const limits = server.requests.map(({ outputLimit }) => outputLimit!);
    expect(statusesOf(trial)).toEqual(["advice"]);
    expect(limits[1]).toBeGreaterThan(outputTokens);
    expect(limits[1]).toBeLessThan(2 * outputTokens);
  });
});

describe("T23: with a window that the server tells", () => {
  const oneAtATime = { concurrency: 1, outputTokens } as const;
  const raw = (body: object) => {
    const text = JSON.stringify({ error: body });
    return { kind: "raw", status: 400, contentType: "application/json", body: text } as const;
  };

  it.each<readonly [string, Parameters<typeof withWindow>[1]]>([
    [
      "OpenAI",
      asked =>
        error(400, `This model's maximum context length is 3000 tokens. However, you requested ${asked} tokens.`, {
          code: "context_length_exceeded",
        }),
    ],
    [
      "vLLM",
      asked =>
        error(
          400,
          `You passed ${asked} input tokens and requested 200 output tokens. However, the model's context length is only 3000 tokens.`,
        ),
    ],
    [
      "vLLM's engine",
      asked =>
        error(
          400,
          `The decoder prompt (length ${asked}) is longer than the maximum model length of 3000. Make sure that \`max_model_len\` is no smaller than the number of text tokens.`,
        ),
    ],
    [
      "llama.cpp",
      asked =>
        error(400, `request (${asked} tokens) exceeds the available context size (3000 tokens), try increasing it`),
    ],
    [
      "an older llama.cpp",
      asked =>
        raw({
          code: 400,
          message: "the request exceeds the available context size, try increasing it",
          type: "exceed_context_size_error",
          n_prompt_tokens: asked,
          n_ctx: 3_000,
        }),
    ],
    [
      "LM Studio",
      asked =>
        error(
          400,
          `Trying to keep the first ${asked} tokens when context the overflows. However, the model is loaded with context length of only 3000 tokens, which is not enough.`,
        ),
    ],
    [
      "Mistral",
      asked =>
        error(
          400,
          `Prompt contains ${asked} tokens and 0 draft tokens, too large for model with 3000 maximum context length`,
        ),
    ],
    [
      "Gemini",
      asked => error(400, `The input token count (${asked}) exceeds the maximum number of tokens allowed (3000).`),
    ],
    [
      "TGI",
      asked =>
        error(
          422,
          `Input validation error: \`inputs\` tokens + \`max_new_tokens\` must be <= 3000. Given: ${asked} \`inputs\` tokens and 200 \`max_new_tokens\``,
        ),
    ],
  ])("learns it from the words of %s, and sends no refused request any more", async (_server, complain) => {
    const server = await serverWith(withWindow(3_000, complain, () => good));
    const trial = await ask(server, ["a", "b", "c"].map(longRequest), oneAtATime);
    expect(statusesOf(trial)).toEqual(["advice", "advice", "advice"]);
    // The first answer shows that this server counts fewer tokens than the estimate: from then on the definitions fit as well.
    const shorter = [whole.slice(2), whole.slice(1), whole.slice(1)];
    expect(server.requests.map(partsIn)).toEqual([whole, ...shorter]);
    expect(trial.notes).toEqual(["has a window of 3000 tokens; longer prompts are shortened"]);
  });

  it("learns from a refusal without a number that so much is too much", async () => {
    const tooMuch = error(400, "Your input exceeds the context window of this model.", {
      code: "context_length_exceeded",
    });
    const server = await serverWith(
      withWindow(
        3_000,
        () => tooMuch,
        () => good,
      ),
    );
    const trial = await ask(server, ["a", "b"].map(longRequest), oneAtATime);
    expect(statusesOf(trial)).toEqual(["advice", "advice"]);
    expect(partsIn(server.requests[0]!)).toEqual(whole);
    expect(server.requests.slice(1).map(partsIn)).not.toContainEqual(whole);
    expect(trial.notes[0]).toMatch(/^has room for at most \d+ tokens; longer prompts are shortened$/);
  });

  it("learns nothing from a refusal of what was read a moment ago", async () => {
    const refusal = error(400, "The prompt is too long.");
    const server = await serverWith(({ number }) => (number === 2 ? refusal : good));
    const trial = await ask(server, ["a", "b", "c"].map(longRequest), oneAtATime);
    expect(statusesOf(trial)).toEqual(["advice", "advice", "advice"]);
    expect(server.requests.map(partsIn)).toEqual([whole, whole, whole, whole.slice(2)]);
    expect(trial.notes).toEqual([]);
  });

  it("gives up after the second refusal of a shorter form", async () => {
    const server = await serverWith(() => error(400, "The prompt is too long."));
    const { results } = await ask(server, [longRequest()], oneAtATime);
    expect(server.requests.map(partsIn)).toEqual([whole, whole.slice(2), ["finding"]]);
    expect(results[0]!.suggestion).toMatchObject({ status: "too_large" });
    expect(results[0]!.suggestion.reason).toContain("give it a larger window");
  });

  it("takes its own estimate for too low where a server refuses what seemed to fit", async () => {
    const complain = (): ReturnType<typeof error> => error(400, "This model's maximum context length is 6000 tokens.");
    const server = await serverWith(withWindow(3_000, complain, () => good));
    const trial = await ask(server, ["a", "b"].map(longRequest), oneAtATime);
    expect(statusesOf(trial)).toEqual(["advice", "advice"]);
    expect(server.requests.map(partsIn).filter(parts => parts.length === whole.length)).toHaveLength(1);
  });

  it("finds the answer to a shorter form in the cache without asking, as long as it does not know the window", async () => {
    const server = await serverWith(
      withWindow(
        3_000,
        () => faults["too-large"],
        () => good,
      ),
    );
    const settings = { ...oneAtATime, cacheDir: folderWith({}) };
    await ask(server, [longRequest()], settings);
    const before = server.requests.length;
    expect(statusesOf(await ask(server, [longRequest()], settings))).toEqual(["advice"]);
    expect(server.requests).toHaveLength(before);
  });
});

it("corrects its estimate by what the server counted", async () => {
  const counting =
    (factor: number): Behaviour =>
    ({ instructions, turns }) => {
      const letters = instructions.length + turns.reduce((sum, { text }) => sum + text.length, 0);
      const usage = { prompt_tokens: Math.ceil(letters * factor), completion_tokens: 10, total_tokens: 0 };
      const message = {
        role: "assistant",
        content: '{"decision":"advice","title":"","explanation":"Await it.","edits":[]}',
      };
      const body = { object: "chat.completion", choices: [{ index: 0, finish_reason: "stop", message }], usage };
      return { kind: "raw", status: 200, contentType: "application/json", body: JSON.stringify(body) };
    };
  const settings = { concurrency: 1, contextTokens: 5_200, outputTokens };
  const formsWith = async (factor: number): Promise<readonly number[]> => {
    const server = await serverWith(counting(factor));
    await ask(server, [longRequest("a"), longRequest("b")], settings);
    return server.requests.map(request => partsIn(request).length);
  };
  expect(await formsWith(1 / 4)).toEqual([5, 5]);
  expect(await formsWith(1 / 2)).toEqual([5, 3]);
  // A server that reports next to nothing has cached the prompt or cut it in silence: no measure of anything.
  expect(await formsWith(1 / 40)).toEqual([5, 5]);
});

it("does not take a word about the length of answers for one about prompts", async () => {
  const complaint = error(400, "max_tokens must be <= 100", { param: "max_tokens" });
  const server = await serverWith(request =>
    "max_tokens" in request.body
      ? complaint
      : said('{"decision":"advice","title":"","explanation":"Await it.","edits":[]}'),
  );
  const { notes } = await ask(server, [requestFor()], { outputTokens });
  expect(notes.join()).not.toContain("window");
});
