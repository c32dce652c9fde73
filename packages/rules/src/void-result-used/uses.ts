/** What a result is used for, where nothing can come of it. */
import { quoted, scopesOf, wrapped, type Pass } from "@review/analysis";
import {
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSpreadElement,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** The consequence, as the end of a sentence; undefined where the result is only handed on, or nobody looks at it. */
export function useOf({ file }: Pass, call: CallExpression): string | undefined {
  const outer = wrapped(call);
  const { parent } = outer;
  if (isVariableDeclaration(parent)) {
    return isRead(parent.name) ? `${quoted(parent.name, file.sourceFile)} is always undefined` : undefined;
  }
  if (isBinaryExpression(parent)) return useInOperator(file.sourceFile, parent, outer);
  if (isPropertyAssignment(parent)) return `\`${parent.name.getText()}\` is always undefined`;
  if (isCallExpression(parent)) return useAsArgument(parent, outer);
  if (isJsxExpression(parent)) return useInJsx(parent);
  return WHERE.get(parent.kind);
}

const WHERE: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.TemplateSpan, 'the text reads "undefined"'],
  [SyntaxKind.SpreadElement, "there is nothing to spread"],
  [SyntaxKind.SpreadAssignment, "there is nothing to spread"],
  [SyntaxKind.IfStatement, "this is never true"],
  [SyntaxKind.WhileStatement, "this is never true"],
  [SyntaxKind.DoStatement, "this is never true"],
  [SyntaxKind.PropertyAccessExpression, "reading from the result throws"],
  [SyntaxKind.ForOfStatement, "there is nothing to iterate over"],
]);

function isRead(name: Node): boolean {
  if (!isIdentifier(name)) return true;
  const variable = scopesOf(name.getSourceFile()).variableOf(name);
  return variable !== undefined && (variable.isExported || variable.references.some(({ isWritten }) => !isWritten));
}

function useInOperator(
  sourceFile: Pass["file"]["sourceFile"],
  { left, right, operatorToken }: BinaryExpression,
  node: Node,
): string | undefined {
  const { kind } = operatorToken;
  if (kind === SyntaxKind.EqualsToken) {
    return right === node && !isHandler(left) ? `${quoted(left, sourceFile)} gets undefined` : undefined;
  }
  if (isAssignmentOperator(kind)) return right === node ? `${quoted(left, sourceFile)} gets nothing` : undefined;
  return OPERATORS.has(kind) ? "there is nothing to compute with" : undefined;
}

/** `element.onclick = start()` is reported as what it is for. */
function isHandler(target: Node): boolean {
  return isPropertyAccessExpression(target) && target.name.text === "exports";
}

const OPERATORS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken],
  ...[SyntaxKind.LessThanToken, SyntaxKind.GreaterThanToken, SyntaxKind.EqualsEqualsToken],
  ...[SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsToken],
  ...[SyntaxKind.ExclamationEqualsEqualsToken, SyntaxKind.LessThanEqualsToken, SyntaxKind.GreaterThanEqualsToken],
]);

/** A function that is called at once where a handler is wanted. */
function useAsArgument(call: CallExpression, node: Node): string | undefined {
  if (call.expression === node || call.arguments.some(isSpreadElement))
    return call.expression === node ? "calling the result throws" : undefined;
  const callee = call.expression;
  const name = isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : "";
  if (!SCHEDULERS.has(name)) return undefined;
  return `it is called at once, and \`${name}\` gets nothing to call`;
}

const SCHEDULERS: ReadonlySet<string> = new Set([
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame", "nextTick"],
  ...["addEventListener", "requestIdleCallback", "then", "catch", "finally"],
]);

function useInJsx(expression: Node): string | undefined {
  const { parent } = expression;
  if (isJsxAttribute(parent))
    return `\`${parent.name.getText()}\` gets undefined, and the call runs at every rendering`;
  return "nothing is rendered";
}
