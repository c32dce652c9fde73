/** One pair of a group that breaks the pattern which the others follow. */
import { wordsOf } from "@review/analysis";
import type { Pair } from "./pairs.ts";

export interface Odd {
  readonly pair: Pair;
  /** The name that the pattern asks for. */
  readonly wanted: string;
  readonly others: readonly Pair[];
  /** Whether another pair has the name already, as its own. */
  readonly isTaken: boolean;
}

const FEWEST_OTHERS = 3;

export function oddIn(group: readonly Pair[]): Odd | undefined {
  if (group.length <= FEWEST_OTHERS) return undefined;
  const prefix = prefixOf(group);
  const fitting = prefix === undefined ? [] : group.filter(pair => fits(pair, prefix));
  const rest = group.filter(pair => !fitting.includes(pair));
  const [odd] = rest;
  if (prefix === undefined || !odd || rest.length > 1) return undefined;
  const key = wordsOf(odd.key);
  const { name } = odd;
  const wanted = nameFor(key, prefix, fitting);
  if (wanted === undefined || wanted === name) return undefined;
  const isTaken = fitting.some(pair => pair.name === name);
  const isNear = isOneWordOff([...prefix, ...key], wordsOf(name)) && usesLast(fitting, key);
  return isTaken || isNear ? { pair: odd, wanted, others: fitting, isTaken } : undefined;
}

/** The words before the key in most names: `vite` of `projectId: env.VITE_PROJECT_ID`. */
function prefixOf(group: readonly Pair[]): readonly string[] | undefined {
  const counts = new Map<string, number>();
  for (const { key, name: text } of group) {
    const name = wordsOf(text);
    const own = wordsOf(key);
    if (own.length === 0 || own.length > name.length) continue;
    if (own.every((word, index) => word === name[name.length - own.length + index])) {
      const prefix = name.slice(0, name.length - own.length).join(" ");
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  for (const [prefix, count] of counts) if (count >= FEWEST_OTHERS) return prefix === "" ? [] : prefix.split(" ");
  return undefined;
}

function fits({ key, name }: Pair, prefix: readonly string[]): boolean {
  return wordsOf(name).join(" ") === [...prefix, ...wordsOf(key)].join(" ");
}

/** Whether all words are the same but one, which stands at the same place, and is no short form of the other: `auth`. */
function isOneWordOff(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length || one.length < 2) return false;
  const [at, ...more] = [...one.keys()].filter(index => one[index] !== other[index]);
  const [ours = "", theirs = ""] = at === undefined ? [] : [one[at], other[at]];
  return at !== undefined && more.length === 0 && !ours.startsWith(theirs) && !theirs.startsWith(ours);
}

/** Whether the last word of a key, such as `id`, is kept by another pair: so it is no word that the other side lacks. */
function usesLast(fitting: readonly Pair[], key: readonly string[]): boolean {
  return fitting.some(({ name }) => wordsOf(name).at(-1) === key.at(-1));
}

/** The words of a key written as the names of the other pairs are. */
function nameFor(key: readonly string[], prefix: readonly string[], fitting: readonly Pair[]): string | undefined {
  const words = [...prefix, ...key];
  const names = fitting.map(({ name }) => name);
  if (names.every(name => name === name.toUpperCase())) return words.join("_").toUpperCase();
  if (names.some(name => name.includes("_"))) return words.join("_");
  return words.map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join("");
}
