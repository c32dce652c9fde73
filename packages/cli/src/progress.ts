/** What a person sees on standard error while a review runs. */
import { clearLine, cursorTo } from "node:readline";
import type { Progress } from "@review/review";
import type { ReviewOptions } from "./options.ts";

export interface ProgressLine {
  /** Shows how far a phase is, on a terminal only. */
  readonly show: (progress: Progress) => void;
  /** A fact that is good to know. */
  readonly note: (text: string) => void;
  /** A fact for whoever looks for a defect. */
  readonly detail: (text: string) => void;
  /** A line that was asked for. */
  readonly line: (text: string) => void;
  readonly clear: () => void;
}

const LABELS = { analysis: "Reviewing files", suggestions: "Asking the model" } as const;

export function createProgress(options: Pick<ReviewOptions, "quiet" | "debug">): ProgressLine {
  const { stderr } = process;
  const isLive = stderr.isTTY && process.env["CI"] === undefined && options.quiet !== true;
  let isShown = false;
  const clear = (): void => {
    if (!isShown) return;
    clearLine(stderr, 0);
    cursorTo(stderr, 0);
    isShown = false;
  };
  const line = (text: string): void => {
    clear();
    stderr.write(`${text}\n`);
  };
  const lineIf = (condition: boolean) => (text: string) => {
    if (condition) line(`review: ${text}`);
  };
  return {
    show({ phase, done, total }) {
      if (!isLive) return;
      clear();
      stderr.write(`${LABELS[phase]} ${String(done)}/${String(total)}`);
      isShown = true;
    },
    note: lineIf(options.quiet !== true),
    detail: lineIf(options.debug === true),
    line,
    clear,
  };
}
