/** Puts tables together so that they can be looked up by the name of a function. */
import type { Facts, Library, Model, ModelPlace } from "./facts.ts";

/** All rows by the name of each function that they describe; see `keyOf`. */
export type ModelIndex = ReadonlyMap<string, readonly Model[]>;

/** `own` are a user's models: they come after the libraries', so their facts win. */
export function mergeModels(libraries: readonly Library[], own: readonly Model[] = []): ModelIndex {
  const index = new Map<string, Model[]>();
  for (const model of [...libraries.flatMap(library => library.models), ...own]) {
    for (const member of model.members) {
      const key = keyOf(model, member);
      const known = index.get(key);
      if (known) known.push(model);
      else index.set(key, [model]);
    }
  }
  return index;
}

/** The name of a function across all tables. */
export function keyOf({ module, owner, global }: ModelPlace, member: string): string {
  if (global !== undefined) return `global ${global} ${member}`;
  return `${module ?? ""} ${owner ?? ""} ${member}`;
}

/** What several rows say of one function: facts add up, and of two that are the same one the later wins. */
export function factsOfRows(rows: readonly Model[]): Facts | undefined {
  const [first, ...more] = rows;
  return first && more.reduce<Facts>((facts, row) => ({ ...facts, ...row.facts }), first.facts);
}
