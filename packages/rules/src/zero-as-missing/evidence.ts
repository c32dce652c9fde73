/** What shows that 0 is a value: the type, the code beside it, or a name that says where 0 lies. */
import { isUncertain, quoted, wordsOf, type Ask, type Pass } from "@review/analysis";
import { TypeFlags, type Symbol, type Type } from "@review/program";
import type { Identifier, Node } from "@review/program/syntax";
import { zeroForParameter, zeroFromCaller } from "./given.ts";
import { mentionsOf, type Mention } from "./mentions.ts";
import { elementRead, zeroPutIn } from "./places.ts";
import { isMeasure, isSentByName, olderValue, sentIn } from "./numbers.ts";
import { nameOfSubject, UNLIKELY, type Site } from "./sites.ts";

export interface Evidence {
  /** For a message: "as … shows". */
  readonly why: string;
  readonly steps: readonly { readonly at: Node; readonly message: string }[];
  /** Whether null is another value for missing, so that comparing with undefined would not do. */
  readonly mayBeNull: boolean;
}

/** Undefined where the value is no number, cannot be missing, or nothing says that 0 counts. */
export function* evidenceFor(pass: Pass, site: Site): Ask<Evidence | undefined> {
  const { checker } = pass;
  const name = nameOfSubject(site.subject);
  if (!name) return undefined;
  const older = olderValue(site, name.text);
  const type = yield* checker.typeOf(site.subject);
  if (isUncertain(type)) return older ?? givenUntyped(pass, site, name);
  const kinds = yield* kindsOf(pass, type);
  if (!kinds) return undefined;
  const mayBeNull = kinds.absent !== "undefined";
  const typeStep = { at: site.subject, message: `This is of type \`${yield* checker.textOf(type)}\`.` };
  if (kinds.zero !== undefined && kinds.absent !== undefined) {
    return { why: `which is ${kinds.zero}`, steps: [typeStep], mayBeNull };
  }
  const mention = yield* otherMention(pass, name, kinds.absent !== undefined);
  if (mention) return { why: mention.why, steps: [typeStep, mention.step], mayBeNull };
  if (kinds.absent === undefined || kinds.isEnum) return undefined;
  const told = yield* toldByPlace(pass, site, name.text);
  return told && { why: told.why, steps: [typeStep, ...(told.step ? [told.step] : [])], mayBeNull };
}

/** `slice(bytes, 0, 0)` for `end || bytes.length`: in JavaScript a call may say more than the type. */
function givenUntyped(pass: Pass, { fallback }: Site, name: Identifier): Evidence | undefined {
  if (!pass.file.isJavaScript || pass.file.isTest || !fallback || UNLIKELY.test(name.text)) return undefined;
  const zero = zeroForParameter(pass, name);
  const steps = zero ? [{ at: zero, message: "This gives 0." }] : [];
  return zero && { why: "as a call gives it", steps, mayBeNull: true };
}

/** What the number comes from, what is read by it, what it is called, and where it goes. */
function* toldByPlace(
  pass: Pass,
  site: Site,
  name: string,
): Ask<(Pick<Told, "why"> & { readonly step?: Told["step"] }) | undefined> {
  const stored = yield* toldByTable(pass, site);
  if (stored) return stored;
  if (isPlace(site, name)) return { why: "as places are counted from 0" };
  const sent = sentIn(site, name);
  if (sent) {
    const step = { at: sent, message: "The number is handed on as it is." };
    return { why: "which would be handed on like any other number", step };
  }
  return isMeasure(site, name) ? { why: "like any other number" } : undefined;
}

function* toldByTable(pass: Pass, site: Site): Ask<Told | undefined> {
  const put = zeroPutIn(pass, site);
  if (put) return { why: "which another place puts there", step: { at: put, message: "This puts 0 into it." } };
  const read = yield* elementRead(pass, site);
  return read && { why: "as an index", step: { at: read, message: "The first element has the index 0." } };
}

interface Kinds {
  readonly absent: "undefined" | "null" | "both" | undefined;
  /** The member of an enumeration that is 0, if that is a value like the others. */
  readonly zero: string | undefined;
  readonly isEnum: boolean;
}

/** Undefined where the values are anything but numbers and what stands for a missing one. */
function* kindsOf({ checker }: Pass, type: Type): Ask<Kinds | undefined> {
  const absent = new Set<"undefined" | "null">();
  let zero: string | undefined;
  let literals = 0;
  let numbers = 0;
  for (const part of yield* checker.partsOf(type)) {
    if (part.flags & (TypeFlags.Undefined | TypeFlags.Void)) absent.add("undefined");
    else if (part.flags & TypeFlags.Null) absent.add("null");
    else if (part.isNumberLiteralType()) {
      literals++;
      if (part.value === 0) zero = yield* nameOfZero(yield* checker.symbolOfType(part));
    } else if (part.flags & (TypeFlags.NumberLike | TypeFlags.BigIntLike)) numbers++;
    else return undefined;
  }
  if (literals + numbers === 0) return undefined;
  const [first, second] = absent;
  return { absent: second ? "both" : first, zero, isEnum: literals > 0 };
}

const NOTHINGS =
  /^(?:no(?:ne|thing|t[A-Z]\w*)?|un\w+|default|off|disabled|invalid|null|empty|zero|idle|initial|false|normal|other|missing|never)$/i;

/** `0 | 1` is a flag; members named for nothing are meant to be falsy. */
function* nameOfZero(symbol: Symbol | undefined): Ask<string | undefined> {
  const last = symbol?.name.split("_").at(-1) ?? "";
  return symbol && !NOTHINGS.test(last) ? `\`${symbol.name}\`` : undefined;
}

const PLACES = /^(?:index|idx|offset|position|pos|top|left|latitude|longitude|lat|lng|lon|x|y|z)$/i;

/** Whether 0 is a place, and not what nothing means as well. */
function isPlace(site: Site, name: string): boolean {
  return startsAtZero(name) && !isSentByName(site, name);
}

/** Whether a name ends in a word for a place that is counted, or measured, from 0. */
function startsAtZero(name: string): boolean {
  const words = wordsOf(name).filter(word => !/^\d/.test(word));
  const last = words.at(-1);
  if (last === undefined || !PLACES.test(last)) return false;
  return !/^offset$/i.test(last) || words.length === 1 || OFFSET_INTO.test(words.at(-2) ?? "");
}

/** What an offset is counted in or from; an `alignmentOffset` of 0 is none. */
const OFFSET_INTO =
  /^(?:start|end|begin|byte|bit|char|text|string|line|column|token|node|cursor|seek|read|write|file|buffer|data|page|source|target|block|chunk|row|item|time)s?$/i;

interface Told {
  readonly why: string;
  readonly step: Evidence["steps"][number];
}

/** Another place of the file that treats 0 as a value of the same variable or member, or gives it. */
function* otherMention(pass: Pass, name: Identifier, mayBeAbsent: boolean): Ask<Told | undefined> {
  const { sourceFile } = pass.file;
  const mention = yield* sameMention(pass, name, mayBeAbsent);
  if (mention) {
    const message = `${quoted(mention.node, sourceFile)} ${mention.says}.`;
    return { why: mention.why, step: { at: mention.node, message } };
  }
  const zero = mayBeAbsent ? yield* zeroFromCaller(pass, name) : undefined;
  return zero && { why: "as a call gives it", step: { at: zero, message: "This gives 0." } };
}

function* sameMention(pass: Pass, name: Identifier, mayBeAbsent: boolean): Ask<Mention | undefined> {
  const mentions = mentionsOf(pass.file.sourceFile, name.text);
  if (mentions.length === 0) return undefined;
  const symbol = yield* pass.checker.symbolOf(name);
  if (!symbol) return undefined;
  for (const mention of mentions) {
    if (!mayBeAbsent && !mention.isAssignment) continue;
    if ((yield* pass.checker.symbolOf(mention.name)) === symbol) return mention;
  }
  return undefined;
}
