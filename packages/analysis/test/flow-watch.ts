/** Reads a graph as a machine that accepts the events of runs: where can it be, what may come next. */
import type { Block, FlowGraph, Step } from "@review/analysis";
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isForInStatement,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isTaggedTemplateExpression,
  type Node,
} from "@review/program/syntax";
import type { Event, Run } from "./flow-host.ts";

/** Before a step of a block; its end, where there is no such step. */
interface Position {
  readonly block: Block;
  readonly index: number;
}

type Outcome = Event["outcome"];

/** The key of a numbered step, as the host logs it. */
export function keyOf(step: Step): string | undefined {
  if (!keys.has(step)) {
    const number = numberOf(step);
    keys.set(step, number === undefined ? undefined : `${step.kind}:${number}`);
  }
  return keys.get(step);
}

const keys = new WeakMap<Step, string | undefined>();

/** Steps that may be the next to be logged, and ends that may come before. */
interface Frontier {
  readonly steps: readonly Step[];
  readonly ends: ReadonlySet<Run["end"]>;
}

export interface Watcher {
  /** Where a run can be after some events; nothing when the graph has no such path. */
  readonly at: Frontier;
  after(event: Event): Watcher;
}

export function watch(graph: FlowGraph): Watcher {
  return watcherAt(graph, [{ block: graph.entry, index: 0 }]);
}

function watcherAt(graph: FlowGraph, positions: readonly Position[]): Watcher {
  const at = frontierOf(graph, positions);
  return {
    at,
    after: ({ key, outcome }) =>
      watcherAt(
        graph,
        at.steps.filter(step => keyOf(step) === key).flatMap(step => behind(step, outcome)),
      ),
  };
}

/** Every pair of a logged step with its outcome, and what may be logged next. */
export function pairsOf(graph: FlowGraph): Set<string> {
  const pairs = new Set<string>();
  const seen = new Set<Step>();
  const visit = (label: string, positions: readonly Position[]): void => {
    const { steps, ends } = frontierOf(graph, positions);
    for (const end of ends) pairs.add(`${label} -> ${end}`);
    for (const step of steps) {
      pairs.add(`${label} -> ${String(keyOf(step))}`);
      if (seen.has(step)) continue;
      seen.add(step);
      for (const outcome of outcomesOf(step)) visit(`${String(keyOf(step))} ${outcome}`, behind(step, outcome));
    }
  };
  visit("start", [{ block: graph.entry, index: 0 }]);
  return pairs;
}

function outcomesOf(step: Step): readonly Outcome[] {
  return step.kind === "yield" ? ["normal", "throw", "abandon"] : ["normal", "throw"];
}

function behind({ block, index, kind }: Step, outcome: Outcome): readonly Position[] {
  if (outcome === "throw") return block.failure ? [{ block: block.failure.to, index: 0 }] : [];
  if (kind !== "yield") return [{ block, index: index + 1 }];
  return block.next
    .filter(edge => (edge.kind === "abandon") === (outcome === "abandon"))
    .map(({ to }) => ({ block: to, index: 0 }));
}

/** Steps without a number do nothing that could be seen, and never throw. */
function frontierOf(graph: FlowGraph, positions: readonly Position[]): Frontier {
  const steps = new Set<Step>();
  const ends = new Set<Run["end"]>();
  const seen = new Set<Block>();
  const queue = [...positions];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const { index } = at;
    const next = at.block.steps.find(step => step.index >= index && keyOf(step) !== undefined);
    if (next) {
      steps.add(next);
      continue;
    }
    if (at.block === graph.returned) ends.add("returned");
    if (at.block === graph.thrown) ends.add("thrown");
    for (const { to } of at.block.next) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push({ block: to, index: 0 });
    }
  }
  return { steps: [...steps], ends };
}

const SILENT: ReadonlySet<string> = new Set(["t", "it", "ait", "inf", "sp", "d", "ad", "key"]);

function numberOf({ kind, node }: Step): string | undefined {
  if (isForInStatement(node) || isPropertyDeclaration(node)) return undefined;
  switch (kind) {
    case "call":
      return isSilent(node) ? undefined : argument(node);
    case "access":
    case "set":
      return memberNumber(node);
    case "delete":
      return memberNumber((node as Node & { expression: Node }).expression);
    case "await":
    case "yield":
    case "iterate":
    case "close":
      return argument(sourceOf(node));
    case "advance":
      return advanceNumber(node);
    case "dispose":
      return argument((node as Node & { initializer: Node }).initializer);
    default:
      return undefined;
  }
}

function isSilent(call: Node): boolean {
  return isCallExpression(call) && isIdentifier(call.expression) && SILENT.has(call.expression.text);
}

/** The number that a call has as its first argument, or that stands alone. */
function argument(node: Node | undefined, index = 0): string | undefined {
  if (!node) return undefined;
  if (isNumericLiteral(node)) return node.text;
  if (isTaggedTemplateExpression(node)) return /\d+/.exec(node.template.getText())?.[0];
  if (!isCallExpression(node) && !isNewExpression(node)) return undefined;
  const value = node.arguments?.[index];
  return value && isNumericLiteral(value) ? value.text : undefined;
}

/** `o.p5`, `o[key(5)]`, `o[k(4, 5)]`, and `p5:` or `[k(4, 5)]:` in a pattern. */
function memberNumber(node: Node): string | undefined {
  const { name, propertyName } = node as Node & { name?: Node; propertyName?: Node };
  if (isElementAccessExpression(node)) return computedNumber(node.argumentExpression);
  const named = isPropertyAccessExpression(node) ? node.name : isBindingElement(node) ? propertyName : name;
  if (!named) return undefined;
  if (isIdentifier(named)) return /^p(\d+)$/.exec(named.text)?.[1];
  return computedNumber((named as Node & { expression?: Node }).expression);
}

function computedNumber(key: Node | undefined): string | undefined {
  return argument(key, 1) ?? argument(key);
}

/** What is iterated or awaited. */
function sourceOf(node: Node): Node | undefined {
  if (isArrayBindingPattern(node)) return (node.parent as Node & { initializer?: Node }).initializer;
  if (isArrayLiteralExpression(node)) return (node.parent as Node & { right?: Node }).right;
  return (node as Node & { expression?: Node }).expression;
}

function advanceNumber(node: Node): string | undefined {
  const { parent } = node;
  if (!isArrayBindingPattern(parent) && !isArrayLiteralExpression(parent)) return argument(sourceOf(node));
  const source = argument(sourceOf(parent));
  return source && `${source}:${(parent.elements as readonly Node[]).indexOf(node)}`;
}
