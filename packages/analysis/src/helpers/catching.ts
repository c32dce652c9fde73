/** Which `catch` gets what is thrown at a place. */
import { isFunctionLikeDeclaration, isTryStatement, type Node, type TryStatement } from "@review/program/syntax";

/** The nearest `try` with a `catch` that a node stands in, inside of its function. */
export function catchingTryOf(node: Node): TryStatement | undefined {
  for (let at = node; at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) && parent.tryBlock === at && parent.catchClause) return parent;
  }
  return undefined;
}
