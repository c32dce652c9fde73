/** Reads a function's record off its code: one look at every call, with the compiler's help, and no other function's. */
import {
  isArrowFunction,
  isBlock,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { argumentsOf, baseConstructor, calleeOf, isCall } from "./callee.ts";
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
import { OWN, type FunctionRecord, type Part } from "./record.ts";
import { noteRejections } from "./rejections.ts";
import { noteResults } from "./results.ts";
import { noteThrowingCall, noteThrows } from "./throws.ts";

/** Nodes in a function that is read; what is larger is bundled or generated. */
const MOST_NODES = 20_000;

/** One part of a function's record; for a function beyond the limits, everything in it is unknown. */
export function* gather(known: Knowledge, fn: Callable, part: Part): Ask<FunctionRecord> {
  const g = gatherFunction(known, fn);
  if (g.nodes.length > MOST_NODES || isMisread(fn)) {
    noteNothingKnown(g);
  } else {
    yield* g.checker.expectSymbols(namesToAskFor(g.nodes));
    yield* NOTES[part](g);
  }
  return recordOf(g);
}

function noteNothingKnown(g: Gathering): void {
  const because = "cannot be looked into";
  for (const fact of FACTS) note(g, fact, g.subject, because, UNKNOWN);
  if (!isFunctionLikeDeclaration(g.subject)) return;
  for (const index of g.subject.parameters.keys()) note(g, `*:${index}`, g.subject, because, UNKNOWN);
}

/**
 * A function behind `@type {F}` has a child more than the compiler's client counts, which then takes the arrow, or the
 * type, for the body (7.1.0-beta).
 */
function isMisread(fn: Callable): boolean {
  if (!isFunctionLikeDeclaration(fn) || !fn.body) return false;
  return isArrowFunction(fn) ? fn.body.kind === SyntaxKind.EqualsGreaterThanToken : !isBlock(fn.body);
}

/** The record of an expression, as if it were a function that is called where it stands. */
export function* gatherValue(known: Knowledge, expression: Expression, part: Part): Ask<FunctionRecord> {
  const g = gatherExpression(known, expression);
  yield* NOTES[part](g);
  return recordOf(g);
}

const NOTES: Readonly<Record<Part, (g: Gathering) => Ask<void>>> = {
  effects: noteEvaluation,
  results: noteResults,
  *uses(g) {
    noteReceiver(g);
    yield* noteParameters(g);
  },
};

const FACTS = ["throws", "rejects", "impure", "absent", "shared", "this"] as const;

function* noteEvaluation(g: Gathering): Ask<void> {
  noteThrows(g);
  noteWrites(g);
  yield* noteBase(g);
  for (const node of g.nodes) {
    if (!isCall(node)) continue;
    const callee = yield* calleeOf(g, node, g.fn);
    const passed = callee.kind === "function" ? yield* passedBy(g, node) : undefined;
    yield* noteThrowingCall(g, node, callee, passed);
    yield* noteEffects(g, node, callee, passed);
  }
  yield* noteRejections(g);
}

/** A class without constructor calls that of its base. */
function* noteBase(g: Gathering): Ask<void> {
  if (!isClassLikeDeclaration(g.subject)) return;
  const callee = yield* baseConstructor(g, g.subject);
  if (!callee) return;
  const head = g.subject.heritageClauses?.[0] ?? g.subject;
  yield* noteThrowingCall(g, head, callee, undefined);
  yield* noteEffects(g, head, callee, [OWN]);
}

/** The names that say what is called, and what with. */
function namesToAskFor(nodes: readonly Node[]): readonly Node[] {
  const names = new Set<Node>();
  for (const node of nodes) {
    if (!isCall(node) || isTaggedTemplateExpression(node)) continue;
    for (const part of [node.expression, ...argumentsOf(node)]) {
      for (let at = unwrapped(part); ; at = unwrapped(at.expression)) {
        if (isIdentifier(at)) names.add(at);
        if (!isPropertyAccessExpression(at)) break;
        names.add(at.name);
      }
    }
  }
  return [...names];
}

function recordOf(g: Gathering): FunctionRecord {
  const { fn, subject, causes } = g;
  const rest = isFunctionLikeDeclaration(subject) ? subject.parameters.findIndex(each => each.dotDotDotToken) : -1;
  return {
    ...{ key: g.keyOf(fn), name: nameOf(subject), file: fn.getSourceFile().fileName },
    rest: rest < 0 ? undefined : rest,
    causes: Object.fromEntries(causes),
  };
}
