/** Two bounds of one value on the same side, of which the one decides and the other changes nothing. */
import { isSameCode, type ConstantTest } from "@review/analysis";
import type { SourceFile } from "@review/program/syntax";

/** `code < 200 && code <= 299`: in a `&&` the narrower bound decides, in a `||` the wider one. */
export function impliedIn(
  tests: readonly ConstantTest[],
  isAnd: boolean,
  sourceFile: SourceFile,
): readonly [ConstantTest, ConstantTest] | undefined {
  for (const [index, test] of tests.entries()) {
    const other = tests
      .slice(0, index)
      .find(before => isSameSide(before, test) && isSameCode(before.subject, test.subject, sourceFile));
    if (!other) continue;
    const isNarrower = isWithin(test, other);
    return isNarrower === isAnd ? [test, other] : [other, test];
  }
  return undefined;
}

function isSameSide(one: ConstantTest, other: ConstantTest): boolean {
  if (typeof one.value !== "number" || typeof other.value !== "number") return false;
  return (isUpper(one) && isUpper(other)) || (isLower(one) && isLower(other));
}

function isUpper({ relation }: ConstantTest): boolean {
  return relation === "<" || relation === "≤";
}

function isLower({ relation }: ConstantTest): boolean {
  return relation === ">" || relation === "≥";
}

/** Whether all that passes the first passes the second. */
function isWithin(first: ConstantTest, second: ConstantTest): boolean {
  const [inner, outer] = [first.value as number, second.value as number];
  if (inner === outer) return first.relation === "<" || first.relation === ">";
  return isUpper(first) ? inner < outer : inner > outer;
}
