/** Why the result of a call may be missing: what its function gives on some way, or what is known of the language's lookups. */
import {
  isAwaitExpression,
  isCallExpression,
  isCatchClause,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
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
import { isThenable } from "./types.ts";

/** What says that a call may give null or undefined; undefined where it is not known to. */
export function* absenceOf(
  pass: Pick<Pass, "checker" | "summaries">,
  call: CallExpression,
): Ask<readonly PathStep[] | undefined> {
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind === "function" && callee.overridden === undefined) {
    return yield* absenceOfFunction(pass, call, callee.fn);
  }
  const absent = callee.kind === "model" ? callee.facts.returns?.absent : undefined;
  if (absent !== "null" && absent !== "undefined") return undefined;
  return [{ at: call, message: `${lookupKeyOf(call)} gives ${absent} where nothing is found.` }];
}

function* absenceOfFunction(
  { checker, summaries }: Pick<Pass, "checker" | "summaries">,
  call: CallExpression,
  fn: Node,
): Ask<readonly PathStep[] | undefined> {
  if (isPromised(fn, call) || takesElement(fn)) return undefined;
  const answer = yield* summaries.ask(fn, "absent");
  if (answer.verdict !== "yes" || !isFlowRoot(fn) || climbsPage(fn)) return undefined;
  const isHandedOn = !isAwaited(call) && (yield* isThenable(checker, yield* checker.typeOf(call)));
  const reasons = isHandedOn ? undefined : summaries.evidenceOf(answer);
  return reasons && isLastResort(reasons) ? undefined : reasons;
}

/**
 * Whether the null is what a runner of callbacks gives where one of them throws, as in `run(query, each => each.all())`:
 * that says nothing of what this callback finds.
 */
function isLastResort(reasons: readonly PathStep[]): boolean {
  const isRun = reasons.some(({ at }) => isCallExpression(at) && at.arguments.some(isFunctionLikeDeclaration));
  let at = isRun ? reasons.at(-1)?.at : undefined;
  while (at && !isCatchClause(at) && !isFunctionLikeDeclaration(at)) at = at.parent;
  return at !== undefined && isCatchClause(at);
}

/** Whether what says that a result may be missing is a `null` that a function returns in as many words. */
export function isWrittenNull(reasons: readonly PathStep[]): boolean {
  return reasons.at(-1)?.at.kind === SyntaxKind.NullKeyword;
}

/** What an async function gives is a promise, which is always there, whoever hands it on. */
function isPromised(fn: Node, call: CallExpression): boolean {
  return isFunctionLikeDeclaration(fn) && isAsync(fn) && !isAwaited(call);
}

function isAwaited(call: CallExpression): boolean {
  return isAwaitExpression(wrapped(call).parent);
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

/** Whether a function climbs from an element of a page to one around it, as `closest` does: who calls it knows the page. */
function climbsPage(fn: Node): boolean {
  return [...nodesOf(fn)].some(
    node => isPropertyAccessExpression(node) && /^parent(?:Node|Element)$/.test(node.name.text),
  );
}

function isPosition(index: Node): boolean {
  return isNumericLiteral(unwrapped(index)) || /\blength\b/.test(index.getText());
}
