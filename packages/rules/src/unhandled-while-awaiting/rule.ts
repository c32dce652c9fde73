/** Reports a promise that may be rejected while its function waits for something else. */
import {
  conditionMemory,
  defineRule,
  evidenceOf,
  findPath,
  mayBeRejected,
  promiseLocalOf,
  quoted,
  unwrapped,
  usingSteps,
  type Ask,
  type FlowGraph,
  type FlowPath,
  type Pass,
  type PromiseLocal,
  type Rule,
  type Step,
} from "@review/analysis";
import { isCallExpression, SyntaxKind, type VariableDeclaration } from "@review/program/syntax";
import { checkThrowing } from "./throwing.ts";

const rule: Rule = defineRule({
  id: "unhandled-while-awaiting",
  summary: "A promise that may be rejected has no handler yet while its function awaits something else.",
  category: "promises",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Await both with `Promise.all`, make the promise only when it is needed, or give it a handler at once: `promise.catch(() => {})`.",
  listen: pass => ({
    *[SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      // A test runner reports such a rejection by itself, and tests make promises in order to wait for something first.
      if (pass.file.isTest || startsToWait(declaration)) return;
      const local = yield* promiseLocalOf(pass, declaration);
      if (local && mayBeRejected(local.rejects) && local.uses.length > 0) yield* check(pass, local);
    },
  }),
});
export default rule;

/** `const answer = waitForResponse(page)` comes before what is to bring the answer about, on purpose. */
function startsToWait({ initializer }: VariableDeclaration): boolean {
  const call = initializer && unwrapped(initializer);
  return call !== undefined && isCallExpression(call) && /(?:^|\.)waitFor[A-Z]\w*$/.test(call.expression.getText());
}

function* check(pass: Pass, local: PromiseLocal): Ask<void> {
  const graph = yield* pass.flow(local.variable.root);
  const uses = graph && usingSteps(graph, local);
  const made = graph?.stepsOf(local.name).find(({ kind, block }) => kind === "bind" && block.isReachable);
  if (!graph || !uses || !made) return;
  const path = waitingPath(pass, graph, made, uses);
  if (path) report(pass, local, path, made);
  else yield* checkThrowing(pass, { local, graph, made, uses });
}

/** A path from the promise to an `await` of something else, and on to the first use of the promise. */
function waitingPath(pass: Pass, graph: FlowGraph, made: Step, uses: ReadonlySet<Step>): FlowPath | undefined {
  const memory = conditionMemory(graph, pass.scopes(), "all");
  return findPath(graph, {
    ...{
      from: made,
      to: (step: Step) => uses.has(step),
      through: (step: Step) => step.suspends && (step.kind === "await" || step.kind === "advance"),
    },
    // Behind the first use the promise is taken care of; the next round makes another one.
    avoiding: step => uses.has(step) || step === made,
    throws: () => false,
    ...(memory && { memory }),
  });
}

function report(pass: Pass, local: PromiseLocal, path: FlowPath, made: Step): void {
  const { sourceFile } = pass.file;
  const { name, made: call, rejects } = local;
  const says = (step: Step): string => {
    if (step === made) return "The promise is made here.";
    return step === path.end ? "Its first handler comes here." : "Meanwhile it has no handler.";
  };
  const waits = path.stops.find(stop => stop.kind === "step" && stop.step !== made && stop.step !== path.end);
  const awaited = waits?.kind === "step" ? quoted(waits.step.node, sourceFile) : "another await";
  pass.report(name, {
    message: `If ${quoted(call.expression, sourceFile)} rejects during ${awaited}, \`${name.text}\` has no handler yet, which ends a Node process.`,
    evidence: [...evidenceOf(path, sourceFile, says), ...pass.summaries.evidenceOf(rejects)],
  });
}
