/** Solves a data-flow problem over a graph: a worklist in the order of the blocks, until nothing changes. */
import { spend } from "./effort.ts";
import type { Block, Edge, FlowGraph, Step } from "./graph.ts";

/** One analysis. States are never changed, only replaced; no state at all means that the place cannot be reached. */
export interface FlowClient<State> {
  /** `forward` unless said otherwise. */
  readonly direction?: "forward" | "backward";
  /** At the entry; going backward, at both ends. */
  readonly initial: State;
  join(one: State, other: State): State;
  equals(one: State, other: State): boolean;
  /** The state after a step, from the one before it; going backward, the reverse. */
  transfer(step: Step, state: State): State;
  /** What an edge adds to a state; undefined where it cannot be taken in it. */
  edge?(edge: Edge, state: State): State | undefined;
  /**
   * What a step that throws hands to the handler: the state without its effect, with it, or (the default) the join of
   * both; undefined where it cannot throw. Going backward, what the handler hands to the step.
   */
  thrown?(step: Step, without: State, having: State): State | undefined;
  /** A state above both, so that a loop comes to an end; for lattices without bound. */
  widen?(before: State, next: State): State;
}

export interface Solution<State> {
  before(step: Step): State | undefined;
  after(step: Step): State | undefined;
  /** The state at a block's start; at `returned` and `thrown`, what leaves the function. */
  atStart(block: Block): State | undefined;
  atEnd(block: Block): State | undefined;
}

/** Visits of a block after which a client counts as one that does not come to an end. */
const MOST_VISITS = 60;
/** Visits of a block after which it is widened. */
const WIDEN_AFTER = 3;

/** Undefined where the states have not settled within the budget. */
export function solve<State>(graph: FlowGraph, client: FlowClient<State>): Solution<State> | undefined {
  const isForward = client.direction !== "backward";
  const ends = isForward ? new Set<Block>() : endsOf(graph);
  const run: Run<State> = { graph, client, isForward, ends, inputs: [], outputs: [], failing: [] };
  return settle(run) ? solutionOf(run) : undefined;
}

/** By block: what it takes in, what it gives at its other end, and (forward) what it gives to its handler. */
interface Run<State> {
  readonly graph: FlowGraph;
  readonly client: FlowClient<State>;
  readonly isForward: boolean;
  /** Going backward: where it starts. */
  readonly ends: ReadonlySet<Block>;
  readonly inputs: (State | undefined)[];
  readonly outputs: (State | undefined)[];
  readonly failing: (State | undefined)[];
}

/**
 * Going backward, code that no end can be reached from, such as an endless loop, would never get a state: its last
 * blocks are taken for ends.
 */
function endsOf({ returned, thrown, blocks }: FlowGraph): ReadonlySet<Block> {
  const ends = new Set([returned, thrown]);
  const ending = new Set(ends);
  const queue = [...ends];
  for (let at = queue.pop(); at; at = queue.pop()) {
    for (const { from } of at.before) {
      if (!ending.has(from)) queue.push(from);
      ending.add(from);
    }
  }
  for (const block of blocks) {
    const isLast = block.next.length === 0 || block.next.some(({ isBack }) => isBack);
    if (block.isReachable && !ending.has(block) && isLast) ends.add(block);
  }
  return ends;
}

function settle<State>(run: Run<State>): boolean {
  const { graph, isForward } = run;
  const order = graph.blocks.filter(block => block.isReachable);
  if (!isForward) order.reverse();
  const visits = new Uint32Array(graph.blocks.length);
  const isDirty = new Uint8Array(graph.blocks.length).fill(1);
  for (let changed = true; changed;) {
    changed = false;
    for (const block of order) {
      if (!isDirty[block.id]) continue;
      isDirty[block.id] = 0;
      const count = (visits[block.id] = (visits[block.id] ?? 0) + 1);
      if (count > MOST_VISITS) return false;
      if (!visit(run, block, count)) continue;
      for (const next of dependents(block, isForward)) isDirty[next.id] = 1;
      changed = true;
    }
  }
  return true;
}

function dependents({ before, next, failure }: Block, isForward: boolean): readonly Block[] {
  if (!isForward) return before.map(({ from }) => from);
  const blocks = next.map(({ to }) => to);
  return failure ? [...blocks, failure.to] : blocks;
}

/** Whether what the block gives has changed. */
function visit<State>(run: Run<State>, block: Block, count: number): boolean {
  const { client, inputs, outputs, failing } = run;
  spend(block.steps.length + 1);
  const known = inputs[block.id];
  let input = run.isForward ? inputForward(run, block) : inputBackward(run, block);
  if (known !== undefined && input !== undefined && count > WIDEN_AFTER && client.widen) {
    input = client.widen(known, input);
  }
  inputs[block.id] = input;
  const { output, failed } = through(run, block, input);
  const isSame = same(client, outputs[block.id], output) && same(client, failing[block.id], failed);
  outputs[block.id] = output;
  failing[block.id] = failed;
  return !isSame;
}

function same<State>(client: FlowClient<State>, one: State | undefined, other: State | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return client.equals(one, other);
}

function joined<State>(client: FlowClient<State>, one: State | undefined, other: State | undefined): State | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : client.join(one, other);
}

function inputForward<State>({ graph, client, outputs, failing }: Run<State>, block: Block): State | undefined {
  let state = block === graph.entry ? client.initial : undefined;
  for (const edge of block.before) {
    const from = edge === edge.from.failure ? failing[edge.from.id] : outputs[edge.from.id];
    if (from !== undefined) state = joined(client, state, client.edge ? client.edge(edge, from) : from);
  }
  return state;
}

function inputBackward<State>({ ends, client, outputs }: Run<State>, block: Block): State | undefined {
  let state = ends.has(block) ? client.initial : undefined;
  for (const edge of block.next) {
    const to = outputs[edge.to.id];
    if (to !== undefined) state = joined(client, state, client.edge ? client.edge(edge, to) : to);
  }
  return state;
}

interface Given<State> {
  readonly output: State | undefined;
  readonly failed: State | undefined;
}

/** `onStep` is told the states before and after each step, in the order of the analysis. */
type OnStep<State> = (step: Step, input: State | undefined, output: State | undefined) => void;

function through<State>(run: Run<State>, block: Block, input: State | undefined, onStep?: OnStep<State>): Given<State> {
  return run.isForward ? throughForward(run, block, input, onStep) : throughBackward(run, block, input, onStep);
}

function throughForward<State>(
  { client }: Run<State>,
  block: Block,
  input: State | undefined,
  onStep?: OnStep<State>,
): Given<State> {
  let state = input;
  let failed: State | undefined;
  for (const step of block.steps) {
    const before = state;
    if (before !== undefined) {
      const after = client.transfer(step, before);
      if (step.throws) failed = joined(client, failed, failure(client, step, before, after));
      state = after;
    }
    onStep?.(step, before, state);
  }
  return { output: state, failed };
}

function throughBackward<State>(
  { client, outputs }: Run<State>,
  block: Block,
  input: State | undefined,
  onStep?: OnStep<State>,
): Given<State> {
  const handled = block.failure && outputs[block.failure.to.id];
  const atHandler = handled !== undefined && block.failure ? edgeState(client, block.failure, handled) : undefined;
  let state = input;
  for (const step of block.steps.toReversed()) {
    const after = state;
    state = after === undefined ? undefined : client.transfer(step, after);
    if (step.throws && atHandler !== undefined) {
      state = joined(client, state, failure(client, step, atHandler, client.transfer(step, atHandler)));
    }
    onStep?.(step, after, state);
  }
  return { output: state, failed: undefined };
}

function edgeState<State>(client: FlowClient<State>, edge: Edge, state: State): State | undefined {
  return client.edge ? client.edge(edge, state) : state;
}

function failure<State>(client: FlowClient<State>, step: Step, without: State, having: State): State | undefined {
  return client.thrown ? client.thrown(step, without, having) : client.join(without, having);
}

interface StepStates<State> {
  readonly inputs: readonly (State | undefined)[];
  readonly outputs: readonly (State | undefined)[];
}

/** States at single steps are computed again, for the few blocks that are asked for. */
function solutionOf<State>(run: Run<State>): Solution<State> {
  const known = new Map<Block, StepStates<State>>();
  const statesOf = (block: Block): StepStates<State> => {
    let states = known.get(block);
    if (!states) known.set(block, (states = stepStates(run, block)));
    return states;
  };
  const [first, last] = run.isForward ? (["inputs", "outputs"] as const) : (["outputs", "inputs"] as const);
  return {
    before: step => statesOf(step.block)[first][step.index],
    after: step => statesOf(step.block)[last][step.index],
    atStart: block => run[first][block.id],
    atEnd: block => run[last][block.id],
  };
}

function stepStates<State>(run: Run<State>, block: Block): StepStates<State> {
  const inputs: (State | undefined)[] = [];
  const outputs: (State | undefined)[] = [];
  through(run, block, run.inputs[block.id], (step, input, output) => {
    inputs[step.index] = input;
    outputs[step.index] = output;
  });
  return { inputs, outputs };
}
