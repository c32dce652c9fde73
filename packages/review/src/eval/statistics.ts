/** The few statistics that comparing models takes. */

/** The Wilson score interval of a share, at 95 %. */
export function wilson(successes: number, trials: number): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const z = 1.959964;
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/**
 * The exact paired test of two models: how likely it is that of the cases in which two models differ the wins are spread this unevenly
 * by chance (two-sided).
 */
export function pairedTest(onlyFirst: number, onlySecond: number): number {
  const all = onlyFirst + onlySecond;
  if (all === 0) return 1;
  const least = Math.min(onlyFirst, onlySecond);
  let term = 0.5 ** all;
  if (term === 0) return chiSquare((Math.abs(onlyFirst - onlySecond) - 1) ** 2 / all);
  let tail = term;
  for (let k = 1; k <= least; k++) {
    term *= (all - k + 1) / k;
    tail += term;
  }
  return Math.min(1, 2 * tail);
}

/** The upper tail of the chi-square distribution with one degree of freedom. */
function chiSquare(value: number): number {
  const x = Math.sqrt(value / 2);
  const t = 1 / (1 + 0.3275911 * x);
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return sum * Math.exp(-x * x);
}

/** The value below which a share of the numbers lies; undefined for none. */
export function quantile(numbers: readonly number[], share: number): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
