/** Reports a response that is sent, and then written to again on the same path. */
import {
  conditionMemory,
  defineRule,
  evidenceOf,
  failingSteps,
  findRepeats,
  flowRootOf,
  isSameReference,
  quoted,
  returnAfter,
  type Ask,
  type Edge,
  type FlowGraph,
  type FlowRoot,
  type Pass,
  type Repeat,
  type Rule,
  type Step,
} from "@review/analysis";
import { isPropertyAccessExpression, isSourceFile, SyntaxKind, type CallExpression } from "@review/program/syntax";
import { maySend, sendsIn, stepsOf, type Send } from "./sends.ts";

const rule: Rule = defineRule({
  id: "response-sent-twice",
  summary: "A path sends an HTTP response, and then sends or writes to it again.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "End the path where the response is sent, with `return` or `else`.",
  listen: pass => {
    const seen = new Set<FlowRoot>();
    return {
      [SyntaxKind.CallExpression](call: CallExpression) {
        if (!maySend(call)) return undefined;
        const root = flowRootOf(call);
        if (seen.has(root) || isSourceFile(root)) return undefined;
        seen.add(root);
        return check(pass, root);
      },
    };
  },
});
export default rule;

function* check(pass: Pass, root: FlowRoot): Ask<void> {
  const sends = yield* sendsIn(pass, root);
  const ends = sends.filter(({ effect }) => effect === "ends");
  if (ends.length === 0 || sends.length < 2) return;
  const graph = yield* pass.flow(root);
  if (!graph) return;
  const failing = yield* failingSteps(pass, graph, "proved");
  for (const response of responsesOf(ends)) {
    const same = (send: Send): boolean => isSameReference(send.response, response.response);
    const repeats = repeatsOf(pass, graph, ends.filter(same), sends.filter(same), failing);
    for (const repeat of repeats) report(pass, sends, repeat);
  }
}

/** One send for each response. */
function responsesOf(sends: readonly Send[]): readonly Send[] {
  return sends.filter(
    (send, index) => sends.findIndex(other => isSameReference(other.response, send.response)) === index,
  );
}

function repeatsOf(
  pass: Pass,
  graph: FlowGraph,
  ends: readonly Send[],
  sends: readonly Send[],
  failing: ReadonlySet<Step>,
): readonly Repeat[] {
  const memory = conditionMemory(graph, pass.scopes(), "all");
  return findRepeats(graph, stepsOf(graph, ends), stepsOf(graph, sends.filter(isHarmful)), {
    throws: step => failing.has(step),
    follows: edge => !saysUnsent(edge),
    ...(memory && { memory }),
  });
}

/** `res.end()` a second time does nothing. */
function isHarmful({ call, inside }: Send): boolean {
  const isEnd = isPropertyAccessExpression(call.expression) && call.expression.name.text === "end";
  return !(isEnd && call.arguments.length === 0 && !inside);
}

/** Behind a send, `res.headersSent` is true. */
function saysUnsent({ kind, node }: Edge): boolean {
  return kind === "false" && node !== undefined && isPropertyAccessExpression(node) && SENT.has(node.name.text);
}

const SENT: ReadonlySet<string> = new Set([
  ...["headersSent", "writableEnded", "writableFinished", "finished", "sent", "closed", "destroyed"],
]);

function report(pass: Pass, sends: readonly Send[], { first, second, path }: Repeat): void {
  const { sourceFile, text } = pass.file;
  const says = (step: Step): string =>
    step === first ? "The response is sent here." : "Here it is sent or written to again.";
  const fix = returnAfter(first.node, second.node, text);
  const inner = [first, second].flatMap(step => sends.find(({ call }) => call === step.node)?.inside ?? []);
  pass.report(first.node, {
    message: `The response is sent here, and ${quoted(second.node, sourceFile)} comes after it on the same path: the headers are gone by then.`,
    evidence: [
      ...evidenceOf(path, sourceFile, says),
      ...inner.map(at => ({ at, message: "This is what the function does on every path." })),
    ],
    fixes: fix ? [fix] : [],
  });
}
