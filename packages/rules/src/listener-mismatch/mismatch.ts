/** What is wrong with a removal, judged by the listeners that the code around it adds. */
import type { ListenerCall } from "./listeners.ts";

export interface Mismatch {
  readonly message: string;
  /** The listener that was meant. */
  readonly added: ListenerCall | undefined;
  /** Whether one of the two is a new function at each evaluation, which is no other's like by any comparison. */
  readonly isOfNew: boolean;
}

/** Undefined where the removal fits a listener that is added, or where nothing is known of what it should fit. */
export function mismatchOf(removed: ListenerCall, all: readonly ListenerCall[]): Mismatch | undefined {
  const { kind } = removed.handlerKey;
  if (kind === "unknown") return undefined;
  const added = all.filter(each => each.does === "adds" && each.target === removed.target);
  const sameEvent = added.filter(({ event }) => event === removed.event);
  if (kind !== "stored") {
    return { ...NEW, message: "is a new function: no listener that was added is the same one.", added: sameEvent[0] };
  }
  if (sameEvent.some(each => each.handlerKey.kind === "unknown")) return undefined;
  const same = sameEvent.filter(each => isSame(each, removed));
  if (same.length > 0) return captureMismatch(removed, same);
  const wrapped = sameEvent.find(
    ({ handlerKey }) => handlerKey.kind === "bound" && handlerKey.key === removed.handlerKey.key,
  );
  if (wrapped) return { ...NEW, message: "was never added: a new function that calls it was.", added: wrapped };
  return eventMismatch(removed, added, all);
}

const NEW = { isOfNew: true };

function isSame({ handlerKey }: ListenerCall, removed: ListenerCall): boolean {
  return handlerKey.kind === "stored" && handlerKey.key === removed.handlerKey.key;
}

function captureMismatch(removed: ListenerCall, same: readonly ListenerCall[]): Mismatch | undefined {
  const [first] = same;
  if (!removed.isWeb || removed.capture === undefined || !first) return undefined;
  if (same.some(({ capture }) => capture === undefined || capture === removed.capture)) return undefined;
  const message = removed.capture
    ? "was added without `capture`, and is removed with it."
    : "was added with `capture`, and is removed without it.";
  return { message, added: first, isOfNew: false };
}

/** The same function was added for one other event only, from which nothing removes it. */
function eventMismatch(
  removed: ListenerCall,
  added: readonly ListenerCall[],
  all: readonly ListenerCall[],
): Mismatch | undefined {
  const others = added.filter(each => isSame(each, removed));
  const [other] = others;
  if (!other || others.length > 1) return undefined;
  const isRemoved = all.some(
    each =>
      each.does === "removes" && each.event === other.event && each.target === other.target && isSame(each, removed),
  );
  return isRemoved
    ? undefined
    : { message: `was added for \`${other.event}\`, not for \`${removed.event}\`.`, added: other, isOfNew: false };
}
