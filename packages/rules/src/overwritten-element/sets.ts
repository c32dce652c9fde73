/** Statements that set one element, and whether such a statement might read what another one has set. */
import {
  asMethodCall,
  builtinOf,
  isRepeatable,
  literalValue,
  mentions,
  nodesOf,
  operandsOf,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export interface ElementSet {
  readonly how: "member" | "field" | "set";
  readonly object: Expression;
  /** The text or number of a key that is written out, or the expression that computes it. */
  readonly key: string | Expression;
  readonly value: Expression;
  /** What is reported. */
  readonly place: Expression;
}

/** `a[k] = v`, `a.k = v` and `a.set(k, v)`, as statements. */
export function elementSetBy(pass: Pass, statement: Node): ElementSet | undefined {
  if (!isExpressionStatement(statement)) return undefined;
  const expression = unwrapped(statement.expression) as Expression;
  const set = isBinaryExpression(expression) ? memberSet(pass, expression) : callOfSet(expression);
  if (!set || !isRepeatable(set.object)) return undefined;
  return typeof set.key === "string" || isRepeatable(set.key) ? set : undefined;
}

function memberSet(
  pass: Pass,
  expression: Node & { left: Expression; right: Expression; operatorToken: Node },
): ElementSet | undefined {
  if (expression.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const place = unwrapped(expression.left) as Expression;
  const value = expression.right;
  if (isElementAccessExpression(place)) {
    return { how: "member", object: place.expression, key: keyOf(place.argumentExpression), value, place };
  }
  if (!isPropertyAccessExpression(place)) return undefined;
  const set = { object: place.expression, key: place.name.text, value, place };
  // Other objects may have setters; a literal made here has none.
  if (isMadeHere(pass, place.expression)) return { how: "member", ...set };
  return isField(place) && isRead(value) ? { how: "field", ...set } : undefined;
}

/** `this.options.user`: no part of a page, where each step may be seen. */
function isField({ expression, name }: PropertyAccessExpression): boolean {
  const isOfPage = /style|node|elem|\bel\b|\bdom|document|window|location|audio|video|canvas|ctx|context|\$/i;
  return !isOfPage.test(expression.getText()) && !SEEN.has(name.text);
}

const SEEN: ReadonlySet<string> = new Set(
  "src href value innerHTML innerText textContent className scrollTop scrollLeft lastIndex length".split(" "),
);

/** A value that is only read from somewhere, one member or another: it was put there for its own sake. */
function isRead(value: Expression): boolean {
  const operands = [SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken].flatMap(each => operandsOf(value, each));
  return isRepeatable(value) && operands.some(each => isPropertyAccessExpression(unwrapped(each)));
}

function callOfSet(expression: Expression): ElementSet | undefined {
  const method = isCallExpression(expression) ? asMethodCall(expression) : undefined;
  if (!method || method.name !== "set" || !isCallExpression(expression)) return undefined;
  const [key, value, ...more] = expression.arguments;
  if (!key || !value || more.length > 0) return undefined;
  return { how: "set", object: method.object, key: keyOf(key), value, place: expression };
}

function keyOf(node: Expression): string | Expression {
  const literal = literalValue(node);
  return typeof literal === "string" || typeof literal === "number" ? String(literal) : node;
}

function isMadeHere(pass: Pass, object: Expression): boolean {
  const declaration = pass.scopes().variableOf(unwrapped(object))?.declarations[0]?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return false;
  const made = unwrapped(declaration.initializer);
  return isObjectLiteralExpression(made) && made.properties.every(({ kind }) => kind === SyntaxKind.PropertyAssignment);
}

/** Whether a later statement names the object, calls anything that may know it, or has a placeholder to replace. */
export function mayRead(pass: Pass, earlier: ElementSet, later: ElementSet): boolean {
  if (isPlaceholder(earlier.value)) return true;
  // The fields around may be read, but not the one that was set.
  if (later.how === "field") return typeof later.key !== "string" || mentions(later.value, later.key);
  const roots = namesIn(earlier.object);
  const parts = typeof later.key === "string" ? [later.value] : [later.key, later.value];
  const nodes = parts.flatMap(part => [...nodesOf(part)]);
  return nodes.some(node => {
    if (isIdentifier(node)) return roots.has(node.text);
    return WAITS.has(node.kind) || isAssignment(node) || (isCallExpression(node) && !isOwn(pass, earlier.object));
  });
}

function isAssignment(node: Node): boolean {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
}

const WAITS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.AwaitExpression, SyntaxKind.YieldExpression, SyntaxKind.PostfixUnaryExpression],
  SyntaxKind.ThisKeyword,
]);

/** What is set first so that it is there, whatever comes. */
function isPlaceholder(value: Expression): boolean {
  const bare = unwrapped(value);
  const isUndefined = isIdentifier(bare) && bare.text === "undefined";
  return isUndefined || bare.kind === SyntaxKind.NullKeyword || bare.kind === SyntaxKind.VoidExpression;
}

function namesIn(object: Expression): ReadonlySet<string> {
  const names = [...nodesOf(object)].filter(isIdentifier).map(({ text }) => text);
  return new Set(names);
}

/** A local that no function inside uses: what is called cannot look at it by itself. */
function isOwn(pass: Pass, object: Expression): boolean {
  const variable = pass.scopes().variableOf(unwrapped(object));
  return variable !== undefined && !variable.isCaptured && !variable.isExposed && variable.kind !== "import";
}

/** Lists, tables and maps keep the last value; other objects may do anything when they are set. */
export function* isKnownCollection(pass: Pass, { how, object }: ElementSet): Ask<boolean> {
  const builtin = yield* builtinOf(pass.checker, object);
  if (how === "field") return true;
  if (how === "set") return builtin !== undefined && MAPS.has(builtin);
  return builtin?.endsWith("Array") === true || isMadeHere(pass, object);
}

const MAPS: ReadonlySet<string> = new Set(["Map", "WeakMap", "Headers", "URLSearchParams", "FormData"]);
