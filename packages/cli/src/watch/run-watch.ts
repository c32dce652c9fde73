/** `review --watch`: reviews everything once, then each file as it is saved, and everything again where a configuration is, until it is interrupted. */
import { prettyChange } from "@review/reporters";
import { openLiveReview, review, type LiveReviewRequest, type Ports, type ReviewRequest } from "@review/review";
import { isExpected, messageOf, UsageError } from "../errors.ts";
import { INTERRUPTED } from "../exit-status.ts";
import { interruptible } from "../interrupt.ts";
import { onScreen, outputsFor, writeReport } from "../output.ts";
import type { ReviewOptions } from "../options.ts";
import { createProgress } from "../progress.ts";
import { requestFor } from "../request-for.ts";
import { keepingFixes, openSuggester } from "../suggester.ts";
import { suggestionNotes } from "../suggestion-notes.ts";
import { openTrials } from "../trials.ts";
import { writeOut } from "../write-out.ts";
import { standingOf } from "./standing.ts";
import { watchFolders } from "./watch-folders.ts";

/** Runs until it is interrupted, and answers with the status that stands for that. */
export function runWatch(paths: readonly string[], options: ReviewOptions): Promise<number> {
  return interruptible(async signal => {
    checkOptions(options);
    const cwd = process.cwd();
    const asked = await requestFor(paths, options, cwd, signal);
    const progress = createProgress(options);
    const suggester = options.suggest ? openSuggester(options, asked.suggest, cwd, progress) : undefined;
    const trials = await openTrials(options, cwd, signal, progress.note);
    const ports: Ports = {
      ...{ signal, suggester, ...trials.ports, ...keepingFixes(cwd) },
      ...{ onProgress: progress.show, onNote: progress.note, onDetail: progress.detail },
    };
    const request = ofFiles(asked.request);
    const live = openLiveReview(request, ports);
    const folders = watchFolders(signal);
    try {
      const standing = standingOf(live, folders, async () => {
        try {
          return await live.renew(ofFiles((await requestFor(paths, options, cwd, signal)).request));
        } catch (error) {
          if (!isExpected(error)) throw error;
          progress.note(`${messageOf(error)} Until that is mended, the review goes on as before.`);
          return undefined;
        }
      });
      // From here on nothing that is saved is missed.
      await standing.collect();
      const report = await review(request, ports);
      progress.clear();
      await writeReport(report, outputsFor(options), options, cwd);
      const noteOnce = notingOnce(progress.note);
      if (suggester) suggestionNotes(report, options.prove).forEach(noteOnce);
      progress.note("Waiting for files to be saved; Ctrl-C ends it.");
      standing.begin(report);
      for (let saved = await folders.next(); !signal.aborted; saved = await folders.next()) {
        for await (const change of standing.changes(saved)) {
          progress.clear();
          await writeOut(prettyChange(change, onScreen(options, cwd)));
          if (suggester) suggestionNotes(change.report, options.prove).forEach(noteOnce);
        }
      }
      return INTERRUPTED;
    } finally {
      progress.clear();
      folders.close();
      suggester?.close();
      trials.close();
      await live.close();
    }
  });
}

const ELSEWHERE: readonly (keyof ReviewOptions)[] = ["fix", "fixVerified", "output", "project", "requireSuggestions"];

function checkOptions(options: ReviewOptions): void {
  const [other] = ELSEWHERE.filter(name => options[name] !== undefined);
  const format = options.format ?? "pretty";
  if (other !== undefined) throw new UsageError(`--watch does not go with --${dashed(other)}: leave out one of them.`);
  if (format !== "pretty")
    throw new UsageError(`--watch is for people, and prints no ${JSON.stringify(format)}: leave out -f.`);
  if (options.prove && !options.suggest) throw new UsageError("--prove goes with --suggest: add --suggest.");
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** What was said of the model after one file need not be said after the next. */
function notingOnce(note: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return text => {
    if (said.has(text)) return;
    said.add(text);
    note(text);
  };
}

function ofFiles({ target, project: _, ...request }: ReviewRequest): LiveReviewRequest {
  if (target.kind === "paths") return { ...request, target };
  throw new UsageError("--watch follows files, and --stdin is none: use one of them.");
}
