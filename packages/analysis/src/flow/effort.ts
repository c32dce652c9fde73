/**
 * How much of a function one task of a rule may look at. Counted in steps of graphs and not in time, so that the same
 * code gets the same answer on every machine: the steps that fit in a fifth of a second on a slow one.
 */

/** What is left of a task's effort. */
export interface Effort {
  left: number;
}

/** Steps that one task may look at, in all of its questions about graphs together. */
const MOST_STEPS = 2_000_000;

export function fullEffort(): Effort {
  return { left: MOST_STEPS };
}

/** Whether nothing of it has been used. */
export function isFull({ left }: Effort): boolean {
  return left === MOST_STEPS;
}

/** Thrown into the task that asks for more than there is: it ends, and reports nothing that it was not sure of. */
const GIVEN_UP = Symbol("too much to follow");

/** Whether an error means that a task has used up its effort. */
export function isEffortSpent(error: unknown): boolean {
  return error === GIVEN_UP;
}

let current: Effort | undefined;

/** Makes what is looked at from now on count against an effort, and gives the one before: whoever calls puts it back. */
export function charge(effort: Effort | undefined): Effort | undefined {
  const before = current;
  current = effort;
  return before;
}

/** Counts steps that are about to be looked at; ends the task where there are too many. */
export function spend(steps: number): void {
  if (!current) return;
  current.left -= steps;
  if (current.left < 0) giveUp();
}

/** Ends the task that runs: an answer that is cut short would be taken for "there is none". */
export function giveUp(): never {
  // A symbol is nobody else's error, and costs no stack trace.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw GIVEN_UP;
}
