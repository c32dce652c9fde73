import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changedFiles, createMarker, DEFAULT_SETTINGS, plan } from "@review/pr-bot";
import { finding, fixable } from "./finding.ts";
import { until } from "./server.ts";
import {
  checkOf,
  scene,
  textsBelow,
  threadsOf,
  warning,
  writesSince,
  type PullHandle,
  type Result,
  type Scene,
} from "./scene.ts";

const REFUSAL = {
  status: 422,
  body: { message: "Unprocessable Entity", errors: ["Pull request review thread line must be part of the diff"] },
};

const reviewsIn = ({ github }: Scene): readonly { readonly status: number; readonly comments: number }[] =>
  github.seen
    .filter(({ method, path }) => method === "POST" && path.endsWith("/reviews"))
    .map(({ status, body }) => ({ status, comments: (body["comments"] as unknown[]).length }));

/** A finding as the first of two workflows tells it. */
function reported(file: string, number: number): object {
  const range = { start: { line: 3, column: 3 }, end: { line: 3, column: 9 } };
  const fingerprint = number.toString(16).padStart(64, "0");
  const said = { ruleId: "floating-promise", message: "It floats.", evidence: [], suggestion: { text: "" } };
  return { fingerprint, file, range, ...said };
}

/** Runs the second of two workflows on what the first one might have found. */
function publish(it: Scene, pull: PullHandle, { findings }: { readonly findings: readonly object[] }): Promise<Result> {
  const file = join(mkdtempSync(join(tmpdir(), "review-artefact-")), "review.json");
  const report = { version: 1, head: pull.head(), findings, standing: 0, incomplete: [], skipped: [] };
  writeFileSync(file, JSON.stringify(report));
  const event = { action: "completed", workflow_run: { head_sha: pull.head() } };
  return it.run(pull, { args: ["--from", file], event });
}

test("P09: what GitHub refuses is halved until the wrong comment stands alone, and that one goes elsewhere", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a"), "src/b.ts": warning("b"), "src/c.ts": warning("c") });
  const pull = it.open();
  it.github.fail((method, path) => {
    if (method !== "POST" || !path.endsWith("/reviews")) return undefined;
    const tries = reviewsIn(it).length;
    // All three, then the half with "a" and "b", then "a" with and without its block.
    return [0, 1, 2, 3].includes(tries) ? REFUSAL : undefined;
  });
  await it.run(pull);
  expect(reviewsIn(it)).toEqual([
    { status: 422, comments: 3 },
    { status: 422, comments: 2 },
    { status: 422, comments: 1 },
    { status: 422, comments: 1 },
    { status: 200, comments: 1 },
  ]);
  expect(threadsOf(pull).toSorted()).toEqual(["src/a.ts:- floating-promise", "src/b.ts:3 floating-promise"]);
  expect(pull.pull.comments[0]!.body).toContain("Without a comment of their own (1):");
  expect(checkOf(it, pull)).toMatchObject({ title: "3 new (3 warnings) · 3/3 files", annotations: 1 });
});

test("P10: a commit that comes while the review is made is reviewed instead; nothing is said about the old one", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  const old = pull.head();
  let moved = false;
  it.github.fail((method, path) => {
    if (moved || method !== "POST" || !path.endsWith("/reviews")) return undefined;
    moved = true;
    it.push({ "src/new.ts": `\n${warning("fresh")}` });
    return REFUSAL;
  });
  const result = await it.run(pull);
  expect(result.stderr).toContain("begun again");
  expect(threadsOf(pull)).toEqual(["src/new.ts:4 floating-promise"]);
  expect(pull.pull.reviews.every(({ commit }) => commit !== old)).toBe(true);
  const check = it.hub.repository.checkRuns.find(run => run.head_sha === old);
  expect([check?.conclusion, check?.output.title]).toEqual(["cancelled", "NOT REVIEWED – a newer commit came"]);
});

test("a job that is cancelled leaves no check behind that seems to be under way", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  const { checkRuns } = it.hub.repository;
  const result = await it.run(pull, {
    onStart: async child => {
      await until(() => checkRuns.length > 0);
      child.kill("SIGINT");
    },
  });
  expect(result.status).toBe(130);
  expect(checkOf(it, pull)).toMatchObject({
    title: "NOT REVIEWED – the job was cancelled",
    conclusion: "cancelled",
  });
  expect(pull.pull.threads).toEqual([]);
});

test("P18: annotations go out fifty at a time", async () => {
  const it = await scene({ "review.config.json": JSON.stringify({ pr: { maxInline: 0 } }) });
  it.push({ "src/many.ts": Array.from({ length: 120 }, (_, index) => warning(`f${index}`)).join("\n") });
  const pull = it.open();
  await it.run(pull);
  const updates = it.github.seen.filter(({ method, path }) => method === "PATCH" && path.includes("/check-runs/"));
  expect(updates.map(({ body }) => (body["output"] as { annotations: unknown[] }).annotations.length)).toEqual([
    50, 50, 20,
  ]);
  expect(checkOf(it, pull)).toEqual({
    title: "120 new (120 warnings) · 1/1 files",
    conclusion: "success",
    annotations: 120,
  });
});

test("P20, P27: pauses that GitHub asks for are kept, also by an Enterprise server with its other addresses", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open();
  it.github.limits.retryAfter = 1;
  let refused = 0;
  it.github.fail((_, path) => {
    if (refused > 0 || !path.endsWith("/reviews")) return undefined;
    refused++;
    return {
      status: 403,
      body: { message: "You have exceeded a secondary rate limit." },
      headers: { "retry-after": "1" },
    };
  });
  const result = await it.run(pull, {
    env: { GITHUB_API_URL: it.github.enterpriseUrl, GITHUB_SERVER_URL: it.github.url },
  });
  expect([refused, result.stderr]).toEqual([1, expect.stringContaining("GitHub asked to wait 1 s")]);
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise"]);
  expect(it.github.seen.every(({ path }) => path.startsWith("/api/v3/") || path === "/api/graphql")).toBe(true);
});

test("P17: no body is longer than GitHub takes", () => {
  const long = "x".repeat(70_000);
  const findings = [fixable("a.ts", 1, long), finding("a.ts", 2, { message: long, ruleId: "b" })];
  const { create } = plan({
    head: "a".repeat(40),
    fresh: findings,
    files: changedFiles([{ path: "a.ts", status: "modified", hunks: [{ start: 1, end: 5, added: [1, 2], gaps: [] }] }]),
    texts: new Map([["a.ts", "1\n2\n3\n4\n5\n"]]),
    threads: [],
    dismissed: new Set(),
    isKnown: () => true,
    settings: DEFAULT_SETTINGS,
    marker: createMarker({ repositoryId: 7, number: 1 }, "key"),
    wordsAt: () => ({ pageOf: () => undefined, idOf: fp => fp.slice(0, 6), permalink: () => "https://example.org/" }),
  });
  expect(create.map(({ body }) => body.length < 5_000)).toEqual([true, true]);
});

test("P17: a summary that is too long is cut at a line, and keeps its mark and what that remembers", async () => {
  const it = await scene();
  it.push({ "a.ts": warning("a") });
  const pull = it.open({ fork: "eve/shop" });
  // Long names in letters that take twelve characters of an address each.
  const long = (index: number): string => `${Array.from({ length: 16 }, () => "𐐀".repeat(30)).join("/")}/${index}.ts`;
  const findings = Array.from({ length: 60 }, (_, index) => ({
    ...reported(long(index), index),
    message: "x ".repeat(300),
  }));
  const { status, stderr } = await publish(it, pull, { findings });
  expect([status, stderr]).toEqual([0, expect.stringContaining("60 new (60 warnings)")]);
  const [body = ""] = pull.pull.comments.map(comment => comment.body);
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(55_000);
  const [, said = "", cut = "", mark = ""] = /^([^]*)\n\n(… the rest did not fit\.)\n\n(<!-- [^]*)$/.exec(body) ?? [];
  expect([cut, mark]).toEqual([expect.any(String), expect.stringMatching(/^<!-- review:sticky:v1 dismissed= listed=/)]);
  expect(mark.match(/[0-9a-f]{64}/g)).toHaveLength(50);
  expect(
    said
      .split("\n")
      .slice(4)
      .every(line => /^- \*\*warning\*\* .* `[0-9a-f]+`$/.test(line)),
  ).toBe(true);
  // The same again says nothing: what was cut is recognised.
  const before = it.github.seen.length;
  await publish(it, pull, { findings });
  expect(writesSince(it, before)).toEqual([]);
});

test("a shallow checkout, as CI makes it, gets its own partial clone, and the token is nowhere on disk", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open();
  const shallow = mkdtempSync(join(tmpdir(), "review-shallow-"));
  it.copy.git("clone", "-q", "--depth=1", `file://${it.hub.gitDir}`, shallow);
  const temporary = mkdtempSync(join(tmpdir(), "review-tmp-"));
  let kept = "";
  it.github.fail((method, path) => {
    if (method === "POST" && path.endsWith("/reviews")) kept = textsBelow(temporary);
    return undefined;
  });
  const result = await it.run(pull, { env: { GITHUB_WORKSPACE: shallow, TMPDIR: temporary }, isProcess: true });
  expect(result.stderr).toContain("1 new (1 warning)");
  expect(kept).toContain("partialclonefilter");
  const token = it.github.seen[0]!.authorization.split(" ")[1]!;
  for (const secret of [token, Buffer.from(`x-access-token:${token}`).toString("base64")])
    expect(kept.includes(secret)).toBe(false);
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise"]);
});

test("P25: the second of two workflows believes the first nothing that it can find out itself", async () => {
  const it = await scene();
  it.push({ "src/a.ts": warning("a") });
  const pull = it.open({ fork: "eve/shop" });
  const file = join(mkdtempSync(join(tmpdir(), "review-artefact-")), "review.json");
  const first = await it.run(pull, {
    args: ["--report-to", file],
    env: { GITHUB_TOKEN: it.github.createToken("reader[bot]", "read") },
  });
  expect([first.status, pull.pull.threads.length, it.hub.repository.checkRuns.length]).toEqual([0, 0, 0]);
  const honest = JSON.parse(readFileSync(file, "utf8")) as { head: string; findings: Record<string, unknown>[] };
  const event = { action: "completed", workflow_run: { head_sha: pull.head() } };
  const publish = async (content: object): Promise<string> => {
    writeFileSync(file, JSON.stringify(content));
    return (await it.run(pull, { args: ["--from", file], event })).stderr;
  };
  expect(await publish({ ...honest, head: "0".repeat(40) })).toContain("about another commit");
  expect(await publish({ ...honest, findings: [{ ...honest.findings[0], file: "../../etc/passwd" }] })).toContain(
    "malformed at findings.0.file",
  );
  expect(await publish({ ...honest, findings: [{ ...honest.findings[0], ruleId: "made-up" }] })).toContain(
    "Nothing new",
  );
  expect(pull.pull.threads).toEqual([]);
  const evil = "Click [here](https://evil.example) @everyone <!-- review:v1 fp=00 -->";
  await publish({ ...honest, findings: [{ ...honest.findings[0], severity: "error", message: evil }] });
  expect(threadsOf(pull)).toEqual(["src/a.ts:3 floating-promise"]);
  const [body = ""] = pull.pull.threads.map(thread => thread.comments[0]!.body);
  expect(body).toContain("**warning**");
  expect(body).toContain("`[here](https://evil.example)` `@everyone` `<!--`");
  expect(body).not.toContain("```suggestion");
});

test("P06, P07: the diff is never asked for as one text, and where GitHub lists no more files the summary says so", async () => {
  const it = await scene();
  const files = Object.fromEntries(Array.from({ length: 3_010 }, (_, index) => [`many/${index}.ts`, "export {};\n"]));
  it.push({ ...files, "a.ts": warning("a") });
  const pull = it.open({ fork: "eve/shop" });
  expect((await publish(it, pull, { findings: [reported("a.ts", 10)] })).stderr).toContain("1 new (1 warning)");
  expect(threadsOf(pull)).toEqual(["a.ts:3 floating-promise"]);
  expect(pull.pull.comments[0]!.body).toContain("GitHub lists 3000 changed files");
  expect(it.github.seen.filter(({ path }) => path.endsWith("/files"))).toHaveLength(30);
  expect(it.github.seen.filter(({ accept }) => !/json/.test(accept) || /diff|patch/.test(accept))).toEqual([]);
});
