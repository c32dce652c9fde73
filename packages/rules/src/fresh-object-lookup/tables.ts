/** The lookups that compare objects by identity, and what they answer when nothing can match. */

export const LOOKUPS: ReadonlyMap<string, string> = new Map([
  ["has", "is always false"],
  ["get", "is always `undefined`"],
  ["delete", "deletes nothing"],
  ["includes", "is always false"],
  ["indexOf", "is always -1"],
  ["lastIndexOf", "is always -1"],
]);

const KEYED: ReadonlySet<string> = new Set(["has", "get", "delete"]);
const SEQUENCE: ReadonlySet<string> = new Set(["includes", "indexOf", "lastIndexOf"]);

const METHODS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["Set", KEYED],
  ["Map", KEYED],
  ["WeakSet", KEYED],
  ["WeakMap", KEYED],
  ["ReadonlySet", KEYED],
  ["ReadonlyMap", KEYED],
  ["Array", SEQUENCE],
  ["ReadonlyArray", SEQUENCE],
]);

/** Whether this method of this builtin looks an object up by identity. */
export function isLookup(builtin: string | undefined, method: string): boolean {
  return builtin !== undefined && (METHODS.get(builtin)?.has(method) ?? false);
}
