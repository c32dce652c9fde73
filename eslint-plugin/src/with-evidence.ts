/** A message that goes on with the facts it rests on: ESLint has no other place for them. */
import type { DraftFinding } from "@review/findings";
import type { SourceCode } from "eslint";

/** The message and, a line each, where to look and what is there. */
export function withEvidence({ message, evidence, file }: DraftFinding, sourceCode: SourceCode): string {
  const lines = evidence.map(fact => {
    if (fact.file !== file) return `${fact.file}: ${fact.message}`;
    const { line, column } = sourceCode.getLocFromIndex(fact.span.start);
    return `${line}:${column + 1}: ${fact.message}`;
  });
  return [message, ...lines].join("\n");
}
