import { expect, onTestFinished, test } from "vitest";
import { createWorkingCopy, startGitHubServer, type GitHubServer, type PullHandle } from "@review/testkit/github";

const before = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
const after = before.toSpliced(9, 1, "ten", "ten and a half").toSpliced(30, 1);

/** What stands at a place of a body. */
function at(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Readonly<Record<string | number, unknown>>)[key], body);
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly link: string;
}

interface Scene {
  readonly github: GitHubServer;
  readonly pull: PullHandle;
  readonly token: string;
  push: (lines: readonly string[]) => void;
  request: (method: string, path: string, body?: object, token?: string) => Promise<Answered>;
}

async function scene(wrong: readonly unknown[] = []): Promise<Scene> {
  const github = await startGitHubServer();
  const copy = createWorkingCopy();
  onTestFinished(async () => {
    copy.remove();
    await github.close();
    expect(github.wrong).toEqual(wrong);
  });
  const hub = github.createRepository("acme/shop");
  const push = (lines: readonly string[]): void => {
    copy.commit("topic", { "src/a.ts": `${lines.join("\n")}\n` });
    copy.pushTo(hub.gitDir);
    hub.moved();
  };
  copy.commit("main", { "src/a.ts": `${before.join("\n")}\n`, "keep.ts": "export {};\n" });
  push(after);
  const pull = hub.openPull("topic");
  const token = github.createToken("helper[bot]");
  const request: Scene["request"] = async (method, path, body, by = token) => {
    const response = await fetch(`${github.url}${path.replace("PULL", `/repos/acme/shop/pulls/${pull.number}`)}`, {
      method,
      headers: { authorization: `token ${by}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(text || "null") as unknown,
      link: response.headers.get("link") ?? "",
    };
  };
  return { github, pull, token, push, request };
}

const comment = (line: number, more: object = {}): object => ({
  path: "src/a.ts",
  line,
  side: "RIGHT",
  body: "Hm.",
  ...more,
});
const review = (...comments: readonly object[]): object => ({ event: "COMMENT", body: "", comments });

test("a review with one line outside the diff is refused as a whole, in GitHub's words, and lines of context are inside", async () => {
  const { request, pull } = await scene();
  const refused = await request("POST", "PULL/reviews", review(comment(10), comment(20)));
  expect(refused).toMatchObject({
    status: 422,
    body: { message: "Unprocessable Entity", errors: ["Pull request review thread line must be part of the diff"] },
  });
  expect(pull.pull.threads).toEqual([]);
  const accepted = await request("POST", "PULL/reviews", review(comment(7), comment(11), comment(14)));
  expect(accepted.status).toBe(200);
  expect(pull.pull.threads.map(thread => thread.line)).toEqual([7, 11, 14]);
});

test("a comment over several lines needs them in one hunk and its start above its end", async () => {
  const { request } = await scene();
  const tried = async (start: number, line: number): Promise<unknown> => {
    const { status, body } = await request(
      "POST",
      "PULL/reviews",
      review(comment(line, { start_line: start, start_side: "RIGHT" })),
    );
    return status === 200 ? "accepted" : at(body, "errors", 0);
  };
  expect(await tried(10, 11)).toBe("accepted");
  expect(await tried(10, 10)).toBe("Pull request review thread start line must precede the end line.");
  expect(await tried(10, 31)).toBe("Pull request review thread start line must be part of the same hunk as the line.");
});

test("a push moves a thread with its line and makes it outdated when the line changes", async () => {
  const { request, pull, push } = await scene();
  await request("POST", "PULL/reviews", review(comment(10), comment(11)));
  push(["new first line", ...after.toSpliced(10, 1, "something else")]);
  const [moved, gone] = pull.pull.threads;
  expect(pull.place(moved!)).toEqual({ line: 11, startLine: undefined });
  expect([pull.isOutdated(moved!), pull.isOutdated(gone!)]).toEqual([false, true]);
  const list = await request("GET", "PULL/comments");
  expect(
    (list.body as readonly Readonly<Record<string, unknown>>[]).map(one => [one["line"], one["original_line"]]),
  ).toEqual([
    [11, 10],
    [null, 11],
  ]);
});

test("threads, their state and their resolution are told by GraphQL, with a bot's name as GraphQL has it", async () => {
  const { request, pull } = await scene();
  await request("POST", "PULL/reviews", review(comment(10)));
  const query = `query($number: Int!) { viewer { login } repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
    reviewThreads(first: 50) { nodes { id isResolved isOutdated line path comments(first: 5) { nodes { body viewerDidAuthor author { login } } } } } } } }`;
  const { body } = await request("POST", "/graphql", { query, variables: { number: pull.number } });
  const thread = at(body, "data", "repository", "pullRequest", "reviewThreads", "nodes", 0);
  expect(thread).toMatchObject({ isResolved: false, isOutdated: false, line: 10, path: "src/a.ts" });
  expect(at(thread, "comments", "nodes")).toEqual([
    { body: "Hm.", viewerDidAuthor: true, author: { login: "helper" } },
  ]);
  const resolve = `mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`;
  const resolved = await request("POST", "/graphql", { query: resolve, variables: { id: at(thread, "id") } });
  expect(at(resolved.body, "data", "resolveReviewThread", "thread")).toEqual({ isResolved: true });
  expect(at((await request("POST", "/graphql", { query: "{ nonsense }" })).body, "errors", 0, "message")).toContain(
    "nonsense",
  );
});

test("a token that may only read is refused, as are bodies that are too long, fields that do not exist and too many annotations", async () => {
  const { request, github, pull } = await scene([
    expect.stringMatching(/must NOT have more than 50 items/),
    expect.stringMatching(/unknown fields: colour/),
  ]);
  const reader = github.createToken("reader[bot]", "read");
  expect((await request("POST", "PULL/reviews", review(comment(10)), reader)).status).toBe(403);
  const long = await request("POST", `/repos/acme/shop/issues/${pull.number}/comments`, { body: "x".repeat(65_537) });
  expect(at(long.body, "errors", 0, "message")).toContain("maximum is 65536 characters");
  const annotation = { path: "a", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" };
  const check = (count: number): object => ({
    name: "review",
    head_sha: pull.head(),
    output: { title: "t", summary: "s", annotations: Array.from({ length: count }, () => annotation) },
  });
  expect((await request("POST", "/repos/acme/shop/check-runs", check(51))).status).toBe(422);
  const made = await request("POST", "/repos/acme/shop/check-runs", check(50));
  const { head_sha: _, ...update } = check(50) as Record<string, unknown>;
  await request("PATCH", `/repos/acme/shop/check-runs/${String(at(made.body, "id"))}`, update);
  expect((await request("POST", "PULL/reviews", { ...review(comment(10)), colour: "red" })).status).toBe(422);
  const listed = await request("GET", `/repos/acme/shop/commits/${pull.head()}/check-runs`);
  expect(at(listed.body, "check_runs", 0, "output", "annotations_count")).toBe(100);
});

test("lists come in pages, and too much content at once is refused with a time to wait", async () => {
  const { request, github, pull } = await scene();
  for (let index = 0; index < 35; index++) pull.comment("ada", `Comment ${index}`);
  const first = await request("GET", `/repos/acme/shop/issues/${pull.number}/comments`);
  expect([at(first.body, "length"), first.link]).toEqual([30, expect.stringMatching(/page=2>; rel="next"/)]);
  github.limits.contentPerMinute = 1;
  const post = (): Promise<Answered> =>
    request("POST", `/repos/acme/shop/issues/${pull.number}/comments`, { body: "One." });
  expect((await post()).status).toBe(201);
  const refused = await post();
  expect([refused.status, at(refused.body, "message")]).toEqual([403, expect.stringContaining("secondary rate limit")]);
});

test("a diff is given as one text unless it has too many files or lines; the list of files is given all the same", async () => {
  const { github, pull, token, push, request } = await scene();
  const asked = async (): Promise<{ readonly status: number; readonly type: string; readonly text: string }> => {
    const response = await fetch(`${github.url}/repos/acme/shop/pulls/${pull.number}`, {
      headers: { authorization: `token ${token}`, accept: "application/vnd.github.diff" },
    });
    return { status: response.status, type: response.headers.get("content-type") ?? "", text: await response.text() };
  };
  expect(await asked()).toMatchObject({
    status: 200,
    type: expect.stringContaining("application/vnd.github.diff"),
    text: expect.stringMatching(/^diff --git a\/src\/a\.ts b\/src\/a\.ts\n[^]*\n\+ten and a half\n/),
  });
  push(Array.from({ length: 20_100 }, (_, index) => `new ${index}`));
  const refused = await asked();
  expect([refused.status, JSON.parse(refused.text)]).toEqual([
    406,
    expect.objectContaining({
      message: "Sorry, the diff exceeded the maximum number of lines (20000)",
      errors: [{ resource: "PullRequest", field: "diff", code: "too_large" }],
    }),
  ]);
  expect((await request("GET", "PULL/files")).status).toBe(200);
});
