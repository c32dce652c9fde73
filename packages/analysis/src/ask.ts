/**
 * How a rule asks the compiler: it yields a question and is resumed with the answer. The number of round trips to the
 * compiler decides the speed of a run, so the scheduler collects one question of every waiting rule before it asks.
 */
import type { APIRequestGenerator, NodeHandle, Symbol, Type } from "@review/program";
import type { Node } from "@review/program/syntax";

/**
 * The two questions that are asked most travel as one array a round, a declaration as the tree of its file; `wait` asks nothing and
 * goes on in the next.
 */
export type Question =
  | { readonly kind: "type"; readonly node: Node }
  | { readonly kind: "symbol"; readonly node: Node }
  | { readonly kind: "declaration"; readonly handle: NodeHandle }
  | { readonly kind: "wait"; readonly isOver: () => boolean }
  | { readonly kind: "request"; readonly request: () => APIRequestGenerator };

/** A computation that may ask the compiler on its way to a `T`; run it with `yield*`. */
export type Ask<T> = Generator<Question, T, unknown>;

/** What may wait for answers: the body of a rule's listener. */
export type Task = Generator<Question, void, unknown>;

/** The type at a node, without any memory. */
export function* askType(node: Node): Ask<Type> {
  return (yield { kind: "type", node }) as Type;
}

/** The symbol at a node, without any memory. */
export function* askSymbol(node: Node): Ask<Symbol | undefined> {
  return (yield { kind: "symbol", node }) as Symbol | undefined;
}

/** The declaration behind a handle. */
export function* askNode(handle: NodeHandle): Ask<Node | undefined> {
  return (yield { kind: "declaration", handle }) as Node | undefined;
}

/** Any other question: `request` makes the compiler's own generator (`method.gen(…)`). */
export function* askFor<T>(request: () => APIRequestGenerator<T>): Ask<T> {
  return (yield { kind: "request", request }) as T;
}

/** Lets other tasks go on until what one of them is about is over, and asks nothing. */
export function* waitUntil(isOver: () => boolean): Ask<void> {
  if (!isOver()) yield { kind: "wait", isOver };
}
