/** Reports a name that breaks the renaming by which one piece of code was made out of its neighbour. */
import {
  defineRule,
  quoted,
  remarkAbove,
  tokensOf,
  wrapped,
  type Ask,
  type Listeners,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { checkBounds } from "./bounds.ts";
import { breakBetween, type Break } from "./break.ts";
import { couldBeNamed } from "./exists.ts";
import { haveOneShape, shapeOf, type Shaped } from "./shape.ts";
import { rowsIn } from "./siblings.ts";
import { checkAssignment } from "./unread.ts";

const rule: Rule = defineRule({
  id: "inconsistent-rename",
  summary: "Code repeats its neighbour with other names, and one name was forgotten.",
  category: "names",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Use the name that the renaming gives, or write the exception so that it does not look like a copy.",
  listen: pass => ({
    ...checksOfRows(pass),
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) =>
      node.operatorToken.kind === SyntaxKind.EqualsToken ? checkAssignment(pass, node) : checkRows(pass, node),
  }),
});
export default rule;

const OWNERS = [
  SyntaxKind.SourceFile,
  SyntaxKind.Block,
  SyntaxKind.CaseBlock,
  SyntaxKind.CaseClause,
  SyntaxKind.DefaultClause,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.JsxAttributes,
  SyntaxKind.JsxElement,
  SyntaxKind.IfStatement,
] as const;

function checksOfRows(pass: Pass): Listeners {
  return Object.fromEntries(OWNERS.map(kind => [kind, (node: Node) => checkRows(pass, node)]));
}

const FEWEST_TOKENS = 8;

function checkRows(pass: Pass, owner: Node): Ask<void> | undefined {
  // The rows of a test's data differ as its cases do.
  if (pass.file.isTest && isArrayLiteralExpression(owner)) return undefined;
  const copies = rowsIn(owner).flatMap(row => [...row.keys()].map(index => ({ row, index })).filter(isCopy));
  return copies.length > 0 ? checkCopies(pass, copies) : undefined;
}

function* checkCopies(pass: Pass, copies: readonly Place[]): Ask<void> {
  for (const copy of copies) yield* checkPiece(pass, copy);
}

/** Whether what stands before a piece, and is of its kind, has its shape. */
function isCopy({ row, index }: Place): boolean {
  const other = row[index] as Node;
  for (let at = index - 1; at >= Math.max(0, index - WINDOW); at--) {
    const one = row[at] as Node;
    if (one.kind === other.kind) return haveOneShape(one, other);
  }
  return false;
}

/** How far back a piece may have been copied from: what belongs to it often stands between. */
const WINDOW = 3;

/** The nearest sibling of the same shape that tells a break is the model. */
function* checkPiece(pass: Pass, place: Place): Ask<void> {
  const { row, index } = place;
  const other = row[index] as Node;
  for (const one of row.slice(Math.max(0, index - WINDOW), index).toReversed()) {
    if (one.kind !== other.kind) continue;
    // What stands between two copies is a copy as well, or nothing of their kind.
    if (!haveOneShape(one, other)) return;
    if (!isLikelyOther(one, other) && (yield* checkPair(pass, one, other, place))) return;
  }
}

/** A look at the lengths, which spares most of the comparisons. */
function isLikelyOther(one: Node, other: Node): boolean {
  const ours = one.end - one.getStart();
  const theirs = other.end - other.getStart();
  return Math.min(ours, theirs) < FEWEST_TOKENS || Math.abs(ours - theirs) > 0.6 * Math.max(ours, theirs);
}

interface Place {
  readonly row: readonly Node[];
  /** Of the second of the pair. */
  readonly index: number;
}

/** Whether the pair was reported. */
function* checkPair(pass: Pass, first: Node, second: Node, place: Place): Ask<boolean> {
  if (checkBounds(pass, first, second)) return true;
  const one = shapeOf(first);
  const other = shapeOf(second);
  if (!one || !other) return false;
  const slip = slipBetween(one, other, othersAlike(place, one, other));
  if (!slip || isOffset(slip.found) || isShared(slip, place) || isTaken(slip, place) || isExplained(slip)) {
    return false;
  }
  const { found, model, copy } = slip;
  if (tokensOf(pass.file.text, copy.root.getStart(), copy.root.end).length < FEWEST_TOKENS) return false;
  if (!(yield* couldBeNamed(pass, found, copy.root))) return false;
  report(pass, found, model);
  return true;
}

/** The siblings near a pair that have its shape as well. */
function othersAlike({ row, index }: Place, one: Shaped, other: Shaped): readonly Shaped[] {
  const near = row.slice(Math.max(0, index - WINDOW), index + WINDOW);
  return near.flatMap(node => {
    const isOther = node !== one.root && node !== other.root && node.kind === one.root.kind;
    const shaped = isOther ? shapeOf(node) : undefined;
    return shaped?.shape === one.shape ? [shaped] : [];
  });
}

interface Slip {
  readonly found: Break;
  readonly model: Shaped;
  readonly copy: Shaped;
}

/** A name that stands in both, and has a partner in both, is what they have in common. */
function slipBetween(one: Shaped, other: Shaped, alike: readonly Shaped[]): Slip | undefined {
  const forward = breakBetween(one, other, alike);
  const backward = breakBetween(other, one, alike);
  if (forward && !backward) return { found: forward, model: one, copy: other };
  const isFirstWrong = !forward && backward && backward.ofWord >= MOST_OF_FIRST;
  return isFirstWrong ? { found: backward, model: other, copy: one } : undefined;
}

/** Confirmations of the word that say that the first of two pieces is the wrong one, though copies come second. */
const MOST_OF_FIRST = 3;

/** `from: outer.from + inner.from, to: outer.from + inner.to`: where a range begins is added to both of its ends. */
function isOffset({ node, word }: Break): boolean {
  const access = isPropertyAccessExpression(node.parent) ? node.parent : node;
  const { parent } = wrapped(access);
  if (!STARTS.has(word) || !isBinaryExpression(parent) || isStringLiteralLikeNode(parent.right)) return false;
  const { kind } = parent.operatorToken;
  return kind === SyntaxKind.PlusToken || kind === SyntaxKind.MinusToken;
}

const STARTS: ReadonlySet<string> = new Set(["from", "start", "begin", "left", "top", "min"]);

/** A comment above that has the word in it, or the very same piece at another place: somebody thought of it there. */
function isExplained({ found: { node, word }, copy }: Slip): boolean {
  if (remarkAbove(node).toLowerCase().includes(word.toLowerCase())) return true;
  const piece = copy.root.getText();
  const { text } = node.getSourceFile();
  return text.indexOf(piece) !== text.lastIndexOf(piece);
}

/** Whether a third sibling beside the two has the same name at the same place. */
function isShared({ found, model, copy }: Slip, { row, index }: Place): boolean {
  const name = model.leaves[found.index]?.text;
  const near = row.slice(Math.max(0, index - WINDOW), index + 2);
  return near.some(node => node !== model.root && node !== copy.root && nameAt(node, found.index, model) === name);
}

/** Whether another sibling has the wanted name there: then the row goes through all the combinations. */
function isTaken({ found, model, copy }: Slip, { row }: Place): boolean {
  const others = row.filter(node => node !== model.root && node !== copy.root);
  return others.some(node => nameAt(node, found.index, model) === found.wanted);
}

/** The name at a place of a node of the same shape. */
function nameAt(node: Node, index: number, { root, shape }: Shaped): string | undefined {
  const shaped = node.kind === root.kind ? shapeOf(node) : undefined;
  return shaped?.shape === shape ? shaped.leaves[index]?.text : undefined;
}

const MOST_SHOWN = 3;

function report(pass: Pass, { node, index, wanted, word, replacement, confirmations }: Break, model: Shaped): void {
  const { sourceFile } = pass.file;
  const twin = model.leaves[index]?.node ?? model.root;
  pass.report(node, {
    message: `${quoted(node, sourceFile)} breaks the pattern: this repeats its neighbour with \`${replacement}\` for \`${word}\`, and \`${wanted}\` exists as well.`,
    evidence: [
      { at: twin, message: "This is the same place in the neighbour." },
      ...confirmations.slice(0, MOST_SHOWN).map(([from, to]) => ({
        at: to,
        message: `Here ${quoted(from, sourceFile)} has become ${quoted(to, sourceFile)}.`,
      })),
    ],
    fixes: [{ title: `Write \`${wanted}\``, safety: "suggested", edits: [{ at: node, text: wanted }] }],
  });
}
