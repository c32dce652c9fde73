/** What other files see of a file: the declarations that the compiler makes of it. */
import type { OpenProject } from "@review/program";

/** The declaration file of a file (by absolute path); undefined where the compiler can make none. */
export function declarationsOf({ program }: OpenProject, path: string): string | undefined {
  const { emitSkipped, outputFiles } = program.getDeclarationEmit([path]);
  return emitSkipped ? undefined : [...outputFiles.values()].map(({ text }) => text).join("\n");
}
