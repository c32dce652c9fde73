/** Between a model that writes tests and whoever can run them: paths, changed files, modules without types. */
import { resolve } from "node:path";
import type { ProofBench } from "@review/suggestions";
import { relativeTo, slashed } from "./paths.ts";
import type { Prover } from "./request.ts";
import type { AnalysisSession } from "./session-thread.ts";
import { changedBy } from "./suggest-to.ts";

/** A bench for the findings of a session. */
export function proofBenchOf(prover: Prover, thread: AnalysisSession, cwd: string): ProofBench {
  return {
    plan: ({ finding }) => {
      const plan = prover.planFor(resolve(cwd, finding.file));
      return plan && { runner: plan.runner, subject: plan.subject, file: relativeTo(cwd, slashed(plan.path)) };
    },
    run: async ({ finding }, fix, _, test) => {
      const subject = resolve(cwd, finding.file);
      const plan = prover.planFor(subject);
      if (!plan) return { isProof: false, because: "no test of this file can be run here", isFinal: true };
      const changed = changedBy(fix, cwd);
      const of = (texts: ReadonlyMap<string, string>): ReturnType<typeof thread.ask<"modules">> =>
        thread.ask("modules", {
          path: slashed(subject),
          texts: new Map([...texts].map(([path, text]) => [slashed(path), text])),
          test: { path: slashed(plan.path), text: test },
        });
      const modules = plan.needsModules ? { before: await of(new Map()), after: await of(changed) } : undefined;
      return prover.run({ path: subject, plan, test, changed, modules });
    },
  };
}
