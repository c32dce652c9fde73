/** Listeners for rules that look at whole functions. */
import { SyntaxKind } from "@review/program/syntax";
import type { Task } from "../ask.ts";
import { isFlowRoot } from "../flow/roots.ts";
import type { FlowGraph, FlowRoot } from "../flow/graph.ts";
import type { Listener, Listeners, Pass } from "../rule.ts";

const KINDS: readonly SyntaxKind[] = [
  ...[SyntaxKind.FunctionDeclaration, SyntaxKind.FunctionExpression, SyntaxKind.ArrowFunction],
  ...[SyntaxKind.MethodDeclaration, SyntaxKind.Constructor, SyntaxKind.GetAccessor, SyntaxKind.SetAccessor],
  ...[SyntaxKind.SourceFile, SyntaxKind.ClassStaticBlockDeclaration],
];

/** Calls back with the graph of every function, static block and top level of the file that has one. */
export function onEveryFlow(pass: Pass, check: (graph: FlowGraph) => Task): Listeners {
  const listener: Listener = function* (root: FlowRoot): Task {
    if (!isFlowRoot(root)) return;
    const graph = yield* pass.flow(root);
    if (graph) yield* check(graph);
  };
  return Object.fromEntries(KINDS.map(kind => [kind, listener]));
}
