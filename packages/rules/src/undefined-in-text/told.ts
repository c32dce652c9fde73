/** Text that is for whoever looks for a fault, or that only has to be the same each time: "undefined" does no harm there. */
import { enclosingFunction, wordsOf } from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";

/** Words of functions and names that have to do with such text. */
const TELLING: ReadonlySet<string> = new Set(
  (
    "log logs logger logging console debug debugger info warn warning warnings error errors err exception trace verbose " +
    "fatal fail failure failed print println printf assert invariant panic abort reject issue diagnostic diagnostics " +
    "message messages msg reason cause describe description inspect detail details note hint notes markdown stack stdout stderr " +
    "report reporter span telemetry test it expect throw string comment summary"
  ).split(" "),
);

/** Words of what two values are told apart by. */
const KEYS: ReadonlySet<string> = new Set(
  (
    "key keys id ids hash cache signature fingerprint identity identifier uid checksum etag lookup testid persisted " +
    "storage stored store"
  ).split(" "),
);

/** Whether the text ends in a message, an error, a log or a key. */
export function isTold(text: Node): boolean {
  for (let at = text; ; at = at.parent) {
    const told = isToldBy(at.parent, at);
    if (told !== undefined) return told;
  }
}

/** Undefined where it depends on what stands around. */
function isToldBy(parent: Node, at: Node): boolean | undefined {
  if (isToldHere(parent, at)) return true;
  if (isReturnStatement(parent) || (isArrowFunction(parent) && parent.body === at)) {
    return isTellingName(nameOfFunction(enclosingFunction(at)));
  }
  return isFunctionLikeDeclaration(parent) || STATEMENTS.has(parent.kind) ? false : undefined;
}

function isToldHere(parent: Node, at: Node): boolean {
  if (TELLERS.has(parent.kind)) return true;
  if (isCallExpression(parent) || isNewExpression(parent)) {
    return parent.expression !== at && isTellingName(calleeText(parent.expression));
  }
  if (isElementAccessExpression(parent)) return parent.argumentExpression === at;
  if (isBinaryExpression(parent)) return isToldByOperator(parent, at);
  return !isFunctionLikeDeclaration(parent) && isTellingName(ownName(parent));
}

const TELLERS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ThrowStatement, SyntaxKind.TaggedTemplateExpression]);

function isToldByOperator({ left, right, operatorToken }: BinaryExpression, at: Node): boolean {
  return COMPARISONS.has(operatorToken.kind) || (right === at && isTellingName(lastName(left)));
}

const STATEMENTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ExpressionStatement, SyntaxKind.VariableDeclarationList, SyntaxKind.SourceFile, SyntaxKind.Block],
  ...[SyntaxKind.IfStatement, SyntaxKind.ForStatement, SyntaxKind.ForOfStatement, SyntaxKind.SwitchStatement],
  ...[SyntaxKind.WhileStatement, SyntaxKind.CaseClause, SyntaxKind.ExportAssignment, SyntaxKind.PropertyDeclaration],
]);

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.InKeyword],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);

function isTellingName(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = wordsOf(name);
  return words.some(word => TELLING.has(word)) || KEYS.has(words.at(-1) ?? "") || KEYS.has(words[0] ?? "");
}

/** The last two names of what is called: `logger.child` says as much as `logger`. */
function calleeText(callee: Node): string | undefined {
  if (isIdentifier(callee)) return callee.text;
  if (!isPropertyAccessExpression(callee)) return undefined;
  return `${lastName(callee.expression) ?? ""} ${callee.name.text}`;
}

function lastName(node: Node): string | undefined {
  if (isIdentifier(node)) return node.text;
  if (isCallExpression(node)) return lastName(node.expression);
  return isPropertyAccessExpression(node) ? node.name.text : undefined;
}

type Named = Node & { readonly name?: Node };

function ownName(node: Node): string | undefined {
  const { name } = node as Named;
  return name && !isPropertyAccessExpression(node) ? name.getText() : undefined;
}

function nameOfFunction(fn: Node | undefined): string | undefined {
  return fn && (ownName(fn) ?? ownName(fn.parent));
}
