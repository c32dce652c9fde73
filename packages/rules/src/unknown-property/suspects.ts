/**
 * Whether a TypeScript file is worth a check by the compiler as a whole, which costs as much as all other questions about it
 * together: only one that has a rare name which its object does not know can hold a slip.
 */
import { isUncertain, valueNodesOf, type Ask, type Pass } from "@review/analysis";
import {
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  SyntaxKind,
  type Identifier,
  type ObjectLiteralExpression,
  type PropertyAccessExpression,
  type SourceFile,
} from "@review/program/syntax";

/** A name that stands in a file more often than this is no slip of it. */
const RARE = 2;

export function* mayHoldSlip(pass: Pass, isSlip: (name: string, meant: string) => boolean): Ask<boolean> {
  const { accesses, literals } = suspectsIn(pass.file.sourceFile);
  yield* pass.checker.expectSymbols(accesses.map(({ name }) => name));
  for (const { name, expression } of accesses) {
    if (yield* pass.checker.symbolOf(name)) continue;
    if (!isUncertain(yield* pass.checker.typeOf(expression))) return true;
  }
  for (const [literal, keys] of literals) {
    const members = yield* membersExpected(pass, literal);
    const isAlike = (key: string): boolean => !members.has(key) && [...members].some(member => isSlip(key, member));
    if (keys.some(isAlike)) return true;
  }
  return false;
}

interface Suspects {
  /** Those of a rare name, and those of `this`, which may be another one than is meant. */
  readonly accesses: readonly PropertyAccessExpression[];
  /** With their rare keys. */
  readonly literals: ReadonlyMap<ObjectLiteralExpression, readonly string[]>;
}

function suspectsIn(file: SourceFile): Suspects {
  const counts = countsOf(file.text);
  const isRare = ({ text }: Identifier): boolean => (counts.get(text) ?? 0) <= RARE;
  const accesses: PropertyAccessExpression[] = [];
  const literals = new Map<ObjectLiteralExpression, readonly string[]>();
  for (const node of valueNodesOf(file)) {
    if (isPropertyAccessExpression(node)) {
      const isOfThis = node.expression.kind === SyntaxKind.ThisKeyword;
      if (isIdentifier(node.name) && (isOfThis || isRare(node.name))) accesses.push(node);
    } else if (isObjectLiteralExpression(node)) {
      const keys = namesOfKeys(node).filter(isRare);
      if (keys.length > 0)
        literals.set(
          node,
          keys.map(({ text }) => text),
        );
    }
  }
  return { accesses, literals };
}

function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function namesOfKeys({ properties }: ObjectLiteralExpression): readonly Identifier[] {
  return [...properties].flatMap(property => {
    const isKey = isPropertyAssignment(property) || isShorthandPropertyAssignment(property);
    return isKey && isIdentifier(property.name) ? [property.name] : [];
  });
}

/** The names of what the surroundings know of an object; none where they take any. */
function* membersExpected({ checker }: Pass, literal: ObjectLiteralExpression): Ask<ReadonlySet<string>> {
  const names = new Set<string>();
  const expected = yield* checker.contextualTypeOf(literal);
  if (!expected || isUncertain(expected)) return names;
  for (const part of yield* checker.partsOf(expected)) {
    for (const { name } of yield* checker.propertiesOf(part)) names.add(name);
  }
  return names;
}
