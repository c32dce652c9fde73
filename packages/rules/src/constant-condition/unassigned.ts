/** `typeof` of a variable to which nothing has been assigned yet. */
import { nullnessOf, unwrapped, UNDEFINED, type FlowGraph, type Pass, type Step } from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isStringLiteralLikeNode,
  isTypeOfExpression,
  SyntaxKind,
  type BinaryExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface Unassigned {
  readonly name: Identifier;
  readonly declared: Node;
  readonly outcome: boolean;
}

/** The variable whose type a test asks for before it has any value; undefined for other tests. */
export function unassignedIn(pass: Pass, graph: FlowGraph, step: Step): Unassigned | undefined {
  const test = unwrapped(step.node);
  const outcome = isBinaryExpression(test) ? NEGATED.get(test.operatorToken.kind) : undefined;
  const name = isBinaryExpression(test) && outcome !== undefined ? askedFor(test) : undefined;
  const known = name && nullnessOf(graph, pass.scopes())?.before(step, name);
  const [origin] = known?.origins ?? [];
  if (!name || known?.values !== UNDEFINED || origin?.kind !== "unassigned") return undefined;
  return { name, declared: origin.at, outcome: outcome === true };
}

/** The name in `typeof name === "object"`. */
function askedFor({ left, right }: BinaryExpression): Identifier | undefined {
  const question = unwrapped(left);
  const kind = unwrapped(right);
  if (!isTypeOfExpression(question) || !isStringLiteralLikeNode(kind) || kind.text === "undefined") return undefined;
  const name = unwrapped(question.expression);
  return isIdentifier(name) ? name : undefined;
}

const NEGATED: ReadonlyMap<SyntaxKind, boolean> = new Map([
  [SyntaxKind.EqualsEqualsToken, false],
  [SyntaxKind.EqualsEqualsEqualsToken, false],
  [SyntaxKind.ExclamationEqualsToken, true],
  [SyntaxKind.ExclamationEqualsEqualsToken, true],
]);
