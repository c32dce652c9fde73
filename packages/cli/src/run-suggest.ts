/** `review suggest [FINDING...]`: asks a model about some findings, or shows what it would be asked. */
import { review } from "@review/review";
import type { Preview, Suggester, SuggestionResult } from "@review/suggestions";
import { interruptible } from "./interrupt.ts";
import { outputsFor, writeReport } from "./output.ts";
import type { ReviewOptions } from "./options.ts";
import { createProgress } from "./progress.ts";
import { requestFor } from "./request-for.ts";
import { openSuggester } from "./suggester.ts";
import { suggestionNotes } from "./suggestion-notes.ts";
import { testsFor } from "./verify-command.ts";
import { writeOut } from "./write-out.ts";

/** The options of `review suggest` as commander gives them. */
export interface SuggestOptions extends ReviewOptions {
  readonly dryRun?: true;
  readonly path?: readonly string[];
}

/** Runs it and answers with the exit status. */
export function runSuggest(findings: readonly string[], options: SuggestOptions): Promise<number> {
  return interruptible(async signal => {
    const cwd = process.cwd();
    const { request, suggest } = await requestFor(options.path ?? [], options, cwd, signal);
    const progress = createProgress(options);
    const outputs = outputsFor(options);
    const suggester = openSuggester(options, suggest, cwd, progress.detail);
    const tests = testsFor(options, cwd, signal, progress.note);
    const previews: Preview[] = [];
    try {
      const report = await review(
        { ...request, only: findings.length > 0 ? findings : undefined },
        {
          signal,
          tests: tests?.run,
          suggester: options.dryRun ? previewing(suggester, previews) : suggester,
          onProgress: progress.show,
          onNote: progress.note,
          onDetail: progress.detail,
        },
      );
      progress.clear();
      if (options.dryRun) await writeOut(previewText(previews));
      else {
        await writeReport(report, outputs, options, cwd);
        suggestionNotes(report).forEach(progress.note);
      }
      return 0;
    } finally {
      progress.clear();
      suggester.close();
      tests?.close();
    }
  });
}

/** Asks nobody, and keeps what would have been asked. */
function previewing(suggester: Suggester, previews: Preview[]): Suggester {
  const off = "nothing was sent";
  return {
    ...suggester,
    suggest: requests => {
      previews.push(...suggester.preview(requests));
      const results = requests.map(({ finding: { suggestion } }): SuggestionResult => {
        return { suggestion: { ...suggestion, status: "off", reason: off }, fix: null };
      });
      return Promise.resolve(results);
    },
  };
}

function previewText(previews: readonly Preview[]): string {
  const sent = previews.filter(({ body }) => body !== null);
  return [...previews.map(onePreview), totalOf(sent), ""].join("\n");
}

function onePreview({ request: { finding }, url, body, worst, costUsd }: Preview): string {
  const name = `${finding.file} ${finding.ruleId} ${finding.fingerprint.slice(0, 8)}`;
  if (body === null) return `${name}\nThe code holds what looks like a secret: nothing would be sent.\n`;
  const cost = `at most ${worst.inputTokens} tokens in, ${worst.outputTokens ?? "any number of"} out${inDollars(costUsd)}`;
  return `${name}\nPOST ${url} (${Buffer.byteLength(body)} bytes, ${cost})\n${body}\n`;
}

function totalOf(sent: readonly Preview[]): string {
  const input = sent.reduce((sum, { worst }) => sum + worst.inputTokens, 0);
  const output = sent.reduce((sum, { worst }) => sum + (worst.outputTokens ?? 0), 0);
  const costs = sent.map(({ costUsd }) => costUsd);
  const usd = costs.some(cost => cost === null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  const price = usd === null ? ", cost unknown: no --price, and none in the configuration" : inDollars(usd);
  return [
    `In all ${sent.length} ${sent.length === 1 ? "request" : "requests"}: at most ${input} tokens in, ${output} out${price}.`,
    "A fix that does not stand is asked for again, twice at most; --budget bounds everything. Nothing was sent.",
  ].join("\n");
}

function inDollars(usd: number | null): string {
  return usd === null ? "" : `, $${usd.toFixed(4)}`;
}
