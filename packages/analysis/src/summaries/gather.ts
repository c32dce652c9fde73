/** Reads a function's record off its code: one look at every call, with the compiler's help, and no other function's. */
import { isFunctionLikeDeclaration, type Expression } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { calleeOf, isCall } from "./callee.ts";
import { noteEffects, noteReceiver, noteWrites } from "./effects.ts";
import {
  gatherExpression,
  gatherFunction,
  nameOf,
  note,
  UNKNOWN,
  type Callable,
  type Gathering,
  type Knowledge,
} from "./gathering.ts";
import { noteParameters } from "./parameters.ts";
import { passedBy } from "./passing.ts";
import type { FunctionRecord } from "./record.ts";
import { noteRejections } from "./rejections.ts";
import { noteResults } from "./results.ts";
import { noteThrowingCall, noteThrows } from "./throws.ts";

/** Nodes in a function that is read; what is larger is bundled or generated. */
const MOST_NODES = 20_000;

/** The record of a function; for one beyond the limits, everything is unknown. */
export function* gather(known: Knowledge, fn: Callable): Ask<FunctionRecord> {
  const g = gatherFunction(known, fn);
  if (g.nodes.length > MOST_NODES) {
    for (const fact of FACTS) note(g, fact, fn, "the function is too large to be looked into", UNKNOWN);
  } else {
    noteReceiver(g);
    yield* noteEvaluation(g);
    yield* noteParameters(g);
  }
  return recordOf(g);
}

/** The record of an expression, as if it were a function that is called where it stands. */
export function* gatherValue(known: Knowledge, expression: Expression): Ask<FunctionRecord> {
  const g = gatherExpression(known, expression);
  yield* noteEvaluation(g);
  return recordOf(g);
}

const FACTS = ["throws", "rejects", "impure", "absent", "shared", "this"] as const;

function* noteEvaluation(g: Gathering): Ask<void> {
  noteThrows(g);
  noteWrites(g);
  for (const node of g.nodes) {
    if (!isCall(node)) continue;
    const callee = yield* calleeOf(g, node, g.fn);
    const passed = callee.kind === "function" ? yield* passedBy(g, node) : undefined;
    yield* noteThrowingCall(g, node, callee, passed);
    yield* noteEffects(g, node, callee, passed);
  }
  yield* noteRejections(g);
  yield* noteResults(g);
}

function recordOf({ fn, subject, causes, keyOf }: Gathering): FunctionRecord {
  const rest = isFunctionLikeDeclaration(subject) ? subject.parameters.findIndex(each => each.dotDotDotToken) : -1;
  return {
    ...{ key: keyOf(fn), name: nameOf(subject), file: fn.getSourceFile().fileName },
    rest: rest < 0 ? undefined : rest,
    causes: Object.fromEntries(causes),
  };
}
