/** Arithmetic on ranges of numbers. */

/** The numbers that a value can be, both ends included unless `isOpen`. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly isInteger: boolean;
  /** The value comes as near to `max` as one likes and never is it. */
  readonly isOpen: boolean;
  /** Besides the range: comparisons with NaN and undefined fail, but `!==` holds. */
  readonly mayBeNaN: boolean;
}

/** A range with both ends, of whole numbers where both are whole and equal. */
export function numbers(min: number, max: number): NumberRange {
  return { min, max, isInteger: min === max && Number.isInteger(min), isOpen: false, mayBeNaN: false };
}

/** The whole numbers from `min` to `max`, either of which may be infinite. */
export function integers(min: number, max: number): NumberRange {
  return { ...numbers(min, max), isInteger: true };
}

/** The same range where the value may also be NaN or undefined. */
export function orNaN(range: NumberRange): NumberRange {
  return { ...range, mayBeNaN: true };
}

/** Any number. */
export const ANY_NUMBER: NumberRange = orNaN(numbers(-Infinity, Infinity));

export function sumOf(left: NumberRange, right: NumberRange): NumberRange {
  return combined(left, right, left.min + right.min, left.max + right.max);
}

export function differenceOf(left: NumberRange, right: NumberRange): NumberRange {
  return combined(left, right, left.min - right.max, left.max - right.min);
}

/** The product with a positive constant; undefined for any other factor. */
export function scaled(range: NumberRange, factor: NumberRange): NumberRange | undefined {
  const { min } = factor;
  return min === factor.max && min > 0 ? combined(range, factor, range.min * min, range.max * min) : undefined;
}

/** What is left of a division by a constant other than zero; undefined for any other divisor. */
export function remainderOf(range: NumberRange, divisor: NumberRange): NumberRange | undefined {
  const by = Math.abs(divisor.min);
  if (divisor.min !== divisor.max || by === 0 || by === Infinity) return undefined;
  if (range.min >= 0 && range.max < by) return range;
  const isInteger = range.isInteger && divisor.isInteger;
  const most = isInteger ? by - 1 : by;
  return {
    min: range.min >= 0 ? 0 : -most,
    max: range.max <= 0 ? 0 : most,
    isInteger,
    isOpen: !isInteger && range.max > 0,
    mayBeNaN: range.mayBeNaN || range.max === Infinity,
  };
}

/** The range after `Math.floor`, `ceil`, `round` or `trunc`. */
export function rounded(range: NumberRange, round: (value: number) => number): NumberRange {
  const top = round(range.max);
  // Just below 10, `floor` and `trunc` of positive numbers answer 9; `ceil` and `round` still reach 10.
  const isBelow = range.isOpen && top === range.max && round(range.max - 0.25) < top;
  return { ...integers(round(range.min), isBelow ? top - 1 : top), mayBeNaN: range.mayBeNaN };
}

export function smallestOf(ranges: readonly NumberRange[]): NumberRange {
  return ranges.reduce((left, right) => bounded(left, right, Math.min));
}

export function largestOf(ranges: readonly NumberRange[]): NumberRange {
  return ranges.reduce((left, right) => bounded(left, right, Math.max));
}

/** The smallest range that has all values of both. */
export function hullOf(left: NumberRange, right: NumberRange): NumberRange {
  const max = Math.max(left.max, right.max);
  const isOpen = [left, right].every(range => range.max !== max || range.isOpen);
  return { ...combined(left, right, Math.min(left.min, right.min), max), isOpen };
}

function bounded(left: NumberRange, right: NumberRange, pick: (a: number, b: number) => number): NumberRange {
  const max = pick(left.max, right.max);
  const isOpen = [left, right].every(range => range.max !== max || range.isOpen);
  return { ...combined(left, right, pick(left.min, right.min), max), isOpen };
}

function combined(left: NumberRange, right: NumberRange, min: number, max: number): NumberRange {
  return {
    min: Number.isNaN(min) ? -Infinity : min,
    max: Number.isNaN(max) ? Infinity : max,
    isInteger: left.isInteger && right.isInteger,
    isOpen: left.isOpen || right.isOpen,
    mayBeNaN: left.mayBeNaN || right.mayBeNaN,
  };
}

/** Whether a value of the range can be this number. */
export function contains(range: NumberRange, value: number): boolean {
  if (value < range.min || value > range.max || (range.isOpen && value === range.max)) return false;
  return !range.isInteger || Number.isInteger(value) || !Number.isFinite(value);
}

/** `<`, `<=`, `>`, `>=`, and for equality in both spellings `==` and `!=`. */
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** What a comparison of any value of the range with this number gives; undefined where that depends on the value. */
export function outcomeOf(range: NumberRange, comparison: Comparison, value: number): boolean | undefined {
  const { min, max, isOpen, mayBeNaN } = range;
  const isBelow = max < value || (isOpen && max === value);
  switch (comparison) {
    case "<":
      return decided(isBelow, min >= value, mayBeNaN);
    case ">":
      return decided(min > value, max <= value, mayBeNaN);
    case "<=":
      return decided(max <= value, min > value, mayBeNaN);
    case ">=":
      return decided(min >= value, isBelow, mayBeNaN);
    default:
      return contains(range, value) ? undefined : comparison === "!=";
  }
}

/** NaN is neither less nor greater than anything, so with it nothing always holds. */
function decided(always: boolean, never: boolean, mayBeNaN: boolean): boolean | undefined {
  if (never) return false;
  return always && !mayBeNaN ? true : undefined;
}
