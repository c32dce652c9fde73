/** One walk over a file's tree for all rules. */
import type { Span } from "@review/findings";
import { SyntaxKind, type Node, type SourceFile } from "@review/program/syntax";
import type { Task } from "./ask.ts";
import type { Listener } from "./rule.ts";
import type { Turns } from "./turns.ts";

/** The listeners of every rule, at the number of the kind of node. */
export type Dispatch<Owner> = readonly (readonly OwnedListener<Owner>[] | undefined)[];

export interface OwnedListener<Owner> {
  readonly owner: Owner;
  readonly listener: Listener;
}

/** Who hears of what listeners start, of those that throw, and (if given) of the turn of each. */
export interface WalkPort<Owner> {
  readonly onTask: (owner: Owner, task: Task) => void;
  readonly onError: (owner: Owner, error: unknown) => void;
  readonly turns?: Turns<Owner> | undefined;
}

/**
 * Calls the listeners of every node in the order of the text and hands on the tasks that they start; with `stretches`, of the
 * nodes that have a part in one of them.
 */
export function walk<Owner>(
  sourceFile: SourceFile,
  dispatch: Dispatch<Owner>,
  port: WalkPort<Owner>,
  stretches?: readonly Span[],
): void {
  port.turns?.begin();
  for (const node of stretches ? valueNodesIn(sourceFile, stretches) : valueNodesOf(sourceFile)) {
    const listeners = dispatch[node.kind];
    if (listeners) for (const listener of listeners) begin(listener, node, port);
  }
}

function begin<Owner>({ owner, listener }: OwnedListener<Owner>, node: Node, port: WalkPort<Owner>): void {
  let task: Task | void;
  try {
    task = listener(node);
  } catch (error) {
    port.onError(owner, error);
    return;
  }
  port.turns?.end(owner);
  if (task) port.onTask(owner, task);
}

/**
 * Every node below and including `root`, parents before children, in the order of the text. It keeps its own stack: code
 * nested thousands deep would overflow a recursive walk.
 */
export function nodesOf(root: Node): Generator<Node> {
  return nodesBelow(root, () => true);
}

/**
 * The same without what is inside types: nothing there is ever run, and in typed libraries it is most of the nodes,
 * each of which costs memory from the moment it is looked at.
 */
export function valueNodesOf(root: Node): Generator<Node> {
  return nodesBelow(root, node => !isOnlyType(node.kind));
}

/** Those of them that have a part in a stretch. */
function* valueNodesIn(root: Node, stretches: readonly Span[]): Generator<Node> {
  const isWanted = ({ pos, end }: Node): boolean => stretches.some(({ start, end: stop }) => pos < stop && start < end);
  for (const node of nodesBelow(root, each => !isOnlyType(each.kind) && isWanted(each))) if (isWanted(node)) yield node;
}

function isOnlyType(kind: SyntaxKind): boolean {
  if (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode) return true;
  return kind === SyntaxKind.InterfaceDeclaration || kind === SyntaxKind.TypeAliasDeclaration;
}

/** The root and what is below it, in the order of the text; below nodes that are not entered nothing. */
export function* nodesBelow(root: Node, isEntered: (node: Node) => boolean): Generator<Node> {
  const stack: Node[] = [root];
  const push = (child: Node): void => {
    stack.push(child);
  };
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    if (!isEntered(node)) continue;
    const first = stack.length;
    node.forEachChild(push);
    reverseFrom(stack, first);
  }
}

/** Turns round what was pushed last, so that a stack gives it in the order of the text. */
export function reverseFrom(stack: Node[], first: number): void {
  for (let low = first, high = stack.length - 1; low < high; low++, high--) {
    const lower = stack[low] as Node;
    stack[low] = stack[high] as Node;
    stack[high] = lower;
  }
}
