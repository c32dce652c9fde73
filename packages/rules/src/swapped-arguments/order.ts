/** Whether the names of values fit the names of the slots that they stand in, or those of other slots. */
import { isVague, meaningOf, similarityOf } from "@review/analysis";

/** A parameter, key or attribute, and the name of the value that it gets; undefined where that one has no name. */
export interface Slot {
  readonly name: string;
  readonly value: string | undefined;
}

/** A value at one position whose name is that of the slot at another. */
export interface Move {
  readonly from: number;
  readonly to: number;
}

/** The least likeness that counts as the name of another slot, and what it must be ahead of its own. */
const LIKE = 0.8;
const AHEAD = 0.5;

/** Values that stand in each other's slots: each of them moved by the others, so that two or more change places. */
export function displacedIn(slots: readonly Slot[]): readonly Move[] {
  const targets = slots.map((_, index) => targetOf(slots, index));
  for (const start of slots.keys()) {
    const moves: Move[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !moves.some(({ from }) => from === at)) {
      const to: number | undefined = targets[at];
      if (to !== undefined) moves.push({ from: at, to });
      at = to;
    }
    if (at === start && moves.length > 1) return moves;
  }
  return [];
}

/** The slot whose name is that of the value at a position, where that is clearly not its own and only one. */
function targetOf(slots: readonly Slot[], from: number): number | undefined {
  const own = slots[from] as Slot;
  if (own.value === undefined || isVague(own.value)) return undefined;
  const here = similarityOf(own.value, own.name);
  const scores = slots.map(({ name }, to) => (to === from ? 0 : scoreOf(own, name)));
  const best = Math.max(...scores);
  const to = scores.indexOf(best);
  return best < LIKE || best - here < AHEAD || scores.lastIndexOf(best) !== to ? undefined : to;
}

function scoreOf(own: Slot, name: string): number {
  return isVague(name) || isNumbered(name, own.name) ? 0 : similarityOf(own.value ?? "", name);
}

/** Whether two names differ in nothing but numbers and letters: `point1` and `point2` may come in either order. */
function isNumbered(one: string, other: string): boolean {
  return tellingOf(one) === tellingOf(other);
}

function tellingOf(name: string): string {
  return meaningOf(name)
    .filter(word => word.length > 1 && !/^\d+$/.test(word))
    .join(" ");
}
