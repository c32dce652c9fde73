/** Finds what is done once more on a path that has done it. */
import {
  isBinaryExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import { literalValue } from "../helpers/constants.ts";
import { isSameReference, ownNodesOf, testsAround, unwrapped } from "../helpers/nodes.ts";
import { conditionMemory } from "./condition-memory.ts";
import type { Edge, EdgeKind, FlowGraph, Step } from "./graph.ts";
import { findPath, type FlowPath, type PathQuery } from "./paths.ts";
import type { Scopes } from "./scope.ts";
import { isTarget } from "./uses.ts";
import { EQUALS } from "../helpers/operators.ts";

export interface Repeat {
  readonly first: Step;
  readonly second: Step;
  readonly path: FlowPath;
}

export type RepeatQuery = Pick<PathQuery, "avoiding" | "throws" | "follows" | "memory">;

/**
 * For each place a path from it to another one. Two places of one loop are no repeat where only its next round leads
 * from one to the other: that round may be about something else.
 */
export function findRepeats(
  graph: FlowGraph,
  firsts: readonly Step[],
  seconds: readonly Step[],
  query: RepeatQuery = {},
): readonly Repeat[] {
  const repeats: Repeat[] = [];
  for (const first of firsts) {
    if (repeats.some(known => known.first.node === first.node)) continue;
    const repeat = repeatOf(graph, first, seconds, query);
    if (repeat) repeats.push(repeat);
  }
  return repeats;
}

/**
 * Steps that follow another one of them on a path that does not contradict itself. What throws on its own leads
 * elsewhere, and what is `anew` starts from the beginning.
 */
export function repeatsAmong(
  graph: FlowGraph,
  scopes: Scopes,
  steps: readonly Step[],
  anew: (step: Step) => boolean,
): readonly Repeat[] {
  const memory = conditionMemory(graph, scopes, "all");
  return findRepeats(graph, steps, steps, {
    avoiding: anew,
    throws: step => step.kind === "throw",
    ...(memory && { memory }),
  });
}

function repeatOf(graph: FlowGraph, first: Step, seconds: readonly Step[], query: RepeatQuery): Repeat | undefined {
  const others = new Set(seconds.filter(({ node }) => node !== first.node));
  if (others.size === 0) return undefined;
  const forward = (edge: Edge): boolean => !edge.isBack && query.follows?.(edge) !== false;
  const to = (step: Step): boolean => others.has(step);
  const path = findPath(graph, { ...query, from: first, to, follows: forward }) ?? pathOut(graph, first, others, query);
  return path?.end && !isFlagged(first, path) && !areExclusive(first.node, path.end.node)
    ? { first, second: path.end, path }
    : undefined;
}

/**
 * Whether a test on the path is about something that is written beside the first place: `left = -1; done(error);` and
 * later `if (--left === 0) done()`. Counters are beyond what a path remembers.
 */
function isFlagged({ node }: Step, { stops }: FlowPath): boolean {
  let block: Node = node;
  while (block.parent && !LISTS.has(block.kind)) block = block.parent;
  const written = [...ownNodesOf(block)].filter(isWritten);
  if (written.length === 0) return false;
  return stops.some(stop => {
    if (stop.kind !== "edge" || !stop.edge.node || !TESTS.has(stop.edge.kind)) return false;
    const parts = [...ownNodesOf(stop.edge.node)];
    return written.some(target => parts.some(part => isSameReference(part, target)));
  });
}

/** `if (event.kind === "done") resolve(); if (event.kind === "failed") reject();`, whatever is called in between. */
function areExclusive(first: Node, second: Node): boolean {
  const before = comparisonsAround(first);
  return comparisonsAround(second).some(({ subject, value }) =>
    before.some(each => each.value !== value && isSameReference(each.subject, subject)),
  );
}

interface Compared {
  readonly subject: Node;
  readonly value: unknown;
}

/** What is equal to which literal where a node is reached, by the branches around it. */
function comparisonsAround(node: Node): readonly Compared[] {
  return testsAround(node).flatMap(test => {
    if (!isBinaryExpression(test) || !EQUALS.has(test.operatorToken.kind)) return [];
    const value = literalValue(test.right);
    return value === undefined ? [] : [{ subject: unwrapped(test.left), value }];
  });
}

const LISTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.Block, SyntaxKind.CaseClause, SyntaxKind.DefaultClause, SyntaxKind.SourceFile],
]);

const TESTS: ReadonlySet<EdgeKind> = new Set(["true", "false", "case", "mismatch"]);

function isWritten(node: Node): boolean {
  return (isIdentifier(node) || isPropertyAccessExpression(node)) && isTarget(node);
}

/** A path that goes round a loop and then leaves it for good. */
function pathOut(graph: FlowGraph, first: Step, others: ReadonlySet<Step>, query: RepeatQuery): FlowPath | undefined {
  const outside = [...others].filter(other => !findPath(graph, { from: other, to: step => step === first }));
  if (outside.length === 0) return undefined;
  return findPath(graph, { ...query, from: first, to: step => outside.includes(step) });
}
