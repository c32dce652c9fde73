/** Functions of the project that stand in a condition without being called. */
import { fixedLocalOf, isAssignedOnce, isGuess, isUncertain, unwrapped, type Ask, type Pass } from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isBinaryExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** Names that ask a question: nobody tests whether such a function exists when it answers a question itself. */
const ASKS =
  /^(?:is|has|have|are|was|were|can|could|should|needs|supports|contains|includes|matches|exists)(?=[A-Z_]|$)/;

/** The function that a condition names; the compiler says so itself where it checks the file with strict nulls. */
export function* uncalledFunction(pass: Pass, node: Expression): Ask<Node | undefined> {
  const name = nameOf(node);
  const found = name && (yield* namedFunction(pass, node, name));
  return found && pass.file.isJavaScript && (yield* isGuess(pass.checker, node)) ? undefined : found;
}

function* namedFunction(pass: Pass, node: Expression, name: Identifier): Ask<Node | undefined> {
  const { checker } = pass;
  if (isCompilersBusiness(pass, node) || (name !== node && !ASKS.test(name.text))) return undefined;
  const symbol = yield* checker.symbolOf(name);
  if (!symbol || symbol.flags & SymbolFlags.Optional) return undefined;
  const target = yield* checker.targetOf(symbol);
  if (target.declarations.length !== 1 || isUncertain(yield* checker.typeOf(node))) return undefined;
  const declaration = yield* checker.declarationOf(target);
  if (declaration && isFunction(pass, declaration)) return declaration;
  return ASKS.test(name.text) ? yield* takenFunction(pass, node) : undefined;
}

/** `const isBrowser = require("./utils").isBrowser` */
function* takenFunction({ checker }: Pass, node: Expression): Ask<Node | undefined> {
  const local = yield* fixedLocalOf(checker, node);
  const value = local && unwrapped(local.value);
  if (!value || !isPropertyAccessExpression(value)) return undefined;
  const symbol = yield* checker.symbolOf(value.name);
  const [declaration, more] = symbol ? yield* checker.declarationsOf(symbol) : [];
  const assignment = declaration && !more ? [declaration, declaration.parent].find(isBinaryExpression) : undefined;
  const assigned = assignment && unwrapped(assignment.right);
  return assigned && isFunctionLikeDeclaration(assigned) ? assigned : undefined;
}

function isCompilersBusiness({ file }: Pass, node: Expression): boolean {
  const isNegated = node.parent.kind === SyntaxKind.PrefixUnaryExpression;
  return file.isChecked && file.strictNullChecks && !isNegated;
}

/** The name that stands for the function: the whole, or the member of an object that is surely there. */
function nameOf(node: Expression): Identifier | undefined {
  if (isIdentifier(node)) return node;
  return isPropertyAccessExpression(node) && !node.questionDotToken && isIdentifier(node.name) ? node.name : undefined;
}

/** A function with a body that nothing replaces. */
function isFunction(pass: Pass, declaration: Node): boolean {
  if (declaration.getSourceFile().isDeclarationFile) return false;
  if (isMethodDeclaration(declaration)) return declaration.body !== undefined && !declaration.postfixToken;
  if (isFunctionDeclaration(declaration)) return declaration.body !== undefined && !isReplaced(pass, declaration.name);
  if (!isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return isFunctionLikeDeclaration(declaration.initializer) && isAssignedOnce(declaration);
}

function isReplaced(pass: Pass, name: Node | undefined): boolean {
  const variable = name && pass.scopes().variableOf(name);
  return variable?.references.some(({ isWritten }) => isWritten) ?? false;
}
