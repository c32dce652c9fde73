/** What an assignment makes of a place: whether the value is null or undefined, or may be by the way it is written. */
import {
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { unwrapped, wrapped } from "../helpers/nodes.ts";
import type { Step } from "./graph.ts";
import type { NullOrigin, NullState, NullValue } from "./nullness.ts";
import { absentLiteral, ANYTHING, factsOfChain, FALSY, NULLISH, PRESENT, TRUTHY, UNDEFINED } from "./null-tests.ts";
import type { Scopes } from "./scope.ts";
import { stablePathOf, type StablePath } from "./stable-paths.ts";

/** The value that a step gives to a place; undefined where nothing is known of it. */
export function assignedAt(scopes: Scopes, step: Step, path: StablePath, state: NullState): NullValue | undefined {
  const source = sourceOf(step.node);
  if (!source) return undefined;
  if (source === "unassigned") return { path, values: UNDEFINED, origins: [originAt(step.node, "unassigned")] };
  const value = valueOf({ scopes, state }, source, 0);
  return value.values === ANYTHING && value.origins.length === 0 ? undefined : { ...value, path };
}

/** Why an expression that is no place may be null or undefined: an arm of it that says so in as many words. */
export function absentArmOf(scopes: Scopes, expression: Node): NullOrigin | undefined {
  if (stablePathOf(scopes, expression)) return undefined;
  const { origins } = valueOf({ scopes, state: new Map() }, expression, 0);
  return origins.find(({ kind }) => kind === "assigned");
}

/** The expression whose value a name or member gets; undefined for patterns, loops, updates, parameters. */
function sourceOf(node: Node): Node | "unassigned" | undefined {
  const { parent } = node;
  if (isVariableDeclaration(parent) && parent.name === node) {
    if (parent.initializer) return parent.initializer;
    return isVariableList(parent.parent.parent) ? "unassigned" : undefined;
  }
  if (isParameterDeclaration(parent) || isBindingElement(parent)) return undefined;
  const assignment = wrapped(node).parent;
  if (!isBinaryExpression(assignment) || unwrapped(assignment.left) !== node) return undefined;
  return ASSIGNMENTS.has(assignment.operatorToken.kind) ? assignment.right : undefined;
}

function isVariableList(node: Node): boolean {
  return node.kind === SyntaxKind.VariableStatement || node.kind === SyntaxKind.ForStatement;
}

const ASSIGNMENTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsToken, SyntaxKind.BarBarEqualsToken, SyntaxKind.QuestionQuestionEqualsToken],
  SyntaxKind.AmpersandAmpersandEqualsToken,
]);

interface Context {
  readonly scopes: Scopes;
  readonly state: NullState;
}

type Value = Pick<NullValue, "values" | "origins">;

const UNKNOWN: Value = { values: ANYTHING, origins: [] };
/** The deepest nesting of operators that is followed. */
const DEEPEST = 6;

function valueOf(context: Context, expression: Node, depth: number): Value {
  const node = unwrapped(expression);
  const absent = absentLiteral(node);
  if (absent !== undefined) return { values: absent, origins: [originAt(node, "assigned")] };
  if (ALWAYS_PRESENT.has(node.kind)) return { values: PRESENT, origins: [] };
  if (depth < DEEPEST && isConditionalExpression(node)) {
    return either(armOf(context, node.whenTrue, depth), armOf(context, node.whenFalse, depth));
  }
  if (depth < DEEPEST && isBinaryExpression(node)) return valueOfOperator(context, node, depth);
  return depth === 0 ? valueOfOther(context, node) : valueOfOther({ ...context, state: NOTHING_KNOWN }, node);
}

const NOTHING_KNOWN: NullState = new Map();

function valueOfOther(context: Context, node: Node): Value {
  if (node.flags & NodeFlags.OptionalChain) return valueOfChain(context, node);
  if (isCallExpression(node) && isAlwaysPresent(node)) return { values: PRESENT, origins: [] };
  const path = stablePathOf(context.scopes, node);
  return (path && context.state.get(path.key)) ?? UNKNOWN;
}

/** Methods of the language that never give null or undefined, on whatever has them. */
function isAlwaysPresent({ expression }: CallExpression): boolean {
  const callee = unwrapped(expression);
  if (!isPropertyAccessExpression(callee)) return false;
  if (isIdentifier(callee.expression) && callee.expression.text === "Object")
    return OBJECT_MAKERS.has(callee.name.text);
  return MAKERS.has(callee.name.text);
}

const OBJECT_MAKERS: ReadonlySet<string> = new Set("assign keys values entries create freeze fromEntries".split(" "));
const MAKERS: ReadonlySet<string> = new Set("map filter slice concat split trim toString join toLowerCase".split(" "));

/** A chain may end early, unless what stands before each `?.` is known to be there. */
function valueOfChain({ scopes, state }: Context, chain: Node): Value {
  const bases = factsOfChain(scopes, chain);
  const isSure =
    bases.length > 0 && bases.every(({ path }) => ((state.get(path.key)?.values ?? NULLISH) & NULLISH) === 0);
  return isSure ? UNKNOWN : { values: ANYTHING, origins: [originAt(chain, "chain")] };
}

/** What a name holds in one arm depends on the condition, which is not known any more. */
function armOf(context: Context, node: Node, depth: number): Value {
  const bare = unwrapped(node);
  const isConditioned = isIdentifier(bare) || (bare.flags & NodeFlags.OptionalChain) !== 0;
  return isConditioned && absentLiteral(node) === undefined ? UNKNOWN : valueOf(context, node, depth + 1);
}

function valueOfOperator(context: Context, node: BinaryExpression, depth: number): Value {
  const right = (): Value => armOf(context, node.right, depth);
  switch (node.operatorToken.kind) {
    case SyntaxKind.BarBarToken:
      return either({ values: TRUTHY, origins: [] }, right());
    case SyntaxKind.QuestionQuestionToken:
      return either({ values: PRESENT, origins: [] }, right());
    case SyntaxKind.AmpersandAmpersandToken:
      return valueOfAnd(context, node, right());
    case SyntaxKind.CommaToken:
    case SyntaxKind.EqualsToken:
      return right();
    default:
      return { values: PRESENT, origins: [] };
  }
}

function valueOfAnd({ scopes, state }: Context, { left }: BinaryExpression, right: Value): Value {
  const path = stablePathOf(scopes, left);
  const isTruthy = path && state.get(path.key)?.values === TRUTHY;
  const whenFalse = { values: FALSY | NULLISH, origins: path ? [originAt(left, "operand")] : [] };
  return isTruthy ? right : either(whenFalse, right);
}

function either(one: Value, other: Value): Value {
  return { values: one.values | other.values, origins: [...one.origins, ...other.origins] };
}

const ALWAYS_PRESENT: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.NewExpression],
  ...[SyntaxKind.StringLiteral, SyntaxKind.NumericLiteral, SyntaxKind.TemplateExpression],
  ...[SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword],
  ...[SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression, SyntaxKind.ClassExpression],
  ...[SyntaxKind.RegularExpressionLiteral, SyntaxKind.TypeOfExpression, SyntaxKind.BigIntLiteral],
  ...[SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxFragment, SyntaxKind.ThisKeyword],
  ...[SyntaxKind.PostfixUnaryExpression, SyntaxKind.PrefixUnaryExpression, SyntaxKind.DeleteExpression],
]);

const knownOrigins = new WeakMap<Node, NullOrigin>();

/** One object a place, so that joins can tell them apart. */
function originAt(at: Node, kind: NullOrigin["kind"]): NullOrigin {
  let origin = knownOrigins.get(at);
  if (!origin) knownOrigins.set(at, (origin = { at, kind }));
  return origin;
}
