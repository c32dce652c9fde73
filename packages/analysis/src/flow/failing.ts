/** Which steps of a function may throw into a `catch` or `finally` of the function. */
import { isAwaitExpression } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { FlowGraph, Step } from "./graph.ts";
import type { FunctionPort } from "./certain.ts";

/**
 * Every `throw` inside of a `try`, and the calls that are known to throw. An `await` counts where its promise is known
 * to be rejected by somebody; `expected` counts it unless it is known never to be, as whoever wrote it into a `try`
 * expects.
 */
export function* failingSteps(
  port: Pick<FunctionPort, "summaries">,
  graph: FlowGraph,
  awaits: "proved" | "expected",
): Ask<ReadonlySet<Step>> {
  const found = new Set<Step>();
  for (const { steps, failure, isReachable } of graph.blocks) {
    if (!isReachable || !failure || failure.to === graph.thrown) continue;
    for (const step of steps) if (yield* mayFail(port, step, awaits)) found.add(step);
  }
  return found;
}

function* mayFail(
  { summaries }: Pick<FunctionPort, "summaries">,
  { kind, node }: Step,
  awaits: "proved" | "expected",
): Ask<boolean> {
  if (kind === "throw") return true;
  if (kind === "call") return (yield* summaries.ask(node, "throws")).verdict === "yes";
  if (kind !== "await" || !isAwaitExpression(node)) return false;
  const { verdict } = yield* summaries.ask(node.expression, "rejects");
  return awaits === "expected" ? verdict !== "no" : verdict === "yes";
}
