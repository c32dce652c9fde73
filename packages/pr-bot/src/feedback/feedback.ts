/**
 * `review-bot feedback`: what people made of the bot's comments, for `review eval --feedback`: thumbs, and how each thread ended. It
 * is read from GitHub, where it stands anyway, so it outlives every machine. No code and no words of people are in it.
 */
import { ciEnvironment, paceIn } from "../run/environment.ts";
import { markerKeyOf } from "../serve/marker-key.ts";
import { fetchByProxy } from "../github/proxy.ts";
import { createClient, type Client } from "../github/client.ts";
import { readConversation } from "../github/conversation.ts";
import { pullsSince, repositoryId, type Target } from "../github/target.ts";
import { UsageError } from "../errors.ts";
import { createMarker, type Marker } from "../plan/marker.ts";
import type { StandingThread } from "../plan/reconcile.ts";
import { readTitle } from "../words/comment.ts";
import type { RunPorts } from "../run/run.ts";

export interface FeedbackOptions {
  /** Only of pull requests that changed since this day, such as 2026-11-01. */
  readonly since?: string | undefined;
}

/** Writes a line of JSON for each of the bot's own comments in the repository of `GITHUB_REPOSITORY`. */
export async function feedback({ since = "1970-01-01" }: FeedbackOptions, ports: RunPorts): Promise<void> {
  if (!/^\d{4}-\d\d-\d\d$/.test(since))
    throw new UsageError(`--since is "${since}": it has to be a day, such as 2026-11-01.`);
  const { client, owner, repo, markerFor } = await doorOf(ports);
  for (const number of await pullsSince({ client, owner, repo }, since)) {
    const target = { client, owner, repo, number };
    const { threads } = await readConversation(target, markerFor(number));
    for (const thread of threads) ports.out(JSON.stringify(recordOf(target, thread)));
  }
}

interface Door {
  readonly client: Client;
  readonly owner: string;
  readonly repo: string;
  readonly markerFor: (number: number) => Marker;
}

/** As whoever wrote the comments: a workflow by its token, the App by its key. */
async function doorOf({ variables, signal, note }: RunPorts): Promise<Door> {
  const { GITHUB_APP_ID: appId, GITHUB_PRIVATE_KEY: privateKey } = variables;
  const isApp = Boolean(appId && privateKey);
  const { owner, repo, token, apiUrl, markerKey } = ciEnvironment(
    isApp ? { ...variables, GITHUB_TOKEN: "-" } : variables,
  );
  const pace = paceIn(variables);
  const fetch = fetchByProxy(variables, apiUrl);
  if (!isApp || !appId || !privateKey) {
    const id = `${owner}/${repo}`;
    const client = createClient({ apiUrl, auth: { token }, id, pace, signal, onNote: note, fetch });
    return { client, owner, repo, markerFor: await markerIn({ client, owner, repo }, markerKey) };
  }
  const { openGitHubApp } = await import("../serve/github-app.ts");
  const app = openGitHubApp(
    { appId, privateKey: privateKey.replaceAll("\\n", "\n"), apiUrl, pace },
    { onNote: note, fetch },
  );
  const { data } = await app.asApp.request("GET /repos/{owner}/{repo}/installation", { owner, repo });
  const key = markerKeyOf(privateKey.replaceAll("\\n", "\n"));
  const client = app.asInstallation(data.id, signal);
  return { client, owner, repo, markerFor: await markerIn({ client, owner, repo }, key) };
}

async function markerIn(repository: Omit<Target, "number">, key: string | undefined): Promise<Door["markerFor"]> {
  const id = await repositoryId(repository);
  return number => createMarker({ repositoryId: id, number }, key);
}

function recordOf({ owner, repo, number }: Target, thread: StandingThread): object {
  const { fingerprints, path, sha, votes, body } = thread;
  return {
    version: 1,
    repository: `${owner}/${repo}`,
    pull: number,
    fingerprint: fingerprints[0],
    ...readTitle(body),
    file: path,
    commit: sha,
    outcome: outcomeOf(thread),
    ...votes,
  };
}

/** `resolved`: by a person, without a word. */
function outcomeOf({ state, isResolved, isDeclined }: StandingThread): "open" | "fixed" | "dismissed" | "resolved" {
  if (state === "dismissed" || isDeclined) return "dismissed";
  if (state === "fixed") return "fixed";
  return isResolved ? "resolved" : "open";
}
