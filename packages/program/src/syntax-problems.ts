/** Files whose text is not sound. */
import type { OpenProject, Problem } from "./session.ts";

/** Files that the parser had to guess at; they keep their tree. */
export function syntaxProblems(projects: readonly OpenProject[]): readonly Problem[] {
  const found = new Map<string, Problem>();
  for (const { plan, program } of projects) {
    for (const { fileName, code, text, startPosition } of program.getSyntacticDiagnostics(plan.files)) {
      // From 2000 on the text is sound, and something in it belongs to another language, such as a type in JavaScript.
      if (fileName === undefined || code >= 2000 || found.has(fileName)) continue;
      const line = (startPosition?.line ?? 0) + 1;
      found.set(fileName, { file: fileName, reason: `Syntax error in line ${String(line)}: ${text}` });
    }
  }
  return [...found.values()];
}
