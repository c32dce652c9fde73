import { expect, onTestFinished, test } from "vitest";
import { answer, error as refusal, startModelServer } from "@review/testkit/openai";
import { checkOf, error, scene, sound, threadsOf, warning, writesSince, type PullHandle, type Scene } from "./scene.ts";

/** A comment, as the workflow for comments sees it. */
async function say(
  it: Scene,
  pull: PullHandle,
  login: string,
  body: string,
): Promise<{ readonly stderr: string; readonly writes: readonly string[] }> {
  const comment = pull.comment(login, body);
  const mark = it.github.seen.length;
  const { stderr } = await it.run(pull, { event: pull.commentEvent(comment) });
  return { stderr, writes: writesSince(it, mark) };
}

const idIn = (body: string): string => /\/review dismiss ([0-9a-f]+)/.exec(body)![1]!;

test("P15, P24: people of the repository dismiss by comment, durably; strangers are not even answered", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh"), "src/bad.ts": error });
  const pull = it.open({ author: "eve", fork: "eve/shop" });
  await it.run(pull);
  const id = idIn(pull.pull.threads.find(thread => thread.path === "src/new.ts")!.comments[0]!.body);
  expect((await say(it, pull, "eve", `/review dismiss ${id}`)).writes).toEqual([]);
  expect((await say(it, pull, "mallory", "/review")).writes).toEqual([]);
  expect(threadsOf(pull).some(thread => thread.endsWith("resolved"))).toBe(false);
  await say(it, pull, "mia", `/review dismiss ${id} we know`);
  expect(threadsOf(pull)).toContain("src/new.ts:3 floating-promise resolved");
  it.push({ "src/other.ts": sound });
  await it.run(pull);
  expect(threadsOf(pull)).toHaveLength(2);
  await say(it, pull, "mia", `/review undismiss ${id}`);
  expect(threadsOf(pull)).toContain("src/new.ts:3 floating-promise");
});

test("P23: bots, quotations and other words are no commands", async () => {
  const it = await scene();
  it.push({ "src/new.ts": sound });
  const pull = it.open();
  for (const [login, body] of [
    ["helper[bot]", "/review"],
    ["mia", "> /review"],
    ["mia", "Please /review"],
    ["mia", "/review everything now"],
    ["mia", "/reviewer"],
  ] as const) {
    expect(await say(it, pull, login, body)).toEqual({
      stderr: expect.stringContaining("the comment is no command"),
      writes: [],
    });
  }
});

test("P15: a finding that only the summary tells of is explained and dismissed by its name; so is one whose thread says so", async () => {
  const it = await scene({ "review.config.json": JSON.stringify({ pr: { maxInline: 1 } }) });
  it.push({ "src/bad.ts": error, "src/new.ts": warning("fresh") });
  const pull = it.open();
  await it.run(pull);
  const id = / `([0-9a-f]+)`$/m.exec(pull.pull.comments[0]!.body)![1]!;
  await say(it, pull, "mia", `/review explain ${id}`);
  expect(pull.pull.comments.at(-1)!.body).toContain("[`src/new.ts:3`]");
  await say(it, pull, "mia", `/review dismiss ${id}`);
  expect(pull.pull.comments[0]!.body).toContain("1 dismissed");
  pull.reply(pull.pull.threads[0]!, "eve", "won't fix");
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/bad.ts:2 fresh-object-lookup"]);
  pull.reply(pull.pull.threads[0]!, "mia", "Won't fix: it is a test.");
  await it.run(pull);
  expect(threadsOf(pull)).toEqual(["src/bad.ts:2 fresh-object-lookup resolved"]);
  expect(pull.pull.comments[0]!.body).toContain("2 dismissed");
});

test("a pull request can be paused and resumed; help and explanations are answers", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open({ author: "eve" });
  await say(it, pull, "mia", "/review pause");
  expect((await it.run(pull)).stderr).toContain("NOT REVIEWED – paused");
  await say(it, pull, "mia", "/review resume");
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise"]);
  const id = idIn(pull.pull.threads[0]!.comments[0]!.body);
  await say(it, pull, "eve", `/review explain ${id}`);
  expect(pull.pull.comments.at(-1)!.body).toMatch(
    /^\*\*warning\*\* · \[`floating-promise`\].* `src\/new\.ts:3`\n\n\w.*\.$/,
  );
  await say(it, pull, "mia", "/review help");
  expect(pull.pull.comments.at(-1)!.body).toContain("`/review dismiss ID reason`");
});

test("a model that had no answer is asked again by command, and the comment that stands gets its words; without a model that is said", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  let isDown = true;
  const words = "Whoever calls this does not hear of a failure.";
  const server = await startModelServer(() =>
    isDown ? refusal(500, "Down.") : answer({ decision: "advice", explanation: words }),
  );
  onTestFinished(() => server.close());
  const env = { REVIEW_BOT_SUGGEST: "1", OPENAI_BASE_URL: server.url, REVIEW_MODEL: "local" };
  await it.run(pull, { env });
  expect(pull.pull.comments[0]!.body).toContain("Findings without an answer of the model: 1");
  const order = `/review suggest ${idIn(pull.pull.threads[0]!.comments[0]!.body)}`;
  isDown = false;
  await it.run(pull, { env, event: pull.commentEvent(pull.comment("mia", order)) });
  expect(pull.pull.threads.map(({ comments }) => comments[0]!.body)).toEqual([expect.stringContaining(words)]);
  expect(pull.pull.comments[0]!.body).not.toContain("without an answer");
  const { writes } = await say(it, pull, "mia", order);
  expect(writes).toEqual([expect.stringContaining("/reactions"), expect.stringContaining("/comments")]);
  expect(pull.pull.comments.at(-1)!.body).toBe("No model is set up here that I could ask.");
});

test("all that is told is dismissed in one go, what only the summary tells of as well, until its code changes", async () => {
  const it = await scene({ "review.config.json": JSON.stringify({ pr: { maxInline: 1 } }) });
  it.push({ "src/bad.ts": error, "src/new.ts": warning("fresh"), "src/more.ts": warning("more") });
  const pull = it.open();
  await it.run(pull);
  expect((await say(it, pull, "eve", "/review dismiss all")).writes).toEqual([]);
  await say(it, pull, "mia", "/review dismiss all for now");
  expect(threadsOf(pull)).toEqual(["src/bad.ts:2 fresh-object-lookup resolved"]);
  expect(pull.pull.threads[0]!.comments[0]!.body).toContain("Dismissed.");
  expect(pull.pull.comments[0]!.body).toContain("3 dismissed");
  it.push({ "src/other.ts": sound });
  await it.run(pull);
  expect(checkOf(it, pull)).toMatchObject({ title: "Nothing new · 4/4 files", conclusion: "success" });
  it.push({ "src/new.ts": warning("fresh").replaceAll("save", "store") });
  await it.run(pull);
  expect(threadsOf(pull).slice(1)).toEqual(["src/new.ts:3 floating-promise"]);
});

test("verified fixes are applied in one commit, with marks and line ends as they were; not in a fork, not for strangers, never over a newer push", async () => {
  const it = await scene();
  const marked = `\uFEFF${warning("marked").replaceAll("\n", "\r\n")}`;
  it.push({ "src/new.ts": warning("fresh"), "src/größe.ts": marked, "src/bad.ts": error });
  const pull = it.open();
  await it.run(pull);
  const before = pull.head();
  expect((await say(it, pull, "eve", "/review apply")).writes).toEqual([]);
  await say(it, pull, "mia", "/review apply");
  expect(it.copy.git("-C", it.hub.gitDir, "log", "--format=%s", `${before}..${pull.head()}`)).toBe(
    "Apply 2 verified fixes\n",
  );
  const textAt = (file: string): string => it.copy.git("-C", it.hub.gitDir, "show", `${pull.head()}:${file}`);
  expect([textAt("src/new.ts"), textAt("src/größe.ts")]).toEqual([
    warning("fresh").replace("  save()", "  await save()"),
    marked.replace("  save()", "  await save()"),
  ]);
  // GitHub tells nobody of what a workflow pushes, so the review follows at once.
  expect(checkOf(it, pull)).toMatchObject({ title: "1 new (1 error) · 3/3 files", conclusion: "failure" });
  expect(threadsOf(pull).filter(thread => thread.endsWith("resolved"))).toHaveLength(2);
  await say(it, pull, "mia", "/review apply");
  expect(pull.pull.comments.at(-1)!.body).toBe("No finding has a verified fix that I could commit.");
  const [head, ours] = [pull.head(), { "src/new.ts": warning("fresh") }];
  it.copy.git("fetch", "-q", it.hub.gitDir, "topic");
  it.copy.git("reset", "-q", "--hard", "FETCH_HEAD");
  it.push(ours);
  let isMoved = false;
  it.github.fail((_, path) => {
    if (
      path === "/graphql" &&
      !isMoved &&
      it.github.seen.at(-1)?.body["query"]?.toString().includes("comments(first: 100")
    ) {
      isMoved = true;
      it.push({ "src/later.ts": sound });
    }
    return undefined;
  });
  await say(it, pull, "mia", "/review apply");
  expect(head).not.toBe(pull.head());
  expect(pull.pull.comments.at(-1)!.body).toContain("GitHub did not take the commit: `Expected branch to point to");
});

test("where the branch is in a fork, or the bot may not write to it, that is said and nothing is tried", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open({ fork: "eve/shop" });
  const { writes } = await say(it, pull, "mia", "/review apply");
  expect(writes).toEqual([expect.stringContaining("/reactions"), expect.stringContaining("/comments")]);
  expect(pull.pull.comments.at(-1)!.body).toContain("The branch is in a fork");
});

test("fixes that each stand alone and not together are not committed together: the first is, and the other stays", async () => {
  const it = await scene();
  const both = `export async function both(save: (id: number) => Promise<number>): Promise<number> {
  const started = Date.now();
  save(1);
  save(2);
  return started;
}
`;
  it.push({ "src/both.ts": both });
  const pull = it.open();
  // Each edit is right, and both declare the same name.
  const server = await startModelServer(({ turns }) => {
    const id = /^at line (\d+)/m.exec(turns[0]?.text ?? "")?.[1] === "3" ? 1 : 2;
    const replace = `const done = await save(${id});\n  if (done > ${id}) return done;`;
    return answer({
      decision: "fix",
      title: "Wait",
      explanation: "It waits.",
      edits: [{ find: `save(${id});`, replace }],
    });
  });
  onTestFinished(() => server.close());
  const env = { REVIEW_BOT_SUGGEST: "1", OPENAI_BASE_URL: server.url, REVIEW_MODEL: "local" };
  await it.run(pull, { env });
  expect(pull.pull.threads.map(thread => thread.comments[0]!.body.includes("const done"))).toEqual([true, true]);
  const comment = pull.comment("mia", "/review apply");
  const before = pull.head();
  await it.run(pull, { env, event: pull.commentEvent(comment) });
  const git = (...args: readonly string[]): string => it.copy.git("-C", it.hub.gitDir, ...args);
  expect(git("log", "--format=%s", `${before}..${pull.head()}`)).toBe("Apply a verified fix\n");
  expect(git("show", `${pull.head()}:src/both.ts`)).toBe(
    both.replace("save(1);", "const done = await save(1);\n  if (done > 1) return done;"),
  );
  expect(threadsOf(pull).filter(thread => thread.endsWith("resolved"))).toHaveLength(1);
});
