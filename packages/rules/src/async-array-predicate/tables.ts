/** Methods that ask a callback yes or no, with what they answer when it always says yes. */

const ANSWERS: ReadonlyMap<string, string> = new Map([
  ["filter", "keeps every element"],
  ["some", "is true unless there is no element"],
  ["every", "is always true"],
  ["find", "takes the first element"],
  ["findIndex", "is 0 unless there is no element"],
  ["findLast", "takes the last element"],
  ["findLastIndex", "is the last index"],
]);

/** What `name` answers where its callback always says yes; undefined for methods that take no such callback. */
export function answerOf(name: string): string | undefined {
  return ANSWERS.get(name);
}
