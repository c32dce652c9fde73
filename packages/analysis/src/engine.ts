/** Runs rules over the files of a project: one walk a file, questions batched over many files. */
import type { DraftFinding, Span } from "@review/findings";
import { isCompilerGone, rememberStrings, type OpenProject, type Session } from "@review/program";
import type { SourceFile } from "@review/program/syntax";
import { createChecker } from "./checker.ts";
import { commentsOf, type SourceComment } from "./comments.ts";
import { createDiagnostics } from "./diagnostics.ts";
import { createFlows } from "./flow/flows.ts";
import { createPass, factsOf, type PassInput } from "./pass.ts";
import type { Model } from "./models/facts.ts";
import { createModels } from "./models/lookup.ts";
import type { Rule } from "./rule.ts";
import { openTasks, type Channel, type Counters, type Tasks } from "./scheduler.ts";
import { createProjectNames } from "./project-imports.ts";
import { createPageGlobals } from "./project-texts.ts";
import { createSummaries } from "./summaries/summaries.ts";
import { timed, type Turns } from "./turns.ts";
import { walk, type OwnedListener } from "./walk.ts";

export interface AnalysisRequest {
  readonly session: Pick<Session, "api">;
  readonly projects: readonly OpenProject[];
  readonly rules: readonly Rule[];
  /** The name under which a file is reported, for its absolute path. */
  readonly nameOf: (path: string) => string;
  /** Told after each chunk how many files are done. */
  readonly onProgress?: (done: number) => void;
  /** What the user says of functions that the tables do not know, or know otherwise. */
  readonly models?: readonly Model[] | undefined;
  /** Whether the longest turn of a rule is looked for. */
  readonly measure?: boolean | undefined;
  /** What is to be looked at; everything if absent. */
  readonly scope?: AnalysisScope | undefined;
}

/** A part of the files for some of the rules; the others see all of them. */
export interface AnalysisScope {
  readonly rules: ReadonlySet<Rule>;
  /** The stretches of a file (by absolute path) in which those rules' listeners are called; undefined: everywhere. */
  readonly stretchesOf: (path: string) => readonly Span[] | undefined;
}

export interface AnalysedFile {
  /** As `nameOf` gives it. */
  readonly file: string;
  readonly comments: readonly SourceComment[];
  /** Where the first statement starts, or the file ends. */
  readonly firstToken: number;
}

/** A rule that threw, on a file; the rest of the run is not affected. */
export interface RuleFailure {
  readonly ruleId: string;
  readonly file: string;
  readonly message: string;
  readonly stack: string;
}

export interface Analysis {
  readonly drafts: readonly DraftFinding[];
  readonly files: readonly AnalysedFile[];
  readonly failures: readonly RuleFailure[];
  /** Files that were asked for and could not be analysed, with the reason. */
  readonly missing: readonly { readonly file: string; readonly reason: string }[];
  /** Absolute paths of the files that were left when the compiler went away, if it did. */
  readonly gone: readonly string[];
  readonly counters: Counters;
  /** The longest time that a rule took without a question; undefined unless measured. */
  readonly slowest: SlowestTurn | undefined;
}

export interface SlowestTurn {
  readonly ms: number;
  readonly ruleId: string;
  readonly file: string;
}

/**
 * Files of about this many characters are walked before their questions are asked. More would make fewer and larger batches, but
 * what the tasks of a chunk hold would no longer fit among V8's young objects: copying it cost a fifth of a run at 3 000 000.
 */
const CHUNK_CHARACTERS = 100_000;

/**
 * Analyses every file of the projects' plans. Synchronous, since ESLint's rules are. When the compiler goes away, what
 * was found until then is kept and the remaining files are `gone`.
 */
export function analyse(request: AnalysisRequest): Analysis {
  const run: Run = {
    request,
    drafts: [],
    files: [],
    failures: [],
    missing: [],
    gone: [],
    counters: {
      questions: 0,
      roundTrips: 0,
      flows: 0,
      flowsGivenUp: 0,
      summaries: 0,
      summariesGivenUp: 0,
      tasksGivenUp: 0,
    },
    slowest: undefined,
  };
  for (const project of request.projects) analyseProject(run, project);
  const { request: _request, ...analysis } = run;
  return analysis;
}

interface Run {
  readonly request: AnalysisRequest;
  readonly drafts: DraftFinding[];
  readonly files: AnalysedFile[];
  readonly failures: RuleFailure[];
  readonly missing: { file: string; reason: string }[];
  readonly gone: string[];
  readonly counters: Counters;
  slowest: SlowestTurn | undefined;
}

/** Whose task it is: told when it throws. */
interface Owner {
  readonly rule: Rule;
  readonly file: string;
}

function analyseProject(run: Run, project: OpenProject): void {
  const { checker } = project;
  const channel: Channel = { api: run.request.session.api, checker, counters: run.counters, opened: new Set() };
  const remembering = createChecker(project);
  const flow = createFlows(checker, run.counters);
  const models = createModels(remembering, run.request.models);
  const summaries = createSummaries({ project, checker: remembering, models, flow, counters: run.counters });
  const diagnostics = createDiagnostics(project);
  const texts = { isPageGlobal: createPageGlobals(project), ...createProjectNames(project) };
  const shared = { checker: remembering, flow, models, summaries, diagnostics, ...texts };
  const turns = run.request.measure ? timed(slowestOf(run)) : undefined;
  const pending = [...project.plan.files];
  while (pending.length > 0) {
    const chunk: SourceFile[] = [];
    const paths: string[] = [];
    const drafts: DraftFinding[] = [];
    try {
      takeChunk(run, project, pending, chunk, paths);
      const tasks = openTasks<Owner>(channel, {
        onError: (owner, error) => run.failures.push(failureOf(owner, error)),
        turns,
      });
      for (const sourceFile of chunk) startTasks(run, project, shared, sourceFile, { tasks, drafts, turns });
      tasks.finish();
    } catch (error) {
      if (!isCompilerGone(error)) throw error;
      run.gone.push(...paths, ...pending);
      return;
    }
    run.drafts.push(...drafts);
    for (const sourceFile of chunk) run.files.push(analysedFile(run, sourceFile));
    remembering.forget();
    run.request.onProgress?.(run.files.length);
  }
}

function slowestOf(run: Run): (owner: Owner, ms: number) => void {
  return ({ rule, file }, ms) => {
    if (ms > (run.slowest?.ms ?? 0)) run.slowest = { ms, ruleId: rule.id, file };
  };
}

function takeChunk(run: Run, project: OpenProject, pending: string[], chunk: SourceFile[], paths: string[]): void {
  let characters = 0;
  while (pending.length > 0 && characters < CHUNK_CHARACTERS) {
    const path = pending.shift() as string;
    paths.push(path);
    run.counters.roundTrips++;
    const sourceFile = project.program.getSourceFile(path);
    if (sourceFile) {
      rememberStrings(sourceFile);
      chunk.push(sourceFile);
      characters += sourceFile.text.length;
    } else {
      run.missing.push({ file: run.request.nameOf(path), reason: "the compiler did not load it" });
    }
  }
}

/** Where what a file starts goes to. */
interface Started {
  readonly tasks: Tasks<Owner>;
  readonly drafts: DraftFinding[];
  readonly turns: Turns<Owner> | undefined;
}

function startTasks(
  run: Run,
  project: OpenProject,
  shared: Omit<PassInput, "rule" | "file" | "nameOf" | "onDraft">,
  sourceFile: SourceFile,
  { tasks, drafts, turns }: Started,
): void {
  const { nameOf, rules, scope } = run.request;
  const name = nameOf(sourceFile.fileName);
  const file = factsOf(sourceFile, project, name);
  const stretches = scope?.stretchesOf(sourceFile.fileName);
  const everywhere: OwnedListener<Owner>[][] = [];
  const inStretches: OwnedListener<Owner>[][] = [];
  const onError = (owner: Owner, error: unknown): void => {
    if (isCompilerGone(error)) throw error;
    run.failures.push(failureOf(owner, error));
  };
  for (const rule of rules) {
    const owner = { rule, file: name };
    const pass = createPass({ rule, file, ...shared, nameOf, onDraft: draft => drafts.push(draft) });
    try {
      addListeners(stretches && scope?.rules.has(rule) ? inStretches : everywhere, owner, rule.listen(pass));
    } catch (error) {
      onError(owner, error);
    }
  }
  const port = { onTask: tasks.start, onError, turns };
  walk(sourceFile, everywhere, port);
  if (stretches) walk(sourceFile, inStretches, port, stretches);
}

function addListeners(dispatch: OwnedListener<Owner>[][], owner: Owner, listeners: ReturnType<Rule["listen"]>): void {
  for (const [kind, listener] of Object.entries(listeners)) {
    if (!listener) continue;
    (dispatch[Number(kind)] ??= []).push({ owner, listener });
  }
}

function analysedFile(run: Run, sourceFile: SourceFile): AnalysedFile {
  const first = sourceFile.statements[0];
  return {
    file: run.request.nameOf(sourceFile.fileName),
    comments: commentsOf(sourceFile),
    firstToken: first ? first.getStart(sourceFile) : sourceFile.text.length,
  };
}

function failureOf({ rule, file }: Owner, error: unknown): RuleFailure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { ruleId: rule.id, file, message, stack: stack ?? message };
}
