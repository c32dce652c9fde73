/** Members of one object whose names are nearly the same, of which one does nothing that the other needs. */
import { editDistance, isAnagram, wordsOf, wrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isClassLikeDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  SyntaxKind,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { FileNames, MemberUses, Owner } from "./members.ts";

export interface Miss {
  /** What is read and never set, or set and never read. */
  readonly at: Identifier;
  readonly isRead: boolean;
  /** What the other name is: the member that is set and never read, or the one that all the rest of the file uses. */
  readonly meant: Identifier;
  readonly isCommon: boolean;
}

/** The names of a file that nothing else in it has, each with the one that is meant. */
export function missesIn({ objects, elsewhere }: FileNames): readonly Miss[] {
  const found: Miss[] = [];
  const counts = new Map(elsewhere);
  for (const members of objects.values()) {
    for (const [name, { read, written }] of members) {
      counts.set(name, (counts.get(name) ?? 0) + read.length + written.length);
    }
  }
  for (const [owner, members] of objects) {
    if (isMixedIn(members)) continue;
    const alone = [...members].filter(([name, { read, written }]) => counts.get(name) === read.length + written.length);
    // What a key of one object is called, others may have as well.
    const unread = isLiteral(owner) ? [...members] : alone;
    for (const [name, uses] of alone) {
      const miss =
        missOf(name, uses, members, unread) ?? (isOnItsOwn(owner) ? markedMiss(name, uses, members) : undefined);
      if (miss) found.push(miss);
    }
  }
  return found;
}

const FEWEST_FOREIGN = 3;

/** `this.isLength`, `this.isIP` and more that nothing sets: the methods are there to be given to another object. */
function isMixedIn(members: ReadonlyMap<string, MemberUses>): boolean {
  const foreign = [...members.values()].filter(
    ({ read, written }) => written.length === 0 && read.some(name => isOfThis(name)),
  );
  return foreign.length >= FEWEST_FOREIGN;
}

function isOfThis({ parent }: Identifier): boolean {
  return isPropertyAccessExpression(parent) && parent.expression.kind === SyntaxKind.ThisKeyword && isInLiteral(parent);
}

/** Whether the method of an object literal has the `this`, and no class. */
function isInLiteral(node: Node): boolean {
  let at = node;
  while (at.parent && !isClassLikeDeclaration(at.parent) && !isObjectLiteralExpression(at.parent)) at = at.parent;
  return at.parent !== undefined && isObjectLiteralExpression(at.parent);
}

function isLiteral(owner: Owner): boolean {
  return !("isCaptured" in owner) && isObjectLiteralExpression(owner);
}

type Named = readonly [string, MemberUses];

function missOf(
  name: string,
  uses: MemberUses,
  members: ReadonlyMap<string, MemberUses>,
  alone: readonly Named[],
): Miss | undefined {
  const { read, written } = uses;
  if (read.length > 0 && written.length > 0) return undefined;
  return (read[0] && unsetMiss(name, read[0], alone)) ?? commonMiss(name, uses, members);
}

/** A member that is only read, and one of nearly the same name that is only set. */
function unsetMiss(name: string, at: Identifier, alone: readonly Named[]): Miss | undefined {
  const [only, more] = alone.filter(([other, uses]) => uses.read.length === 0 && isNearMiss(name, other));
  const meant = only?.[1].written[0];
  return meant && !more && !isCopied(at, meant) ? { at, isRead: true, meant, isCommon: false } : undefined;
}

/** `Type.prototype.$save = Type.prototype.save` gives what is inherited a second name. */
function isCopied(from: Identifier, to: Identifier): boolean {
  const { parent } = wrapped(from.parent);
  return isBinaryExpression(parent) && wrapped(to.parent) === parent.left;
}

/** A member that stands once in the file, and one of the same letters that the rest of it sets and reads. */
function commonMiss(
  name: string,
  { read, written }: MemberUses,
  members: ReadonlyMap<string, MemberUses>,
): Miss | undefined {
  const [at, again] = [...read, ...written];
  if (!at || again || name.startsWith("_")) return undefined;
  const [common, another] = [...members].filter(
    ([other, uses]) =>
      isCommon(uses, isLetterLost(name, other) || isLongAnagram(name, other)) && isCloseMiss(name, other),
  );
  const meant = common?.[1].written[0];
  // What is set side by side was told apart.
  if (common?.[1].written.some(other => !isKey(other) && blockOf(other) === blockOf(at))) return undefined;
  return meant && !another ? { at, isRead: read.length > 0, meant, isCommon: true } : undefined;
}

/** `{ wordWrap: false }` is where the object begins. */
function isKey({ parent }: Identifier): boolean {
  return isPropertyAssignment(parent);
}

function blockOf(name: Node): Node {
  let at = name;
  while (at.parent && !isBlock(at)) at = at.parent;
  return at;
}

/** `this._timers` where `this.timers` is what is set: the mark makes no other member. */
function markedMiss(name: string, uses: MemberUses, members: ReadonlyMap<string, MemberUses>): Miss | undefined {
  const [at] = uses.read;
  if (!at || uses.written.length > 0 || name.length < SHORTEST) return undefined;
  const other = name.startsWith("_") ? name.slice(1) : `_${name}`;
  const [meant] = members.get(other)?.written ?? [];
  return meant && { at, isRead: true, meant, isCommon: (members.get(other)?.read.length ?? 0) > 0 };
}

/** Whether no other class gives an object members. */
function isOnItsOwn(owner: Owner): boolean {
  if (!("isCaptured" in owner)) return isClassLikeDeclaration(owner) && !owner.heritageClauses;
  const [name] = owner.declarations;
  return name !== undefined && !INHERITS.test(name.getSourceFile().text);
}

/** Ways in which a function gets the members of another. */
const INHERITS =
  /\binherits?\b|\bextends?\b|Object\.(?:create|assign|setPrototypeOf)|\.(?:call|apply)\(\s*this\b|__proto__|mixin/i;

const OFTEN = 3;

/** Whether a member is both set and read, and several times in all if it is a short name of the same letters. */
function isCommon({ read, written }: MemberUses, isLong: boolean): boolean {
  return read.length > 0 && written.length > 0 && (isLong || read.length + written.length >= OFTEN);
}

/** The same but for case, or with two letters swapped; any other letter may make a name of its own. */
function isCloseMiss(one: string, other: string): boolean {
  return isNearMiss(one, other) && (isAnagram(one, other) || isLetterLost(one, other));
}

const LONG = 7;

/** `wordWarp` and `wordWrap` */
function isLongAnagram(one: string, other: string): boolean {
  return one.length >= LONG && isAnagram(one, other);
}

/** A letter too few or too many inside of a long word that begins and ends alike. */
function isLetterLost(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < LONG - 1 || long.length - short.length !== 1 || short.at(-1) !== long.at(-1)) return false;
  if (short.slice(0, 2) !== long.slice(0, 2)) return false;
  const words = wordsOf(short);
  // The letter is one of a single word of several letters, and makes no other word of a short one.
  const odd = wordsOf(long).filter((word, index) => word !== words[index]);
  return words.length === wordsOf(long).length && odd.length === 1 && (odd[0]?.length ?? 0) >= LONG;
}

const SHORTEST = 6;

/** The same but for case, or one letter in a long name; plurals, numbers and constants are names of their own. */
export function isNearMiss(one: string, other: string): boolean {
  // `element` is what gives `__element` to others.
  if (one.replace(/^_+/, "") === other.replace(/^_+/, "")) return false;
  if (isOfOtherKind(one, other)) return false;
  if (one.replace(/_/g, "").toLowerCase() === other.replace(/_/g, "").toLowerCase()) return one.length > 3;
  if (Math.min(one.length, other.length) < SHORTEST || one.replace(/\d/g, "") === other.replace(/\d/g, ""))
    return false;
  if (`${one}s` === other || `${other}s` === one) return false;
  return editDistance(one, other, 1) <= 1;
}

/** `EVENT` and `event`, `Reader` and `reader`: a constant or a class, and a value. */
function isOfOtherKind(one: string, other: string): boolean {
  if (one.toLowerCase() !== other.toLowerCase()) return false;
  const [shouted, plain] = one === one.toUpperCase() ? [one, other] : [other, one];
  return (shouted === shouted.toUpperCase() && plain !== plain.toUpperCase()) || one.slice(1) === other.slice(1);
}
