/** Questions about functions: which one an expression means, what it returns, whether code in it can wait. */
import type { Symbol } from "@review/program";
import {
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isConditionalExpression,
  isExportAssignment,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { isAssignedOnce } from "./assigned-once.ts";
import { literalValue } from "./constants.ts";
import { nameNodeOf } from "./names.ts";
import { enclosingFunction, isAsync, ownNodesOf, unwrapped } from "./nodes.ts";

/** The longest chain of names that is followed from a use of a function to the function. */
const LONGEST_CHAIN = 5;

/**
 * The function that an expression is or names, through imports, constants, class fields and object literals. Undefined
 * where its code is not in the project or where the name can be written again. A method may still be overridden.
 */
export function* functionOf(checker: TypeChecker, node: Node): Ask<FunctionLikeDeclaration | undefined> {
  let at: Node | undefined = unwrapped(node);
  for (let step = 0; at && step < LONGEST_CHAIN; step++) {
    if (isFunctionLikeDeclaration(at)) return at.body ? at : undefined;
    const name: Node | undefined = nameNodeOf(at);
    const symbol: Symbol | undefined = name && (yield* checker.symbolOf(name));
    if (!symbol) return undefined;
    const declarations: readonly Node[] = yield* checker.declarationsOf(yield* checker.targetOf(symbol));
    const implemented = declarations.find(each => isFunctionLikeDeclaration(each) && each.body);
    at = implemented ?? (declarations.length === 1 ? valueOf(declarations[0] as Node) : undefined);
  }
  return undefined;
}

/** Whether what is called is an async function of the project: it gives a promise, whatever is known of its type. */
export function* isAsyncFunction(checker: TypeChecker, callee: Node): Ask<boolean> {
  const fn = yield* functionOf(checker, callee);
  return fn !== undefined && isAsync(fn) && !fn.asteriskToken;
}

/** What a declaration that is written once gives its name. */
function valueOf(declaration: Node): Node | undefined {
  if (isVariableDeclaration(declaration)) {
    return isIdentifier(declaration.name) && isAssignedOnce(declaration) ? inner(declaration.initializer) : undefined;
  }
  if (isBindingElement(declaration)) return undefined;
  if (isBinaryExpression(declaration)) return assignedBy(declaration);
  if (isPropertyAccessExpression(declaration) && isBinaryExpression(declaration.parent)) {
    return declaration.parent.left === declaration ? assignedBy(declaration.parent) : undefined;
  }
  if (isPropertyDeclaration(declaration) || isPropertyAssignment(declaration)) return inner(declaration.initializer);
  return isExportAssignment(declaration) ? inner(declaration.expression) : undefined;
}

/** JavaScript declares members by assignments: `module.exports = …`, `util.last = …`. */
function assignedBy({ operatorToken, right }: BinaryExpression): Node | undefined {
  return operatorToken.kind === SyntaxKind.EqualsToken ? inner(right) : undefined;
}

function inner(node: Node | undefined): Node | undefined {
  return node && unwrapped(node);
}

/** Whether an `await` may be written at a place, apart from the top level of a module. */
export function canAwait(node: Node): boolean {
  const owner = enclosingFunction(node);
  return owner !== undefined && isAsync(owner);
}

/** The expressions that a function returns: those of its `return` statements, or the body of an arrow function. */
export function returnedBy(fn: FunctionLikeDeclaration): readonly Expression[] {
  if (!fn.body) return [];
  if (!isBlock(fn.body)) return [fn.body];
  const returned: Expression[] = [];
  for (const node of ownNodesOf(fn.body)) {
    if (isReturnStatement(node) && node.expression) returned.push(node.expression);
  }
  return returned;
}

/** What a function with a single expression evaluates: the body of an arrow function, or that of its only statement. */
export function onlyExpressionOf({ body }: FunctionLikeDeclaration): Expression | undefined {
  if (!body) return undefined;
  if (!isBlock(body)) return body;
  const [only, ...others] = body.statements;
  if (!only || others.length > 0) return undefined;
  return isReturnStatement(only) || isExpressionStatement(only) ? only.expression : undefined;
}

/**
 * The expressions that an expression's value may come from: both arms of `a ? b : c`, `b` of `a && b` and of `a, b`,
 * both sides of `a || b` and `a ?? b` unless the left one is seen to give way or to stay; without brackets and assertions.
 */
export function valuesOf(expression: Expression): readonly Expression[] {
  const bare = unwrapped(expression) as Expression;
  if (isConditionalExpression(bare)) return [...valuesOf(bare.whenTrue), ...valuesOf(bare.whenFalse)];
  if (!isBinaryExpression(bare)) return [bare];
  switch (bare.operatorToken.kind) {
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      return alternativesOf(bare.left, bare.right, bare.operatorToken.kind === SyntaxKind.BarBarToken);
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.CommaToken:
      return valuesOf(bare.right);
    default:
      return [bare];
  }
}

function alternativesOf(left: Expression, right: Expression, isOr: boolean): readonly Expression[] {
  const value = literalValue(left);
  if (value !== undefined) return valuesOf((isOr ? value : value !== null) ? left : right);
  return MADE.has(unwrapped(left).kind) ? valuesOf(left) : [...valuesOf(left), ...valuesOf(right)];
}

/** What is made on the spot is neither missing nor false. */
const MADE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.NewExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassExpression,
]);
