/** Reports tests that ask again what is known by the time they run, and change nothing by it. */
import {
  defineRule,
  onEveryFlow,
  quoted,
  skippedBy,
  testsAskedAgain,
  type DecidedTest,
  type Pass,
  type Rule,
} from "@review/analysis";

const rule: Rule = defineRule({
  id: "redundant-check",
  summary: "A condition asks again what an earlier one has settled, so that it changes nothing.",
  category: "conditions",
  severity: "info",
  preset: "preview",
  since: "0.1.0",
  repair: "Leave the second test out, or ask what was meant instead.",
  listen: pass =>
    onEveryFlow(pass, function* (graph) {
      if (pass.file.isTest) return;
      for (const test of yield* testsAskedAgain(pass, graph)) {
        if (!skippedBy(test.node, test.outcome)) report(pass, test);
      }
    }),
});
export default rule;

function report(pass: Pass, { node, outcome, because }: DecidedTest): void {
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is always ${String(outcome)} here: it was tested on the way, and nothing has changed it.`,
    evidence: because.map(at => ({ at, message: "This test has settled it." })),
  });
}
