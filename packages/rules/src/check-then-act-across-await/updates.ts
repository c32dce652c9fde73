/** Updates that read before they wait and write after: what others wrote in between is lost. */
import {
  asFixedLocal,
  findPath,
  isReplacedIn,
  nodesOf,
  ownNodesOf,
  unwrapped,
  type FlowGraph,
  type Scopes,
  type StablePlace,
} from "@review/analysis";
import { isAwaitExpression, isIdentifier, SyntaxKind, type BinaryExpression, type Node } from "@review/program/syntax";
import { sharedPlace } from "./acts.ts";
import { isCombined } from "./combined.ts";
import { isRecheck } from "./recheck.ts";

/** The read and the wait of one lost update. */
export interface LostUpdate {
  readonly assignment: BinaryExpression;
  readonly read: Node;
  readonly wait: Node;
}

/** `this.n = this.n + await f()`, `this.n += await f()`, `this.list = [...this.list, await f()]`. */
export function lostUpdate(graph: FlowGraph, scopes: Scopes, assignment: BinaryExpression): LostUpdate | undefined {
  const place = sharedPlace(graph, scopes, assignment.left);
  if (!place) return undefined;
  const waits = [...ownNodesOf(assignment.right)].filter(isAwaitExpression);
  const last = waits.at(-1);
  if (!last) return updateThroughLocal(graph, scopes, assignment, place);
  if (isReplacedIn(scopes, assignment.right, place)) return undefined;
  if (ARITHMETIC.has(assignment.operatorToken.kind)) return { assignment, read: assignment.left, wait: last };
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  for (const node of nodesOf(assignment.right)) {
    if (node.end > last.pos || sharedPlace(graph, scopes, node)?.key !== place.key) continue;
    if (isCombined(node, assignment)) return { assignment, read: node, wait: last };
  }
  return undefined;
}

/** `const n = this.n; await f(); this.n = n + 1`, where nothing asks in between whether the state is still the same. */
function updateThroughLocal(
  graph: FlowGraph,
  scopes: Scopes,
  assignment: BinaryExpression,
  place: StablePlace,
): LostUpdate | undefined {
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  for (const node of nodesOf(assignment.right)) {
    const [name] = scopes.variableOf(node)?.declarations ?? [];
    const local = name && isIdentifier(node) ? asFixedLocal(name.parent) : undefined;
    if (!local || sharedPlace(graph, scopes, local.value)?.key !== place.key || !isCombined(node, assignment)) continue;
    const wait = waitBetween(graph, scopes, { local: local.declaration.name, assignment, place });
    if (wait) return { assignment, read: local.value, wait };
  }
  return undefined;
}

interface Between {
  readonly local: Node;
  readonly assignment: BinaryExpression;
  readonly place: StablePlace;
}

function waitBetween(graph: FlowGraph, scopes: Scopes, { local, assignment, place }: Between): Node | undefined {
  const [made] = graph.stepsOf(local).filter(({ block }) => block.isReachable);
  if (!made) return undefined;
  const written = unwrapped(assignment.left);
  const path = findPath(graph, {
    from: made,
    to: ({ kind, node }) => node === written && (kind === "set" || kind === "write"),
    through: ({ kind, suspends }) => kind === "await" && suspends,
    avoiding: step => step === made || isRecheck(graph, scopes, step, place),
    throws: () => false,
  });
  const waits = path?.stops.flatMap(stop => (stop.kind === "step" && stop.step.kind === "await" ? [stop.step] : []));
  return waits?.at(-1)?.node;
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.BarEqualsToken,
]);
