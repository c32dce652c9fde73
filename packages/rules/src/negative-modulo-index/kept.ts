/** Remainders that are kept as a position, in a field or a component's state, and used as an index elsewhere. */
import { isInside, mentions, nodesOf, unwrapped, wrapped, type Scopes } from "@review/analysis";
import {
  isArrayBindingPattern,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isPropertyAccessExpression,
  isSourceFile,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type ElementAccessExpression,
  type Node,
} from "@review/program/syntax";

/** The element that is read at the position which a remainder steps back: `(this.at - 1) % n`, and `items[this.at]`. */
export function elementAtKept(scopes: Scopes, remainder: BinaryExpression): ElementAccessExpression | undefined {
  const stepped = steppedBack(remainder);
  if (!stepped) return undefined;
  const { parent } = wrapped(remainder);
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken) {
    return isPropertyAccessExpression(stepped) && parent.left.getText() === stepped.getText()
      ? elementAtField(parent, stepped.getText())
      : undefined;
  }
  return elementAtState(scopes, remainder, stepped);
}

/** What a remainder takes something from: `at` of `(at - 1) % n`. */
function steppedBack({ left }: BinaryExpression): Node | undefined {
  const difference = unwrapped(left);
  const isDifference = isBinaryExpression(difference) && difference.operatorToken.kind === SyntaxKind.MinusToken;
  return isDifference ? unwrapped(difference.left) : undefined;
}

/** In a field; a comparison of it with anything may be what brings it back above 0. */
function elementAtField(assignment: Node, field: string): ElementAccessExpression | undefined {
  const owner = outermost(assignment, isClassLikeDeclaration) ?? outermost(assignment, isFunctionLikeDeclaration);
  const nodes = owner ? [...nodesOf(owner)] : [];
  const isCompared = nodes.some(
    node => isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind) && node.left.getText() === field,
  );
  return isCompared ? undefined : nodes.find(node => isElementAt(node, field));
}

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  ...[SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken, SyntaxKind.EqualsEqualsToken],
]);

function isElementAt(node: Node, index: string): node is ElementAccessExpression {
  return isElementAccessExpression(node) && node.argumentExpression.getText() === index;
}

function outermost(node: Node, is: (node: Node) => boolean): Node | undefined {
  let found: Node | undefined;
  for (let at = node; !isSourceFile(at); at = at.parent) if (is(at)) found = at;
  return found;
}

/** `const [at, setAt] = useState(0)`, `setAt((at - 1) % n)` or `setAt(old => (old - 1) % n)`, and `items[at]`. */
function elementAtState(scopes: Scopes, remainder: Node, stepped: Node): ElementAccessExpression | undefined {
  const { call, old } = setterCallOf(remainder);
  const state = call && stateOf(scopes, call.expression);
  const component = call && outermost(call, isFunctionLikeDeclaration);
  if (!state || !component || stepped.getText() !== (old ?? state)) return undefined;
  return [...nodesOf(component)].find(
    (node): node is ElementAccessExpression =>
      isElementAt(node, state) && !isInside(node, call) && !isTested(node, state),
  );
}

interface SetterCall {
  readonly call?: CallExpression;
  /** What the function calls the old value that is given in the place of a new one. */
  readonly old?: string;
}

function setterCallOf(remainder: Node): SetterCall {
  const { parent } = wrapped(remainder);
  if (isCallExpression(parent)) return { call: parent };
  const old = isArrowFunction(parent) ? parent.parameters[0]?.name?.getText() : undefined;
  const call = wrapped(parent).parent;
  return old !== undefined && isCallExpression(call) ? { call, old } : {};
}

/** The name of the state that a setter sets. */
function stateOf(scopes: Scopes, setter: Node): string | undefined {
  const element = scopes.variableOf(setter)?.declarations[0]?.parent;
  const pattern = element?.parent;
  if (!pattern || !isArrayBindingPattern(pattern) || pattern.elements[1] !== element) return undefined;
  const { initializer } = pattern.parent as Node & { readonly initializer?: Node };
  const isState = initializer && isCallExpression(initializer) && /\buseState$/.test(initializer.expression.getText());
  return isState ? pattern.elements[0]?.getText() : undefined;
}

/** `at < 0 ? last : items[at]` */
function isTested(element: Node, name: string): boolean {
  const { parent } = wrapped(element);
  const { condition } = parent as Node & { readonly condition?: Node };
  return condition !== undefined && mentions(condition, name);
}
