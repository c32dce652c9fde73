/** Lookups by a key: `table[key]` and `table.get(key)`. */
import { asMethodCall, isTarget } from "@review/analysis";
import {
  isElementAccessExpression,
  type CallExpression,
  type ElementAccessExpression,
  type Expression,
} from "@review/program/syntax";

export type Lookup = CallExpression | ElementAccessExpression;

export interface Keyed {
  readonly table: Expression;
  readonly key: Expression;
}

export function keyedOf(lookup: Lookup): Keyed | undefined {
  if (isElementAccessExpression(lookup)) {
    return isTarget(lookup) ? undefined : { table: lookup.expression, key: lookup.argumentExpression };
  }
  const method = asMethodCall(lookup);
  const [key, more] = lookup.arguments;
  return method?.name === "get" && key && !more ? { table: method.object, key } : undefined;
}
