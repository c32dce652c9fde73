/** Parameters that are used as they were given, where a local is them with their default: `at = typeof path === "string" ? path : "/"`. */
import { DEFAULTS, mentions, testsAround, unwrapped, wrapped, type Pass, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAssignment,
  isReturnStatement,
  isStringLiteralLikeNode,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface Defaulted {
  /** What a local is with its default. */
  readonly given: Node;
  /** Where it is used without. */
  readonly use: Node;
}

/** The parameter that a local is with its default, and where it is used itself all the same. */
export function usedWithoutDefault(pass: Pass, name: Identifier, value: Expression): Defaulted | undefined {
  const given = givenIn(value);
  const parameter = given && pass.scopes().variableOf(given);
  const local = pass.scopes().variableOf(name);
  if (!given || !parameter || !local || !isAsGiven(parameter) || parameter.root !== local.root) return undefined;
  if (!local.references.some(({ node, isRead }) => isRead && node.pos > value.end)) return undefined;
  const use = parameter.references.find(({ node }) => node.pos > value.end && isHandedOn(node))?.node;
  return use && { given, use };
}

/** `path` of `typeof path === "string" ? path : "/"`, of `path || "/"` and of `path ?? "/"`. */
function givenIn(value: Expression): Identifier | undefined {
  const bare = unwrapped(value);
  if (isConditionalExpression(bare)) {
    const given = besideLiteral(bare.whenTrue, bare.whenFalse);
    // `isWide ? name : ""` takes it or leaves it, and says nothing of a default.
    return given && mentions(bare.condition, given.text) ? given : undefined;
  }
  if (!isBinaryExpression(bare) || !DEFAULTS.has(bare.operatorToken.kind)) return undefined;
  return besideLiteral(bare.left, bare.right);
}

function besideLiteral(one: Node, other: Node): Identifier | undefined {
  const [first, second] = [unwrapped(one), unwrapped(other)];
  if (isIdentifier(first) && isText(second)) return first;
  return isIdentifier(second) && isText(first) ? second : undefined;
}

export function isText(node: Node): boolean {
  return isStringLiteralLikeNode(node) || isNumericLiteral(node);
}

/** Whether a parameter has no default, and gets no other value. */
function isAsGiven({ declarations, kind, references }: Variable): boolean {
  if (kind !== "parameter" || references.some(({ isWritten }) => isWritten)) return false;
  return !declarations.some(
    ({ parent }) => (parent as Node & { readonly initializer?: Node }).initializer !== undefined,
  );
}

/** Whether a use stores, passes or returns the value, where nothing asks for it around. */
function isHandedOn(name: Identifier): boolean {
  const outer = wrapped(name);
  const { parent } = outer;
  const isStored = isBinaryExpression(parent)
    ? parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === outer
    : isPropertyAssignment(parent) && parent.initializer === outer && parent.name.getText() !== name.text;
  const isPassed = isCallExpression(parent) && parent.expression !== outer;
  if (!isStored && !isPassed && !isReturnStatement(parent)) return false;
  return !testsAround(name).some(test => mentions(test, name.text));
}
