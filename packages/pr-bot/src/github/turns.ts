/** Who may send when: GitHub wants pauses between requests that change something, and silence where it says so. */

/** What a request does; one that notifies people is a write of a kind that GitHub counts more strictly. */
export type Kind = "read" | "write" | "notify";

/** The turns of one account, whose requests GitHub counts together. */
export interface Turns {
  /** Takes the next turn of a request that changes something; gives the milliseconds until it comes. */
  readonly take: (kind: Exclude<Kind, "read">) => Promise<number>;
  /** Milliseconds for which nobody sends anything; 0 where GitHub has asked for no pause. */
  readonly silence: () => Promise<number>;
  /** GitHub has asked for a pause. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Milliseconds between two requests of a kind. */
export type Gaps = Readonly<Record<Exclude<Kind, "read">, number>>;

/** Three seconds between two that notify is what GitHub's own libraries keep. */
export function gapsFor(writePauseMs: number): Gaps {
  return { write: writePauseMs, notify: 3 * writePauseMs };
}

interface Clock {
  /** When the next request of each kind may be sent, and when anything may, in milliseconds since the epoch. */
  write: number;
  notify: number;
  silence: number;
}

const clocks = new Map<string, Clock>();

/** Turns that all clients of an account within this process share. */
export function localTurns(account: string, gaps: Gaps): Turns {
  const clock = clocks.get(account) ?? { write: 0, notify: 0, silence: 0 };
  clocks.set(account, clock);
  return {
    take: kind => {
      const now = Date.now();
      const at = Math.max(now, clock.write, kind === "notify" ? clock.notify : 0);
      clock.write = at + gaps.write;
      if (kind === "notify") clock.notify = at + gaps.notify;
      return Promise.resolve(at - now);
    },
    silence: () => Promise.resolve(Math.max(0, clock.silence - Date.now())),
    pause: ms => {
      clock.silence = Math.max(clock.silence, Date.now() + ms);
      return Promise.resolve();
    },
  };
}
