/**
 * What a change takes away. A finding is easily silenced by deleting the code that it is in or the check that it is
 * about; a repair keeps what the code did.
 */
import { unwrapped } from "@review/analysis";
import type { DraftFinding, Span } from "@review/findings";
import { SymbolFlags, type OpenProject, type Symbol } from "@review/program";
import {
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVoidExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { newOnes } from "../diagnostics.ts";
import { changedNodes, overlaps, placeOf, type ChangedFile, type Side } from "./change.ts";
import { checksOf, isConstant, type CodeCheck } from "./checks.ts";

/** What is lost without the rule asking for it, in words; undefined where nothing is. */
export function lossOf(change: ChangedFile, finding: DraftFinding): string | undefined {
  const isWanted = REMOVES.test(finding.repair);
  return (
    lostCheck(change, finding, isWanted) ??
    (isWanted ? undefined : (lostCall(change) ?? lostStatement(change, finding) ?? lostName(change, finding)))
  );
}

/** The rule's own words say when a repair is to take something out. */
const REMOVES = /\b(?:remove|delete|drop|leave (?:\w+ )?out|take (?:\w+ ){1,3}out|get rid|omit|without)\b/i;

/** Where in the file the finding and its evidence are. */
function placesIn({ file }: ChangedFile, finding: DraftFinding): readonly Span[] {
  return [finding, ...finding.evidence].filter(place => place.file === file).map(place => place.span);
}

function lostCheck(change: ChangedFile, finding: DraftFinding, isWanted: boolean): string | undefined {
  const { before, after } = change;
  const places = placesIn(change, finding);
  const old = checksOf(before.sourceFile);
  const now = checksOf(after.sourceFile);
  const gone = without(old, now);
  const come = without(now, old);
  const constant = come.find(isConstant);
  if (constant) return `The edit makes a check constant: \`${constant.text.slice(0, 120)}\`.`;
  const strange = gone.find(check => !overlaps(check.span, places));
  if (strange)
    return `The edit removes or changes the check \`${strange.text.slice(0, 120)}\`, which the finding is not about.`;
  const kept = namesIn(after);
  const lost = gone.find(({ names, kind }) => kind !== "choice" || !names.every(name => kept.has(name)));
  if (isWanted || !lost || come.length >= gone.length) return undefined;
  return `The edit removes the check \`${lost.text.slice(0, 120)}\`.`;
}

function without(some: readonly CodeCheck[], others: readonly CodeCheck[]): readonly CodeCheck[] {
  const left = newOnes(
    others.map(({ text }) => text),
    some.map(({ text }) => text),
  ) as string[];
  return some.filter(({ text }) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

/** Calls of the project's own functions that are made less often than before. */
function lostCall({ before, after }: ChangedFile): string | undefined {
  const old = calledIn(before);
  const gone = newOnes(
    calledIn(after).map(({ text }) => text),
    old.map(({ text }) => text),
  );
  const candidates = old.filter(({ text }) => gone.includes(text));
  const [lost] = ownNames(before, candidates);
  return lost && `The edit removes a call of \`${lost.text}\`.`;
}

function calledIn(side: Side): readonly Identifier[] {
  return changedNodes(side).flatMap(node => {
    const name = calleeOf(node);
    return name && overlaps(placeOf(name, side.sourceFile), side.spans) ? [name] : [];
  });
}

function calleeOf(node: Node): Identifier | undefined {
  if (!isCallExpression(node) && !isNewExpression(node)) return undefined;
  const { expression } = node;
  const name = isPropertyAccessExpression(expression) ? expression.name : expression;
  return isIdentifier(name) ? name : undefined;
}

/** Statements that do something, of a library too, and that the finding is not about. */
function lostStatement(change: ChangedFile, finding: DraftFinding): string | undefined {
  const { before, after } = change;
  const places = placesIn(change, finding);
  const kept = namesIn(after);
  const lost = changedNodes(before).find(node => {
    const name = isExpressionStatement(node) ? calleeOf(unwrappedCall(node.expression)) : undefined;
    return name !== undefined && !kept.has(name.text) && !overlaps(placeOf(node, before.sourceFile), places);
  });
  return lost && `The edit removes the statement \`${lost.getText(before.sourceFile).slice(0, 120)}\`.`;
}

function unwrappedCall(expression: Node): Node {
  let inner = unwrapped(expression);
  while (isAwaitExpression(inner) || isVoidExpression(inner)) inner = unwrapped(inner.expression);
  return inner;
}

/**
 * Names of the project that the replaced code used and its replacement does not. Where the finding is, a name may be the
 * mistake: as many others may stand there instead. What is declared may be called otherwise.
 */
function lostName(change: ChangedFile, finding: DraftFinding): string | undefined {
  const { file, before, after } = change;
  const gone = ownNames(before, namesWithout(before, namesIn(after)));
  const own = finding.file === file ? [finding.span] : [];
  const isOwn = (node: Node): boolean => overlaps(placeOf(node, before.sourceFile), own);
  const replaced = gone.length === 0 ? 0 : distinct(ownNames(after, namesWithout(after, namesIn(before)))).size;
  const isReplaced = distinct(gone.filter(isOwn)).size <= replaced;
  const lost = gone.find(node => !isReplaced || !isOwn(node));
  return lost && `The edit leaves out \`${lost.text}\`, which the code used.`;
}

function namesWithout(side: Side, others: ReadonlySet<string>): readonly Identifier[] {
  return changedNodes(side)
    .filter(isIdentifier)
    .filter(node => !others.has(node.text) && !isDeclared(node));
}

function isDeclared(node: Identifier): boolean {
  const { parent } = node;
  return !isPropertyAccessExpression(parent) && (parent as { readonly name?: Node }).name === node;
}

function distinct(names: readonly Identifier[]): ReadonlySet<string> {
  return new Set(names.map(({ text }) => text));
}

function namesIn(side: Side): ReadonlySet<string> {
  return new Set(
    changedNodes(side)
      .filter(isIdentifier)
      .map(({ text }) => text),
  );
}

/** Those of the names that the project declares, outside of the replaced code itself. */
function ownNames({ project, sourceFile, spans }: Side, names: readonly Identifier[]): readonly Identifier[] {
  if (names.length === 0) return [];
  const symbols = project.checker.getSymbolAtLocation(names);
  return names.filter((_, index) => {
    const symbol = symbols[index];
    const declaration = symbol && declarationOf(project, symbol);
    if (!declaration) return false;
    const file = declaration.getSourceFile();
    if (file === sourceFile) return !isInside(declaration, spans);
    return !file.fileName.includes("/node_modules/") && !project.program.isSourceFileDefaultLibrary(file);
  });
}

function isInside(declaration: Node, spans: Side["spans"]): boolean {
  return spans.some(span => span.start <= declaration.getStart() && declaration.end <= span.end);
}

function declarationOf({ checker }: OpenProject, symbol: Symbol): Node | undefined {
  const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations[0]?.resolve();
}
