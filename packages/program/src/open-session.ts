/** Opens a session: plans the projects of some files, starts a compiler and has it load them all at once. */
import { createFileSystemLayer } from "typescript/fs";
import type { Snapshot, SyntheticProjectId } from "typescript/sync";
import { type CompilerProcess, startCompiler } from "./compiler-process.ts";
import { isTooDeep } from "./nesting.ts";
import { byFile, type PlannedProject, type Planner, plannerFor, programOf } from "./plan.ts";
import type { OpenProject, Session, SessionRequest } from "./session.ts";
import { syntaxProblems } from "./syntax-problems.ts";

/** Opens the projects of some files in one compiler; blocks, and throws only when the compiler cannot be used at all. */
export function openSession(request: SessionRequest): Session {
  const compiler = startCompiler(request.cwd, request.measure);
  request.onCompiler?.(compiler.pid);
  try {
    return openWith(compiler, request);
  } catch (error) {
    compiler.end();
    throw error;
  }
}

/** Texts by absolute path; undefined stands for a file that is not there. */
type Texts = ReadonlyMap<string, string | undefined>;

function openWith(compiler: CompilerProcess, request: SessionRequest): Session {
  const plan = plannerFor(compiler.api, request);
  const texts = request.texts ?? new Map<string, string>();
  const planned = plan(request.files, texts);
  const hidden = planned.hidden.map(file => [file, undefined] as const);
  const base = compiler.api.createSnapshot({
    createPrograms: planned.projects.map(programOf),
    fileSystem: layerOf(new Map([...underRealNames(texts, planned.aliases), ...hidden])),
  });
  const open = planned.projects.map((project, index) => ({ project, id: base.operation.createdPrograms[index]?.id }));
  const projects = openProjects(base, open);
  let laid: Snapshot | undefined;
  return {
    api: compiler.api,
    pid: compiler.pid,
    projects,
    problems: [...planned.problems, ...syntaxProblems(projects)].sort(byFile),
    notes: planned.notes,
    aliases: planned.aliases,
    withTexts(over) {
      laid?.dispose();
      laid = undefined;
      if (over.size === 0) return projects;
      const next = layTexts(base, open, underRealNames(over, planned.aliases), plan);
      laid = next.snapshot;
      return next.projects;
    },
    close: () => compiler.end(),
  };
}

function underRealNames(texts: Texts, aliases: ReadonlyMap<string, string>): Texts {
  return new Map([...texts].map(([file, text]) => [aliases.get(file) ?? file, text]));
}

/** A plan and the compiler's name for the program made from it. */
interface Opened {
  readonly project: PlannedProject;
  readonly id: SyntheticProjectId | undefined;
}

/** Lays texts over a snapshot; those that no project analyses yet join theirs, or come with a new one. */
function layTexts(
  base: Snapshot,
  open: readonly Opened[],
  texts: Texts,
  plan: Planner,
): { readonly snapshot: Snapshot; readonly projects: readonly OpenProject[] } {
  const safe = new Map(
    [...texts].map(([file, text]) => [file, text !== undefined && isTooDeep(text) ? undefined : text]),
  );
  const joining = plan(newSources(open, safe), new Map([...safe].filter(hasText))).projects;
  const changed = joining.filter(({ key }) => open.some(({ project }) => project.key === key));
  const added = joining.filter(one => !changed.includes(one));
  const next = open.map(({ project, id }) => ({ project: merged(project, changed, safe), id }));
  const snapshot = base.update({
    fileSystem: layerOf(safe),
    ensurePrograms: true,
    createPrograms: added.map(programOf),
    reconfigurePrograms: next.flatMap(({ project, id }) =>
      id !== undefined && changed.some(({ key }) => key === project.key) ? [{ id, ...programOf(project) }] : [],
    ),
  });
  const fresh = added.map((project, index) => ({ project, id: snapshot.operation.createdPrograms[index]?.id }));
  return { snapshot, projects: openProjects(snapshot, [...next, ...fresh]) };
}

function newSources(open: readonly Opened[], texts: Texts): readonly string[] {
  const known = new Set(open.flatMap(({ project }) => project.files));
  return [...texts].flatMap(([file, text]) =>
    text !== undefined && !known.has(file) && /\.[cm]?[jt]sx?$/.test(file) ? [file] : [],
  );
}

function hasText(entry: readonly [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}

function merged(project: PlannedProject, changed: readonly PlannedProject[], texts: Texts): PlannedProject {
  const more = changed.filter(({ key }) => key === project.key);
  const isThere = (file: string): boolean => !texts.has(file) || texts.get(file) !== undefined;
  const union = (of: (from: PlannedProject) => readonly string[]): readonly string[] =>
    [...new Set([project, ...more].flatMap(of))].filter(isThere);
  return { ...project, files: [...union(({ files }) => files)].sort(), roots: union(({ roots }) => roots) };
}

function layerOf(texts: Texts): ReturnType<typeof createFileSystemLayer> {
  const removedPaths = [...texts].flatMap(([file, text]) => (text === undefined ? [file] : []));
  return createFileSystemLayer([...texts].filter(hasText), { removedPaths });
}

function openProjects(snapshot: Snapshot, open: readonly Opened[]): readonly OpenProject[] {
  return open.flatMap(({ project: plan, id }) => {
    const project = id === undefined ? undefined : snapshot.getProject(id);
    return project ? [{ id: project.id, plan, program: project.program, checker: project.checker }] : [];
  });
}
