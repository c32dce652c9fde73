/** Reports an error-first callback that is called again on a path that has called it. */
import {
  defineRule,
  evidenceOf,
  nodesOf,
  quoted,
  repeatsAmong,
  returnAfter,
  traceValues,
  unwrapped,
  wrapped,
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
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  SyntaxKind,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";
import { isErrorFirst } from "./callbacks.ts";
import { callingSteps } from "./calls.ts";

const rule: Rule = defineRule({
  id: "callback-called-twice",
  summary: "A path calls an error-first callback that it has called before.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "End the path where the callback is called, with `return` or `else`.",
  listen: pass => ({
    *[SyntaxKind.Parameter](parameter: ParameterDeclaration) {
      if (!isIdentifier(parameter.name) || parameter.dotDotDotToken || LIBRARIES.test(parameter.name.text)) return;
      const variable = pass.scopes().variableOf(parameter.name);
      if (variable && isFunctionLikeDeclaration(parameter.parent) && parameter.parent.body)
        yield* check(pass, variable);
    },
  }),
});
export default rule;

/** `define(["jquery"], function ($) { … })`: a library that goes by a sign. */
const LIBRARIES = /^(?:\$+|_+|jQuery)$/;

function* check(pass: Pass, variable: Variable): Ask<void> {
  if (variable.references.filter(({ isRead }) => isRead).length < 2 || !isCalled(variable)) return;
  if (isWrappedAgain(variable)) return;
  const trace = traceValues(pass.scopes(), [variable]);
  if (!trace || trace.events.length < 2 || !(yield* isErrorFirst(pass, variable, trace))) return;
  for (const root of trace.roots) yield* checkFunction(pass, trace, root);
}

/** Most parameters are no functions: whether this one is called anywhere, or `.call`ed. */
function isCalled({ references }: Variable): boolean {
  return references.some(({ node }) => {
    const { parent } = wrapped(node);
    return isCallExpression(parent);
  });
}

/** `callback = once(callback)`: nobody knows what it is then. */
function isWrappedAgain({ references }: Variable): boolean {
  return references.some(({ node, isWritten }) => {
    const { parent } = wrapped(node);
    if (!isWritten) return false;
    const value = isBinaryExpression(parent) ? unwrapped(parent.right) : undefined;
    return !value || [...nodesOf(value)].some(isCallExpression);
  });
}

function* checkFunction(pass: Pass, trace: ValueTrace, root: FlowRoot): Ask<void> {
  if (trace.in(root).length < 2) return;
  const graph = yield* pass.flow(root);
  if (!graph) return;
  const calling = yield* callingSteps(pass, trace, graph);
  const steps = calling.map(({ step }) => step);
  for (const repeat of repeatsAmong(graph, pass.scopes(), steps, step => isGivenAnew(trace, step))) {
    report(pass, trace, calling, repeat);
  }
}

function isGivenAnew({ variables }: ValueTrace, { kind, node }: Step): boolean {
  if (kind !== "bind" && kind !== "write") return false;
  return variables.some(({ declarations, references }) =>
    [...declarations, ...references.map(reference => reference.node)].some(each => each === node),
  );
}

function report(pass: Pass, trace: ValueTrace, calling: readonly CertainStep[], repeat: Repeat): void {
  const { sourceFile, text } = pass.file;
  const { first, second, path } = repeat;
  const name = trace.variables[0]?.name ?? "";
  const says = (step: Step): string =>
    step === first ? `This calls \`${name}\`, or will.` : `This calls \`${name}\` again.`;
  const fix = returnAfter(first.node, second.node, text);
  pass.report(headOf(first.node), {
    message: `\`${name}\` is called here, and by ${quoted(second.node, sourceFile)} on the same path: its caller goes on twice.`,
    evidence: [
      ...evidenceOf(path, sourceFile, says),
      ...calling.filter(({ step }) => step === first || step === second).flatMap(each => insideOf(trace, each)),
    ],
    fixes: fix ? [fix] : [],
  });
}

/** Of a function that takes the callback along, the call that gets it. */
function headOf(node: Node): Node {
  return isFunctionLikeDeclaration(node) ? wrapped(node).parent : node;
}

function insideOf(trace: ValueTrace, { event }: CertainStep): readonly { at: Node; message: string }[] {
  if (event.kind !== "invoked" && event.kind !== "captured") return [];
  const inner = trace.in(event.fn).find(({ kind }) => kind === "called" || kind === "invoked");
  return inner ? [{ at: inner.node, message: "This is what it calls on every path." }] : [];
}
