/** `review eval --feedback`: what people made of the bot's comments. */
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { run } from "./command.ts";

function line(fingerprint: string, more: object): string {
  const told = { version: 1, repository: "acme/shop", pull: 1, file: "a.ts", commit: "0", severity: "warning" };
  return JSON.stringify({
    ...told,
    fingerprint,
    ruleId: "floating-promise",
    model: null,
    thumbsUp: 0,
    thumbsDown: 0,
    ...more,
  });
}

const LINES = [
  line("a", { outcome: "open" }),
  line("b", { outcome: "fixed", thumbsUp: 2 }),
  line("c", { outcome: "fixed", thumbsDown: 1, model: "local" }),
  line("d", { outcome: "dismissed", ruleId: "lost-error" }),
  // Gathered again later.
  line("a", { outcome: "fixed" }),
];

it("tells by rule, and by whose words they were, which share of the comments was acted on", async () => {
  const cwd = folderWith({ "feedback.jsonl": `${LINES.join("\n")}\n` });
  const { stdout, stderr, status } = await run(cwd, ["eval", "--feedback", "feedback.jsonl"]);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout)
    .toBe(`rule              comments  open  fixed  dismissed  resolved  liked  disliked  acted on  95 % interval
floating-promise         3     0      3          0         0      1         1      67 %   21 % to 94 %
lost-error               1     0      0          1         0      0         0       0 %    0 % to 79 %

words             comments  open  fixed  dismissed  resolved  liked  disliked  acted on  95 % interval
the rule's words         3     0      2          1         0      1         0      67 %   21 % to 94 %
model local              1     0      1          0         0      0         1       0 %    0 % to 79 %
`);
});

it("refuses what is no feedback, by its line", async () => {
  const cwd = folderWith({ "feedback.jsonl": `${LINES[0]}\n{"outcome": "open"}\n` });
  expect(await run(cwd, ["eval", "--feedback", "feedback.jsonl"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("line 2 is none of `review-bot feedback`"),
  });
  expect(await run(cwd, ["eval", "--feedback", "none.jsonl"])).toMatchObject({ status: 2 });
});
