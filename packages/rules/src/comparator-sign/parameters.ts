/** What a comparator does with the two elements that it gets. */
import {
  asMethodCall,
  comparedWithItself,
  isGlobal,
  mentions,
  nodesOf,
  ownNodesOf,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  type FunctionLikeDeclaration,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
} from "@review/program/syntax";

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

/** The first comparison in a comparator, not in a function within it, whose both sides are the same code. */
export function selfComparison(fn: FunctionLikeDeclaration, sourceFile: SourceFile): Node | undefined {
  if (fn.getSourceFile() !== sourceFile || !fn.body) return undefined;
  for (const node of ownNodesOf(fn.body)) if (comparedWithItself(fn, node)) return node;
  return undefined;
}
