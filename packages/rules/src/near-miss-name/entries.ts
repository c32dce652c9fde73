/** Entries of a table whose keys are put together out of their own members, and one that has the members of another. */
import { unwrapped } from "@review/analysis";
import {
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isStringLiteral,
  type Node,
  type ObjectLiteralExpression,
  type StringLiteral,
} from "@review/program/syntax";

export interface OddEntry {
  /** The text of the member. */
  readonly at: StringLiteral;
  readonly wanted: string;
  /** The key of the entry that has these members, too. */
  readonly other: Node;
  readonly key: string;
}

interface Entry {
  readonly key: Node;
  readonly name: string;
  readonly texts: ReadonlyMap<string, StringLiteral>;
}

/** So many entries make a pattern. */
const FEWEST = 8;

/** `sensor_lux: { type: "sensor", id: "light" }`, where `sensor_light` has the same, and all others their own. */
export function oddEntriesIn({ properties }: ObjectLiteralExpression): readonly OddEntry[] {
  if (properties.length <= FEWEST) return [];
  const entries = properties.flatMap(property => entryOf(property) ?? []);
  const [first] = entries;
  const names = [...(first?.texts.keys() ?? [])];
  for (const start of names) {
    for (const end of names) {
      const found = start === end ? [] : oddBy(entries, start, end);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function entryOf(property: Node): Entry | undefined {
  if (!isPropertyAssignment(property)) return undefined;
  const { name: key } = property;
  const value = unwrapped(property.initializer);
  if (!(isIdentifier(key) || isStringLiteral(key)) || !isObjectLiteralExpression(value)) return undefined;
  const texts = new Map<string, StringLiteral>();
  for (const member of value.properties) {
    if (!isPropertyAssignment(member) || !isIdentifier(member.name)) continue;
    if (isStringLiteral(member.initializer)) texts.set(member.name.text, member.initializer);
  }
  return { key, name: key.text, texts };
}

/** The entries that break `<start>_<end>`, where most keep to it. */
function oddBy(entries: readonly Entry[], start: string, end: string): readonly OddEntry[] {
  const fitting = new Map<string, Entry>();
  const odd: Entry[] = [];
  for (const entry of entries) {
    const made = madeOf(entry, start, end);
    if (made === entry.name) fitting.set(made, entry);
    else if (made !== undefined) odd.push(entry);
  }
  if (fitting.size < FEWEST || odd.length * 2 > fitting.size) return [];
  return odd.flatMap(entry => {
    const other = fitting.get(madeOf(entry, start, end) ?? "");
    const at = entry.texts.get(end);
    const prefix = `${entry.texts.get(start)?.text ?? ""}_`;
    if (!other || !at || !entry.name.startsWith(prefix)) return [];
    const wanted = entry.name.slice(prefix.length);
    return [{ at, wanted, other: other.key, key: entry.name }];
  });
}

function madeOf({ texts }: Entry, start: string, end: string): string | undefined {
  const [first, second] = [texts.get(start), texts.get(end)];
  return first && second && `${first.text}_${second.text}`;
}
