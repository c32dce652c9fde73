/** Why the result of a call may be missing: what its function gives on some way, or what is known of the language's lookups. */
import {
  isAwaitExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNumericLiteral,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { PathStep } from "../flow/evidence.ts";
import { isFlowRoot } from "../flow/roots.ts";
import type { Pass } from "../rule.ts";
import { nodesOf } from "../walk.ts";
import { lookupKeyOf } from "./lookup-uses.ts";
import { isAsync, unwrapped, wrapped } from "./nodes.ts";

/** What says that a call may give null or undefined; undefined where it is not known to. */
export function* absenceOf(
  { summaries }: Pick<Pass, "summaries">,
  call: CallExpression,
): Ask<readonly PathStep[] | undefined> {
  const callee = yield* summaries.calleeOf(call);
  if (callee.kind === "function" && callee.overridden === undefined) {
    if (isPromised(callee.fn, call) || takesElement(callee.fn)) return undefined;
    const answer = yield* summaries.ask(callee.fn, "absent");
    return answer.verdict === "yes" && isFlowRoot(callee.fn) ? summaries.evidenceOf(answer) : undefined;
  }
  const absent = callee.kind === "model" ? callee.facts.returns?.absent : undefined;
  if (absent !== "null" && absent !== "undefined") return undefined;
  return [{ at: call, message: `${lookupKeyOf(call)} gives ${absent} where nothing is found.` }];
}

/** Whether what says that a result may be missing is a `null` that a function returns in as many words. */
export function isWrittenNull(reasons: readonly PathStep[]): boolean {
  return reasons.at(-1)?.at.kind === SyntaxKind.NullKeyword;
}

/** What an async function gives is a promise, which is always there. */
function isPromised(fn: Node, call: CallExpression): boolean {
  return isFunctionLikeDeclaration(fn) && isAsync(fn) && !isAwaitExpression(wrapped(call).parent);
}

/**
 * Whether a function takes an element out of a list by its position, such as `last`: whoever calls it knows its list, as with
 * `list[0]`.
 */
function takesElement(fn: Node): boolean {
  if (!isFunctionLikeDeclaration(fn)) return false;
  const names = new Set(fn.parameters.map(({ name }) => (isIdentifier(name) ? name.text : undefined)));
  return [...nodesOf(fn)].some(node => {
    if (!isElementAccessExpression(node) || !isPosition(node.argumentExpression)) return false;
    const list = unwrapped(node.expression);
    return isIdentifier(list) && names.has(list.text);
  });
}

function isPosition(index: Node): boolean {
  return isNumericLiteral(unwrapped(index)) || /\blength\b/.test(index.getText());
}
