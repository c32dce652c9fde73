/** Which mutants of a project are tried, and which of them together. */
import { createHash } from "node:crypto";
import type { Mutation } from "@review/review/eval";

/** A mutation of one file. */
export interface Mutant extends Mutation {
  /** Relative to the project's folder. */
  readonly file: string;
}

/** At most so many a rule, from as many files as there are: every file's first comes before any one's second. */
export function chosen(mutants: readonly Mutant[], most: number): readonly Mutant[] {
  // In an order without a meaning, so that neither the first folder nor the head of a file speaks for all.
  const order = new Map(mutants.map(mutant => [mutant, digestOf(mutant)]));
  const shuffled = mutants.toSorted((a, b) => compare(order.get(a) ?? "", order.get(b) ?? ""));
  return [...grouped(shuffled, ({ ruleId }) => ruleId)]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, own]) => inTurns([...grouped(own, ({ file }) => file).values()]).slice(0, most));
}

function digestOf({ ruleId, file, start, text }: Mutant): string {
  return createHash("sha256")
    .update(JSON.stringify([ruleId, file, start, text]))
    .digest("hex");
}

/** By code units, for a sort. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function inTurns(lists: readonly (readonly Mutant[])[]): readonly Mutant[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap(list => list[turn] ?? [])).flat();
}

/** Rounds in which no file is broken twice, and none that another broken one of the round imports. */
export function rounds(
  mutants: readonly Mutant[],
  imports: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly Mutant[])[] {
  const all: Map<string, Mutant>[] = [];
  for (const mutant of mutants) {
    const round = all.find(each => isApart(mutant.file, each, imports));
    if (round) round.set(mutant.file, mutant);
    else all.push(new Map([[mutant.file, mutant]]));
  }
  return all.map(round => [...round.values()]);
}

function isApart(
  file: string,
  round: ReadonlyMap<string, Mutant>,
  imports: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (round.has(file)) return false;
  const own = imports.get(file);
  return [...round.keys()].every(other => !own?.has(other) && !imports.get(other)?.has(file));
}

/** By what a function says of each, in the order in which it is said first. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const own = groups.get(keyOf(item));
    if (own) own.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
