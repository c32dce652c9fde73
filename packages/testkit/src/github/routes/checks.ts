/** Check runs and SARIF. */
import { page, repositoryOf, text, writer, type Call, type Handler } from "../call.ts";
import { checkLength, forbidden, invalid, notFound } from "../errors.ts";
import { latestOfEachName, objectionToChange } from "../graphql-checks.ts";
import { checkRunShape } from "../shapes.ts";
import { nextId, type Actor, type CheckRun } from "../state.ts";

type Fields = Readonly<Record<string, unknown>>;

export const checkRoutes: Readonly<Record<string, Handler>> = {
  "post /repos/{owner}/{repo}/check-runs": call => {
    const [repository, app] = [repositoryOf(call), writer(call)];
    const run = newCheckRun(nextId(call.state), text(call.body["name"]), text(call.body["head_sha"]), app);
    update(run, call.body);
    repository.checkRuns.push(run);
    return { status: 201, body: checkRunShape(run) };
  },
  "patch /repos/{owner}/{repo}/check-runs/{check_run_id}": call => {
    const [repository, app] = [repositoryOf(call), writer(call)];
    const run = repository.checkRuns.find(entry => entry.id === Number(call.params["check_run_id"]));
    if (!run) throw notFound();
    const objection = objectionToChange(run, app);
    if (objection !== undefined) throw forbidden(objection);
    update(run, call.body);
    return { status: 200, body: checkRunShape(run) };
  },
  "get /repos/{owner}/{repo}/commits/{ref}/check-runs": call => {
    const { owner, repo, ref } = call.params;
    const name = call.query.get("check_name");
    const named = repositoryOf(call).checkRuns.filter(
      run => run.head_sha === ref && (name === null || run.name === name),
    );
    const runs = (call.query.get("filter") === "all" ? named : latestOfEachName(named)).toReversed();
    const wrap = (list: readonly unknown[]): unknown => ({ total_count: runs.length, check_runs: list });
    return page(call, runs.map(checkRunShape), `/repos/${owner}/${repo}/commits/${ref}/check-runs`, wrap);
  },
  "post /repos/{owner}/{repo}/code-scanning/sarifs": (call: Call) => {
    const [repository] = [repositoryOf(call), writer(call)];
    repository.sarifs.push(text(call.body["sarif"]));
    return { status: 202, body: { id: `sarif-${repository.sarifs.length}` } };
  },
};

/** A check run that nothing is known of yet. */
export function newCheckRun(id: number, name: string, head_sha: string, app: Actor, isJob = false): CheckRun {
  return {
    ...{ id, name, head_sha, app, isJob },
    external_id: null,
    status: "queued",
    conclusion: null,
    details_url: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  };
}

/** Annotations are added to those that are there; all else is replaced. */
function update(run: CheckRun, body: Fields): void {
  const output = body["output"] as Fields | undefined;
  const annotations = (output?.["annotations"] ?? []) as readonly object[];
  if (annotations.length > 50) throw invalid("CheckRun", "annotations", "annotations exceeds a maximum quantity of 50");
  for (const field of ["summary", "text"] as const) checkLength("CheckRun", field, text(output?.[field]), 65_535);
  const actions = (body["actions"] ?? []) as readonly object[];
  if (actions.length > 3) throw invalid("CheckRun", "actions", "Only 3 actions are allowed");
  run.annotations.push(...annotations);
  if (output) run.output = outputOf(output);
  if (body["external_id"] !== undefined) run.external_id = text(body["external_id"]);
  if (body["actions"] !== undefined) run.actions = actions;
  setStatus(run, body);
}

/** A conclusion completes a run, whatever else is said. */
function setStatus(run: CheckRun, { status, conclusion }: Fields): void {
  if (status !== undefined) run.status = status as CheckRun["status"];
  if (conclusion === undefined) return;
  run.conclusion = text(conclusion);
  run.status = "completed";
}

function outputOf(output: Fields): CheckRun["output"] {
  return {
    title: text(output["title"]),
    summary: text(output["summary"]),
    text: output["text"] === undefined ? null : text(output["text"]),
  };
}
