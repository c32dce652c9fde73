/** The edit that ends a function after a statement. */
import {
  isBlock,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isTryStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { ReportedFix } from "../rule.ts";
import { enclosingFunction, wrapped } from "./nodes.ts";

/**
 * Adds `return` after the statement that an expression is, where that is inside of a branch: at the top of a function
 * all that follows would never run. Undefined where the expression is a part of something else, and where a `finally`
 * leads to what is `not` to run all the same.
 */
export function returnAfter(expression: Node, not: Node, text: string): ReportedFix | undefined {
  const statement = wrapped(expression).parent;
  if (!isExpressionStatement(statement) || isReachedByFinally(not, statement) || mustReturn(statement))
    return undefined;
  const { parent } = statement;
  if (!isBlock(parent)) return parent.kind === SyntaxKind.IfStatement ? asBranch(statement) : undefined;
  // What follows in its block is about the same case.
  if (isFunctionLikeDeclaration(parent.parent) || isFinally(parent) || parent.statements.at(-1) !== statement) {
    return undefined;
  }
  const start = statement.getStart();
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^\s*/.exec(text.slice(lineStart, start))?.[0] ?? "";
  const isOwnLine = lineStart + indent.length === start;
  const added = isOwnLine ? `\n${indent}return;` : " return;";
  return fixWith([{ at: { start: statement.end, end: statement.end }, text: added }]);
}

/** A function that is declared to return nothing may not return what the expression gives. */
function asBranch(statement: Node): ReportedFix {
  const start = { start: statement.getStart(), end: statement.getStart() };
  if (!enclosingFunction(statement)?.type) return fixWith([{ at: start, text: "return " }]);
  const end = { start: statement.end, end: statement.end };
  return fixWith([
    { at: start, text: "{ " },
    { at: end, text: " return; }" },
  ]);
}

function fixWith(edits: ReportedFix["edits"]): ReportedFix {
  return { title: "Return after it", safety: "suggested", edits };
}

/** Whether the function around a statement is declared to return something. */
function mustReturn(statement: Node): boolean {
  const type = enclosingFunction(statement)?.type?.getText();
  return type !== undefined && !/^(?:Promise\s*<\s*)?(?:void|undefined|any|unknown)\b/.test(type);
}

function isReachedByFinally(node: Node, from: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    if (isFinally(at)) return from.pos >= at.parent.pos && from.end <= at.parent.end;
  }
  return false;
}

function isFinally(block: Node): boolean {
  return isTryStatement(block.parent) && block.parent.finallyBlock === block;
}
