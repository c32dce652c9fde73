/** How long to wait before asking again: what the server says, else growing pauses with chance in them. */

const shortest = 500;
const longest = 20_000;

/** The server's wish from its headers, in milliseconds; undefined when it has none. */
export function serverWaitMs(header: (name: string) => string | null, now: number): number | undefined {
  const ms = Number.parseFloat(header("retry-after-ms") ?? "");
  if (ms >= 0) return ms;
  const after = header("retry-after");
  if (after !== null) {
    const wait = /^\s*[\d.]+\s*$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
    if (!Number.isNaN(wait)) return Math.max(0, wait);
  }
  const resets = ["requests", "tokens"].flatMap(kind => {
    const empty = header(`x-ratelimit-remaining-${kind}`) === "0";
    const reset = durationMs(header(`x-ratelimit-reset-${kind}`) ?? "");
    return empty && reset !== undefined ? [reset] : [];
  });
  return resets.length > 0 ? Math.max(...resets) : undefined;
}

/** The pause after the given number of failed attempts, in milliseconds, anywhere between nothing and the doubled last bound. */
export function backOffMs(failedAttempts: number, random: number): number {
  return random * Math.min(longest, shortest * 2 ** failedAttempts);
}

/** Reads "6m0s", "1.5s" or "20ms". */
function durationMs(text: string): number | undefined {
  const units = new Map([
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1_000],
    ["ms", 1],
  ]);
  const parts = [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units.get(unit ?? "") ?? 0), 0);
}
