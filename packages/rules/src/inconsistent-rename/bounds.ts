/** Twins for opposite bounds that compare in one direction: `n >= minLength` in `min`, and `n >= maxLength` in `max`. */
import { isInside, nodesOf, ORDERINGS, quoted, wordsOf, type Pass } from "@review/analysis";
import { isBinaryExpression, isIdentifier, SyntaxKind, type BinaryExpression, type Node } from "@review/program/syntax";
import { shapeOf, type Shaped } from "./shape.ts";

/** Reports the comparison of the second twin, and tells whether there was one. */
export function checkBounds(pass: Pass, first: Node, second: Node): boolean {
  if (!TWINS.has(second.kind)) return false;
  const [one, other] = [shapeOf(first), shapeOf(second)];
  const renamed = one && other ? renamedIn(one, other) : undefined;
  if (!renamed || renamed.length < FEWEST_RENAMED) return false;
  const [model, copy] = [first, second].map(orderingsIn) as [readonly BinaryExpression[], readonly BinaryExpression[]];
  const index = copy.findIndex(each => isBound(each, renamed));
  const [twin, found] = [model[index], copy[index]];
  if (!twin || !found) return false;
  const { sourceFile } = pass.file;
  pass.report(found.operatorToken, {
    message: `${quoted(found, sourceFile)} looks in the same direction as ${quoted(twin, sourceFile)}, whose bound is the opposite one.`,
    evidence: [{ at: twin, message: "This is the same place in the neighbour." }],
    repair: "Turn the comparison of one of the two around.",
  });
  return true;
}

/** What is asked or done for one bound alone; values that are computed for both may well be found in one way. */
const TWINS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.MethodDeclaration, SyntaxKind.PropertyDeclaration, SyntaxKind.PropertyAssignment],
  ...[SyntaxKind.FunctionDeclaration, SyntaxKind.IfStatement, SyntaxKind.CaseClause],
]);

/** The name of the twin, the bound, and one more. */
const FEWEST_RENAMED = 3;

/** The names of the second twin that say the opposite; undefined where any name says something else. */
function renamedIn(one: Shaped, other: Shaped): readonly Node[] | undefined {
  const renamed: Node[] = [];
  for (const [index, leaf] of other.leaves.entries()) {
    const model = one.leaves[index];
    if (!model || model.text === leaf.text || !isIdentifier(leaf.node)) continue;
    if (!areOpposite(model.text, leaf.text)) return undefined;
    renamed.push(leaf.node);
  }
  return renamed;
}

function areOpposite(name: string, other: string): boolean {
  const [words, others] = [name, other].map(each => wordsOf(each).map(word => word.toLowerCase()));
  if (!words || !others || words.length !== others.length) return false;
  return words.every((word, index) => word === others[index] || OPPOSITES.get(word)?.has(others[index] ?? "") === true);
}

const PAIRS = [
  ["min", "max"],
  ["minimum", "maximum"],
  ["lower", "upper"],
  ["low", "high"],
  ["lowest", "highest"],
  ["small", "big"],
  ["small", "large"],
  ["smaller", "larger"],
  ["short", "long"],
  ["less", "greater"],
  ["below", "above"],
] as const;

const OPPOSITES: ReadonlyMap<string, ReadonlySet<string>> = oppositesOf(PAIRS);

function oppositesOf(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [one, other] of [...pairs, ...pairs.map(([one, other]) => [other, one] as const)]) {
    found.set(one, (found.get(one) ?? new Set()).add(other));
  }
  return found;
}

function orderingsIn(root: Node): readonly BinaryExpression[] {
  return [...nodesOf(root)].filter(isBinaryExpression).filter(({ operatorToken }) => ORDERINGS.has(operatorToken.kind));
}

/** Whether one side of a comparison is the bound, and the other is the same for both twins. */
function isBound({ left, right }: BinaryExpression, renamed: readonly Node[]): boolean {
  const [ofLeft, ofRight] = [left, right].map(side => renamed.some(name => isInside(name, side)));
  return ofLeft !== ofRight;
}
