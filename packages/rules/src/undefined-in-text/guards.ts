/** Tests that the compiler does not carry along: those around a function, and switches beside it. */
import {
  enclosingFunction,
  isCondition,
  isSameReference,
  nodesOf,
  operandsOf,
  unwrapped,
  wrapped,
} from "@review/analysis";
import {
  isBinaryExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isIfStatement,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPrefixUnaryExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** Whether the code around the function that reads a value looks at it, or an option beside the function does. */
export function isGuardedElsewhere(value: Node): boolean {
  if (isInTestedBranch(value) || isUnderNamedTest(value)) return true;
  const own = enclosingFunction(value);
  if (!own) return false;
  const places = placesOf(value);
  for (let fn = enclosingFunction(own); fn; fn = enclosingFunction(fn)) {
    if (own.pos > fn.pos && mentionsTested(fn, places, own)) return true;
  }
  return isSwitched(value);
}

/**
 * `names[key] ? `${names[key]}!` : ""`: the compiler narrows no element whose key may change, and nothing by `"name" in user`
 * where the member may be there and undefined.
 */
function isInTestedBranch(value: Node): boolean {
  const text = value.getText();
  for (let at = value; at.parent; at = at.parent) {
    const condition = conditionOf(at.parent);
    if (!condition || !isTrueBranch(at.parent, at)) continue;
    const tests = operandsOf(condition, SyntaxKind.AmpersandAmpersandToken).map(unwrapped);
    if (tests.some(test => test.getText() === text || isKeyTest(test, value))) return true;
  }
  return false;
}

function isTrueBranch(parent: Node, branch: Node): boolean {
  return isConditionalExpression(parent)
    ? parent.whenTrue === branch
    : isIfStatement(parent) && parent.thenStatement === branch;
}

function isKeyTest(test: Node, value: Node): boolean {
  if (!isBinaryExpression(test) || test.operatorToken.kind !== SyntaxKind.InKeyword) return false;
  if (!isPropertyAccessExpression(value) || !isStringLiteralLikeNode(test.left)) return false;
  return test.left.text === value.name.text && isSameReference(test.right, value.expression);
}

/** `const isDefault = !theme || …; isDefault ? standard : load(`themes/${theme}`)`. */
function isUnderNamedTest(value: Node): boolean {
  const owner = enclosingFunction(value);
  for (let at = value; owner && at.parent && at !== owner; at = at.parent) {
    const { parent } = at;
    const condition = conditionOf(parent);
    if (!condition || condition === at) continue;
    const test = unwrapped(isPrefixUnaryExpression(condition) ? condition.operand : condition);
    if (isIdentifier(test) && tells(owner, test.text, value)) return true;
  }
  return false;
}

function conditionOf(node: Node): Expression | undefined {
  if (isConditionalExpression(node)) return node.condition;
  return isIfStatement(node) ? node.expression : undefined;
}

/** Whether a local of this name says something about the value. */
function tells(owner: Node, name: string, value: Node): boolean {
  for (const node of nodesOf(owner)) {
    if (node.pos > value.pos) return false;
    if (!isVariableDeclaration(node) || !isIdentifier(node.name) || node.name.text !== name) continue;
    return node.initializer !== undefined && [...nodesOf(node.initializer)].some(part => isSameReference(part, value));
  }
  return false;
}

/** The places that a test may look at: the value itself, and what stands before each `?.` or `.` of it. */
function placesOf(value: Node): readonly Node[] {
  const places: Node[] = [];
  for (let at = unwrapped(value); ; at = unwrapped(at.expression)) {
    places.push(at);
    if (!isPropertyAccessExpression(at) && !isElementAccessExpression(at)) return places;
  }
}

function mentionsTested(root: Node, places: readonly Node[], except: Node): boolean {
  for (const node of nodesOf(root)) {
    if (node.pos >= except.pos) return false;
    if (places.some(place => place.kind === node.kind && isSameReference(place, node)) && isTested(node)) return true;
  }
  return false;
}

function isTested(node: Node): boolean {
  const outer = wrapped(node);
  if (isCondition(outer)) return true;
  return isBinaryExpression(outer.parent) && TESTS.has(outer.parent.operatorToken.kind);
}

const TESTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.AmpersandAmpersandToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);

/** `{ queryFn: () => load(`/users/${id}`), enabled: !!id }`. */
function isSwitched(value: Node): boolean {
  for (let at = value; at.parent; at = at.parent) {
    if (!isObjectLiteralExpression(at.parent)) continue;
    const isSwitch = at.parent.properties.some(
      property =>
        property !== at &&
        isPropertyAssignment(property) &&
        isIdentifier(property.name) &&
        SWITCHES.test(property.name.text),
    );
    if (isSwitch) return true;
  }
  return false;
}

const SWITCHES = /^(?:enabled|disabled|skip|condition|when|if|show|hidden|visible)$/;
