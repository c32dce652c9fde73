/** Which steps of a function may throw into a `catch` of the function. */
import type { Ask, FlowGraph, Pass, Step } from "@review/analysis";
import { isAwaitExpression } from "@review/program/syntax";

/**
 * Every `throw` inside of a `try`, the calls that are known to throw, and each `await` of what may reject: whoever writes
 * it there expects that.
 */
export function* failingSteps({ summaries }: Pass, graph: FlowGraph): Ask<ReadonlySet<Step>> {
  const found = new Set<Step>();
  for (const { steps, failure, isReachable } of graph.blocks) {
    if (!isReachable || !failure || failure.to === graph.thrown) continue;
    for (const step of steps) {
      if (step.kind === "throw") found.add(step);
      else if (step.kind === "call" && (yield* summaries.ask(step.node, "throws")).verdict === "yes") found.add(step);
      else if (step.kind === "await" && isAwaitExpression(step.node)) {
        if ((yield* summaries.ask(step.node.expression, "rejects")).verdict !== "no") found.add(step);
      }
    }
  }
  return found;
}
