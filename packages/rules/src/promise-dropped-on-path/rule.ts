/** Reports a promise in a local that one path takes care of and another one forgets. */
import {
  conditionMemory,
  defineRule,
  enteringLoops,
  evidenceOf,
  findPath,
  impossibleEdges,
  mentions,
  promiseLocalOf,
  quoted,
  usingSteps,
  type Ask,
  type Edge,
  type EdgeKind,
  type FlowGraph,
  type FlowPath,
  type Pass,
  type PromiseLocal,
  type Rule,
  type Step,
} from "@review/analysis";
import { SyntaxKind, type BinaryExpression, type VariableDeclaration } from "@review/program/syntax";
import { checkAnswered } from "./answered.ts";

const rule: Rule = defineRule({
  id: "promise-dropped-on-path",
  summary: "A promise in a local is awaited, returned, stored or handled on one path, and dropped on another.",
  category: "promises",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Await or return the promise on this path as well, make it only where it is needed, or write `void` where nobody has to know how it ends.",
  listen: pass => ({
    *[SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      const local = yield* promiseLocalOf(pass, declaration);
      // Who only takes it along into functions, as into the tests of a suite, takes care of it when they run.
      if (local?.uses.some(({ kind }) => kind !== "captured")) yield* check(pass, local);
    },
    [SyntaxKind.BinaryExpression](assignment: BinaryExpression) {
      checkAnswered(pass, assignment);
    },
  }),
});
export default rule;

function* check(pass: Pass, local: PromiseLocal): Ask<void> {
  const graph = yield* pass.flow(local.variable.root);
  const uses = graph && usingSteps(graph, local);
  const made = graph?.stepsOf(local.name).find(({ kind, block }) => kind === "bind" && block.isReachable);
  if (!graph || !uses || !made || !isUsedBehind(graph, made, uses)) return;
  const path = yield* forgettingPath(pass, graph, local, made, uses);
  if (path) report(pass, local, path, made, uses);
}

function isUsedBehind(graph: FlowGraph, made: Step, uses: ReadonlySet<Step>): boolean {
  return findPath(graph, { from: made, to: step => uses.has(step) }) !== undefined;
}

/** Paths that end by an exception, or since nobody wants more of a generator, are left alone: that is what counts there. */
function* forgettingPath(
  pass: Pass,
  graph: FlowGraph,
  local: PromiseLocal,
  made: Step,
  uses: ReadonlySet<Step>,
): Ask<FlowPath | undefined> {
  const isImpossible = yield* impossibleEdges(pass.checker, graph.root);
  return findPath(graph, {
    ...{ from: made, to: "returned", avoiding: (step: Step) => uses.has(step) },
    throws: step => step.kind === "throw",
    follows: (edge: Edge) => edge.kind !== "abandon" && !isImpossible(edge) && !isAbout(local, edge),
    memory: enteringLoops(conditionMemory(graph, pass.scopes(), "all")),
  });
}

/** `if (promise === undefined)`: where the code asks whether there is a promise, there may be none. */
function isAbout({ name }: PromiseLocal, { kind, node }: Edge): boolean {
  return node !== undefined && DECIDING.has(kind) && mentions(node, name.text);
}

const DECIDING: ReadonlySet<EdgeKind> = new Set(["true", "false", "nullish", "present"]);

function report(pass: Pass, local: PromiseLocal, path: FlowPath, made: Step, uses: ReadonlySet<Step>): void {
  const { sourceFile } = pass.file;
  const { name, made: call, rejects } = local;
  const used = [...uses].find(({ block }) => block.isReachable);
  pass.report(name, {
    message: `The promise in \`${name.text}\` is dropped on a path that ends without it: if ${quoted(call.expression, sourceFile)} rejects, nobody handles it.`,
    evidence: [
      ...evidenceOf(path, sourceFile, step => (step === made ? "The promise is made here." : undefined)),
      ...(used ? [{ at: used.node, message: "Another path takes care of it here." }] : []),
      ...pass.summaries.evidenceOf(rejects),
    ],
  });
}
