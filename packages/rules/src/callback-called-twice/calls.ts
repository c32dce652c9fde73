/** Where a function calls its callback for sure, also by handing it to a function that will. */
import {
  certainSteps,
  isAlwaysCalledIn,
  stepsOfEvent,
  wrapped,
  type Ask,
  type CertainStep,
  type FlowGraph,
  type Pass,
  type ValueEvent,
  type ValueTrace,
} from "@review/analysis";
import { isCallExpression, isNewExpression, type Node } from "@review/program/syntax";

/** The steps of a graph after which the callback has been called, or will be. */
export function* callingSteps(pass: Pass, trace: ValueTrace, graph: FlowGraph): Ask<readonly CertainStep[]> {
  const found = (yield* certainSteps(pass, trace, graph)).filter(({ event }) => !isAskedFor(event));
  for (const event of trace.in(graph.root)) {
    if (!(yield* isAnswered(pass, trace, event))) continue;
    for (const step of stepsOfEvent(graph, event)) if (step.block.isReachable) found.push({ step, event });
  }
  return found;
}

/** `expect(done(error))`: a callback gives nothing, so whoever passes its result on tries something. */
function isAskedFor({ kind, node }: ValueEvent): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  return kind === "called" && isCallExpression(parent) && parent.expression !== outer;
}

/** `readFile(path, callback)`, and `readFile(path, error => callback(error))`: Node calls such a function once. */
function* isAnswered(pass: Pass, trace: ValueTrace, event: ValueEvent): Ask<boolean> {
  const argument = event.kind === "passed" ? event.argument : event.kind === "captured" ? wrapped(event.fn) : undefined;
  if (!argument || !(yield* isErrorFirstArgument(pass, argument))) return false;
  const fn = event.kind === "captured" || event.kind === "passed" ? event.fn : undefined;
  return fn === undefined || (yield* isAlwaysCalledIn(pass, trace, fn));
}

function* isErrorFirstArgument(pass: Pass, argument: Node): Ask<boolean> {
  const call = argument.parent;
  if ((!isCallExpression(call) && !isNewExpression(call)) || call.expression === argument) return false;
  const position = call.arguments?.findIndex(each => each === argument) ?? -1;
  const taken = (yield* pass.models.of(call))?.takes;
  return position >= 0 && (taken?.[position] ?? taken?.["*"])?.errorFirst === true;
}
