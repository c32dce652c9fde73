/** Reports assignments of a value to the place where it is already. */
import {
  defineRule,
  isBuiltin,
  isRepeatable,
  isSameCode,
  isSameReference,
  literalValue,
  quoted,
  remarkAbove,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isComputedPropertyName,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadElement,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Node,
  type PropertyAssignment,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "self-assignment",
  summary: "A variable or member is assigned to itself.",
  category: "assignments",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Assign the value that was meant, or to the place that was meant (`this.name = name`), or remove the assignment.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (!ASSIGNMENTS.has(node.operatorToken.kind) || ASSERTIONS.has(node.right.kind)) return;
      for (const [target, value] of pairsOf(node.left, node.right)) yield* check(pass, target, value);
    },
  }),
});
export default rule;

const ASSIGNMENTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

/** `element = element!` tells the compiler what it cannot know of a variable that a callback sets. */
const ASSERTIONS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.NonNullExpression, SyntaxKind.AsExpression]);

type Pair = readonly [target: Expression, value: Expression];

/** What is assigned to what: the places of two lists, the properties of the same name of two objects. */
function pairsOf(left: Expression, right: Expression): readonly Pair[] {
  const target = unwrapped(left) as Expression;
  const value = unwrapped(right) as Expression;
  if (isArrayLiteralExpression(target) && isArrayLiteralExpression(value))
    return elementPairs(target.elements, value.elements);
  if (!isObjectLiteralExpression(target) || !isObjectLiteralExpression(value)) return [[target, value]];
  const values = new Map<string, Expression>();
  for (const property of value.properties) {
    const pair = propertyOf(property);
    // What is spread, computed or has an accessor may give any name another value.
    if (!pair) return [];
    values.set(...pair);
  }
  return target.properties.flatMap(property => {
    const [name, place] = propertyOf(property) ?? [];
    const given = name === undefined ? undefined : values.get(name);
    return place && given ? pairsOf(place, given) : [];
  });
}

function elementPairs(targets: readonly Expression[], values: readonly Expression[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const [index, target] of targets.entries()) {
    const value = values[index];
    if (!value || isSpreadElement(value) || isSpreadElement(target)) break;
    pairs.push(...pairsOf(target, value));
  }
  return pairs;
}

function propertyOf(property: Node): [name: string, value: Expression] | undefined {
  if (isShorthandPropertyAssignment(property)) {
    return [property.name.getText(), property.name as Identifier];
  }
  const name = isPropertyAssignment(property) ? keyOf(property.name) : undefined;
  return name === undefined ? undefined : [name, (property as PropertyAssignment).initializer];
}

/** `a`, `"a"` and `["a"]` are one key, and so are `1` and `"1"`. */
function keyOf(name: Node): string | undefined {
  if (isIdentifier(name)) return name.text;
  const value = literalValue(isComputedPropertyName(name) ? name.expression : name);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function* check(pass: Pass, target: Expression, value: Expression): Ask<void> {
  if (!isSameReference(target, value) || !isRepeatable(target)) return;
  if (!isIdentifier(target)) {
    // A comment right above, as on a setter that an interface hides: nobody explains what does nothing.
    if (remarkAbove(target) !== "") return;
    if (!isAmongCopies(pass, target) && (yield* mayHaveEffect(pass, target))) return;
  }
  const { sourceFile } = pass.file;
  pass.report(value, {
    message: `${quoted(target, sourceFile)} is assigned to itself, which changes nothing: another place or value is meant.`,
    evidence: [{ at: target, message: "The value goes where it comes from." }],
  });
}

/** `a.width = b.width; a.height = a.height;`: the statement before or behind copies from another object. */
function isAmongCopies({ file }: Pass, target: Expression): boolean {
  if (!isPropertyAccessExpression(target) || !isExpressionStatement(target.parent.parent)) return false;
  const statement = target.parent.parent;
  const { statements = [] } = statement.parent as Node & { statements?: readonly Node[] };
  const index = statements.indexOf(statement);
  return [statements[index - 1], statements[index + 1]].some(neighbour => {
    const copy = neighbour && isExpressionStatement(neighbour) ? unwrapped(neighbour.expression) : undefined;
    if (!copy || !isBinaryExpression(copy) || copy.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
    const [to, from] = [unwrapped(copy.left), unwrapped(copy.right)];
    if (!isPropertyAccessExpression(to) || !isPropertyAccessExpression(from)) return false;
    const isSame = (one: Node, other: Node): boolean => isSameCode(one, other, file.sourceFile);
    return (
      to.name.text === from.name.text &&
      isSame(to.expression, target.expression) &&
      !isSame(to.expression, from.expression)
    );
  });
}

/**
 * Whether writing a member does something by itself: a setter, members of the platform's objects (`location.href`,
 * `element.scrollTop`), and everything that has no declaration in sight.
 */
function* mayHaveEffect({ checker }: Pass, target: Expression): Ask<boolean> {
  if (isElementAccessExpression(target)) {
    const symbol = yield* checker.symbolOfType(yield* checker.typeOf(target.expression));
    return symbol?.name !== "Array" || !isBuiltin(symbol);
  }
  // Reading the stack of an error is what makes it, and writing it keeps it, whoever declares it.
  if (!isPropertyAccessExpression(target) || target.name.text === "stack") return true;
  const symbol = yield* checker.symbolOf(target.name);
  return (
    !symbol || symbol.declarations.length === 0 || (symbol.flags & SymbolFlags.Accessor) !== 0 || isBuiltin(symbol)
  );
}
