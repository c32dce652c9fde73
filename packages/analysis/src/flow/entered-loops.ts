/** A memory for paths that enter each loop: one that runs no round at all is rarely what anybody thinks of. */
import {
  isForStatement,
  isFunctionLikeDeclaration,
  isWhileStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { PathMemory } from "./paths.ts";

const SEPARATOR = "\n";

/**
 * Of a `for` or `while` loop with a condition, a path remembers whether it has run a round, and does not leave it before
 * that. What else is remembered stays as it is.
 */
export function enteringLoops(memory: PathMemory | undefined): PathMemory {
  return {
    step(step, known) {
      if (!memory) return known;
      const [entered, rest] = split(known);
      return join(entered, memory.step(step, rest));
    },
    edge(edge, known) {
      const [entered, rest] = split(known);
      const loop = edge.node && loopOf(edge.node);
      if (loop === undefined) return continued(memory, edge, entered, rest);
      const isEntered = entered.split(",").includes(loop);
      if (edge.kind === "true") return continued(memory, edge, isEntered ? entered : `${entered}${loop},`, rest);
      return edge.kind === "false" && !isEntered ? undefined : continued(memory, edge, entered, rest);
    },
  };
}

function continued(
  memory: PathMemory | undefined,
  edge: Parameters<PathMemory["edge"]>[0],
  entered: string,
  rest: string,
): string | undefined {
  const next = memory ? memory.edge(edge, rest) : rest;
  return next === undefined ? undefined : join(entered, next);
}

function split(known: string): readonly [string, string] {
  const at = known.indexOf(SEPARATOR);
  return at < 0 ? ["", known] : [known.slice(0, at), known.slice(at + 1)];
}

function join(entered: string, rest: string): string {
  return entered === "" ? rest : `${entered}${SEPARATOR}${rest}`;
}

const STATEMENTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.Block, SyntaxKind.IfStatement, SyntaxKind.DoStatement, SyntaxKind.ExpressionStatement],
]);

/** The loop that a node is the condition of, or a part of it, by its position. */
function loopOf(node: Node): string | undefined {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isForStatement(parent)) return parent.condition === at ? String(parent.pos) : undefined;
    if (isWhileStatement(parent)) return parent.expression === at ? String(parent.pos) : undefined;
    if (STATEMENTS.has(parent.kind) || isFunctionLikeDeclaration(parent)) return undefined;
  }
  return undefined;
}
