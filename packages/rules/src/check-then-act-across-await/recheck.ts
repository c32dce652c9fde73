/** Tests that ask again what may have changed during a wait. */
import {
  leadsTo,
  nodesOf,
  stablePlaceOf,
  unwrapped,
  type FlowGraph,
  type Scopes,
  type StablePlace,
  type Step,
} from "@review/analysis";
import { isBinaryExpression, isIdentifier, isPropertyAccessExpression, SyntaxKind } from "@review/program/syntax";
import { sharedPlace } from "./acts.ts";

/** A test of the same state, or a comparison of any shared state, as with the number of a request. */
export function isRecheck(graph: FlowGraph, scopes: Scopes, { kind, node }: Step, place: StablePlace): boolean {
  if (kind !== "test") return false;
  const bare = unwrapped(node);
  const isComparison = isBinaryExpression(bare) && COMPARISONS.has(bare.operatorToken.kind);
  for (const each of nodesOf(node)) {
    if (!isIdentifier(each) && !isPropertyAccessExpression(each) && each.kind !== SyntaxKind.ElementAccessExpression)
      continue;
    const found = isComparison ? sharedPlace(graph, scopes, each) : stablePlaceOf(scopes, each);
    if (found && (isComparison || leadsTo(place, found))) return true;
  }
  return false;
}

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);
