/** Where the value of an expression comes from: through locals, choices, awaits, and one function of the project. */
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { definitionsReaching, type Definition } from "../flow/definitions.ts";
import type { PathStep } from "../flow/evidence.ts";
import { flowRootOf } from "../flow/roots.ts";
import { scopesOf } from "../flow/scope.ts";
import type { Pass } from "../rule.ts";
import { returnedBy } from "./functions.ts";
import { isAsync, quoted, unwrapped } from "./nodes.ts";

/** What is needed to follow a value. */
export type Tracing = Pick<Pass, "checker" | "flow" | "summaries">;

/** One place that may have made the value. */
export interface Origin {
  /** An expression that is followed no further; for a parameter or a name in a pattern, the name where it is declared. */
  readonly value: Expression;
  /** The assignments and calls between it and the expression, nearest to the origin first. */
  readonly way: readonly PathStep[];
}

/** Locals and functions that are passed on the way. */
const LONGEST_WAY = 5;

/**
 * The places that may have made the value of an expression; undefined where one of them is not known, since the name
 * is written by code that runs at another time. An operator other than a choice makes a new value.
 */
export function* originsOf(pass: Tracing, expression: Node): Ask<readonly Origin[] | undefined> {
  return yield* trace(pass, expression as Expression, { depth: LONGEST_WAY, isInside: false, way: [] });
}

interface At {
  readonly depth: number;
  /** Whether a call has been followed into its function. */
  readonly isInside: boolean;
  readonly way: readonly PathStep[];
}

function* trace(pass: Tracing, expression: Expression, at: At): Ask<readonly Origin[] | undefined> {
  const value = unwrapped(expression) as Expression;
  if (at.depth === 0) return [{ value, way: at.way }];
  if (isAwaitExpression(value)) return yield* trace(pass, value.expression, at);
  const choice = choicesOf(value);
  if (choice) return yield* traceAll(pass, choice, at);
  if (isIdentifier(value)) return yield* traceName(pass, value, at);
  if (isCallExpression(value) && !at.isInside) return yield* traceCall(pass, value, at);
  return [{ value, way: at.way }];
}

/** The expressions of which one gives its value: arms, both sides of `||` and `??`, what is assigned. */
function choicesOf(value: Expression): readonly Expression[] | undefined {
  if (isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  return isBinaryExpression(value) ? CHOICES.get(value.operatorToken.kind)?.(value) : undefined;
}

type Choose = (value: BinaryExpression) => readonly Expression[];
const EITHER: Choose = ({ left, right }) => [left, right];
const RIGHT: Choose = ({ right }) => [right];

const CHOICES: ReadonlyMap<SyntaxKind, Choose> = new Map([
  [SyntaxKind.BarBarToken, EITHER],
  [SyntaxKind.QuestionQuestionToken, EITHER],
  [SyntaxKind.AmpersandAmpersandToken, RIGHT],
  [SyntaxKind.CommaToken, RIGHT],
  [SyntaxKind.EqualsToken, RIGHT],
]);

function* traceAll(pass: Tracing, values: readonly Expression[], at: At): Ask<readonly Origin[] | undefined> {
  const origins: Origin[] = [];
  for (const value of values) {
    const found = yield* trace(pass, value, at);
    if (!found) return undefined;
    origins.push(...found);
  }
  return origins;
}

function* traceName(pass: Tracing, name: Identifier, at: At): Ask<readonly Origin[] | undefined> {
  const scopes = scopesOf(name.getSourceFile());
  const variable = scopes.variableOf(name);
  if (!variable) return [{ value: name, way: at.way }];
  const graph = yield* pass.flow(flowRootOf(name));
  const definitions = graph && definitionsReaching(graph, scopes, name);
  if (!definitions) return undefined;
  const origins: Origin[] = [];
  for (const definition of definitions) {
    const found = yield* traceDefinition(pass, definition, at);
    if (!found) return undefined;
    origins.push(...found);
  }
  // What is only declared has its value from elsewhere.
  return origins.length > 0 ? origins : [{ value: name, way: at.way }];
}

function* traceDefinition(pass: Tracing, { node, source }: Definition, at: At): Ask<readonly Origin[] | undefined> {
  if (source.kind === "undefined") return [];
  if (source.kind !== "expression") return node ? [{ value: node, way: at.way }] : undefined;
  const file = source.expression.getSourceFile();
  const given = node ?? source.expression;
  const step = { at: source.expression, message: `${quoted(given, file)} gets ${quoted(source.expression, file)}.` };
  return yield* trace(pass, source.expression, { ...at, depth: at.depth - 1, way: [step, ...at.way] });
}

/** The values that a function of the project returns; any other call makes its value itself. */
function* traceCall(pass: Tracing, call: CallExpression, at: At): Ask<readonly Origin[] | undefined> {
  const callee = yield* pass.summaries.calleeOf(call);
  const fn = callee.kind === "function" && callee.overridden === undefined ? callee.fn : undefined;
  const isPlain = fn && isFunctionLikeDeclaration(fn) && fn.asteriskToken === undefined;
  const results = isPlain ? returnedBy(fn) : [];
  if (results.length === 0 || !isPlain || (isAsync(fn) && !isAwaited(call))) return [{ value: call, way: at.way }];
  const file = call.getSourceFile();
  const step = { at: call as Node, message: `${quoted(call, file)} returns it.` };
  return yield* traceAll(pass, results, { depth: at.depth - 1, isInside: true, way: [step, ...at.way] });
}

function isAwaited(call: Node): boolean {
  let { parent } = call;
  while (parent.kind === SyntaxKind.ParenthesizedExpression) ({ parent } = parent);
  return isAwaitExpression(parent);
}
