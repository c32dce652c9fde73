/** One walk over a file's tree for all rules. */
import type { Node, SourceFile, SyntaxKind } from "@review/program/syntax";
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
  for (const node of nodesOf(sourceFile)) {
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
export function* nodesOf(root: Node): Generator<Node> {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    const first = stack.length;
    node.forEachChild(child => {
      stack.push(child);
    });
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
