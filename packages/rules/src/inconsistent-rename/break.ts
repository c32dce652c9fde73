/** Where one of two pieces of the same shape breaks the renaming that makes it out of the other. */
import { piecesOf } from "@review/analysis";
import {
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { Shaped } from "./shape.ts";

/** A name that kept a word which is another one wherever else it stands. */
export interface Break {
  /** Position among the leaves. */
  readonly index: number;
  readonly node: Node;
  /** The name with the word replaced. */
  readonly wanted: string;
  readonly word: string;
  readonly replacement: string;
  /** How many names follow the renaming of this very word. */
  readonly ofWord: number;
  /** Pairs of names that do follow the renaming: of this word first. */
  readonly confirmations: readonly (readonly [Node, Node])[];
}

/** Confirmations of a word; one is enough where another word has as many. */
const FEWEST = 2;
/** Names and texts that differ as a whole: with more of them, one piece is no copy of the other. */
const MOST_OTHER = 2;

/**
 * The only break on the way from one piece to the other; undefined where there is none, or more than one. `alike` are
 * other pieces of the same shape, which may say that two places go together.
 */
export function breakBetween(one: Shaped, other: Shaped, alike: readonly Shaped[]): Break | undefined {
  const renames = renamesOf(one, other);
  if (!renames) return undefined;
  let found: Break | undefined;
  for (const [index, { text, node }] of other.leaves.entries()) {
    if (one.leaves[index]?.text !== text) continue;
    // A text may be what the pieces have in common, unless each of the others has its own.
    if (!isName(node) && !(isStringLiteralLikeNode(node) && alike.length >= FEWEST && isOwnText(one, alike, index)))
      continue;
    for (const broken of breaksAt(renames, node, text, word => rowsOf(one, alike, index, word))) {
      if (found) return undefined;
      found = { ...broken, index, node };
    }
  }
  return found;
}

/** Whether a text is a name of its piece in this one, and in all the others. */
function isOwnText(one: Shaped, alike: readonly Shaped[], index: number): boolean {
  return [one, ...alike].every(({ leaves }) => {
    const text = leaves[index]?.text.slice(1, -1);
    return leaves.some(({ node, text: other }) => isName(node) && other === text);
  });
}

function isName(node: Node): boolean {
  return isIdentifier(node) || node.kind === SyntaxKind.PrivateIdentifier;
}

type Renames = ReadonlyMap<string, Rename>;

interface Rename {
  readonly to: string;
  readonly places: Places;
}

type Places = (readonly [Node, Node])[];

/** Which word became which; undefined where one became two. */
function renamesOf(one: Shaped, other: Shaped): Renames | undefined {
  const renames = new Map<string, Rename>();
  for (const [index, { text, node }] of one.leaves.entries()) {
    const twin = other.leaves[index];
    if (!twin || twin.text === text) continue;
    const [from, to] = differenceOf(text, twin.text);
    const known = renames.get(from);
    if (known && known.to !== to) return undefined;
    if (known) known.places.push([node, twin.node]);
    else renames.set(from, { to, places: [[node, twin.node]] });
  }
  return [...renames.keys()].filter(from => from.startsWith(" ")).length > MOST_OTHER ? undefined : renames;
}

/** The one word in which two names differ, else both names. */
function differenceOf(one: string, other: string): readonly [string, string] {
  const ours = piecesOf(one);
  const theirs = piecesOf(other);
  const differing = [...ours.keys()].filter(index => ours[index]?.word !== theirs[index]?.word);
  const [at] = differing;
  if (at === undefined || ours.length !== theirs.length || differing.length > 1) return [` ${one}`, ` ${other}`];
  return [ours[at]?.word ?? "", theirs[at]?.word ?? ""];
}

/**
 * The places at which the other pieces have another word for this one, if every one of them has it both there and where
 * the break is: `out.x = v.x; out.y = v.y;` says so of `out.z = v.y`.
 */
function rowsOf(one: Shaped, alike: readonly Shaped[], index: number, word: string): Places {
  const places: Places = [];
  for (const piece of alike) {
    const rename = renamesOf(one, piece)?.get(word);
    const twin = piece.leaves[index]?.node;
    if (!rename || rename.places.length < FEWEST || rename.places.every(([, to]) => to !== twin)) return [];
    places.push(...rename.places);
  }
  return places;
}

type Broken = Omit<Break, "index" | "node">;

function breaksAt(renames: Renames, node: Node, name: string, inRows: (word: string) => Places): readonly Broken[] {
  return piecesOf(name).flatMap(({ word, start, text }) => {
    const rename = renames.get(word);
    // Two words that change places leave names as they are.
    if (!rename || renames.has(rename.to) || /^\d/.test(word)) return [];
    const others = [...renames.values()].filter(each => each !== rename && each.places.length >= FEWEST);
    if (rename.places.length < FEWEST && others.length === 0) others.push({ to: "", places: inRows(word) });
    if (rename.places.length < FEWEST && others.every(({ places }) => places.length < FEWEST)) return [];
    if (!isMemberName(node) && rename.places.every(([place]) => isMemberName(place))) return [];
    const all = [rename, ...others].flatMap(({ places }) => places);
    const wanted = name.slice(0, start) + inCaseOf(text, rename.to) + name.slice(start + text.length);
    return [{ wanted, word, replacement: rename.to, ofWord: rename.places.length, confirmations: all }];
  });
}

/** `selector.selector`: the two have the word in common, and are two things. */
function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

function inCaseOf(model: string, word: string): string {
  if (model === model.toLowerCase()) return word;
  const isAllUpper = model.length > 1 && model === model.toUpperCase();
  return isAllUpper ? word.toUpperCase() : word.slice(0, 1).toUpperCase() + word.slice(1);
}
