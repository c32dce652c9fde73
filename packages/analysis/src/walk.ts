/** One walk over a file's tree for all rules. */
import { SyntaxKind, type Node, type SourceFile } from "@review/program/syntax";
import type { ScheduledTask } from "./scheduler.ts";
import type { Listener } from "./rule.ts";

/** The listeners of every rule by kind of node. */
export type Dispatch<Owner> = ReadonlyMap<SyntaxKind, readonly OwnedListener<Owner>[]>;

export interface OwnedListener<Owner> {
  readonly owner: Owner;
  readonly listener: Listener;
}

/**
 * Calls the listeners of every node in the order of the text and yields the tasks that they start. The walk keeps its
 * own stack: code nested thousands deep would overflow a recursive one.
 */
export function* walk<Owner>(
  sourceFile: SourceFile,
  dispatch: Dispatch<Owner>,
  onError: (owner: Owner, error: unknown) => void,
): Generator<ScheduledTask<Owner>> {
  for (const node of valueNodesOf(sourceFile)) {
    for (const { owner, listener } of dispatch.get(node.kind) ?? []) {
      try {
        const task = listener(node);
        if (task) yield { owner, task };
      } catch (error) {
        onError(owner, error);
      }
    }
  }
}

/** Every node below and including `root`, parents before children, in the order of the text. */
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

function isOnlyType(kind: SyntaxKind): boolean {
  if (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode) return true;
  return kind === SyntaxKind.InterfaceDeclaration || kind === SyntaxKind.TypeAliasDeclaration;
}

function* nodesBelow(root: Node, isEntered: (node: Node) => boolean): Generator<Node> {
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

function reverseFrom(stack: Node[], first: number): void {
  for (let low = first, high = stack.length - 1; low < high; low++, high--) {
    const lower = stack[low] as Node;
    stack[low] = stack[high] as Node;
    stack[high] = lower;
  }
}
