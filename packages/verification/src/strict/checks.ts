/** The checks of a file: conditions, cases, throws, protected blocks and assertions. */
import { nodesOf, tokensOf } from "@review/analysis";
import type { Span } from "@review/findings";
import {
  isCallExpression,
  isCaseClause,
  isConditionalExpression,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isThrowStatement,
  isTryStatement,
  SyntaxKind,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { placeOf } from "./change.ts";

export interface CodeCheck {
  readonly span: Span;
  /** Its tokens, joined by blanks; a condition is the same as its negation. */
  readonly text: string;
  /** `choice`: the condition of `a ? b : c`, which a value may stand for as well. */
  readonly kind: "condition" | "choice" | "case" | "throw" | "try" | "assertion";
  /** The identifiers in it. */
  readonly names: readonly string[];
}

/** Every check of a file, in the order of the text. */
export function checksOf(sourceFile: SourceFile): readonly CodeCheck[] {
  return [...nodesOf(sourceFile)].flatMap(node => {
    const kind = kindOf(node);
    if (kind === undefined) return [];
    const part = partOf(node);
    if (!part)
      return kind === "try" ? [{ span: { start: node.pos, end: node.pos }, text: "try", kind, names: [] }] : [];
    const span = placeOf(part, sourceFile);
    const tokens = tokensOf(sourceFile.text, span.start, span.end).join(" ");
    const isCondition = kind === "condition" || kind === "choice";
    const names = [...nodesOf(part)].filter(isIdentifier).map(({ text }) => text);
    return [{ span, text: isCondition ? unsigned(tokens) : `${kind} ${tokens}`, kind, names }];
  });
}

/** Whether a condition has the same value whatever the code did before. */
export function isConstant({ kind, text }: CodeCheck): boolean {
  return (
    (kind === "condition" || kind === "choice") && /^(?:true|false|null|undefined|-?\d+|"[^"]*"|'[^']*')$/.test(text)
  );
}

function kindOf(node: Node): CodeCheck["kind"] | undefined {
  if (isCaseClause(node)) return "case";
  if (isThrowStatement(node)) return "throw";
  if (isTryStatement(node)) return "try";
  if (isCallExpression(node)) return isAssertion(node.expression) ? "assertion" : undefined;
  if (isConditionalExpression(node)) return "choice";
  return CONDITIONAL.has(node.kind) ? "condition" : undefined;
}

const CONDITIONAL: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
]);

/** What is checked; the expression that is thrown or asserted. */
function partOf(node: Node): Node | undefined {
  if (isTryStatement(node)) return undefined;
  if (isForStatement(node) || isConditionalExpression(node)) return node.condition;
  if (isIfStatement(node) || isCaseClause(node) || isThrowStatement(node)) return node.expression;
  return isCallExpression(node) ? node : (node as Node & { readonly expression?: Node }).expression;
}

function isAssertion(callee: Node): boolean {
  if (isPropertyAccessExpression(callee)) return isAssertion(callee.expression);
  return isIdentifier(callee) && /^(?:assert|expect|invariant|should|assertNever)/.test(callee.text);
}

function unsigned(tokens: string): string {
  let text = tokens;
  for (let next = stripped(text); next !== text; next = stripped(text)) text = next;
  return text;
}

function stripped(text: string): string {
  const bare = /^! ([\w$]+(?: (?:\.|\?\.) [\w$]+)*|\( .* \))$/.exec(text)?.[1] ?? text;
  return /^\( ([^()]*) \)$/.exec(bare)?.[1] ?? bare;
}
