/** Reports an async function that is given to `new Promise`. */
import {
  defineRule,
  functionOf,
  isAsync,
  isGlobal,
  isWhollyGuarded,
  ownNodesOf,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isAwaitExpression,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "async-executor",
  summary: "The executor of a `new Promise` is an async function, whose own rejection nobody sees.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Make the surrounding function async and await there, or handle every error in the executor and pass it to `reject`.",
  listen: pass => ({
    *[SyntaxKind.NewExpression](node: NewExpression) {
      const [executor] = node.arguments ?? [];
      if (executor) yield* check(pass, node, executor);
    },
  }),
});
export default rule;

function* check(pass: Pass, node: NewExpression, executor: Expression): Ask<void> {
  if (!(yield* isGlobal(pass.checker, node.expression, "Promise"))) return;
  const fn = yield* functionOf(pass.checker, executor);
  if (!fn || !isAsync(fn) || isWhollyGuarded(fn)) return;
  pass.report(modifierOf(executor) ?? executor, {
    message: "The executor of this promise is async: an error in it leaves the promise pending for ever.",
    evidence: evidenceIn(fn),
  });
}

/** The word `async`, where the function is written on the spot: the function itself may be long. */
function modifierOf(executor: Expression): Node | undefined {
  const { modifiers } = executor as Expression & { readonly modifiers?: readonly Node[] };
  return modifiers?.find(modifier => modifier.kind === SyntaxKind.AsyncKeyword);
}

function evidenceIn(fn: FunctionLikeDeclaration): readonly { readonly at: Node; readonly message: string }[] {
  for (const node of fn.body ? ownNodesOf(fn.body) : []) {
    if (isAwaitExpression(node)) return [{ at: node, message: "If this rejects, nobody calls `reject`." }];
  }
  return [];
}
