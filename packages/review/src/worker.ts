/**
 * The thread of one compiler session. The compiler's channel blocks its thread, so signals and deadlines stay with the
 * main thread, which ends the compiler's process when it must.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parentPort } from "node:worker_threads";
import { analyse, type Rule } from "@review/analysis";
import type { DraftFinding } from "@review/findings";
import {
  isCompilerGone,
  openLiveSession,
  openSession,
  sessionOfFile,
  type LiveSession,
  type Session,
} from "@review/program";
import { rules } from "@review/rules";
import { verifyFixes, verifyTogether, type OtherRules, type VerificationRequest } from "@review/verification";
import { contextsOf, fileOf } from "./context/contexts-of.ts";
import { declarationsOf } from "./context/declarations.ts";
import { dependenciesOf } from "./context/environment.ts";
import { knownNames } from "./context/known-names.ts";
import { otherRules } from "./other-rules.ts";
import { plainModules } from "./plain-modules.ts";
import { relativeTo, slashed } from "./paths.ts";
import type { AnalysisJob, AnalysisOutcome, Jobs, VerificationJob, WorkerMessage, WorkerRequest } from "./jobs.ts";

interface State {
  readonly job: AnalysisJob;
  readonly session: Session;
  readonly rules: readonly Rule[];
  readonly drafts: readonly DraftFinding[];
  readonly others: OtherRules;
}

let state: State | undefined;
/** Those that wait until the ones after them are forgotten. */
const aside: State[] = [];
let live: LiveSession | undefined;

parentPort?.on("message", (message: WorkerRequest) => {
  if (message === "leave") {
    do forget();
    while (state);
    parentPort?.close();
    return;
  }
  const { id, name, request } = message;
  try {
    tell({ kind: "answer", id, value: answers[name](request as never) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: "failure", id, message, stack: stack ?? message, isLost: isCompilerGone(error) });
  }
});

const answers: { readonly [Name in keyof Jobs]: (request: Jobs[Name]["request"]) => Jobs[Name]["answer"] } = {
  analyse: run,
  setAside,
  forget,
  verify: job => verifyFixes(trialOf(job), job.candidates),
  verifyTogether: job => verifyTogether(trialOf(job), job.candidates).map(one => job.candidates.indexOf(one)),
  names: ({ file, names }) => knownNames(opened().session, pathOf(file), names),
  modules: job => plainModules(opened().session, job),
  contexts: findings => contextsOf(opened(), findings),
  declarations: ({ findings, files }) =>
    findings.map(finding => declarationsOf(fileOf(opened().session.projects, pathOf(finding.file)), finding, files)),
};

function run(job: AnalysisJob): AnalysisOutcome {
  const session = sessionFor(job);
  const wanted = new Set(job.ruleIds);
  const chosen = rules.filter(rule => wanted.has(rule.id));
  const analysis = analyse({
    session,
    projects: readable(session),
    rules: chosen,
    models: job.models,
    measure: job.measure,
    nameOf: path => relativeTo(job.cwd, path),
    onProgress: done => tell({ kind: "progress", done }),
  });
  const others = otherRules({ session, chosen, models: job.models, nameOf: path => relativeTo(job.cwd, path) });
  state = { job, session, rules: chosen, drafts: analysis.drafts, others };
  return {
    ...analysis,
    problems: session.problems,
    notes: session.notes,
    projects: session.projects.length,
    bytes: job.measure ? bytesOf(session) : 0,
  };
}

/** What the rules themselves remember hangs on nodes of the trees that are dropped here. */
function forget(): undefined {
  (live ?? state?.session)?.close();
  live = undefined;
  state = aside.pop();
  tell({ kind: "compiler", pid: undefined });
}

function setAside(): undefined {
  if (live) throw new Error("a live session has one analysis");
  aside.push(opened());
  state = undefined;
}

function sessionFor(job: AnalysisJob): Session {
  const onCompiler = (pid: number | undefined): void => tell({ kind: "compiler", pid });
  const [path] = job.files;
  if (!job.isLive || path === undefined) return openSession({ ...job, onCompiler });
  live ??= openLiveSession({ cwd: job.cwd, onCompiler });
  return sessionOfFile(live, path, textOf(job, path));
}

/**
 * The projects without the files that the parser had to guess at: what it makes of a missing bracket, or of the types of
 * another language, is no code that anybody wrote. They are named as incomplete.
 */
function readable({ projects, problems }: Session): Session["projects"] {
  const broken = new Set(problems.map(({ file }) => file));
  return projects.map(project => {
    const files = project.plan.files.filter(file => !broken.has(file));
    return files.length === project.plan.files.length ? project : { ...project, plan: { ...project.plan, files } };
  });
}

function bytesOf({ api }: Session): number {
  const { bytesSent, bytesReceived } = api.getTimingInfo().totals;
  return bytesSent + bytesReceived;
}

function trialOf({ budgetMs }: VerificationJob): VerificationRequest {
  const { job, session, rules: chosen, drafts, others } = opened();
  return {
    session,
    rules: chosen,
    models: job.models,
    drafts,
    others,
    dependenciesOf,
    nameOf: path => relativeTo(job.cwd, path),
    pathOf,
    textOf: file => textOf(job, file),
    deadline: Date.now() + budgetMs,
    now: Date.now,
  };
}

/** The absolute path of a file as findings name it. */
function pathOf(file: string): string {
  return slashed(resolve(opened().job.cwd, file));
}

function opened(): State {
  if (!state) throw new Error("nothing has been analysed in this session");
  return state;
}

function textOf(job: AnalysisJob, file: string): string {
  const path = slashed(resolve(job.cwd, file));
  return job.texts?.get(path) ?? readFileSync(path, "utf8").replace(/^\uFEFF/, "");
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
