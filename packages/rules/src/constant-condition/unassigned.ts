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
  if (!isBinaryExpression(test)) return undefined;
  const outcome = NEGATED.get(test.operatorToken.kind);
  const name = outcome === undefined ? undefined : askedFor(test);
  const declared = name && unassignedAt(pass, graph, step, name);
  return declared && { name, declared, outcome: outcome === true };
}

/** The declaration of a name that has no value yet when a step runs. */
function unassignedAt(pass: Pass, graph: FlowGraph, step: Step, name: Identifier): Node | undefined {
  const known = nullnessOf(graph, pass.scopes())?.before(step, name);
  const [origin] = known?.origins ?? [];
  return known?.values === UNDEFINED && origin?.kind === "unassigned" ? origin.at : undefined;
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
