/**
 * The GitHub that a suite publishes to: the tests' own server, or the real one where `GITHUB_TEST_REPO` (`owner/name`) and
 * `GITHUB_TEST_TOKEN` name it, an Enterprise server by `GITHUB_API_URL` too. Whatever is done here goes by git and HTTP alone, so
 * that all grounds see the same requests.
 */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished } from "vitest";
import { createWorkingCopy, startGitHubServer, type WorkingCopy } from "@review/testkit/github";
import type { ReviewCommentFields } from "@review/pr-bot";
import { serverOf } from "../dist/run/environment.js";
import { start, type Files, type Result } from "./scene.ts";
import { until } from "./server.ts";

interface Place {
  readonly isReal: boolean;
  readonly repository: string;
  readonly token: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
}

export interface ThreadFacts {
  /** "path:line rule", and whether it is resolved; no line once its code has changed. */
  readonly at: string;
  readonly body: string;
}

export interface ListedFile {
  readonly filename: string;
  readonly patch?: string;
}

export interface Ground {
  /** Only an App, as a workflow's token is one, may write checks; a person's token may not. */
  readonly hasChecks: boolean;
  /** Commits to the pull request's branch and gives the commit, once the pull request has it. */
  readonly push: (files: Files) => Promise<string>;
  /** Runs the bot in a checkout, or in an empty folder. */
  readonly run: (job: "checkout" | "empty") => Promise<Result>;
  readonly threads: () => Promise<readonly ThreadFacts[]>;
  /** Resolves the threads of a file, as a person does. */
  readonly resolve: (path: string) => Promise<void>;
  /** The repository on this machine, with the commits where the change begins and ends. */
  readonly commits: () => { readonly folder: string; readonly base: string; readonly head: string };
  /** Posts comments on lines by hand; throws where GitHub refuses them. */
  readonly comment: (comments: readonly ReviewCommentFields[]) => Promise<void>;
  /** The change as GitHub lists it. */
  readonly files: () => Promise<readonly ListedFile[]>;
  /** The states of reviews. */
  readonly reviews: () => Promise<readonly string[]>;
  /** Comments of the conversation. */
  readonly comments: () => Promise<readonly { readonly body: string }[]>;
  readonly checks: (commit: string) => Promise<readonly { readonly conclusion: string; readonly title: string }[]>;
  /** Closes the pull request and deletes the branches; safe to repeat. */
  readonly close: () => Promise<void>;
  readonly isOpen: () => Promise<boolean>;
}

/**
 * Opens a pull request between two branches that begin nowhere and are gone afterwards, so that any repository will do: its other
 * branches, workflows and files play no part.
 */
export async function ground(base: Files, change: Files): Promise<Ground> {
  const place = realPlace() ?? (await ownPlace());
  const copy = createWorkingCopy();
  const empty = mkdtempSync(join(tmpdir(), "review-ground-"));
  const name = `review-test/${randomUUID()}`;
  const branches: string[] = [];
  let pull: number | undefined;
  const push = async (branch: "main" | "topic", files: Files): Promise<string> => {
    const commit = copy.commit(branch, files);
    await pushBranch(place, copy, branch, `${name}/${branch}`);
    if (!branches.includes(branch)) branches.push(branch);
    return commit;
  };
  const close = async (): Promise<void> => {
    if (pull !== undefined) await ask(place, "PATCH", `pulls/${pull}`, { state: "closed" });
    pull = undefined;
    for (const branch of branches.splice(0)) await ask(place, "DELETE", `git/refs/heads/${name}/${branch}`);
  };
  onTestFinished(async () => {
    await close();
    copy.remove();
    rmSync(empty, { recursive: true, force: true });
  });
  await push("main", base);
  await push("topic", change);
  const wanted = { title: "A change for a test of review-bot", head: `${name}/topic`, base: `${name}/main` };
  const { number } = await ask<{ readonly number: number }>(place, "POST", "pulls", wanted);
  pull = number;
  return {
    hasChecks: !place.isReal || place.token.startsWith("ghs_"),
    push: async files => {
      const commit = await push("topic", files);
      await until(async () => (await readPull(place, number)).head.sha === commit);
      return commit;
    },
    run: job => runAt(place, number, job === "checkout" ? copy.folder : empty),
    threads: async () => (await threadsAt(place, number)).map(factsOf).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    resolve: async path => {
      const threads = (await threadsAt(place, number)).filter(thread => thread.path === path);
      for (const { id } of threads) await ask(place, "POST", "/graphql", { query: RESOLVE, variables: { id } });
    },
    commits: () => {
      const [base = "", head = ""] = ["main", "topic"].map(branch => copy.git("rev-parse", branch).trim());
      return { folder: copy.folder, base, head };
    },
    comment: async comments => {
      const commit_id = copy.git("rev-parse", "topic").trim();
      await ask(place, "POST", `pulls/${number}/reviews`, { commit_id, event: "COMMENT", body: "By hand.", comments });
    },
    files: () => ask(place, "GET", `pulls/${number}/files?per_page=100`),
    reviews: async () =>
      (await ask<readonly { readonly state: string }[]>(place, "GET", `pulls/${number}/reviews`)).map(
        ({ state }) => state,
      ),
    comments: () => ask(place, "GET", `issues/${number}/comments`),
    checks: async commit =>
      (await checksAt(place, commit)).map(({ conclusion, output }) => ({ conclusion, ...output })),
    close,
    isOpen: async () =>
      (await ask<readonly { readonly number: number }[]>(place, "GET", "pulls?state=open&per_page=100")).some(
        open => open.number === number,
      ),
  };
}

function realPlace(): Place | undefined {
  const { GITHUB_TEST_REPO: repository, GITHUB_TEST_TOKEN: token } = process.env;
  if (!repository || !token) return undefined;
  const { GITHUB_API_URL: apiUrl = "https://api.github.com" } = process.env;
  const { GITHUB_SERVER_URL: serverUrl = serverOf(apiUrl) } = process.env;
  return { isReal: true, repository, token, apiUrl, serverUrl };
}

async function ownPlace(): Promise<Place> {
  const github = await startGitHubServer();
  onTestFinished(async () => {
    await github.close();
    expect(github.wrong).toEqual([]);
  });
  const repository = "acme/shop";
  github.createRepository(repository);
  const token = github.createToken("github-actions[bot]");
  return { isReal: false, repository, token, apiUrl: github.url, serverUrl: github.url };
}

/** The credential is in git's environment: arguments are there for everybody on a machine to read. */
async function pushBranch(
  { serverUrl, repository, token }: Place,
  copy: WorkingCopy,
  from: string,
  to: string,
): Promise<void> {
  const url = `${serverUrl}/${repository}.git`;
  await promisify(execFile)("git", ["-C", copy.folder, "push", "-q", url, `${from}:refs/heads/${to}`], {
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: "0",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
    },
  });
}

async function runAt(
  { isReal, repository, token, apiUrl, serverUrl }: Place,
  number: number,
  workspace: string,
): Promise<Result> {
  return start(["run", "--pull", String(number)], {
    GITHUB_REPOSITORY: repository,
    GITHUB_TOKEN: token,
    GITHUB_API_URL: apiUrl,
    GITHUB_SERVER_URL: serverUrl,
    GITHUB_WORKSPACE: workspace,
    ...(isReal ? {} : { REVIEW_WRITE_PAUSE_MS: "0" }),
  });
}

/** Asks for something of the repository; throws for an answer that refuses. */
async function ask<T>({ apiUrl, repository, token }: Place, method: string, path: string, body?: object): Promise<T> {
  // An Enterprise server has GraphQL beside the rest.
  const address =
    path === "/graphql" ? `${apiUrl.replace(/\/v3$/, "")}${path}` : `${apiUrl}/repos/${repository}/${path}`;
  const response = await fetch(address, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/vnd.github+json",
      "user-agent": "review-bot-test",
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

function readPull(place: Place, number: number): Promise<{ readonly head: { readonly sha: string } }> {
  return ask(place, "GET", `pulls/${number}`);
}

interface Check {
  readonly conclusion: string;
  readonly output: { readonly title: string };
}

async function checksAt(place: Place, commit: string): Promise<readonly Check[]> {
  const path = `commits/${commit}/check-runs?check_name=review`;
  return (await ask<{ readonly check_runs: readonly Check[] }>(place, "GET", path)).check_runs;
}

const THREADS = `query($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    reviewThreads(first: 100) { nodes { id isResolved path line comments(first: 1) { nodes { body } } } }
  } }
}`;

const RESOLVE = "mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }";

interface ThreadNode {
  readonly id: string;
  readonly isResolved: boolean;
  readonly path: string;
  readonly line: number | null;
  readonly comments: { readonly nodes: readonly { readonly body: string }[] };
}

/** Only GraphQL tells whether a thread is resolved. */
async function threadsAt(place: Place, number: number): Promise<readonly ThreadNode[]> {
  const [owner, repo] = place.repository.split("/");
  const answer = await ask<{
    readonly data: {
      readonly repository: {
        readonly pullRequest: { readonly reviewThreads: { readonly nodes: readonly ThreadNode[] } };
      };
    };
  }>(place, "POST", "/graphql", { query: THREADS, variables: { owner, repo, number } });
  return answer.data.repository.pullRequest.reviewThreads.nodes;
}

function factsOf({ isResolved, path, line, comments }: ThreadNode): ThreadFacts {
  const body = comments.nodes[0]?.body ?? "";
  const rule = /\[`([a-z-]+)`\]/.exec(body)?.[1] ?? "?";
  return { at: `${path}:${line ?? "-"} ${rule}${isResolved ? " resolved" : ""}`, body };
}
