/** A member that is only read, and one of nearly the same name that is only written. */
import { editDistance } from "@review/analysis";
import type { Identifier } from "@review/program/syntax";
import type { FileNames } from "./members.ts";

export interface Miss {
  readonly read: Identifier;
  readonly written: Identifier;
}

/** The pairs of a file whose names nothing else in it has. */
export function missesIn({ objects, elsewhere }: FileNames): readonly Miss[] {
  const found: Miss[] = [];
  const counts = new Map(elsewhere);
  for (const members of objects.values()) {
    for (const [name, { read, written }] of members) {
      counts.set(name, (counts.get(name) ?? 0) + read.length + written.length);
    }
  }
  for (const members of objects.values()) {
    const onlyWritten = [...members].filter(([, { read }]) => read.length === 0);
    for (const [name, { read, written }] of members) {
      const [use] = read;
      if (!use || written.length > 0 || counts.get(name) !== read.length) continue;
      const near = onlyWritten.filter(
        ([other, uses]) => isNearMiss(name, other) && counts.get(other) === uses.written.length,
      );
      const [only, more] = near;
      if (only && !more) found.push({ read: use, written: only[1].written[0] as Identifier });
    }
  }
  return found;
}

const SHORTEST = 6;

/** The same but for case, or one letter in a long name; plurals and numbers are names of their own. */
export function isNearMiss(one: string, other: string): boolean {
  if (one === other || `_${one}` === other || `_${other}` === one) return false;
  if (one.replace(/_/g, "").toLowerCase() === other.replace(/_/g, "").toLowerCase()) return one.length > 3;
  if (Math.min(one.length, other.length) < SHORTEST || one.replace(/\d/g, "") === other.replace(/\d/g, ""))
    return false;
  if (`${one}s` === other || `${other}s` === one) return false;
  return editDistance(one, other, 1) <= 1;
}
