import { beforeAll, expect, test } from "vitest";
import { startGitHubServer, type GitHubServer } from "@review/testkit/github";
import { createClient, type Client, type ClientOptions } from "../dist/github/client.js";

let github: GitHubServer;
let token: string;

beforeAll(async () => {
  github = await startGitHubServer();
  github.createRepository("acme/shop");
  token = github.createToken("github-actions[bot]");
  return () => github.close();
});

const SECONDARY = { message: "You have exceeded a secondary rate limit. Please wait a few minutes." };
const asked = { owner: "acme", repo: "shop" } as const;

function open(id: string, more: Partial<ClientOptions> = {}): { readonly client: Client; readonly notes: string[] } {
  const notes: string[] = [];
  const pace = { writePauseMs: 0, fallbackSeconds: 0.01 };
  const onNote = (text: string): void => void notes.push(text);
  return { client: createClient({ apiUrl: github.url, auth: { token }, id, pace, onNote, ...more }), notes };
}

const countsOf = (path: string): number => github.seen.filter(entry => entry.path === path).length;

test("P20: where GitHub does not say for how long, each pause is twice the one before, and the fourth refusal is the last", async () => {
  const { client, notes } = open("doubling");
  github.fail(() => ({ status: 403, body: SECONDARY }));
  const before = countsOf("/repos/acme/shop");
  await expect(client.request("GET /repos/{owner}/{repo}", asked)).rejects.toMatchObject({
    name: "RateLimited",
    seconds: 0.08,
  });
  github.fail(undefined);
  expect(notes.map(note => /wait ([\d.]+) s \(secondary limit, GET/.exec(note)?.[1])).toEqual([
    ...["0.01", "0.02", "0.04", "0.08"],
  ]);
  expect(countsOf("/repos/acme/shop") - before).toBe(4);
});

test("P20: GraphQL's refusals, which come as good answers, are heard; so is a limit that is used up until its reset", async () => {
  const { client, notes } = open("reset");
  const reset = String(Math.floor(Date.now() / 1_000));
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
  const refusals = [
    { status: 200, body: { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }, headers },
    { status: 200, body: { errors: [{ message: SECONDARY.message }] }, headers: { "retry-after": "0" } },
    { status: 429, body: { message: "API rate limit exceeded" }, headers },
  ];
  github.fail(() => refusals.shift());
  const query = "query { viewer { login } }";
  await client.graphql(query).catch(() => undefined);
  github.fail(undefined);
  expect([refusals.length, notes.map(note => /\(([a-z ]+), POST/.exec(note)?.[1])]).toEqual([
    0,
    ["rate limit", "secondary limit", "rate limit"],
  ]);
});

test("a pause is for all clients of an account, and one that is longer than a client is patient is thrown at once", async () => {
  const ended = new AbortController();
  const first = open("one account", { signal: ended.signal });
  github.fail(() => ({ status: 403, body: SECONDARY, headers: { "retry-after": "500" } }));
  const waiting = first.client.request("GET /repos/{owner}/{repo}", asked).catch((error: unknown) => error);
  while (first.notes.length === 0) await new Promise(done => setTimeout(done, 5));
  github.fail(undefined);
  const before = github.seen.length;
  const second = open("one account", { patienceSeconds: 100 });
  await expect(second.client.request("GET /repos/{owner}/{repo}", asked)).rejects.toMatchObject({
    name: "RateLimited",
  });
  expect(github.seen.length).toBe(before);
  const other = open("another account", { patienceSeconds: 100 });
  expect((await other.client.request("GET /repos/{owner}/{repo}", asked)).status).toBe(200);
  // Whoever waits ends with its signal.
  ended.abort();
  expect(await waiting).toMatchObject({ name: "AbortError" });
});

test("a failure of the server is asked about again, one that may have created something is not, nor a refusal for good", async () => {
  const { client, notes } = open("failures");
  const failures = [{ status: 502, body: {} }];
  github.fail(() => failures.shift());
  expect((await client.request("GET /repos/{owner}/{repo}", asked)).status).toBe(200);
  const body = { issue_number: 1, body: "x", request: { retries: 0 } };
  github.fail(() => ({ status: 502, body: {} }));
  const before = github.seen.length;
  const write = client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { ...asked, ...body });
  await expect(write).rejects.toMatchObject({ status: 502 });
  github.fail(() => ({ status: 403, body: { message: "Resource not accessible by integration" } }));
  await expect(client.request("GET /repos/{owner}/{repo}", asked)).rejects.toMatchObject({ status: 403 });
  github.fail(undefined);
  expect([github.seen.length - before, notes]).toEqual([2, []]);
});
