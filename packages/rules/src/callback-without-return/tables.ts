/** What builtins do with the answer of their callback, and what becomes of them where it gives none. */

/** How a method takes its callback's answer. */
export type Use = "element" | "choice" | "demand" | "order" | "accumulator";

const USES: ReadonlyMap<string, Use> = new Map([
  ["map", "element"],
  ["flatMap", "element"],
  ["filter", "choice"],
  ["find", "choice"],
  ["findIndex", "choice"],
  ["findLast", "choice"],
  ["findLastIndex", "choice"],
  ["some", "choice"],
  ["every", "demand"],
  ["sort", "order"],
  ["toSorted", "order"],
  ["reduce", "accumulator"],
  ["reduceRight", "accumulator"],
]);

/** Undefined for a method that does not use its callback's answer. */
export function useOf(method: string): Use | undefined {
  return USES.get(method);
}

/** What follows where the callback answers nothing at all. */
export const NEVER_ANSWERS: Readonly<Record<Use, string>> = {
  element: "every element of the result is undefined",
  choice: "no element is ever chosen",
  demand: "it stops at the first element with false",
  order: "the order stays as it is",
  accumulator: "the accumulator is undefined after the first element",
};

/** What follows where it answers on some ways through it. */
export const SOMETIMES_ANSWERS: Readonly<Record<Use, string | undefined>> = {
  element: "the result has undefined in their place",
  choice: "no element is ever chosen",
  demand: "it stops at the first such element with false",
  order: undefined,
  accumulator: "the accumulator is lost there",
};
