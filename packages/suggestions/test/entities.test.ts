/** Names in a model's words. */
import { answer } from "@review/testkit/openai";
import type { KnowNames } from "@review/suggestions";
import { expect, it } from "vitest";
import { ask, requestFor, serverWith } from "./support.ts";

async function textFor(explanation: string, knows?: KnowNames): Promise<string> {
  const server = await serverWith(() => answer({ decision: "advice", explanation }));
  const { results } = await ask(server, [requestFor()], {}, { knows });
  return results[0]!.suggestion.text;
}

it.each([
  "Await `write(name)`, or `store` ends before it.",
  "Use `Promise.allSettled` or `Array.prototype.toSorted`.",
  'Write `for (const x of y)` with `console.log("anything at all")`.',
  "`write` gives a `Map<K, V>`. It is lost.",
])("leaves words about what there is: %s", async text => {
  expect(await textFor(text)).toBe(text);
});

it("leaves out the sentence that names what does not exist, and no other", async () => {
  const text = "The promise of `write` is lost. Call `flushPendingWrites()` first. Then await it.";
  expect(await textFor(text)).toBe("The promise of `write` is lost. Then await it.");
});

it("asks the program about names that were not sent, once for each", async () => {
  const asked: (readonly string[])[] = [];
  const knows: KnowNames = (_, names) => {
    asked.push(names);
    return Promise.resolve(["flushPendingWrites"]);
  };
  const text = "Call `flushPendingWrites()` after `write`. Then `flushPendingWrites` and `flushNothing` again.";
  expect(await textFor(text, knows)).toBe("Call `flushPendingWrites()` after `write`.");
  expect(asked).toEqual([["flushPendingWrites", "flushNothing"]]);
});

it("falls back to the rule's own words when nothing is left", async () => {
  const server = await serverWith(() => answer({ decision: "advice", explanation: "Call `flushPendingWrites()`." }));
  const { results } = await ask(server);
  expect(results[0]!.suggestion).toMatchObject({
    origin: "page",
    text: "Await the promise.",
    reason: "the model's words name `flushPendingWrites`, which does not exist",
  });
});

it("calls nobody", async () => {
  expect(await textFor("Ask @somebody and (@github/security) about `@types/node`; me@here.example stays.")).not.toMatch(
    /(?:^|[^`\w])@/,
  );
});

it("withholds a fix that the model itself says changes what others rely on", async () => {
  const edits = [{ find: "write(name);", replace: "await write(name);" }];
  const server = await serverWith(() =>
    answer({ decision: "fix", explanation: "Await `write`.", risk: "api_change", edits }),
  );
  const { results } = await ask(server);
  expect(results[0]).toMatchObject({ suggestion: { status: "advice", origin: "model" }, fix: null });
});

it("has such a fix tried where the user allows it, and says what it is", async () => {
  const edits = [{ find: "write(name);", replace: "await write(name);" }];
  const server = await serverWith(() =>
    answer({ decision: "fix", explanation: "Await `write`.", risk: "api_change", edits }),
  );
  const allowances: unknown[] = [];
  const { results } = await ask(
    server,
    undefined,
    { allowApiChange: true },
    {
      verify: (_, __, allowance) => {
        allowances.push(allowance);
        return Promise.resolve({ status: "verified", verified: { types: true, rules: true, tests: null } });
      },
    },
  );
  expect(allowances).toEqual([{ mayChangeApi: true }]);
  expect(results[0]!.suggestion).toMatchObject({
    ...{
      status: "verified",
      reason: "the model says that what others rely on changes; what imports the file compiles",
    },
  });
});
