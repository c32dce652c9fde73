/** What GitHub does that no pull request shows: names that change, repositories and conversations that close, proxies in between. */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serverOf } from "../dist/run/environment.js";
import { jobOf } from "../dist/serve/job.js";
import { checkOf, scene, sound, threadsOf, warning, writesSince } from "./scene.ts";

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
