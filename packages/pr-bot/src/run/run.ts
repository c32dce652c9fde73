/** `review-bot run`: one pull request, from the event of a workflow to an exit status. */
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Reviewer } from "@review/review";
import { analyseChange } from "../analyse/analyse-change.ts";
import { settingsAt } from "../analyse/settings.ts";
import { changedFiles } from "../change/changed-files.ts";
import { obey } from "../commands/obey.ts";
import { NotReviewed, UsageError } from "../errors.ts";
import { createMirrors } from "../git/mirror.ts";
import { createClient, type Client } from "../github/client.ts";
import { fetchByProxy } from "../github/proxy.ts";
import { listFiles } from "../github/files.ts";
import { pullsWithHead, readPull, repositoryId, type Target } from "../github/target.ts";
import { createMarker } from "../plan/marker.ts";
import { passOver } from "../publish/check-run.ts";
import { cancelReview, reviewPull } from "../review-pull.ts";
import type { Outcome, ReviewTools } from "../review-tools.ts";
import { MERGE_GROUP } from "../words/check.ts";
import { artefactText, believe } from "./artefact.ts";
import { ciEnvironment, paceIn, readEvent, type CiEnvironment } from "./environment.ts";
import { triggerOf, type Trigger } from "./event.ts";
import { readKnown, withoutKnown } from "./known.ts";
import { openFor } from "./open.ts";
import { writeOutputs } from "./outputs.ts";
import { uploadSarif } from "./upload-sarif.ts";
import { workflowCommands } from "./workflow-commands.ts";

export interface RunOptions {
  /** The pull request's number, where the event does not tell it. */
  readonly pull?: number | undefined;
  /** Analyse only, and write what the second workflow needs. */
  readonly reportTo?: string | undefined;
  /** Publish what the first workflow has written. */
  readonly from?: string | undefined;
  /** Send the findings to code scanning too. */
  readonly sarif?: boolean | undefined;
  /** Files with what other tools have told: SARIF logs, or ESLint's JSON. */
  readonly known?: readonly string[] | undefined;
}

/** What the run needs of the process. */
export interface RunPorts {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly out: (line: string) => void;
  readonly note: (line: string) => void;
  /** What reviews a folder, where a process has it for more than one run. */
  readonly review?: Reviewer["review"] | undefined;
}

const FOUND = 1;
const INCOMPLETE = 3;

/** Runs and gives the exit status: 0, 1 for findings that fail the check, 3 for an analysis with holes that shall fail. */
export async function run(options: RunOptions, ports: RunPorts): Promise<number> {
  const environment = ciEnvironment(ports.variables);
  const { owner, repo } = environment;
  const client = clientFor(environment, ports, ports.signal);
  if (options.pull === undefined && environment.eventPath === undefined)
    throw new UsageError("GITHUB_EVENT_PATH is not set: outside of a workflow, name the pull request with --pull.");
  const trigger =
    options.pull === undefined
      ? triggerOf(readEvent(environment.eventPath))
      : ({ kind: "pull", number: options.pull } as const);
  if (trigger.kind === "nothing") {
    ports.note(`Nothing to do: ${trigger.reason}.`);
    return 0;
  }
  if (trigger.kind === "merge-group") {
    await passOver({ client, owner, repo }, trigger.sha, MERGE_GROUP);
    ports.note(MERGE_GROUP);
    return 0;
  }
  const numbers =
    trigger.kind === "workflow" ? await pullsWithHead({ client, owner, repo }, trigger.sha) : [trigger.number];
  const statuses: number[] = [];
  for (const number of numbers) {
    const scene = { environment, ports, target: { client, owner, repo, number } };
    statuses.push(await withTools(scene, options, tools => reviewOne(tools, scene, options, trigger)));
  }
  if (numbers.length === 0) ports.note("Nothing to do: no open pull request has this commit as its head.");
  return Math.max(0, ...statuses);
}

function clientFor({ owner, repo, token, apiUrl }: CiEnvironment, ports: RunPorts, signal: AbortSignal): Client {
  const { variables, note } = ports;
  return createClient({
    ...{ apiUrl, auth: { token }, id: `${owner}/${repo}`, pace: paceIn(variables), signal, onNote: note },
    fetch: fetchByProxy(variables, apiUrl),
  });
}

interface Scene {
  readonly environment: CiEnvironment;
  readonly ports: RunPorts;
  readonly target: Target;
}

/** Makes what a review needs, and takes away what is left of it. */
async function withTools<T>(scene: Scene, options: RunOptions, work: (tools: ReviewTools) => Promise<T>): Promise<T> {
  const { environment, ports, target } = scene;
  const { number } = target;
  const modelFor = await modelIn(ports);
  const known = await readKnown(options.known ?? [], environment.workspace);
  let reviewed: string | undefined;
  const cache = await mkdtemp(join(tmpdir(), "review-mirror-"));
  try {
    const mirrors = createMirrors({ folder: cache, maxBytes: Infinity });
    const remote = { url: `${environment.page}.git`, token: environment.token };
    const place = { workspace: options.from === undefined ? environment.workspace : undefined, cache };
    return await work({
      target,
      marker: createMarker({ number, repositoryId: await idOf(scene) }, environment.markerKey),
      page: environment.page,
      open: ({ base, head }) => {
        reviewed = head;
        return openFor(target, { number, base, head }, { ...place, mirrors, remote, ...ports });
      },
      modelFor,
      isForgetful: true,
      review: ports.review,
      sift: change => withoutKnown(change, known),
      onAnalysed: options.sarif === true ? uploader(target, ports) : undefined,
      signal: ports.signal,
      onNote: ports.note,
    });
  } catch (error) {
    if (ports.signal.aborted && reviewed !== undefined) await cancelHere(scene, reviewed);
    throw error;
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

/** Marks that nobody signs do not name the repository. */
async function idOf({ environment: { markerKey, repositoryId: known }, target }: Scene): Promise<number> {
  return known ?? (markerKey === undefined ? 0 : repositoryId(target));
}

/** A runner that cancels a job gives it some seconds. */
const CANCEL_MS = 5_000;

async function cancelHere({ environment, ports, target }: Scene, head: string): Promise<void> {
  const client = clientFor(environment, ports, AbortSignal.timeout(CANCEL_MS));
  await cancelReview({ target: { ...target, client }, onNote: ports.note }, head, "the job was cancelled");
}

/** What asks a model takes its time to load. What reviews of one day may spend together is known to the server alone. */
async function modelIn({ variables, note }: RunPorts): Promise<ReviewTools["modelFor"]> {
  if (variables["REVIEW_BOT_SUGGEST"] !== "1") return undefined;
  const { modelFor, modelSettings } = await import("../suggester.ts");
  const model = modelSettings(variables);
  if (!model) return undefined;
  if (model.perDay.usd === undefined && model.perDay.tokens === undefined) return modelFor(model, undefined, note);
  throw new UsageError(
    "A budget of the day needs the server's database: unset REVIEW_BOT_DAY_BUDGET and REVIEW_BOT_DAY_TOKENS.",
  );
}

function uploader(target: Target, ports: RunPorts): ReviewTools["onAnalysed"] {
  return async (head, { sarif }) => {
    const problem = sarif ? await uploadSarif(target, head, sarif()) : undefined;
    if (problem !== undefined) ports.note(`SARIF was not uploaded: ${problem}`);
  };
}

type Worthy = Exclude<Trigger, { readonly kind: "nothing" | "merge-group" }>;

async function reviewOne(tools: ReviewTools, scene: Scene, options: RunOptions, trigger: Worthy): Promise<number> {
  if (trigger.kind === "order") {
    const after = await obey(trigger.order, tools);
    if (!after) return 0;
    tools = after;
  }
  if (options.reportTo !== undefined) return reportOnly(tools, options.reportTo, scene.ports);
  const sha = trigger.kind === "workflow" ? trigger.sha : undefined;
  const analyse = options.from === undefined ? undefined : await analysisFrom(options.from, scene.target, sha);
  return told(await reviewPull({ ...tools, analyse }), scene);
}

/** For the first of two workflows: nothing is published, and no token that may write is needed. */
async function reportOnly(
  { target, open, signal, onNote, review, sift }: ReviewTools,
  file: string,
  ports: RunPorts,
): Promise<number> {
  const pull = await readPull(target);
  const { repository, from, packagesOf } = await open(pull);
  const base = await settingsAt(repository, pull.base);
  const all = await analyseChange({ repository, from, head: pull.head, base, packagesOf, review, signal, onNote });
  const change = sift?.(all) ?? all;
  await writeFile(file, artefactText(pull.head, change));
  ports.note(`${change.fresh.length} new findings are in ${file}; nothing was published.`);
  return 0;
}

/** For the second: the commit comes from GitHub's own event, the files from GitHub, the words from the file. */
async function analysisFrom(file: string, target: Target, sha: string | undefined): Promise<ReviewTools["analyse"]> {
  const { head } = await readPull(target);
  if (sha !== undefined && sha !== head)
    throw new UsageError(
      "The pull request has got a newer commit than the first workflow saw; its own run will report.",
    );
  return async () => {
    const content = await readFile(file, "utf8").catch(() => {
      throw new NotReviewed("the first workflow left no report");
    });
    const { files, isTruncated } = await listFiles(target);
    const believed = believe(content, head, changedFiles(files), isTruncated);
    if (believed.kind === "rejected") throw new NotReviewed(believed.reason);
    return believed.change;
  };
}

/** Says what came of it, aloud where the token could not. */
async function told(outcome: Outcome, { environment, ports }: Scene): Promise<number> {
  ports.note(outcome.title);
  if (environment.output !== undefined) await writeOutputs(environment.output, outcome);
  if (outcome.kind === "not-reviewed") return outcome.conclusion === "failure" ? INCOMPLETE : 0;
  const { facts, isPublished, conclusion } = outcome;
  if (!isPublished) {
    ports.note("The token may not write to the pull request, so the findings are told here:");
    for (const line of workflowCommands(facts)) ports.out(line);
    if (environment.stepSummary !== undefined) await appendFile(environment.stepSummary, stepSummary(outcome));
  }
  const isFailed = conclusion === "failure";
  return isFailed ? (facts.incomplete.length > 0 ? INCOMPLETE : FOUND) : 0;
}

function stepSummary({ title, facts }: Extract<Outcome, { readonly kind: "reviewed" }>): string {
  const lines = facts.fresh.map(
    ({ severity, ruleId, file, range }) =>
      `- ${severity}: ${ruleId} at \`${file.replaceAll("`", "'")}:${range.start.line}\``,
  );
  return `**${title}**\n\n${lines.join("\n")}\n`;
}
