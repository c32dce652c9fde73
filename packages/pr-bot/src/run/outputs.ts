/** What later steps of a workflow can read of a review, so that nobody takes green for reviewed. */
import { appendFile } from "node:fs/promises";
import type { Outcome } from "../review-tools.ts";

/** Appends the outputs of a review to the file that the runner names in `GITHUB_OUTPUT`. */
export async function writeOutputs(file: string, outcome: Outcome): Promise<void> {
  const { kind, title, conclusion } = outcome;
  const fresh = kind === "reviewed" ? outcome.facts.fresh : [];
  const outputs = {
    ...{ state: kind, conclusion, title },
    findings: fresh.length,
    errors: fresh.filter(({ severity }) => severity === "error").length,
  };
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${oneLine(String(value))}\n`);
  await appendFile(file, lines.join(""));
}

/** A line more would be an output of its own. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
