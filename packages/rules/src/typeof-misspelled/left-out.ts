/** Values that are compared with an answer of `typeof` though `typeof` was left out. */
import { EQUALITIES, isSameCode, nodesOf, quoted, unwrapped, type Pass, type ReportedFix } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTypeOfExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type IfStatement,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

/**
 * Reports `id === "function"` where the file asks the same of `typeof id`, where the branch before asks it of another value,
 * or where the branch calls `id`. A value that is one of these words has a kind for its name.
 */
export function checkBare(pass: Pass, node: BinaryExpression): void {
  const { operatorToken, left, right } = node;
  if (!EQUALITIES.has(operatorToken.kind) || !isStringLiteralLikeNode(right) || !WORDS.has(right.text)) return;
  if (!isIdentifier(left) && !isPropertyAccessExpression(left)) return;
  if (OF_KINDS.test(isIdentifier(left) ? left.text : left.name.text) || pass.file.isTest) return;
  const { sourceFile } = pass.file;
  const witness = witnessOf(sourceFile, node, left, right.text);
  if (!witness) return;
  pass.report(node, {
    message: `${quoted(left, sourceFile)} is compared with the text "${right.text}", not asked for its kind: \`typeof\` is missing.`,
    evidence: [witness],
    fixes: [typeofBefore(left)],
  });
}

/** What `typeof` answers and texts of a project hardly are. */
const WORDS: ReadonlySet<string> = new Set(["function", "object", "string", "boolean", "undefined"]);

/** Names of values that may be the name of a type. */
const OF_KINDS = /type|kind|tag|format|mode|name|class|schema|cast|^(?:t|is|to|as|key|k|c|ctor)$/i;

interface Witness {
  readonly at: Node;
  readonly message: string;
}

function witnessOf(file: SourceFile, node: BinaryExpression, operand: Expression, word: string): Witness | undefined {
  const { asked, isOtherwise } = questionsFor(file, operand, word);
  if (isOtherwise) return undefined;
  if (asked) return { at: asked, message: "Here the kind of the same name is asked for." };
  const statement = node.parent;
  if (!isIfStatement(statement) || statement.expression !== node) return undefined;
  const called = word === "function" && isEquality(node) ? callIn(statement.thenStatement, operand) : undefined;
  if (called) return { at: called, message: "Here it is called." };
  const before = askedBefore(statement, word);
  return before && { at: before, message: "The branch before asks for the kind of its value." };
}

function isEquality({ operatorToken: { kind } }: BinaryExpression): boolean {
  return kind === SyntaxKind.EqualsEqualsToken || kind === SyntaxKind.EqualsEqualsEqualsToken;
}

function callIn(branch: Node, callee: Expression): Node | undefined {
  return [...nodesOf(branch)].find(
    node => isCallExpression(node) && isSameCode(node.expression, callee, node.getSourceFile()),
  );
}

/** `if (typeof a === "string") … else if (b === "string") …` */
function askedBefore(statement: IfStatement, word: string): Node | undefined {
  const { parent } = statement;
  if (!isIfStatement(parent) || parent.elseStatement !== statement) return undefined;
  const condition = unwrapped(parent.expression);
  return isBinaryExpression(condition) && isKindQuestion(condition, word) ? condition : askedBefore(parent, word);
}

function isKindQuestion({ left, operatorToken, right }: BinaryExpression, word: string): boolean {
  if (!EQUALITIES.has(operatorToken.kind) || !isStringLiteralLikeNode(right)) return false;
  return right.text === word && isTypeOfExpression(unwrapped(left));
}

interface Questions {
  /** `typeof x === word`, for the same `x`. */
  readonly asked: Node | undefined;
  /** Whether the file compares `x` with another text as well. */
  readonly isOtherwise: boolean;
}

function questionsFor(file: SourceFile, operand: Expression, word: string): Questions {
  let asked: Node | undefined;
  for (const node of nodesOf(file)) {
    if (!isBinaryExpression(node) || !EQUALITIES.has(node.operatorToken.kind)) continue;
    if (!isStringLiteralLikeNode(node.right)) continue;
    const bare = unwrapped(node.left);
    if (isTypeOfExpression(bare)) {
      if (node.right.text === word && isSameCode(bare.expression, operand, file)) asked ??= node;
    } else if (node.right.text !== word && isSameCode(bare, operand, file)) return { asked, isOtherwise: true };
  }
  return { asked, isOtherwise: false };
}

/** The fix that asks for the kind of a value. */
export function typeofBefore(operand: Node): ReportedFix {
  const start = operand.getStart();
  return { title: "Add `typeof`", safety: "suggested", edits: [{ at: { start, end: start }, text: "typeof " }] };
}
