/** Locals that hold a promise which was just made, and what becomes of it. */
import {
  isCallExpression,
  isIdentifier,
  isSourceFile,
  type CallExpression,
  type Identifier,
  type VariableDeclaration,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { FlowGraph, Step } from "../flow/graph.ts";
import type { Variable } from "../flow/scope.ts";
import { stepsOfEvent } from "../flow/certain.ts";
import { traceValues, type ValueEvent } from "../flow/value-events.ts";
import type { Pass } from "../rule.ts";
import type { Answer } from "../summaries/search.ts";
import { asMethodCall } from "./names.ts";
import { unwrapped } from "./nodes.ts";
import { builtinName } from "./types.ts";

export interface PromiseLocal {
  readonly name: Identifier;
  readonly variable: Variable;
  /** The call that makes it. */
  readonly made: CallExpression;
  /** Where it is awaited, handled, returned, stored, passed on or taken along, in its own function. */
  readonly uses: readonly ValueEvent[];
  /** Whether it may be rejected; never "no". */
  readonly rejects: Answer;
}

/**
 * The local that a declaration gives a promise to: once, by a call whose result is the language's own promise and may be
 * rejected. A thenable that is no promise may be lazy, and what ends with `catch` is handled.
 */
export function* promiseLocalOf(pass: Pass, declaration: VariableDeclaration): Ask<PromiseLocal | undefined> {
  const { name, initializer } = declaration;
  const made = initializer && unwrapped(initializer);
  if (!isIdentifier(name) || !made || !isCallExpression(made)) return undefined;
  const variable = pass.scopes().variableOf(name);
  if (!variable || !isGivenOnce(variable) || !(yield* makesPromise(pass, made))) return undefined;
  const trace = traceValues(pass.scopes(), [variable]);
  const rejects = yield* pass.summaries.ask(made, "rejects");
  if (!trace || rejects.verdict === "no") return undefined;
  return { name, variable, made, uses: trace.in(variable.root), rejects };
}

/** A name of the top level lives as long as its file. */
function isGivenOnce({ root, references }: Variable): boolean {
  return !isSourceFile(root) && !references.some(({ isWritten }) => isWritten);
}

function* makesPromise(pass: Pass, call: CallExpression): Ask<boolean> {
  if (asMethodCall(call)?.name === "catch") return false;
  if ((yield* builtinName(pass.checker, yield* pass.checker.typeOf(call))) !== "Promise") return false;
  return !(yield* pass.models.of(call))?.mayFloat;
}

/** The steps of a graph at which the promise is used; undefined where one of them does not show in the graph. */
export function usingSteps(graph: FlowGraph, { uses }: PromiseLocal): ReadonlySet<Step> | undefined {
  const found = new Set<Step>();
  for (const use of uses) {
    const steps = stepsOfEvent(graph, use);
    if (steps.length === 0) return undefined;
    for (const step of steps) found.add(step);
  }
  return found;
}
