/** Where a fix may write: in the function that its finding is in, in those that the evidence names, and in imports. */
import { nodesOf } from "@review/analysis";
import type { DraftFinding, Span } from "@review/findings";
import {
  isFunctionLikeDeclaration,
  isImportDeclaration,
  isModuleBlock,
  isSourceFile,
  SyntaxKind,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { placeOf, type ChangedFile } from "./change.ts";

/** Why an edit stands where it must not, or undefined. */
export function outOfReach({ file, before }: ChangedFile, finding: DraftFinding): string | undefined {
  const places = [finding, ...finding.evidence].filter(place => place.file === file).map(place => place.span);
  const { sourceFile } = before;
  const allowed = [...places.map(place => unitAround(sourceFile, place)), ...importsOf(sourceFile)];
  const outside = before.spans.find(span => !allowed.some(unit => unit.start <= span.start && span.end <= unit.end));
  if (!outside) return undefined;
  const line = sourceFile.text.slice(0, outside.start).split("\n").length;
  return `The edit in line ${line} of ${file} is outside of the function that the finding is about.`;
}

/**
 * The outermost function around a place, up to the member of a class; without one the statement. It begins where its
 * comment does.
 */
export function unitAround(sourceFile: SourceFile, place: Span): Span {
  let unit: Node | undefined;
  let statement: Node | undefined;
  for (const node of nodesOf(sourceFile)) {
    if (node === sourceFile || node.pos > place.start || place.end > node.end) continue;
    const { parent } = node;
    if (isSourceFile(parent) || isModuleBlock(parent)) statement = node;
    if (!unit && (isFunctionLikeDeclaration(node) || isMember(node))) unit = node;
  }
  const found = unit ?? statement;
  return found ? { start: found.pos, end: found.end } : place;
}

const CLASSES: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ClassDeclaration, SyntaxKind.ClassExpression]);

function isMember(node: Node): boolean {
  return CLASSES.has(node.parent.kind) && node.kind !== SyntaxKind.Identifier;
}

/**
 * A repair may take another name from an import, or import something before or behind it. What an import has, it goes on
 * taking from where it takes it.
 */
function importsOf(sourceFile: SourceFile): readonly Span[] {
  return sourceFile.statements.filter(isImportDeclaration).flatMap(statement => {
    const { start, end } = placeOf(statement, sourceFile);
    const names = statement.importClause ? [placeOf(statement.importClause, sourceFile)] : [];
    return [...names, { start, end: start }, { start: end, end }];
  });
}
