/** The Action, run by its own definition: as the workflows of the documentation use it, and with its other inputs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  action,
  documentedWorkflows,
  runAction,
  type ActionRun,
  type Job,
  type Step,
  type Workflow,
} from "./action.ts";
import { checkOf, error, scene, start, threadsOf, warning, type PullHandle, type Scene } from "./scene.ts";

const OURS = /^review-dev\/review\/packages\/pr-bot\/action@/;
/** Steps that are not ours: what they do, a test has done before. */
const OTHERS = /^actions\/(?:checkout|upload-artifact|download-artifact)@v\d+$|^npm ci --ignore-scripts$/;

const { version } = createRequire(import.meta.url)("../package.json") as { readonly version: string };

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "review-job-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A job for an event of a pull request, in a folder. */
function jobFor({ github }: Scene, workspace: string, token: string, event: object): Job {
  const eventPath = join(folder(), "event.json");
  writeFileSync(eventPath, JSON.stringify(event));
  const env = {
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.url,
    GITHUB_WORKSPACE: workspace,
    REVIEW_WRITE_PAUSE_MS: "0",
  };
  return { workspace, token, env };
}

/** Our steps of a workflow's only job, with the inputs that it gives them. */
function ownSteps({ jobs }: Workflow): readonly NonNullable<Step["with"]>[] {
  const steps = Object.values(jobs).flatMap(job => job.steps);
  return steps.flatMap(({ uses, run, with: given = {} }) => {
    if (uses !== undefined && OURS.test(uses)) return [given];
    if (!OTHERS.test(uses ?? run ?? "")) throw new Error(`What is ${uses ?? run}?`);
    return [];
  });
}

async function runWorkflow(name: string, job: Job): Promise<ActionRun> {
  const [given, ...more] = ownSteps(documentedWorkflows().get(name)!);
  expect(more).toEqual([]);
  return runAction(given!, job);
}

const workflowToken = ({ github }: Scene): string => github.createToken("github-actions[bot]");
const pushed = (pull: PullHandle): object => pull.event("synchronize");

test("the workflow of the documentation reviews, fails for an error, and takes nothing of the checkout's to install itself", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh"), "src/bad.ts": error, ".npmrc": "registry=http://127.0.0.1:9/\n" });
  const pull = it.open();
  const { status, stderr, npm } = await runWorkflow(
    "review.yml",
    jobFor(it, it.copy.folder, workflowToken(it), pushed(pull)),
  );
  expect([status, stderr]).toEqual([1, expect.stringContaining("2 new (1 error, 1 warning) · 2/2 files")]);
  expect(threadsOf(pull).toSorted()).toEqual(["src/bad.ts:2 fresh-object-lookup", "src/new.ts:3 floating-promise"]);
  expect(checkOf(it, pull).conclusion).toBe("failure");
  const [cwd, ...args] = npm;
  expect(cwd).not.toContain(it.copy.folder);
  expect(args).toEqual([
    ...["install", "--prefix", cwd, "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
    `@review/pr-bot@${version}`,
  ]);
});

test("the two workflows for forks: the first writes its report into the job's folder, the second publishes it from there", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open({ fork: "eve/shop" });
  const reader = it.github.createToken("reader[bot]", "read");
  const first = await runWorkflow("review-analyse.yml", jobFor(it, it.copy.folder, reader, pushed(pull)));
  expect([first.status, threadsOf(pull)]).toEqual([0, []]);
  const report = readFileSync(join(it.copy.folder, "review.json"));
  const place = folder();
  writeFileSync(join(place, "review.json"), report);
  const event = { action: "completed", workflow_run: { head_sha: pull.head() } };
  const second = await runWorkflow("review-publish.yml", jobFor(it, place, workflowToken(it), event));
  expect([second.status, second.stderr]).toEqual([0, expect.stringContaining("1 new (1 warning)")]);
  expect(threadsOf(pull)).toEqual(["src/new.ts:3 floating-promise"]);
});

test("the other inputs: a pull request by its number, SARIF, and a key that signs the marks", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh") });
  const pull = it.open();
  const given = { pull: pull.number, sarif: true, "marker-key": "a secret" };
  const { status } = await runAction(given, jobFor(it, it.copy.folder, workflowToken(it), { action: "scheduled" }));
  expect([status, it.hub.repository.sarifs.length]).toEqual([0, 1]);
  expect(pull.pull.threads.map(({ comments }) => comments[0]!.body)).toEqual([
    expect.stringMatching(/ h=[0-9a-f]{24} -->$/),
  ]);
});

test("what other tools say of the same lines is not said again, and later steps can read what came of it", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh"), "src/old.ts": warning("stale"), "src/bad.ts": error });
  const pull = it.open();
  const place = folder();
  const eslint = join(place, "eslint.json");
  const message = { ruleId: "@typescript-eslint/no-floating-promises", line: 3 };
  const filePath = join(it.copy.folder, "src/new.ts");
  writeFileSync(eslint, JSON.stringify([{ filePath, messages: [message, { ruleId: null }] }]));
  const sarif = join(place, "other.sarif");
  const at = (line: number): object => ({
    physicalLocation: { artifactLocation: { uri: "src/old.ts" }, region: { startLine: line } },
  });
  const results = [
    { ruleId: "no-floating-promises", locations: [at(3)] },
    { ruleId: "no-floating-promises", locations: [at(1)] },
    {},
  ];
  writeFileSync(sarif, JSON.stringify({ version: "2.1.0", runs: [{ results }, {}] }));
  const job = jobFor(it, it.copy.folder, workflowToken(it), pushed(pull));
  const output = join(place, "output");
  const env = { ...job.env, GITHUB_OUTPUT: output };
  const { status, stderr } = await runAction({ known: `${eslint}\n${sarif}\n` }, { ...job, env });
  expect([status, threadsOf(pull)]).toEqual([1, ["src/bad.ts:2 fresh-object-lookup"]]);
  expect(stderr).toContain("1 new (1 error) · 3/3 files");
  const check = it.hub.repository.checkRuns.findLast(run => run.head_sha === pull.head());
  expect(check?.output.summary).toContain("2 findings are left out that another tool tells of the same line");
  expect(readFileSync(output, "utf8").split("\n")).toEqual([
    ...["state=reviewed", "conclusion=failure", expect.stringMatching(/^title=1 new \(1 error\)/)],
    ...["findings=1", "errors=1", ""],
  ]);
  writeFileSync(eslint, "no JSON");
  const wrong = await runAction({ known: eslint }, job);
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("is neither a SARIF log nor")]);
});

test("what the action declares is what it uses, and nothing that people write becomes part of a script", async () => {
  const { inputs, runs } = action;
  expect([runs.using, inputs["version"]?.default]).toEqual(["composite", version]);
  const values = runs.steps.flatMap(({ env = {} }) => Object.values(env)).join("\n");
  const used = [...values.matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name);
  expect(used.toSorted()).toEqual(Object.keys(inputs).toSorted());
  const { stdout: help } = await start(["run", "--help"], {});
  for (const { run = "", env = {} } of runs.steps) {
    expect(run).not.toContain("${{");
    const read = new Set([...run.matchAll(/\$\{?(INPUT_\w+)/g)].map(([, name]) => name));
    expect([...read].toSorted()).toEqual(
      Object.keys(env)
        .filter(name => name.startsWith("INPUT_"))
        .toSorted(),
    );
    for (const [, option] of run.matchAll(/args\+=\((--[\w-]+)/g)) expect(help).toContain(option);
  }
});

test("the workflows of the documentation name this version, inputs that there are, and the permissions that it takes", () => {
  const workflows = documentedWorkflows();
  expect([...workflows.keys()]).toEqual(["review.yml", "review-analyse.yml", "review-publish.yml"]);
  for (const [name, workflow] of workflows) {
    const ours = Object.values(workflow.jobs).flatMap(({ steps }) => steps.filter(({ uses = "" }) => OURS.test(uses)));
    expect(ours.map(({ uses }) => uses?.split("@")[1])).toEqual([`v${version}`]);
    for (const input of ownSteps(workflow).flatMap(given => Object.keys(given)))
      expect(action.inputs).toHaveProperty(input);
    const isWriter = name !== "review-analyse.yml";
    expect(workflow.permissions).toMatchObject({ contents: "read", "pull-requests": isWriter ? "write" : "read" });
    expect(workflow.permissions["checks"]).toBe(isWriter ? "write" : undefined);
  }
});
