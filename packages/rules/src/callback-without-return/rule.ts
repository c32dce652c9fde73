/** Reports callbacks of `map`, `filter`, `reduce`, `sort` and their like that do not answer what they are asked. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  isArrayOrIterator,
  isAsync,
  isDiscarded,
  isGlobal,
  isToldByCompiler,
  isUncertain,
  literalValue,
  mainBlockOf,
  mayHaveEffects,
  ownNodesOf,
  returnedBy,
  unwrapped,
  valuesOf,
  wrapped,
  type Ask,
  type MethodCall,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isSpreadElement,
  SyntaxKind,
  type ArrowFunction,
  type Block,
  type CallExpression,
  type Expression,
  type FunctionExpression,
  type Node,
} from "@review/program/syntax";
import { checkChain } from "./chains.ts";
import { silentEndOf } from "./ends.ts";
import { answerFixes } from "./fixes.ts";
import { checkLabel, onlyLabel } from "./labels.ts";
import { NEVER_ANSWERS, SOMETIMES_ANSWERS, useOf, type Use } from "./tables.ts";

const rule: Rule = defineRule({
  id: "callback-without-return",
  summary: "A callback of `map`, `filter`, `reduce`, `sort` or their like returns nothing, though its answer is used.",
  category: "calls",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Return the answer at the end of the callback, or use `forEach` or a loop where none is meant.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const candidate = candidateOf(call);
      if (candidate) yield* check(pass, candidate);
      yield* checkChain(pass, call);
    },
    [SyntaxKind.ArrowFunction]: (fn: ArrowFunction) => {
      checkLabel(pass, fn);
    },
  }),
});
export default rule;

interface Candidate {
  readonly call: CallExpression;
  readonly method: MethodCall;
  readonly use: Use;
  readonly fn: ArrowFunction | FunctionExpression;
  readonly body: Block;
  /** `Array.from(values, callback)` */
  readonly isFrom: boolean;
}

/** A call with a callback written on the spot, as a block, whose answer is used for something. */
function candidateOf(call: CallExpression): Candidate | undefined {
  const method = asMethodCall(call);
  if (!method) return undefined;
  const isFrom = method.name === "from" && call.arguments.length > 1;
  const use = isFrom ? "element" : useOf(method.name);
  const callback = call.arguments[isFrom ? 1 : 0];
  const fn = use && callback && !isSpreadElement(callback) ? blockFunction(callback) : undefined;
  return use && fn ? { call, method, use, ...fn, isFrom } : undefined;
}

function blockFunction(callback: Expression): Pick<Candidate, "fn" | "body"> | undefined {
  const fn = unwrapped(callback);
  if (!isArrowFunction(fn) && !isFunctionExpression(fn)) return undefined;
  // A label has a report of its own.
  if (isArrowFunction(fn) && onlyLabel(fn)) return undefined;
  const body = mainBlockOf(fn.body);
  return body && !isAsync(fn) && !fn.asteriskToken ? { fn, body } : undefined;
}

function* check(pass: Pass, candidate: Candidate): Ask<void> {
  const { call, method, use, fn } = candidate;
  const returned = returnedBy(fn);
  const so = returned.length === 0 ? NEVER_ANSWERS[use] : SOMETIMES_ANSWERS[use];
  if (so === undefined || endsWithAnswer(candidate) || isMeant(pass, candidate)) return;
  if (!(yield* isOfBuiltin(pass, candidate))) return;
  const silence = yield* silentEndOf(pass, fn);
  // Where a result is needed to go on, the compiler asks for one.
  if (!silence || (yield* isToldByCompiler(pass, call, MISFITS))) return;
  const callee = unwrapped(call.expression);
  const when = returned.length === 0 ? "returns nothing" : "returns nothing on some way through it";
  pass.report(isPropertyAccessExpression(callee) ? callee.name : callee, {
    message: `The callback of \`${method.name}\` ${when}, so ${so}.`,
    evidence: [{ at: silence, message: "Here it ends without an answer." }],
    fixes: returned.length === 0 ? answerFixes(candidate.body, use, fn) : [],
  });
}

/** TypeScript's: no overload that fits, an argument or a value that is not assignable. */
const MISFITS: ReadonlySet<number> = new Set([2769, 2345, 2322]);

/** What almost every callback does, so that nothing has to be asked about it: values only, and one at the end. */
function endsWithAnswer({ body }: Candidate): boolean {
  if (body.statements.at(-1)?.kind !== SyntaxKind.ReturnStatement) return false;
  return ![...ownNodesOf(body)].some(node => isReturnStatement(node) && !node.expression);
}

/**
 * Whether the missing answer does no harm: nobody gets the result, "undefined" is a no that other ways through the
 * callback contrast with a yes, or the gaps of the result are taken out or render as nothing.
 */
function isMeant(pass: Pass, { call, use, fn, body }: Candidate): boolean {
  const returned = returnedBy(fn);
  if (use === "accumulator" || use === "order") return false;
  if (use === "choice" || use === "demand") {
    if (returned.length > 0) return returned.flatMap(valuesOf).some(value => literalValue(value) !== false);
    return use === "choice" && isUnused(call, body);
  }
  if (returned.length === 0) return isUnused(call, body);
  return (pass.file.isChecked && pass.file.strictNullChecks) || isUnused(call, body) || dropsGaps(call);
}

/** Nobody gets the result, or only who called an arrow function that was written for its effects. */
function isUnused(call: CallExpression, body: Block): boolean {
  if (isDiscarded(call)) return !isPure(body);
  const outer = wrapped(call);
  // `Promise.all` that waits for nothing is a mistake of its own, which has its own rule.
  if (isCallExpression(outer.parent) && /^Promise\.\w+$/.test(outer.parent.expression.getText())) return true;
  return isArrowFunction(outer.parent) && outer.parent.body === outer && !isPure(body);
}

/** Whether a callback computes something and does nothing else. */
function isPure(body: Block): boolean {
  const last = body.statements.at(-1);
  if (!last) return false;
  if (isReturnStatement(last)) return body.statements.length === 1 && !last.expression;
  return isExpressionStatement(last) && !mayHaveEffects(last.expression);
}

/** `xs.map(…).filter(Boolean)`, or children of an element, where undefined is nothing. */
function dropsGaps(call: CallExpression): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent)) return /^(?:filter|find|some|every|forEach|flat)$/.test(parent.name.text);
  if (isReturnStatement(parent) && isFlattened(parent)) return true;
  for (let at: Node | undefined = parent; at; at = at.parent) {
    if (at.kind === SyntaxKind.JsxExpression) return true;
    if (isBlock(at)) return false;
  }
  return false;
}

/** `xs.map(x => { return x.keys.map(…); }).flat().filter(Boolean)` */
function isFlattened(answer: Node): boolean {
  const fn = enclosingFunction(answer);
  const outer = fn && wrapped(fn).parent;
  return outer !== undefined && isCallExpression(outer) && dropsGaps(outer);
}

const UNTYPED: ReadonlySet<string> = new Set(["map", "flatMap", "filter", "every", "some", "reduce"]);

function* isOfBuiltin({ checker, file }: Pass, { method, isFrom, fn, body }: Candidate): Ask<boolean> {
  // What only computes a value was to give it, whatever has such a method.
  const isSure =
    file.isJavaScript && !isFrom && UNTYPED.has(method.name) && returnedBy(fn).length === 0 && isPure(body);
  if (isSure && isUncertain(yield* checker.typeOf(method.object))) return true;
  return isFrom ? yield* isGlobal(checker, method.object, "Array") : yield* isArrayOrIterator(checker, method.object);
}
