/** What the compiler has against a file, for rules that judge which of it is a bug. */
import type { OpenProject } from "@review/program";
import { getTokenAtPosition, type Node, type SourceFile } from "@review/program/syntax";
import { askFor, waitUntil, type Ask } from "./ask.ts";

/** One thing that is wrong, by TypeScript's own number and words. */
export interface FileDiagnostic {
  readonly code: number;
  readonly text: string;
  /** The token that it starts at. */
  readonly node: Node;
  readonly end: number;
}

export type Diagnostics = (sourceFile: SourceFile) => Ask<readonly FileDiagnostic[]>;

/** Asks once a file; lives as long as the trees of a project. */
export function createDiagnostics({ program }: OpenProject): Diagnostics {
  const known = new WeakMap<SourceFile, readonly FileDiagnostic[] | "asked">();
  return function* (sourceFile) {
    while (known.get(sourceFile) === "asked") yield* waitUntil(() => known.get(sourceFile) !== "asked");
    const found = known.get(sourceFile);
    if (found !== undefined && found !== "asked") return found;
    known.set(sourceFile, "asked");
    let diagnostics: readonly FileDiagnostic[] = [];
    try {
      const answers = yield* askFor(() => program.getSemanticDiagnostics.gen(sourceFile.fileName));
      diagnostics = answers
        .filter(({ fileName }) => fileName === sourceFile.fileName)
        .map(({ code, text, pos, end }) => ({ code, text, node: getTokenAtPosition(sourceFile, pos), end }));
    } finally {
      known.set(sourceFile, diagnostics);
    }
    return diagnostics;
  };
}
