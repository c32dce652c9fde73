/**
 * Analyses files before they are asked for. ESLint goes through many files one by one, and parses each while a session has nothing
 * to do; a session that goes through them as well, a few at a time, has its answers ready.
 */
import { type Analysis, analyse } from "@review/analysis";
import type { LiveSession, OpenProject } from "@review/program";
import type { Job } from "./job.ts";
import { nameOf } from "./names.ts";
import { rulesOf } from "./rules-of.ts";

export interface LookAhead {
  /** What was found in the file ahead, if it holds for this very question. */
  take(job: Job, project: OpenProject): Analysis | undefined;
  /** Analyses a few more files; false when there is no reason to. */
  step(): boolean;
}

/** An editor asks for some files when it starts; a walk goes on. */
const CERTAINTY = 3;
/** A question that comes meanwhile waits for so many files. */
const FILES_A_STEP = 4;
/** Answers that nobody fetches mean that the walk goes elsewhere. */
const MOST_WAITING = 24;

interface Ready {
  readonly text: string;
  readonly analysis: Analysis;
}

/** A walk over a project: it ends with any change to the text of a file. */
interface Walk {
  readonly version: number;
  readonly project: OpenProject;
  readonly question: string;
  readonly ready: Map<string, Ready>;
  /** Paths that were asked for, or are ready. */
  readonly done: Set<string>;
  /** Those in which a file was asked for. */
  readonly folders: Set<string>;
  asked: number;
  last: Job;
}

/** Looks ahead in a session; nothing is analysed but by `step`. */
export function lookAhead(session: LiveSession): LookAhead {
  let walk: Walk | undefined;
  return {
    take(job, project) {
      const question = JSON.stringify([project.id, job.cwd, job.ruleIds, job.models]);
      if (walk?.version !== session.version || walk.question !== question)
        walk = {
          version: session.version,
          project,
          question,
          ready: new Map(),
          done: new Set(),
          folders: new Set(),
          asked: 0,
          last: job,
        };
      // The same file once more is someone who writes.
      walk.asked = walk.last.path === job.path ? 0 : walk.asked + 1;
      walk.last = job;
      walk.done.add(job.path);
      walk.folders.add(folderOf(job.path));
      const ready = walk.ready.get(job.path);
      walk.ready.delete(job.path);
      return ready?.text === job.text ? ready.analysis : undefined;
    },
    step() {
      if (!walk || walk.asked < CERTAINTY || walk.ready.size >= MOST_WAITING) return false;
      const paths = nextPaths(walk);
      if (paths.length > 0) analyseAhead(session, walk, paths);
      return paths.length > 0;
    },
  };
}

/** A walk takes folders whole, but in an order of its own: only those that it has entered are certain. */
function nextPaths({ project: { plan }, done, folders, last }: Walk): readonly string[] {
  const left = plan.roots.filter(path => !done.has(path) && !/\.d\.[cm]?ts$/.test(path));
  const near = left.filter(path => folderOf(path) === folderOf(last.path));
  return (near.length > 0 ? near : left.filter(path => folders.has(folderOf(path)))).slice(0, FILES_A_STEP);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function analyseAhead(session: LiveSession, walk: Walk, paths: readonly string[]): void {
  const { cwd, ruleIds, models } = walk.last;
  const project = { ...walk.project, plan: { ...walk.project.plan, files: paths } };
  const name = (path: string): string => nameOf(path, cwd);
  const analysis = analyse({ session, projects: [project], rules: rulesOf(ruleIds), models, nameOf: name });
  for (const path of paths) {
    walk.done.add(path);
    const text = project.program.getSourceFile(path)?.text;
    if (text !== undefined && analysis.gone.length === 0)
      walk.ready.set(path, { text, analysis: only(analysis, name(path)) });
  }
}

/** What an analysis says of one file. */
function only(analysis: Analysis, file: string): Analysis {
  return {
    ...analysis,
    drafts: analysis.drafts.filter(draft => draft.file === file),
    files: analysis.files.filter(one => one.file === file),
    failures: analysis.failures.filter(failure => failure.file === file),
  };
}
