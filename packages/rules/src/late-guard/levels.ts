/** Tests of an object that is surely there, where a member of it was meant that may be missing. */
import { isSameReference, nodesOf, wrapped, type Ask, type NullFact, type Pass } from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isConditionalExpression,
  isPropertyAccessExpression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** `options.cause` in `options !== undefined ? read(options.cause) : undefined`, where the compiler knows the types. */
export function* memberMeant({ checker, file }: Pass, { node }: NullFact): Ask<Node | undefined> {
  if (!file.isChecked || !file.strictNullChecks) return undefined;
  const comparison = wrapped(node).parent;
  if (!isBinaryExpression(comparison) || !isConditionalExpression(wrapped(comparison).parent)) return undefined;
  const reads = readsOf(wrapped(comparison).parent, node);
  const [first] = reads;
  if (!first || reads.some(({ name }) => name.text !== first.name.text)) return undefined;
  const absent = TypeFlags.Undefined | TypeFlags.Null;
  if ((yield* checker.partsOf(yield* checker.typeOf(node))).some(({ flags }) => flags & absent)) return undefined;
  const parts = yield* checker.partsOf(yield* checker.typeOf(first));
  return parts.some(({ flags }) => flags & (absent | TypeFlags.Unknown)) ? first : undefined;
}

function readsOf(root: Node, object: Node): readonly PropertyAccessExpression[] {
  return [...nodesOf(root)].filter(
    (node): node is PropertyAccessExpression =>
      isPropertyAccessExpression(node) && isSameReference(node.expression, object),
  );
}
