/** Facts about the project's own functions, across files and libraries, for rules: asked for one by one, and kept. */
import type { OpenProject } from "@review/program";
import { isFunctionLikeDeclaration, type Expression, type Node } from "@review/program/syntax";
import { waitUntil, type Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import type { PathStep } from "../flow/evidence.ts";
import type { FlowOf } from "../flow/flows.ts";
import { flowRootOf } from "../flow/roots.ts";
import { quoted } from "../helpers/nodes.ts";
import type { ArgumentUse } from "../models/facts.ts";
import type { Models } from "../models/lookup.ts";
import type { Counters } from "../scheduler.ts";
import { calleeOf, type Call, type Callee } from "./callee.ts";
import { endOf, type FunctionEnd } from "./ends.ts";
import { gather, gatherValue } from "./gather.ts";
import { isCallable, keyFor, type Callable, type Knowledge } from "./gathering.ts";
import { createHeirs } from "./heirs.ts";
import { joined, PARTS, partsOf, type Fact, type FunctionKey, type FunctionRecord, type Part } from "./record.ts";
import { search, type Answer, type SearchPort, type Verdict } from "./search.ts";

export interface Summaries {
  /**
   * Whether a fact holds for a function, on some path; for any other expression, whether it holds for evaluating it
   * where it stands: `rejects` is then about the promise that it gives.
   */
  ask(subject: Node, fact: Fact): Ask<Answer>;
  /** Whether a function uses the parameter at a position in this way; a rest parameter's uses are unknown. */
  askParameter(fn: Callable, position: number, use: ArgumentUse): Ask<Answer>;
  /** Whether a call of a function ever gives control back. */
  endOf(fn: Callable): Ask<FunctionEnd>;
  /** Everything at once, for whoever needs a whole. */
  of(fn: Callable): Ask<Summary>;
  /** Which function a call means. */
  calleeOf(call: Call): Ask<Callee>;
  /** The steps of an answer as a report's evidence. */
  evidenceOf(answer: Answer): readonly PathStep[];
  /** What was read off a function's own code; plain data. */
  recordOf(fn: Callable): Ask<FunctionRecord>;
}

export interface Summary {
  readonly throws: Verdict;
  readonly rejects: Verdict;
  readonly impure: Verdict;
  readonly absent: Verdict;
  readonly shared: Verdict;
  readonly this: Verdict;
  readonly end: FunctionEnd;
  /** By position; the uses that are not "no". */
  readonly parameters: readonly { readonly [Use in ArgumentUse]?: Verdict }[];
}

export interface SummariesInput {
  readonly project: OpenProject;
  readonly checker: TypeChecker;
  readonly models: Models;
  readonly flow: FlowOf;
  readonly counters: Pick<Counters, "summaries" | "summariesGivenUp">;
}

/** Lives as long as the project is open. */
export function createSummaries({ project, checker, models, flow, counters }: SummariesInput): Summaries {
  const functions = new Map<FunctionKey, Callable>();
  const known: Knowledge = { checker, models, keyOf: fn => register(functions, fn) };
  const recordsOf = createRecords(known, functions, counters);
  const port: SearchPort = {
    *recordOf(key, fact) {
      return joined(yield* recordsOf(key, partsOf(fact)));
    },
    hasHeirs: createHeirs(project),
    onGivenUp: () => counters.summariesGivenUp++,
  };
  const answers = new Map<Node, Map<Fact, Answer>>();
  const ends = { known, flow, remembered: new Map<Callable, FunctionEnd>() };
  const summaries: Summaries = {
    *ask(subject, fact) {
      const found = answers.get(subject)?.get(fact);
      if (found) return found;
      const isFunction = isCallable(subject);
      const record = isFunction
        ? joined(yield* recordsOf(known.keyOf(subject), partsOf(fact)))
        : joined(yield* valueRecords(known, subject as Expression, partsOf(fact)));
      const answer = yield* search(port, record, fact);
      remember(answers, subject, fact, answer);
      return answer;
    },
    askParameter: (fn, position, use) => summaries.ask(fn, `${use}:${position}`),
    endOf: fn => endOf(ends, fn),
    of: fn => summaryOf(summaries, fn),
    calleeOf: call => calleeOf(known, call, flowRootOf(call)),
    evidenceOf: ({ steps }) =>
      steps.flatMap(({ fn, pos, end, because }) => {
        const file = functions.get(fn)?.getSourceFile();
        const at = file && nodeAt(file, pos, end);
        return file && at ? [{ at, message: `${quoted(at, file)} ${because}.` }] : [];
      }),
    *recordOf(fn) {
      return joined(yield* recordsOf(known.keyOf(fn), PARTS));
    },
  };
  return summaries;
}

function register(functions: Map<FunctionKey, Callable>, fn: Node): FunctionKey {
  const key = keyFor(fn);
  if (!functions.has(key)) functions.set(key, fn as Callable);
  return key;
}

type RecordsOf = (key: FunctionKey, parts: readonly Part[]) => Ask<readonly FunctionRecord[]>;

/** Two tasks may need a record at once: the second waits for the first. */
function createRecords(
  known: Knowledge,
  functions: ReadonlyMap<FunctionKey, Callable>,
  counters: SummariesInput["counters"],
): RecordsOf {
  const records = new Map<string, FunctionRecord>();
  const pending = new Set<string>();
  const recordOf = function* (key: FunctionKey, part: Part): Ask<FunctionRecord> {
    const name = `${part} ${key}`;
    while (pending.has(name)) yield* waitUntil(() => !pending.has(name));
    const found = records.get(name);
    if (found) return found;
    pending.add(name);
    try {
      const record = yield* gather(known, functions.get(key) as Callable, part);
      records.set(name, record);
      counters.summaries++;
      return record;
    } finally {
      pending.delete(name);
    }
  };
  return function* (key, parts) {
    const found: FunctionRecord[] = [];
    for (const part of parts) found.push(yield* recordOf(key, part));
    return found;
  };
}

function* valueRecords(known: Knowledge, value: Expression, parts: readonly Part[]): Ask<readonly FunctionRecord[]> {
  const records: FunctionRecord[] = [];
  for (const part of parts) records.push(yield* gatherValue(known, value, part));
  return records;
}

function remember(answers: Map<Node, Map<Fact, Answer>>, subject: Node, fact: Fact, answer: Answer): void {
  let facts = answers.get(subject);
  if (!facts) answers.set(subject, (facts = new Map<Fact, Answer>()));
  facts.set(fact, answer);
}

const USES: readonly ArgumentUse[] = [
  ...(["called", "settled", "released", "stored", "awaited", "returned"] as const),
  ...(["tested", "stringified", "compared", "spread", "mutated"] as const),
];

function* summaryOf(summaries: Summaries, fn: Callable): Ask<Summary> {
  const verdict = function* (fact: Fact): Ask<Verdict> {
    return (yield* summaries.ask(fn, fact)).verdict;
  };
  const parameters: { [Use in ArgumentUse]?: Verdict }[] = [];
  for (const [position] of (isFunctionLikeDeclaration(fn) ? fn.parameters : []).entries()) {
    const uses: { [Use in ArgumentUse]?: Verdict } = {};
    for (const use of USES) {
      const answer = yield* verdict(`${use}:${position}`);
      if (answer !== "no") uses[use] = answer;
    }
    parameters.push(uses);
  }
  return {
    throws: yield* verdict("throws"),
    rejects: yield* verdict("rejects"),
    impure: yield* verdict("impure"),
    absent: yield* verdict("absent"),
    shared: yield* verdict("shared"),
    this: yield* verdict("this"),
    end: yield* summaries.endOf(fn),
    parameters,
  };
}

/** The outermost node with a range. */
function nodeAt(root: Node, pos: number, end: number): Node | undefined {
  let at: Node | undefined = root;
  while (at && (at.pos !== pos || at.end !== end)) {
    let inside: Node | undefined;
    at.forEachChild(child => {
      if (child.pos <= pos && child.end >= end) inside ??= child;
    });
    at = inside;
  }
  return at;
}
