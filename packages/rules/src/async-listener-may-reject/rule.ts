/** Reports an async function that may reject, where whoever calls it ignores its promise. */
import {
  defineRule,
  functionOf,
  isAsync,
  mayBeRejected,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "async-listener-may-reject",
  summary: "An async function that may reject is passed to a function that ignores its promise.",
  category: "promises",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Catch the error inside of the function, or pass one that is not async and handles the promise itself.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const candidates = [...call.arguments.entries()].filter(([, argument]) => mayBeAsync(argument));
      if (candidates.length === 0) return;
      const takes = (yield* pass.models.of(call))?.takes;
      if (!takes) return;
      for (const [position, argument] of candidates) {
        if ((takes[position] ?? takes["*"])?.promise === "ignored") yield* check(pass, call, argument);
      }
    },
  }),
});
export default rule;

/** What is no async function for sure needs no question. */
function mayBeAsync(argument: Expression): boolean {
  const bare = unwrapped(argument);
  if (isFunctionLikeDeclaration(bare)) return isAsync(bare);
  return isIdentifier(bare) || isPropertyAccessExpression(bare);
}

function* check(pass: Pass, call: CallExpression, argument: Expression): Ask<void> {
  const fn = yield* functionOf(pass.checker, argument);
  if (!fn || !isAsync(fn) || isGenerator(fn)) return;
  const answer = yield* pass.summaries.ask(fn, "rejects");
  if (!mayBeRejected(answer)) return;
  const { sourceFile } = pass.file;
  const bare = unwrapped(argument);
  pass.report(isFunctionLikeDeclaration(bare) ? headOf(bare) : argument, {
    message: `${quoted(call.expression, sourceFile)} ignores the promise of this async function: when it rejects, nobody handles the error.`,
    evidence: [
      { at: headOf(fn), message: "This function is async, so its errors reject its promise." },
      ...pass.summaries.evidenceOf(answer),
    ],
  });
}

function isGenerator(fn: FunctionLikeDeclaration): boolean {
  return "asteriskToken" in fn && fn.asteriskToken !== undefined;
}

/** A function may be long: the word that makes it async says enough. */
function headOf(fn: FunctionLikeDeclaration): Node {
  const { modifiers } = fn as { modifiers?: readonly Node[] };
  return modifiers?.find(({ kind }) => kind === SyntaxKind.AsyncKeyword) ?? fn;
}
