/** Reports callbacks of `forEach` that return a value: nobody gets it, and it does not end the loop. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  enclosingFunction,
  isArrayOrIterator,
  isAsync,
  literalValue,
  mayHaveEffects,
  ownNodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isBlock,
  isFunctionExpression,
  isIdentifier,
  isReturnStatement,
  isYieldExpression,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type Expression,
  type FunctionExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "foreach-returns-value",
  summary: "A callback of `forEach` returns a value, which nobody gets and which does not end the loop.",
  category: "calls",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Use `map`, `some`, `find` or a `for…of` loop where the value is meant for somebody.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [callback] = call.arguments;
      const fn = method?.name === "forEach" && callback ? unwrapped(callback) : undefined;
      if (!method || !fn || (!isArrowFunction(fn) && !isFunctionExpression(fn))) return;
      if (isAsync(fn) || fn.asteriskToken) return;
      const [value] = valuesReturned(fn);
      if (!value || !(yield* isOfBuiltin(pass, method.object))) return;
      pass.report(value, {
        message: `\`forEach\` drops ${quoted(value, pass.file.sourceFile)}: ${believedIn(fn, value)}.`,
        evidence: [{ at: method.object, message: "`forEach` looks at no answer of its callback." }],
      });
    },
  }),
});
export default rule;

/** The values that say something: no undefined, and no result of a call that is made for its effect. */
function valuesReturned(fn: ArrowFunction | FunctionExpression): readonly Expression[] {
  const { body } = fn;
  if (!isBlock(body)) return isTelling(body) ? [body] : [];
  const values: Expression[] = [];
  for (const node of ownNodesOf(body)) {
    if (isReturnStatement(node) && node.expression && isTelling(node.expression)) values.push(node.expression);
  }
  return values;
}

/** A name alone may be there for a type's sake, or stand for nothing: `noop`, `_`. */
function isTelling(value: Expression): boolean {
  const bare = unwrapped(value);
  if (bare.kind === SyntaxKind.VoidExpression || bare.kind === SyntaxKind.NullKeyword) return false;
  if (isIdentifier(bare)) return bare.text !== "undefined" && value.parent.kind === SyntaxKind.ReturnStatement;
  return !mayHaveEffects(bare) && !isYieldExpression(bare) && !isEmptyObject(bare);
}

function isEmptyObject(value: Node): boolean {
  return value.kind === SyntaxKind.ObjectLiteralExpression && value.getText().length === 2;
}

function believedIn(fn: ArrowFunction | FunctionExpression, value: Expression): string {
  const literal = literalValue(value);
  if (typeof literal === "boolean") return "it does not end the loop, which goes on with the next element";
  if (isBlock(fn.body) && enclosingFunction(fn)) return "it is no result of the function around the loop";
  return "nothing is made of the elements";
}

const COLLECTIONS: ReadonlySet<string> = new Set([
  "Map",
  "Set",
  "ReadonlyMap",
  "ReadonlySet",
  "NodeList",
  "NodeListOf",
]);

function* isOfBuiltin({ checker }: Pass, object: Expression): Ask<boolean> {
  if (yield* isArrayOrIterator(checker, object)) return true;
  return COLLECTIONS.has((yield* builtinOf(checker, object)) ?? "");
}
