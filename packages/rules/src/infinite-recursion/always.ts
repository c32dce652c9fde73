/** Whether a function comes back to itself on every path: none ends, waits or leaves it before. */
import { catchingTryOf, type Ask, type Block, type FlowGraph, type Pass, type Step } from "@review/analysis";
import { isCallExpression, isNewExpression, isTaggedTemplateExpression, type Node } from "@review/program/syntax";
import { placesIn, type Place } from "./places.ts";
import type { Subject } from "./subjects.ts";

export interface Return {
  readonly place: Place;
  readonly step: Step;
  /** The place in the partner that leads back. */
  readonly via: { readonly subject: Subject; readonly place: Place; readonly step: Step } | undefined;
}

/** The first place that every path comes to, or to others of its kind; undefined where some path avoids them. */
export function* endlessReturn(
  pass: Pass,
  graph: FlowGraph,
  subject: Subject,
  places: readonly Place[],
): Ask<Return | undefined> {
  const direct = stepsOf(
    graph,
    places.filter(({ partner }) => !partner),
  );
  const found = yield* unavoidable(pass, graph, direct);
  if (found) return { ...found, via: undefined };
  for (const place of places) {
    const via = place.partner && (yield* returnFrom(pass, subject, place.partner));
    const reached = via && (yield* unavoidable(pass, graph, stepsOf(graph, [place])));
    if (reached) return { ...reached, via };
  }
  return undefined;
}

/** Where another function calls the subject on every path. */
function* returnFrom(pass: Pass, subject: Subject, partner: Subject): Ask<Return["via"]> {
  const graph = yield* pass.flow(partner.root);
  if (!graph) return undefined;
  const back = placesIn(pass.scopes(), partner).filter(place => place.partner?.root === subject.root);
  const found = yield* unavoidable(pass, graph, stepsOf(graph, back));
  return found && { subject: partner, ...found };
}

type Steps = ReadonlyMap<Step, Place>;

export function stepsOf(graph: FlowGraph, places: readonly Place[]): Steps {
  const steps = new Map<Step, Place>();
  for (const place of places) {
    for (const step of graph.stepsOf(place.node)) if (step.kind === place.kind) steps.set(step, place);
  }
  return steps;
}

/** The first of the steps that some path comes to, if no path can do without them. */
function* unavoidable(
  pass: Pass,
  graph: FlowGraph,
  steps: Steps,
): Ask<{ readonly place: Place; readonly step: Step } | undefined> {
  if (steps.size === 0) return undefined;
  const passed = new Set<Block>([graph.entry]);
  const last = new Map<Block, Step>();
  for (const block of passed) {
    if (block === graph.returned || block === graph.thrown) return undefined;
    const end = yield* scan(pass, block, steps);
    if (end === "leaves") return undefined;
    if (end.failure) passed.add(end.failure);
    if (end.step) last.set(block, end.step);
    else for (const { to } of block.next) passed.add(to);
  }
  const [first] = last.values();
  return first && allReach(passed, last) ? { step: first, place: steps.get(first) as Place } : undefined;
}

interface End {
  /** The step of interest that the block comes to. */
  readonly step: Step | undefined;
  /** Where it may go by an exception before. */
  readonly failure: Block | undefined;
}

function* scan(pass: Pass, block: Block, steps: Steps): Ask<End | "leaves"> {
  let failure: Block | undefined;
  for (const step of block.steps) {
    if (steps.has(step)) return { step, failure };
    if (step.suspends || step.kind === "throw") return "leaves";
    if (!step.throws || !block.failure) continue;
    // A `catch` is there for errors of any kind.
    if (catchingTryOf(step.node)) failure = block.failure.to;
    else if (step.kind === "call" && (yield* mayThrow(pass, step.node))) return "leaves";
  }
  return { step: undefined, failure };
}

/** Members of null apart, which no function relies on to come to its end, only calls throw. */
function* mayThrow({ summaries }: Pass, node: Node): Ask<boolean> {
  const isCall = isCallExpression(node) || isNewExpression(node) || isTaggedTemplateExpression(node);
  return !isCall || (yield* summaries.ask(node, "throws")).verdict !== "no";
}

/** Whether a step of interest can be reached from each block: the program may end in one, or go round for ever. */
function allReach(passed: ReadonlySet<Block>, last: ReadonlyMap<Block, Step>): boolean {
  const reaching = new Set<Block>(last.keys());
  for (const block of reaching) {
    for (const { from } of block.before) if (passed.has(from) && !last.has(from)) reaching.add(from);
  }
  return [...passed].every(block => reaching.has(block));
}
