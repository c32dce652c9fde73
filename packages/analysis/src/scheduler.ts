/**
 * Runs the tasks of many rules side by side: each round advances every task to its next question and puts all of
 * these to the compiler in at most three requests, but for the trees of declarations, which come one by one. A task that throws
 * ends alone.
 */
import { isCompilerGone, type API, type APIRequestGenerator, type Checker, type NodeHandle } from "@review/program";
import type { Node } from "@review/program/syntax";
import type { Question, Task } from "./ask.ts";
import { charge, fullEffort, isEffortSpent, isFull, type Effort } from "./flow/effort.ts";
import type { Turns } from "./turns.ts";

export interface Counters {
  questions: number;
  roundTrips: number;
  /** Control-flow graphs that rules asked for, and how many of these were too large to build. */
  flows: number;
  flowsGivenUp: number;
  /** Functions whose code was read for others' sake, and questions about them that led too far. */
  summaries: number;
  summariesGivenUp: number;
  /** Tasks that ended because they would have had to look at too much. */
  tasksGivenUp: number;
}

/** The compiler to ask, and what was asked of it. */
export interface Channel {
  readonly api: API;
  readonly checker: Checker;
  readonly counters: Counters;
  /** Paths of the files whose trees have been brought for the declarations in them. */
  readonly opened: Set<string>;
}

/** Who hears of tasks: of each that threw, and (if given) of each turn between two questions. */
export interface TaskPort<Owner> {
  readonly onError: (owner: Owner, error: unknown) => void;
  readonly turns?: Turns<Owner> | undefined;
}

/** The compiler's client keeps a batch on its stack: 120 000 generators work, 150 000 overflow (7.1.0-beta). */
const LARGEST_BATCH = 50_000;

/** Tasks side by side. Both throw only when the compiler itself is gone. */
export interface Tasks<Owner> {
  /** Lets a task go as far as its first question. */
  readonly start: (owner: Owner, task: Task) => void;
  /** Answers, and lets all go on, until none has a question left. */
  readonly finish: () => void;
}

export function openTasks<Owner>(channel: Channel, port: TaskPort<Owner>): Tasks<Owner> {
  let waiting: Waiting<Owner>[] = [];
  // Most tasks end without a question and without an effort: the next one has what they leave.
  let effort = fullEffort();
  return {
    start: (owner, task) => {
      const entry: RunningTask<Owner> = { owner, task, effort, question: undefined };
      entry.question = advance(channel, entry, undefined, port);
      if (isWaiting(entry)) waiting.push(entry);
      if (isWaiting(entry) || !isFull(effort)) effort = fullEffort();
    },
    finish: () => {
      while (waiting.length > 0) {
        const asked = waiting;
        waiting = [];
        const answers = answer(
          channel,
          asked.map(entry => entry.question),
        );
        port.turns?.begin();
        asked.forEach((entry, index) => {
          const { question } = entry;
          if (question.kind !== "wait" || question.isOver()) {
            (entry as RunningTask<Owner>).question = advance(channel, entry, answers[index], port);
          }
          if (isWaiting(entry)) waiting.push(entry);
        });
      }
    },
  };
}

interface RunningTask<Owner> {
  readonly owner: Owner;
  readonly task: Task;
  readonly effort: Effort;
  /** What it waits for; none before it starts and when it has ended. */
  question: Question | undefined;
}

interface Waiting<Owner> extends RunningTask<Owner> {
  question: Question;
}

function isWaiting<Owner>(task: RunningTask<Owner>): task is Waiting<Owner> {
  return task.question !== undefined;
}

/** An answer, or the error that the question met; an error is thrown into the task that asked. */
type Answer = { readonly value: unknown } | { readonly error: unknown };

/** Lets a task go on to its next question; undefined when it has ended, well or not. */
function advance<Owner>(
  { counters }: Channel,
  { owner, task, effort }: RunningTask<Owner>,
  answered: Answer | undefined,
  { onError, turns }: TaskPort<Owner>,
): Question | undefined {
  const before = charge(effort);
  try {
    const step = resume(task, answered);
    return step.done ? undefined : step.value;
  } catch (error) {
    if (isCompilerGone(error)) throw error;
    if (isEffortSpent(error)) counters.tasksGivenUp++;
    else onError(owner, error);
    return undefined;
  } finally {
    charge(before);
    turns?.end(owner);
  }
}

function resume(task: Task, answered: Answer | undefined): IteratorResult<Question, void> {
  if (answered === undefined) return task.next();
  return "error" in answered ? task.throw(answered.error) : task.next(answered.value);
}

/** Answers in the order of the questions. */
function answer(channel: Channel, questions: readonly Question[]): readonly Answer[] {
  const answers: Answer[] = new Array<Answer>(questions.length);
  const typeAt: number[] = [];
  const symbolAt: number[] = [];
  const other: number[] = [];
  questions.forEach((question, index) => {
    if (question.kind === "wait") answers[index] = { value: undefined };
    else if (question.kind === "declaration") answers[index] = answerDeclaration(channel, question.handle);
    else (question.kind === "type" ? typeAt : question.kind === "symbol" ? symbolAt : other).push(index);
  });
  channel.counters.questions += typeAt.length + symbolAt.length + other.length;
  answerNodes(channel, questions, typeAt, answers, {
    many: nodes => channel.checker.getTypeAtLocation(nodes),
    one: node => channel.checker.getTypeAtLocation(node),
  });
  answerNodes(channel, questions, symbolAt, answers, {
    many: nodes => channel.checker.getSymbolAtLocation(nodes),
    one: node => channel.checker.getSymbolAtLocation(node),
  });
  answerRequests(channel, questions, other, answers);
  return answers;
}

/** A tree that comes alone is binary; in a batch it would be text in JSON, which takes four times as long. */
function answerDeclaration({ counters, opened }: Channel, handle: NodeHandle): Answer {
  counters.questions++;
  if (!opened.has(handle.path)) counters.roundTrips++;
  opened.add(handle.path);
  return tried(() => handle.resolve());
}

interface NodeQuestion {
  many(nodes: readonly Node[]): readonly unknown[];
  one(node: Node): unknown;
}

function answerNodes(
  channel: Channel,
  questions: readonly Question[],
  indices: readonly number[],
  answers: Answer[],
  ask: NodeQuestion,
): void {
  for (const chunk of chunksOf(indices, LARGEST_BATCH)) {
    const nodes = chunk.map(index => (questions[index] as { node: Node }).node);
    const values = attempt(channel, () => ask.many(nodes));
    chunk.forEach((questionIndex, index) => {
      // One node that the compiler cannot answer for fails the whole array: ask for each alone, so that only its own
      // task hears of it.
      answers[questionIndex] =
        "error" in values
          ? attempt(channel, () => ask.one(nodes[index] as Node))
          : { value: (values.value as readonly unknown[])[index] };
    });
  }
}

function attempt(channel: Channel, ask: () => unknown): Answer {
  channel.counters.roundTrips++;
  return tried(ask);
}

function tried(ask: () => unknown): Answer {
  try {
    return { value: ask() };
  } catch (error) {
    if (isCompilerGone(error)) throw error;
    return { error };
  }
}

function answerRequests(
  channel: Channel,
  questions: readonly Question[],
  indices: readonly number[],
  answers: Answer[],
): void {
  for (const chunk of chunksOf(indices, LARGEST_BATCH)) {
    channel.counters.roundTrips++;
    const results = channel.api.batch(
      ...chunk.map(index => settled((questions[index] as { request: () => APIRequestGenerator }).request)),
    );
    chunk.forEach((questionIndex, index) => {
      answers[questionIndex] = results[index] as Answer;
    });
  }
}

/** One generator that throws would abort its whole batch. */
function* settled(request: () => APIRequestGenerator): Generator<never, Answer> {
  try {
    return { value: (yield* request() as Generator<never>) as unknown };
  } catch (error) {
    return { error };
  }
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
