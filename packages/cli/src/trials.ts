/** What tries a model's fixes beyond the compiler: the user's own command, and tests of the model's in a sandbox. */
import type { Prover, RunTests } from "@review/review";
import { proverFor } from "./prove/prover.ts";
import { testsFor } from "./verify-command.ts";

export interface Trials {
  readonly ports: { readonly tests: RunTests | undefined; readonly prover: Prover | undefined };
  /** Removes the copies of the tree. */
  close(): void;
}

/** What the options ask for of it. Rejects with a `UsageError` where it cannot be had. */
export async function openTrials(
  options: { readonly verifyCommand?: string; readonly prove?: boolean },
  cwd: string,
  signal: AbortSignal,
  note: (text: string) => void,
): Promise<Trials> {
  const proof = await proverFor(options, cwd, signal);
  const tests = testsFor(options, cwd, signal, note);
  const close = (): void => {
    proof?.close();
    tests?.close();
  };
  return { ports: { tests: tests?.run, prover: proof?.prover }, close };
}
