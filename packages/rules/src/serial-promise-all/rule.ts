/** Reports `await` in the list of `Promise.all`: what is awaited there has ended before the next one begins. */
import {
  asMethodCall,
  defineRule,
  isGlobal,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  SyntaxKind,
  type AwaitExpression,
  type CallExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "serial-promise-all",
  summary: "`Promise.all` is given awaited values instead of promises, so that nothing runs side by side.",
  category: "promises",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Leave the `await` out in the list: `Promise.all` waits for all of them.",
  listen: pass => ({
    [SyntaxKind.CallExpression]: (call: CallExpression) => check(pass, call),
  }),
});
export default rule;

const GATHER: ReadonlySet<string> = new Set(["all", "allSettled", "any", "race"]);

function* check(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const list = call.arguments[0] && unwrapped(call.arguments[0]);
  if (!method || !GATHER.has(method.name) || !list || !isArrayLiteralExpression(list)) return;
  const awaited = list.elements.map(unwrapped).filter((each): each is AwaitExpression => isAwaitExpression(each));
  const [first] = awaited;
  // The last one alone has nothing behind it that waits.
  if (!first || list.elements.length < 2 || unwrapped(list.elements.at(-1) ?? list) === first) return;
  if (!(yield* isGlobal(pass.checker, method.object, "Promise"))) return;
  const { sourceFile } = pass.file;
  pass.report(first, {
    message: `${quoted(first, sourceFile)} ends before the next one begins: \`Promise.${method.name}\` gets values, and gathers nothing.`,
    evidence: awaited.slice(0, 3).map(at => ({ at, message: "This is waited for before the list goes on." })),
    fixes: [
      {
        title: "Pass the promises",
        safety: "suggested",
        edits: awaited.map(each => ({
          at: { start: each.getStart(sourceFile), end: each.expression.getStart(sourceFile) },
          text: "",
        })),
      },
    ],
  });
}
