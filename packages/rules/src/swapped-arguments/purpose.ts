/** Signs that values stand in another order on purpose: the code says so, tests for it, or does it both ways. */
import { announcesReversal, mentions, wordsOf } from "@review/analysis";
import {
  isCallLikeExpression,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/** What compares may be asked in either order. */
const COMPARING =
  /^(?:compar(?:e|er|ator|ing)|cmp|sort(?:er|ed|ing|s)?|order(?:by)?|collate|diff|difference|expect|assert)$/;

/** Whether the surroundings of a place announce another order, or compare. `values` are the texts that were moved. */
export function isOnPurpose(place: Node, values: readonly string[]): boolean {
  if (isAnnounced(nameOf(place))) return true;
  let isInner = true;
  for (let at = place; at.parent; at = at.parent) {
    if (isAnnouncedAround(at) || isDecidedBy(at, values)) return true;
    if (!isStatement(at)) continue;
    if (announcesReversal(isInner ? commentsAround(at) : commentsBefore(at))) return true;
    isInner = false;
  }
  const file = place.getSourceFile().fileName;
  return announcesReversal(file.slice(file.lastIndexOf("/") + 1));
}

/** The name of a call's function, of a declaration, or of what is assigned to. */
function nameOf(node: Node): string {
  const { name, expression, tagName, left } = node as Node & {
    readonly [Part in "name" | "expression" | "tagName" | "left"]?: Node;
  };
  if (isCallLikeExpression(node)) return (expression ?? tagName)?.getText().slice(-60) ?? "";
  if (node.kind === SyntaxKind.BinaryExpression) return left?.getText() ?? "";
  return name?.getText() ?? "";
}

function isAnnounced(name: string): boolean {
  return announcesReversal(name) || wordsOf(name).some(word => COMPARING.test(word));
}

function isAnnouncedAround({ parent }: Node): boolean {
  const mayAnnounce =
    isFunctionLikeDeclaration(parent) ||
    isClassLikeDeclaration(parent) ||
    isCallLikeExpression(parent) ||
    NAMED.has(parent.kind);
  return mayAnnounce && isAnnounced(nameOf(parent));
}

const NAMED: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.VariableDeclaration,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.PropertyDeclaration,
  SyntaxKind.BinaryExpression,
]);

/** Whether a test around a node speaks of reversal, or of all the values: `if (from > to) range(to, from)`. */
function isDecidedBy(node: Node, values: readonly string[]): boolean {
  const { parent } = node;
  const { expression, condition, left } = parent as Node & {
    readonly [Part in "expression" | "condition" | "left"]?: Node;
  };
  const test = TESTS.has(parent.kind) ? (condition ?? left ?? expression) : undefined;
  if (!test || test === node) return false;
  return announcesReversal(test.getText()) || values.every(value => mentions(test, lastName(value)));
}

const TESTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.ConditionalExpression,
  SyntaxKind.BinaryExpression,
  SyntaxKind.WhileStatement,
  SyntaxKind.SwitchStatement,
  SyntaxKind.CaseClause,
]);

function lastName(value: string): string {
  return /[\p{L}\p{N}_$]+(?=\W*$)/u.exec(value)?.[0] ?? value;
}

/** Comments before and in a statement, and behind it on its line. */
function commentsAround(statement: Node): string {
  const { text } = statement.getSourceFile();
  const lineEnd = text.indexOf("\n", statement.end);
  return commentsIn(text.slice(statement.pos, lineEnd < 0 ? text.length : lineEnd));
}

function commentsBefore(statement: Node): string {
  return commentsIn(statement.getSourceFile().text.slice(statement.pos, statement.getStart()));
}

/** Without the names of rules, which comments that speak to this program hold. */
function commentsIn(code: string): string {
  const comments = code.match(/\/\/.*|\/\*[^]*?\*\//g) ?? [];
  return comments.join("\n").replace(/\b[a-z]+-arguments\b/g, "");
}
