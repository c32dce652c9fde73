/** Opens a session: plans the projects of some files, starts a compiler and has it load them all at once. */
import { createFileSystemLayer } from "typescript/fs";
import type { Snapshot } from "typescript/sync";
import { startCompiler } from "./compiler-process.ts";
import { planProjects } from "./plan.ts";
import type { OpenProject, ProjectPlan, Session, SessionRequest } from "./session.ts";

/** Opens the projects of some files in one compiler; blocks, and throws only when the compiler cannot be used at all. */
export function openSession(request: SessionRequest): Session {
  const compiler = startCompiler(request.cwd);
  try {
    const { plans, problems, notes } = planProjects(compiler.api, request);
    const base = compiler.api.createSnapshot({
      createPrograms: plans.map(({ roots, options }) => ({ rootFiles: roots, compilerOptions: options })),
      fileSystem: layerOf(request.texts ?? new Map()),
    });
    const ids = (base.operation.createdPrograms ?? []).map(program => program.id);
    const projectsOf = (snapshot: Snapshot): readonly OpenProject[] =>
      plans.flatMap((plan, index) => openProject(snapshot, ids[index] ?? "", plan));
    let laid: Snapshot | undefined;
    return {
      api: compiler.api,
      pid: compiler.pid,
      projects: projectsOf(base),
      problems,
      notes,
      withTexts(texts) {
        laid?.dispose();
        laid = base.update({ fileSystem: layerOf(texts), ensurePrograms: true });
        return projectsOf(laid);
      },
      close: () => compiler.end(),
    };
  } catch (error) {
    compiler.end();
    throw error;
  }
}

function layerOf(texts: ReadonlyMap<string, string | undefined>): ReturnType<typeof createFileSystemLayer> {
  const removedPaths = [...texts].flatMap(([file, text]) => (text === undefined ? [file] : []));
  const files = [...texts].flatMap(([file, text]) => (text === undefined ? [] : [[file, text] as const]));
  return createFileSystemLayer(files, { removedPaths });
}

function openProject(snapshot: Snapshot, id: string, plan: ProjectPlan): readonly OpenProject[] {
  const project = snapshot.getProjects().find(candidate => candidate.id === id);
  return project ? [{ id, plan, program: project.program, checker: project.checker }] : [];
}
