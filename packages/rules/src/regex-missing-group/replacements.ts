/** The groups that a replacement refers to. */

export interface Reference {
  readonly group: number | string;
  /** Offsets in the replacement. */
  readonly start: number;
  readonly end: number;
}

const REFERENCE = /\$(?:[$&`']|<([^>]*)>|(\d{1,2}))/g;

/**
 * `$1`, `$12` and `$<name>` in a replacement, for a pattern with so many groups: two digits are one number only where
 * there is such a group. What looks like a price is none.
 */
export function referencesIn(text: string, count: number): readonly Reference[] {
  const found: Reference[] = [];
  for (const match of text.matchAll(REFERENCE)) {
    const [all, name, digits] = match;
    const start = match.index;
    if (name !== undefined) found.push({ group: name, start, end: start + all.length });
    if (digits === undefined) continue;
    const isTwo = digits.length === 2 && Number(digits) > 0 && Number(digits) <= count;
    const number = isTwo ? digits : digits.slice(0, 1);
    const end = start + 1 + number.length;
    if (Number(number) === 0 || (count === 0 && /^[\d.,]*\d/.test(text.slice(end)))) continue;
    found.push({ group: Number(number), start, end });
  }
  return found;
}
