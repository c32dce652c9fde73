import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { startGitHubServer, type GitHubServer } from "@review/testkit/github";
import { createClient, type Client, type ClientOptions } from "../dist/github/client.js";
import { gapsFor, localTurns } from "../dist/github/turns.js";
import { openEmbedded } from "../dist/serve/embedded.js";
import { sharedTurns } from "../dist/serve/shared-turns.js";
import { layDatabase } from "./server.ts";

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

const HOUR = 3_600_000;
const inHours = (ms: number): number => Math.round((10 * ms) / HOUR) / 10;

test("P20: what an hour may have of new things is counted ahead, in the process and in the database, and what is changed is not", async () => {
  const gaps = { write: 1, notify: 3, perHour: 3 };
  const folder = mkdtempSync(join(tmpdir(), "review-turns-"));
  await layDatabase(folder);
  const database = await openEmbedded(folder);
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const turns of [localTurns("by the hour", gaps), sharedTurns(database, "by the hour", gaps)]) {
    const first = [await turns.take("create"), await turns.take("notify"), await turns.take("create")];
    expect(first.map(inHours)).toEqual([0, 0, 0]);
    expect(inHours(await turns.take("write"))).toBe(0);
    // One that nobody waits for is left to the next one.
    const far = [await turns.take("create", 60_000), await turns.take("notify", 60_000), await turns.take("create")];
    expect(far.map(inHours)).toEqual([1, 1, 1]);
    expect(inHours(await turns.take("write", 2 * HOUR))).toBe(1);
  }
  expect([gapsFor(1_000).perHour, gapsFor(0).perHour]).toEqual([500, Infinity]);
});

test("P20: a client that may make nothing new for a while says so at once, and sends nothing", async () => {
  const turns = localTurns("one a client", { write: 1, notify: 1, perHour: 1 });
  const { client } = open("one a client", { turns, patienceSeconds: 100 });
  const write = (): Promise<{ readonly status: number }> =>
    client.request("POST /repos/{owner}/{repo}/check-runs", { ...asked, name: "review", head_sha: "0".repeat(40) });
  expect((await write()).status).toBe(201);
  const before = github.seen.length;
  await expect(write()).rejects.toMatchObject({ name: "RateLimited" });
  expect(github.seen.length).toBe(before);
  expect((await client.request("GET /repos/{owner}/{repo}", asked)).status).toBe(200);
});
