/** Whether a function comes back to itself with what it was given, before anything has changed that it could look at. */
import {
  evidenceOf,
  findPath,
  unwrapped,
  type Ask,
  type FlowGraph,
  type Pass,
  type PathStep,
  type Step,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isTaggedTemplateExpression,
  type Expression,
} from "@review/program/syntax";
import { stepsOf } from "./always.ts";
import type { Place } from "./places.ts";
import type { Subject } from "./subjects.ts";

export interface Repeated {
  readonly place: Place;
  readonly evidence: readonly PathStep[];
}

/** A place that is come to with the same arguments, on a path on which nothing changes. */
export function* repeatedReturn(
  pass: Pass,
  graph: FlowGraph,
  subject: Subject,
  places: readonly Place[],
): Ask<Repeated | undefined> {
  const same = places.filter(place => !place.partner && isSameAgain(pass, subject, place));
  if (same.length === 0 || ANSWERS_ANEW.test(subject.root.getText())) return undefined;
  const steps = stepsOf(graph, same);
  const changing = yield* changingSteps(pass, graph, steps);
  const path = findPath(graph, { to: step => steps.has(step), avoiding: step => changing.has(step) });
  const place = path?.end && steps.get(path.end);
  if (!place) return undefined;
  const told = evidenceOf(path, pass.file.sourceFile, () => undefined);
  return {
    place,
    evidence: [...told, { at: place.node, message: `Then ${subject.label} starts anew with what it had.` }],
  };
}

/** What a program may ask twice, and get two answers. */
const ANSWERS_ANEW: RegExp = /\brandom|\bDate\b|\bnow\(|hrtime|\bperformance\b|uuid/i;

function isSameAgain(pass: Pass, { root, kind }: Subject, { given }: Place): boolean {
  if (!given || kind === "constructor" || !isFunctionLikeDeclaration(root)) return false;
  if (given.length !== root.parameters.length) return false;
  return root.parameters.every(({ name, dotDotDotToken }, index) => {
    const argument = unwrapped(given[index] as Expression);
    if (dotDotDotToken || !isIdentifier(name) || !isIdentifier(argument)) return false;
    const variable = pass.scopes().variableOf(argument);
    const isOwn = variable !== undefined && variable === pass.scopes().variableOf(name);
    return isOwn && !variable.isExposed && !variable.references.some(({ isWritten }) => isWritten);
  });
}

/** Steps after which a test may come out differently, or code that is not known has run. */
function* changingSteps(pass: Pass, graph: FlowGraph, sought: ReadonlyMap<Step, Place>): Ask<ReadonlySet<Step>> {
  const changing = new Set<Step>();
  for (const { steps, isReachable } of graph.blocks) {
    if (!isReachable) continue;
    for (const step of steps) if (!sought.has(step) && (yield* mayChange(pass, graph, step))) changing.add(step);
  }
  return changing;
}

function* mayChange(pass: Pass, graph: FlowGraph, { kind, node, suspends }: Step): Ask<boolean> {
  if (suspends) return true;
  switch (kind) {
    case "set":
    case "delete":
    case "close":
    case "dispose":
    case "yield":
    case "await":
    case "catch":
      return true;
    case "write":
      return pass.scopes().variableOf(node)?.root !== graph.root;
    case "call": {
      if (!isCallExpression(node) && !isNewExpression(node) && !isTaggedTemplateExpression(node)) return true;
      return (yield* pass.summaries.ask(node, "impure")).verdict !== "no";
    }
    default:
      return false;
  }
}
