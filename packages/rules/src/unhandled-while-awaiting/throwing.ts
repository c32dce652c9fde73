/** What throws between a promise and its first handler, so that it never gets one. */
import {
  conditionMemory,
  evidenceOf,
  findPath,
  quoted,
  type Ask,
  type FlowGraph,
  type Pass,
  type PromiseLocal,
  type Step,
} from "@review/analysis";

interface Made {
  readonly local: PromiseLocal;
  readonly graph: FlowGraph;
  readonly made: Step;
  readonly uses: ReadonlySet<Step>;
}

/** Reports a way out of the function over a call that is known to throw, before anything has looked at the promise. */
export function* checkThrowing(pass: Pass, { local, graph, made, uses }: Made): Ask<void> {
  if (![...uses].some(({ block }) => block.isReachable)) return;
  const throwing = yield* throwingSteps(pass, graph);
  if (throwing.size === 0) return;
  const memory = conditionMemory(graph, pass.scopes(), "all");
  const path = findPath(graph, {
    ...{ from: made, to: "thrown", avoiding: (step: Step) => uses.has(step) },
    throws: step => throwing.has(step),
    ...(memory && { memory }),
  });
  const thrower = path?.stops.find(stop => stop.kind === "throw")?.step;
  if (!path || !thrower) return;
  const { sourceFile } = pass.file;
  const { name, made: call, rejects } = local;
  pass.report(name, {
    message: `If ${quoted(thrower.node, sourceFile)} throws, \`${name.text}\` never gets a handler, and its rejection ends a Node process.`,
    evidence: [
      ...evidenceOf(path, sourceFile, step => (step === made ? "The promise is made here." : undefined)),
      { at: call, message: "It may be rejected." },
      ...pass.summaries.evidenceOf(rejects),
    ],
  });
}

function* throwingSteps({ summaries }: Pass, graph: FlowGraph): Ask<ReadonlySet<Step>> {
  const found = new Set<Step>();
  for (const { steps, isReachable } of graph.blocks) {
    for (const step of isReachable ? steps : []) {
      const { kind, node } = step;
      if (kind === "throw") found.add(step);
      if (kind === "call" && (yield* summaries.ask(node, "throws")).verdict === "yes") found.add(step);
    }
  }
  return found;
}
