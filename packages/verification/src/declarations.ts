/** What other files see of a file: the declarations that the compiler makes of it. */
import type { OpenProject } from "@review/program";

/** The declaration file of a file (by absolute path); undefined where the compiler can make none. */
export function declarationsOf({ program }: OpenProject, path: string): string | undefined {
  const { emitSkipped, outputFiles } = program.getDeclarationEmit([path]);
  return emitSkipped ? undefined : [...outputFiles.values()].map(({ text }) => text).join("\n");
}

/** Whether a file looks the same from outside in both states of the projects, as most repairs leave it. */
export function looksTheSame(path: string, before: readonly OpenProject[], after: readonly OpenProject[]): boolean {
  const [old, now] = [before, after].map(projects => {
    const owner = projects.find(({ program }) => program.getSourceFile(path) !== undefined);
    return owner && declarationsOf(owner, path);
  });
  return old !== undefined && old === now;
}
