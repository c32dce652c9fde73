/** Who may send when: GitHub wants pauses between requests that change something, and silence where it says so. */

/** What a request does: what makes something new is counted by the hour, and of that what notifies people has longer pauses too. */
export type Kind = "read" | "write" | "create" | "notify";

/** The turns of one account, whose requests GitHub counts together. */
export interface Turns {
  /** Takes the next turn of a request that changes something; gives the milliseconds until it comes. One that is further away than `mostMs` is not taken. */
  readonly take: (kind: Exclude<Kind, "read">, mostMs?: number) => Promise<number>;
  /** Milliseconds for which nobody sends anything; 0 where GitHub has asked for no pause. */
  readonly silence: () => Promise<number>;
  /** GitHub has asked for a pause. */
  readonly pause: (ms: number) => Promise<void>;
}

export interface Gaps {
  /** Milliseconds after a request that changes something, and after one that notifies people. */
  readonly write: number;
  readonly notify: number;
  /** Requests that make something new, within any hour. */
  readonly perHour: number;
}

const HOUR_MS = 3_600_000;

/** GitHub lets an account make five hundred an hour. */
const PER_HOUR = 500;

/** Three seconds between two that notify is what GitHub's own libraries keep. Servers without pauses have no bounds either. */
export function gapsFor(writePauseMs: number): Gaps {
  return { write: writePauseMs, notify: 3 * writePauseMs, perHour: writePauseMs === 0 ? Infinity : PER_HOUR };
}

interface Clock {
  /** When the next request of each kind may be sent, and when anything may, in milliseconds since the epoch. */
  write: number;
  notify: number;
  silence: number;
  /** When the latest requests that make something new were or will be sent, ascending: as many as an hour may have. */
  created: number[];
}

const clocks = new Map<string, Clock>();

/** Turns that all clients of an account within this process share. */
export function localTurns(account: string, gaps: Gaps): Turns {
  const clock = clocks.get(account) ?? { write: 0, notify: 0, silence: 0, created: [] };
  clocks.set(account, clock);
  return {
    take: (kind, mostMs = Infinity) => {
      const now = Date.now();
      const hour = kind === "write" ? 0 : (clock.created.at(-gaps.perHour) ?? -HOUR_MS) + HOUR_MS;
      const at = Math.max(now, clock.write, kind === "notify" ? clock.notify : 0, hour);
      if (at - now > mostMs) return Promise.resolve(at - now);
      clock.write = at + gaps.write;
      if (kind === "notify") clock.notify = at + gaps.notify;
      if (kind !== "write" && gaps.perHour < Infinity) clock.created = [...clock.created, at].slice(-gaps.perHour);
      return Promise.resolve(at - now);
    },
    silence: () => Promise.resolve(Math.max(0, clock.silence - Date.now())),
    pause: ms => {
      clock.silence = Math.max(clock.silence, Date.now() + ms);
      return Promise.resolve();
    },
  };
}
