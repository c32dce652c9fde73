/** What a comparator does with the two elements that it gets. */
import {
  asMethodCall,
  isGlobal,
  isSameCode,
  mentions,
  nodesOf,
  unwrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
} from "@review/program/syntax";
import { RELATIONS } from "./signs.ts";

/** Whether a function calls `Math.random`. */
export function* isRandom(checker: TypeChecker, fn: FunctionLikeDeclaration): Ask<boolean> {
  for (const node of nodesOf(fn)) {
    if (!isCallExpression(node)) continue;
    const method = asMethodCall(node);
    if (method?.name === "random" && (yield* isGlobal(checker, method.object, "Math"))) return true;
  }
  return false;
}

/**
 * The name of the element that a comparator never looks at; `""` where it has no name. Undefined where it looks at both, also
 * through a rest parameter or `arguments`.
 */
export function ignoredParameter(fn: FunctionLikeDeclaration): string | undefined {
  if (!fn.body || mentions(fn.body, "arguments")) return undefined;
  const own = fn.parameters.filter(parameter => !isThis(parameter));
  if (own.some(parameter => parameter.dotDotDotToken)) return undefined;
  const [first, second] = own;
  if (!first || !second) return "";
  for (const parameter of [first, second]) {
    if (!isRead(fn, parameter)) return isIdentifier(parameter.name) ? parameter.name.text : "";
  }
  return undefined;
}

function isThis(parameter: ParameterDeclaration): boolean {
  return isIdentifier(parameter.name) && parameter.name.text === "this";
}

function isRead(fn: FunctionLikeDeclaration, parameter: ParameterDeclaration): boolean {
  for (const node of nodesOf(parameter.name)) {
    if (isIdentifier(node) && fn.body && mentions(fn.body, node.text)) return true;
  }
  return false;
}

/** A comparison of something with itself; `a.x - a.x` and `a.localeCompare(a)` have a rule of their own. */
export interface SelfComparison {
  readonly at: Node;
  readonly isReportedElsewhere: boolean;
}

/** The first comparison in a comparator whose both sides are the same code. */
export function selfComparison(fn: FunctionLikeDeclaration, sourceFile: SourceFile): SelfComparison | undefined {
  if (fn.getSourceFile() !== sourceFile || !fn.body) return undefined;
  for (const node of nodesOf(fn.body)) {
    const sides = sidesOf(node);
    if (sides && isOfElement(fn, sides[0]) && isSameCode(sides[0], sides[1], sourceFile)) {
      return { at: node, isReportedElsewhere: !isCallExpression(node) || asMethodCall(node)?.name === "localeCompare" };
    }
  }
  return undefined;
}

const COMPARES = /^(?:localeCompare|compare\w*|cmp|collate)$/i;

function sidesOf(node: Node): readonly [Expression, Expression] | undefined {
  if (isCallExpression(node)) return sidesOfCall(node);
  if (!isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  return kind === SyntaxKind.MinusToken || RELATIONS.has(kind) ? [node.left, node.right] : undefined;
}

function sidesOfCall(call: CallExpression): readonly [Expression, Expression] | undefined {
  const [first, second] = call.arguments;
  const method = asMethodCall(call);
  if (method?.name === "localeCompare" && first) return [method.object, first];
  const callee = unwrapped(call.expression);
  const name = method?.name ?? (isIdentifier(callee) ? callee.text : "");
  return first && second && COMPARES.test(name) ? [first, second] : undefined;
}

function isOfElement(fn: FunctionLikeDeclaration, side: Expression): boolean {
  return fn.parameters.some(({ name }) => {
    for (const node of nodesOf(name)) if (isIdentifier(node) && mentions(side, node.text)) return true;
    return false;
  });
}
