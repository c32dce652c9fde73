/** Reports results of lookups that are used as if they were there, where the same lookup is checked elsewhere. */
import {
  asMethodCall,
  defineRule,
  isAsync,
  isFlowRoot,
  quoted,
  wrapped,
  type Ask,
  type Callee,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isAwaitExpression,
  isFunctionLikeDeclaration,
  SyntaxKind,
  type CallExpression,
  type ElementAccessExpression,
  type Node,
} from "@review/program/syntax";
import { checkOf, checkOfSame, isTried } from "./checks.ts";
import { takesElement } from "./lists.ts";
import { uncountedPart } from "./parts.ts";
import { keyOf, uncheckedUseOf } from "./uses.ts";

const rule: Rule = defineRule({
  id: "unchecked-lookup",
  summary: "The result of a lookup is used unchecked, though it may be missing and another place checks it.",
  category: "nullness",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Check the result as the other place does, or use `?.`.",
  listen: pass => ({
    [SyntaxKind.ElementAccessExpression](element: ElementAccessExpression) {
      const made = pass.file.isTest ? undefined : uncountedPart(pass.scopes(), element);
      if (made) reportPart(pass, element, made);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const { file } = pass;
      if (file.isTest) return;
      const isStrict = file.isChecked && file.strictNullChecks;
      if (isStrict && call.parent.kind !== SyntaxKind.NonNullExpression) return;
      const use = uncheckedUseOf(pass.scopes(), call);
      const check = use && (isStrict ? checkOfSame : checkOf)(pass.scopes(), file.sourceFile, call);
      if (use && check) yield* report(pass, call, use, check);
      else if (use && !isStrict) yield* reportAlone(pass, call, use);
    },
  }),
});
export default rule;

function* report(pass: Pass, call: CallExpression, use: Node, check: CallExpression): Ask<void> {
  const callee = yield* pass.summaries.calleeOf(call);
  const reasons = yield* absenceOf(pass, callee, call);
  if (!reasons) return;
  const { sourceFile } = pass.file;
  pass.report(use, {
    message: `${quoted(call, sourceFile)} may find nothing, which is checked elsewhere, but its result is used unchecked here.`,
    evidence: [
      ...reasons,
      { at: check, message: `${quoted(check, sourceFile)} is checked here.` },
      { at: use, message: "This throws where the result is null or undefined." },
    ],
  });
}

/** Functions that give null on purpose, and patterns whose matches are asked for all at once. */
function* reportAlone(pass: Pass, call: CallExpression, use: Node): Ask<void> {
  const { sourceFile } = pass.file;
  const callee = yield* pass.summaries.calleeOf(call);
  const reasons = callee.kind === "function" ? yield* nullOf(pass, callee, call) : matchesOf(call);
  if (!reasons) return;
  pass.report(use, {
    message: `${quoted(call, sourceFile)} may give null, and its result is used unchecked here.`,
    evidence: [...reasons, { at: use, message: "This throws where the result is null." }],
  });
}

/** `text.match(/…/g)` of a pattern that cannot match the empty text, where no pattern was tried on the text before. */
function matchesOf(call: CallExpression): Reasons | undefined {
  const [pattern] = call.arguments;
  if (asMethodCall(call)?.name !== "match" || !pattern || !/^\/[^?*|{]+\/[a-z]*g[a-z]*$/.test(pattern.getText()))
    return undefined;
  if (isTried(call)) return undefined;
  return [{ at: pattern, message: "Where nothing matches, this gives null and no empty list." }];
}

function* nullOf(pass: Pass, callee: Callee, call: CallExpression): Ask<Reasons | undefined> {
  const reasons = yield* absenceOf(pass, callee, call);
  return reasons?.at(-1)?.at.kind === SyntaxKind.NullKeyword ? reasons : undefined;
}

function reportPart(pass: Pass, element: Node, made: Node): void {
  const { sourceFile } = pass.file;
  pass.report(element, {
    message: `${quoted(element, sourceFile)} is undefined where the text has fewer parts, which nothing asks for, but it is used as if it were there.`,
    evidence: [
      { at: made, message: "The number of parts depends on the text." },
      { at: element.parent, message: "This throws where the part is missing." },
    ],
  });
}

type Reasons = readonly { readonly at: Node; readonly message: string }[];

/** Why a call may give null or undefined; undefined where it is not known to. */
function* absenceOf({ summaries }: Pass, callee: Callee, call: CallExpression): Ask<Reasons | undefined> {
  if (callee.kind === "function" && callee.overridden === undefined) {
    if (isPromised(callee.fn, call) || takesElement(callee.fn)) return undefined;
    const answer = yield* summaries.ask(callee.fn, "absent");
    return answer.verdict === "yes" && isFlowRoot(callee.fn) ? summaries.evidenceOf(answer) : undefined;
  }
  const absent = callee.kind === "model" ? callee.facts.returns?.absent : undefined;
  if (absent !== "null" && absent !== "undefined") return undefined;
  return [{ at: call, message: `${keyOf(call)} gives ${absent} where nothing is found.` }];
}

/** What an async function gives is a promise, which is always there. */
function isPromised(fn: Node, call: CallExpression): boolean {
  return isFunctionLikeDeclaration(fn) && isAsync(fn) && !isAwaitExpression(wrapped(call).parent);
}
