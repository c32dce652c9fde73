/** Guards that let through what they should stop: `!a && a.b`, and `if (!a && !b) return` before both are used. */
import {
  crashEvidence,
  isMisplacedGuard,
  isSameReference,
  isTarget,
  nodesOf,
  provenCrashes,
  quoted,
  wrapped,
  type Ask,
  type Crash,
  type FlowGraph,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  type Node,
} from "@review/program/syntax";

/** Reports what is used behind a guard of the wrong kind. */
export function* reportMisplaced(pass: Pass, graph: FlowGraph): Ask<void> {
  const { sourceFile } = pass.file;
  for (const crash of yield* provenCrashes(pass, graph)) {
    if (!isMisplacedGuard(crash) || isChained(crash.origin.at) || areFilledTogether(crash)) continue;
    pass.report(crash.step.node, {
      message: `${quoted(crash.node, sourceFile)} is used just where its check found it missing: the guard stands the wrong way round.`,
      evidence: crashEvidence(crash, sourceFile),
    });
  }
}

/** `if (!this.min && !this.max) this.min = this.max = point`: what is filled together is there together. */
function areFilledTogether({ edge, origin }: Crash): boolean {
  let condition = wrapped(edge?.node ?? origin.at);
  while (isPrefixUnaryExpression(condition.parent) || isBinaryExpression(condition.parent)) {
    condition = wrapped(condition.parent);
  }
  const statement = condition.parent;
  if (!isIfStatement(statement) || statement.expression !== condition) return false;
  const filled = [...nodesOf(statement.thenStatement)].filter(isTarget);
  const asked = [...nodesOf(condition)].filter(node => isPrefixUnaryExpression(node)).map(({ operand }) => operand);
  return asked.length > 1 && asked.every(value => filled.some(target => isSameReference(target, value)));
}

/** `item?.kind !== "line" && item.isOpen`, `icons?.[name] ?? icons.info`: such a `?.` is caution, and no guard. */
function isChained(tested: Node): boolean {
  const outer = wrapped(tested);
  const { parent } = outer;
  const isAccess = isPropertyAccessExpression(parent) || isElementAccessExpression(parent);
  return isAccess && parent.expression === outer && parent.questionDotToken !== undefined;
}
