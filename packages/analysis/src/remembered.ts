/** A memory for answers: what was asked once is known, and what is being asked is waited for. */
import { waitUntil, type Ask } from "./ask.ts";

/** Who asks what another task has just asked waits for that answer: rules ask much the same of each node. */
export function remember<Key, Value>(
  known: Memory<Key, Value>,
  ask: (key: Key) => Ask<Value>,
): (key: Key) => Ask<Value> {
  const underWay = new Set<Key>();
  return function* (key) {
    const atHand = known.get(key);
    if (atHand !== undefined) return atHand;
    while (underWay.has(key)) yield* waitUntil(() => !underWay.has(key));
    if (known.has(key)) return known.get(key) as Value;
    underWay.add(key);
    try {
      const value = yield* ask(key);
      known.set(key, value);
      return value;
    } finally {
      underWay.delete(key);
    }
  };
}

/** A map, or a weak one where the keys are to be forgotten with their trees. */
interface Memory<Key, Value> {
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  set(key: Key, value: Value): unknown;
}

/** The same with a memory of its own. */
export function remembered<Key, Value>(ask: (key: Key) => Ask<Value>): (key: Key) => Ask<Value> {
  return remember(new Map<Key, Value>(), ask);
}
