/** Guards that let through what they should stop: `!a && a.b`, and `if (!a && !b) return` before both are used. */
import {
  crashEvidence,
  isMisplacedGuard,
  provenCrashes,
  quoted,
  wrapped,
  type Ask,
  type FlowGraph,
  type Pass,
} from "@review/analysis";
import { isPropertyAccessExpression, type Node } from "@review/program/syntax";

/** Reports what is used behind a guard of the wrong kind. */
export function* reportMisplaced(pass: Pass, graph: FlowGraph): Ask<void> {
  const { sourceFile } = pass.file;
  for (const crash of yield* provenCrashes(pass, graph)) {
    if (!isMisplacedGuard(crash) || isChained(crash.origin.at)) continue;
    pass.report(crash.step.node, {
      message: `${quoted(crash.node, sourceFile)} is used just where its check found it missing: the guard stands the wrong way round.`,
      evidence: crashEvidence(crash, sourceFile),
    });
  }
}

/** `item?.kind !== "line" && item.isOpen`: such a `?.` is caution, and no guard. */
function isChained(tested: Node): boolean {
  const outer = wrapped(tested);
  const { parent } = outer;
  return isPropertyAccessExpression(parent) && parent.expression === outer && parent.questionDotToken !== undefined;
}
