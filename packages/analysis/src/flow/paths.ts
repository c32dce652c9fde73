/** Paths through a graph: whether one exists that does this and avoids that, and the shortest as evidence. */
import { giveUp, spend } from "./effort.ts";
import type { Block, Edge, FlowGraph, Step } from "./graph.ts";

export interface PathQuery {
  /** Paths start behind this step, once it has ended well; at the entry without it. */
  readonly from?: Step;
  /** What a path has to reach: an end of the function, or a step that fits. */
  readonly to: "returned" | "thrown" | ((step: Step) => boolean);
  /** Steps that no path may pass; one that is sought is found before it is avoided. */
  readonly avoiding?: (step: Step) => boolean;
  /** A step that has to be passed on the way. */
  readonly through?: (step: Step) => boolean;
  /** Edges that may be followed; all, unless told. */
  readonly follows?: (edge: Edge) => boolean;
  /** Steps that are to count as throwing, among those that may; all, unless told. */
  readonly throws?: (step: Step) => boolean;
  /** What a path remembers of itself, so that it cannot contradict itself: see `conditionMemory`. */
  readonly memory?: PathMemory;
}

/** Knowledge that grows along a path, as text: two paths that know the same are continued once. */
export interface PathMemory {
  step(step: Step, known: string): string;
  /** Undefined where the edge cannot be taken by a path that knows this. */
  edge(edge: Edge, known: string): string | undefined;
}

/** What a path does, in order: steps that were asked for, branches, and steps that throw. */
export type Stop =
  | { readonly kind: "step"; readonly step: Step }
  | { readonly kind: "edge"; readonly edge: Edge }
  | { readonly kind: "throw"; readonly step: Step };

/** A way from `from` to `to`; `end` is the step that was sought, or undefined for an end of the function. */
export interface FlowPath {
  readonly stops: readonly Stop[];
  readonly end: Step | undefined;
}

/** Places after which a search with a memory gives up. */
const MOST_PLACES = 20_000;

/**
 * A path with the fewest branches; undefined where there is none. Without a memory the cost is at most twice the size of
 * the graph; where too many paths differ in what they remember, the task that asked ends.
 */
export function findPath(graph: FlowGraph, query: PathQuery): FlowPath | undefined {
  const last = query.from && { stop: { kind: "step" as const, step: query.from }, last: undefined };
  const hasPassed = query.through === undefined;
  const starts = knownAtStart(graph, query).map(known => ({ ...startOf(graph, query.from), hasPassed, known, last }));
  return search(query, starts, (place, lead) =>
    isEnd(graph, query, place) ? { stops: stopsOf(place.last), end: undefined } : scan(query, place, lead),
  );
}

function startOf(graph: FlowGraph, from: Step | undefined): Pick<Place, "block" | "index"> {
  return from ? { block: from.block, index: from.index + 1 } : { block: graph.entry, index: 0 };
}

/** What paths from the entry may remember when they come to the start. */
function knownAtStart(graph: FlowGraph, { from, memory }: PathQuery): readonly string[] {
  if (!from || !memory) return [""];
  const found = new Set<string>();
  const to = (step: Step): boolean => step === from;
  const start = { block: graph.entry, index: 0, hasPassed: true, known: "", last: undefined };
  search({ to, memory }, [start], (place, lead) => {
    const known = scan({ to, memory }, place, lead)?.known;
    if (known !== undefined) found.add(memory.step(from, known));
    return undefined;
  });
  return [...found];
}

type Visit = (place: Place, lead: Lead) => Found | undefined;

/** Breadth first, so that what is found first is shortest. */
function search(query: PathQuery, starts: readonly Place[], visit: Visit): Found | undefined {
  const seen = new Set<string>();
  const queue = [...starts];
  const lead: Lead = (edge, { hasPassed, known, last }) => {
    if (query.follows?.(edge) === false) return;
    const next = query.memory ? query.memory.edge(edge, known) : known;
    if (next === undefined) return;
    const key = `${edge.to.id} ${hasPassed} ${next}`;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ block: edge.to, index: 0, hasPassed, known: next, last });
  };
  for (let at = 0; at < queue.length; at++) {
    if (at > MOST_PLACES) giveUp();
    const found = visit(queue[at] as Place, lead);
    if (found) return found;
  }
  return undefined;
}

interface Found extends FlowPath {
  /** What the path remembers before its last step. */
  readonly known?: string;
}

/** What a path has done so far. */
interface Knowing {
  readonly hasPassed: boolean;
  readonly known: string;
  readonly last: Trail | undefined;
}

interface Place extends Knowing {
  readonly block: Block;
  readonly index: number;
}

/** The stops so far, the last one first. */
interface Trail {
  readonly stop: Stop;
  readonly last: Trail | undefined;
}

type Lead = (edge: Edge, knowing: Knowing) => void;

function isEnd(graph: FlowGraph, { to }: PathQuery, { block, hasPassed }: Place): boolean {
  return hasPassed && typeof to === "string" && block === graph[to];
}

/** Follows a block from a place on, and gives every way out of it to `lead`. */
function scan(query: PathQuery, place: Place, lead: Lead): Found | undefined {
  const { block } = place;
  spend(block.steps.length + 1);
  let state: Knowing = place;
  for (const step of block.steps.slice(place.index)) {
    if (isSought(query, step, state)) {
      return { stops: stopsOf({ stop: { kind: "step", step }, last: state.last }), end: step, known: state.known };
    }
    if (query.avoiding?.(step)) return undefined;
    if (step.throws && block.failure && query.throws?.(step) !== false) {
      lead(block.failure, { ...state, last: { stop: { kind: "throw", step }, last: state.last } });
    }
    state = behind(query, step, state);
  }
  for (const edge of block.next) lead(edge, { ...state, last: { stop: { kind: "edge", edge }, last: state.last } });
  return undefined;
}

function isSought({ to }: PathQuery, step: Step, { hasPassed }: Knowing): boolean {
  return hasPassed && typeof to === "function" && to(step);
}

function behind({ memory, through }: PathQuery, step: Step, state: Knowing): Knowing {
  const known = memory ? memory.step(step, state.known) : state.known;
  if (!state.hasPassed && through?.(step)) {
    return { hasPassed: true, known, last: { stop: { kind: "step", step }, last: state.last } };
  }
  return known === state.known ? state : { ...state, known };
}

function stopsOf(trail: Trail | undefined): readonly Stop[] {
  const stops: Stop[] = [];
  for (let at = trail; at; at = at.last) stops.push(at.stop);
  return stops.reverse();
}

/** Whether some path leads from behind a step (or from the entry) to a step. */
export function canReach(graph: FlowGraph, from: Step | undefined, to: Step): boolean {
  return findPath(graph, { ...(from && { from }), to: step => step === to }) !== undefined;
}

/** Whether every path from the entry to a step passes another one before. */
export function dominates(graph: FlowGraph, first: Step, second: Step): boolean {
  if (first === second || !second.block.isReachable) return first === second;
  return !findPath(graph, { to: step => step === second, avoiding: step => step === first });
}

/**
 * Whether every path on from a step to the normal end passes a step that fits: nothing is said of those that end by an
 * exception, or never.
 */
export function alwaysReaches(graph: FlowGraph, from: Step | undefined, to: (step: Step) => boolean): boolean {
  return !findPath(graph, { ...(from && { from }), to: "returned", avoiding: to });
}
