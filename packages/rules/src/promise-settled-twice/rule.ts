/** Reports a promise that is settled again on a path that has settled it. */
import {
  certainSteps,
  defineRule,
  evidenceOf,
  executorOf,
  mayMakeResolvers,
  quoted,
  repeatsAmong,
  resolversOf,
  returnAfter,
  traceValues,
  type Ask,
  type CertainStep,
  type FlowRoot,
  type Pass,
  type Repeat,
  type Rule,
  type Step,
  type ValueTrace,
  type Variable,
} from "@review/analysis";
import { SyntaxKind, type CallExpression, type NewExpression } from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "promise-settled-twice",
  summary: "A path settles a promise that it has settled before, so that the second call is lost.",
  category: "promises",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "End the path where the promise is settled, with `return` or `else`.",
  listen: pass => ({
    *[SyntaxKind.NewExpression](made: NewExpression) {
      const executor = yield* executorOf(pass.checker, made);
      if (executor) yield* check(pass, executor.settlers);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const resolvers = mayMakeResolvers(call) ? yield* resolversOf(pass.checker, call) : undefined;
      if (resolvers) yield* check(pass, resolvers.settlers);
    },
  }),
});
export default rule;

function* check(pass: Pass, settlers: readonly Variable[]): Ask<void> {
  const trace = traceValues(pass.scopes(), settlers);
  if (!trace || trace.events.length < 2) return;
  for (const root of trace.roots) yield* checkFunction(pass, trace, root);
}

function* checkFunction(pass: Pass, trace: ValueTrace, root: FlowRoot): Ask<void> {
  if (trace.in(root).length < 2) return;
  const graph = yield* pass.flow(root);
  if (!graph) return;
  const certain = yield* certainSteps(pass, trace, graph);
  const steps = certain.map(({ step }) => step);
  for (const repeat of repeatsAmong(graph, pass.scopes(), steps, step => isNewRound(trace, step))) {
    report(pass, trace, certain, repeat);
  }
}

/** A promise that is made anew, in a loop around all this, is another one. */
function isNewRound({ variables }: ValueTrace, { kind, node }: Step): boolean {
  return kind === "bind" && variables.some(({ declarations }) => declarations.some(each => each === node));
}

function report(pass: Pass, trace: ValueTrace, certain: readonly CertainStep[], repeat: Repeat): void {
  const { sourceFile, text } = pass.file;
  const { first, second, path } = repeat;
  const says = (step: Step): string =>
    step === first ? "This settles the promise." : "This settles it again, and is ignored.";
  const fix = returnAfter(first.node, second.node, text);
  pass.report(first.node, {
    message: `The promise is settled here, and again by ${quoted(second.node, sourceFile)} on the same path: the second call is ignored.`,
    evidence: [
      ...evidenceOf(path, sourceFile, says),
      ...certain.filter(({ step }) => step === first || step === second).flatMap(each => insideOf(trace, each)),
    ],
    fixes: fix ? [fix] : [],
  });
}

/** Where a function that is called by its name settles the promise. */
function insideOf(trace: ValueTrace, { event }: CertainStep): readonly { at: CallExpression; message: string }[] {
  if (event.kind !== "invoked") return [];
  const inner = trace.in(event.fn as FlowRoot).find(({ kind }) => kind === "called" || kind === "invoked");
  return inner ? [{ at: inner.node as CallExpression, message: "This is what it calls on every path." }] : [];
}
