/** What GitHub does that no pull request shows: names that change, repositories and conversations that close, proxies in between. */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { mkdtempSync } from "node:fs";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serverOf } from "../dist/run/environment.js";
import { jobOf } from "../dist/serve/job.js";
import { checkOf, error, scene, sound, threadsOf, warning, writesSince } from "./scene.ts";

test("a repository with another name keeps its comments, also while it is still asked for by its former one", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open();
  const env = { REVIEW_MARKER_KEY: "a secret of the repository" };
  await it.run(pull, { env });
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise"]);
  it.hub.rename("acme/store");
  const mark = it.github.seen.length;
  await it.run(pull, { env: { ...env, GITHUB_REPOSITORY: "acme/store" } });
  expect(writesSince(it, mark)).toEqual([]);
  it.push({ "src/b.ts": warning("b") });
  expect((await it.run(pull, { env })).stderr).toContain("2 new (2 warnings)");
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise", "src/b.ts:3 floating-promise"]);
});

test("what a closed conversation or an archived repository does not take is told by the check alone, or by the log", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a"), "src/b.ts": warning("b") });
  const pull = it.open();
  await it.run(pull);
  pull.pull.isLocked = true;
  it.push({ "src/a.ts": sound, "src/c.ts": warning("c") });
  // GraphQL has no status that says so.
  const errors = [{ type: "FORBIDDEN", message: "Pull request is locked" }];
  let refused = 0;
  it.github.fail((_, path) => {
    // After the words that a thread has come to its end, it is resolved.
    if (path !== "/graphql" || it.github.seen.at(-1)?.method !== "PATCH") return undefined;
    refused++;
    return { status: 200, body: { data: null, errors } };
  });
  const result = await it.run(pull);
  expect([result.status, refused, checkOf(it, pull).title]).toEqual([0, 1, "2 new (2 warnings) · 3/3 files"]);
  const body = { message: "Repository was archived so is read-only." };
  it.github.fail((method, path) => (method === "GET" || path === "/graphql" ? undefined : { status: 403, body }));
  pull.pull.isLocked = false;
  it.push({ "src/d.ts": warning("d") });
  const { status, stderr } = await it.run(pull);
  expect([status, stderr]).toEqual([0, expect.stringContaining("3 new (3 warnings)")]);
});

test("a pull request that is closed while it is reviewed is not talked to", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open();
  it.github.fail((method, path) => {
    if (method === "POST" && path.endsWith("/check-runs")) pull.pull.isOpen = false;
    return undefined;
  });
  await it.run(pull);
  expect([checkOf(it, pull).title, threadsOf(pull), pull.pull.comments]).toEqual([
    "NOT REVIEWED – the pull request is closed",
    [],
    [],
  ]);
});

test("a merge queue that requires the check gets one, which says that nobody looked", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open();
  const group = { head_sha: pull.head(), head_ref: "refs/heads/gh-readonly-queue/main/pr-1", base_ref: "main" };
  const { status } = await it.run(pull, { event: { action: "checks_requested", merge_group: group } });
  const title = "NOT REVIEWED – a merge queue's commit; its pull requests are reviewed one by one";
  expect([status, checkOf(it, pull)]).toEqual([0, { title, conclusion: "neutral", annotations: 0 }]);
  expect((await it.run(pull, { event: { action: "destroyed", merge_group: group } })).stderr).toContain(
    "Nothing to do: the merge group is gone",
  );
});

test("without the first workflow's report the second one's check says that there was no review", async () => {
  const it = await scene({ "review.config.json": JSON.stringify({ pr: { notReviewed: "failure" } }) });
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open({ fork: "eve/shop" });
  const event = { action: "completed", workflow_run: { head_sha: pull.head() } };
  const { status } = await it.run(pull, { args: ["--from", join(tmpdir(), "no such report.json")], event });
  expect([status, checkOf(it, pull)]).toEqual([
    3,
    { title: "NOT REVIEWED – the first workflow left no report", conclusion: "failure", annotations: 0 },
  ]);
});

test("a member who hides to be one is known by his right to write; strangers cost no question", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open();
  await it.run(pull);
  const id = /\/review dismiss ([0-9a-f]+)/.exec(pull.pull.threads[0]!.comments[0]!.body)![1]!;
  const say = async (login: string, association: string): Promise<number> => {
    const mark = it.github.seen.length;
    const said = pull.commentEvent(pull.comment(login, `/review dismiss ${id}`)) as { readonly comment: object };
    await it.run(pull, { event: { ...said, comment: { ...said.comment, author_association: association } } });
    return it.github.seen.length - mark;
  };
  expect([await say("mallory", "NONE"), await say("mallory", "CONTRIBUTOR")]).toEqual([0, 1]);
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise"]);
  await say("mia", "CONTRIBUTOR");
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise resolved"]);
});

const many = (names: readonly string[]): string => names.map(warning).join("\n");

test("of a file that has changed too much for GitHub to show its lines the findings stand on the file, and say their lines", async () => {
  const it = await scene();
  it.hub.repository.linesInPatch = 12;
  const big = `${"// A remark.\n".repeat(9)}${many(["one"])}${error.replaceAll("seen", "known")}`;
  it.push({ "src/big.ts": big, "src/a.ts": warning("a"), "src/b.ts": warning("b"), "src/c.ts": warning("c") });
  const pull = it.open();
  const mark = it.github.seen.length;
  await it.run(pull);
  const told = [
    "src/a.ts:3 floating-promise",
    "src/b.ts:3 floating-promise",
    "src/big.ts:- floating-promise",
    "src/big.ts:- fresh-object-lookup",
    "src/c.ts:3 floating-promise",
  ];
  expect(threadsOf(pull).toSorted()).toEqual(told);
  const posts = it.github.seen.slice(mark).filter(({ method, path }) => method === "POST" && path.includes("/pulls/"));
  // Git tells lines that GitHub does not show: it is asked which those are, and no comment is tried alone.
  expect(posts.map(({ path, status }) => `${path.replace(/.*\//, "")} ${status}`)).toEqual([
    ...["reviews 422", "comments 201", "comments 201", "reviews 200"],
  ]);
  const bodies = pull.pull.threads.filter(({ subject }) => subject === "file").map(({ comments }) => comments[0]!.body);
  expect(bodies.toSorted()).toEqual([
    expect.stringMatching(/It is at \[`src\/big\.ts:16`\]/),
    expect.stringMatching(/It is at \[`src\/big\.ts:12`\]/),
  ]);
  expect(bodies.filter(body => body.includes("```suggestion"))).toEqual([]);
  expect(pull.pull.comments[0]!.body).toContain("5 comments below");
  const after = it.github.seen.length;
  await it.run(pull);
  expect(writesSince(it, after)).toEqual([]);
});

test("read by the API, which lists such a file without a patch, it is told the same without a refusal", async () => {
  const it = await scene();
  it.hub.repository.linesInPatch = 8;
  it.push({ "src/big.ts": many(["one", "two"]), "src/a.ts": warning("a") });
  const pull = it.open();
  const mark = it.github.seen.length;
  await it.run(pull, { env: { GITHUB_WORKSPACE: mkdtempSync(join(tmpdir(), "review-empty-")) } });
  expect(threadsOf(pull).toSorted()).toEqual([
    ...["src/a.ts:3 floating-promise", "src/big.ts:- floating-promise", "src/big.ts:- floating-promise"],
  ]);
  expect(it.github.seen.slice(mark).filter(({ status }) => status >= 400)).toEqual([]);
  expect(checkOf(it, pull).title).toBe("3 new (3 warnings) · 2/2 files");
});

test("a pull request whose fork was deleted is reviewed from the commits that GitHub keeps, and nobody pushes to it", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open({ fork: "eve/shop", author: "eve" });
  it.copy.git("push", "-q", it.hub.gitDir, ":refs/heads/topic");
  pull.pull.isForkGone = true;
  const empty = mkdtempSync(join(tmpdir(), "review-empty-"));
  // Of a checkout that has one of the commits the bot makes a clone of its own; without any it asks the API.
  const shallow = join(empty, "shallow");
  it.copy.git("clone", "-q", "--depth=1", "--branch=main", `file://${it.hub.gitDir}`, shallow);
  for (const GITHUB_WORKSPACE of [it.copy.folder, shallow, empty]) {
    const { status, stderr } = await it.run(pull, { env: { GITHUB_WORKSPACE } });
    expect([status, stderr]).toEqual([0, expect.stringContaining("1 new (1 warning) · 1/1 files")]);
  }
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise"]);
  await it.run(pull, { event: pull.commentEvent(pull.comment("mia", "/review apply")) });
  expect(pull.pull.comments.at(-1)!.body).toContain("The branch is in a fork, where I may not write.");
});

test("GitHub is reached by the proxy that the environment names", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open();
  const asked = new Set<string>();
  const proxy = createServer().on("connect", (request, socket, head) => {
    asked.add(request.url ?? "");
    const through = connect(Number(new URL(it.github.url).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      through.write(head);
      socket.pipe(through).pipe(socket);
    });
    for (const end of [socket, through]) end.on("error", () => undefined);
  });
  await new Promise<void>(done => proxy.listen(0, "127.0.0.1", done));
  onTestFinished(() => void proxy.close());
  const address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const env = { GITHUB_API_URL: "http://github.example/api/v3", HTTP_PROXY: address };
  expect((await it.run(pull, { env })).stderr).toContain("1 new (1 warning)");
  expect([[...asked], threadsOf(pull)]).toEqual([["github.example:80"], ["src/a.ts:3 floating-promise"]]);
});

test("the pages of a server are known by the address of its API, wherever GitHub runs it", () => {
  expect(
    ["https://api.github.com", "https://api.acme.ghe.com", "https://git.acme.example/api/v3"].map(serverOf),
  ).toEqual(["https://github.com", "https://acme.ghe.com", "https://git.acme.example"]);
});

test("an App hears of all checks run again, and of merge groups", () => {
  const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly {
    readonly name: string;
    readonly examples: readonly { readonly action?: string }[];
  }[];
  const exampleOf = (name: string, action: string): object => ({
    ...examples.find(event => event.name === name)?.examples.find(entry => entry.action === action),
    installation: { id: 5 },
  });
  expect(jobOf("check_suite", exampleOf("check_suite", "rerequested"))).toMatchObject({ number: 2, isAsked: true });
  expect(jobOf("check_suite", exampleOf("check_suite", "completed"))).toBeUndefined();
  expect(jobOf("merge_group", exampleOf("merge_group", "checks_requested"))).toMatchObject({
    number: 0,
    mergeGroup: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
});
