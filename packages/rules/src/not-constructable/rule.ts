/** Reports `new` in JavaScript before a function, or an object of the language, that cannot construct. */
import {
  builtinName,
  defineRule,
  functionOf,
  isAsync,
  isUncertain,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import {
  isArrowFunction,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "not-constructable",
  summary:
    "`new` stands before an arrow function, a method, or an async or generator function, which cannot construct.",
  category: "calls",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Call the function without `new`, or make it a class.",
  listen: pass => ({
    *[SyntaxKind.NewExpression](node: NewExpression) {
      if (pass.file.isChecked) return;
      const fn = yield* functionOf(pass.checker, node.expression);
      const what = fn && kindOf(fn);
      if (what !== undefined) report(pass, node, fn as Node, what);
      else if (!fn) yield* checkBuiltin(pass, node);
    },
  }),
});
export default rule;

/** `new Math()`, `new Symbol()` and their like, and `new Promise.resolve(value)`. */
function* checkBuiltin(pass: Pass, node: NewExpression): Ask<void> {
  const { checker, file } = pass;
  if (yield* isFunctionOfBuiltin(checker, node.expression)) {
    report(pass, node, node.expression, "a function of the language");
    return;
  }
  const name = yield* builtinName(checker, yield* checker.typeOf(node.expression));
  const what = name === undefined ? undefined : BUILTINS.get(name);
  if (what === undefined) return;
  pass.report(node, {
    message: `${quoted(node.expression, file.sourceFile)} is ${what}, which \`new\` cannot use: this throws.`,
    evidence: [{ at: node.expression, message: `This is ${what}.` }],
  });
}

/** A function that a builtin has: `Promise.all`, `Object.create`. */
function* isFunctionOfBuiltin(checker: TypeChecker, callee: Expression): Ask<boolean> {
  const access = unwrapped(callee);
  if (!isPropertyAccessExpression(access)) return false;
  const owner = yield* builtinName(checker, yield* checker.typeOf(access.expression));
  if (owner === undefined || !OWNERS.has(owner)) return false;
  const type = yield* checker.typeOf(access);
  if (isUncertain(type) || (yield* checker.constructSignaturesOf(type)).length > 0) return false;
  return (yield* checker.callSignaturesOf(type)).length > 0;
}

const OWNERS: ReadonlySet<string> = new Set([
  ...["Math", "JSON", "Reflect", "PromiseConstructor", "ObjectConstructor", "ArrayConstructor", "NumberConstructor"],
  ...["StringConstructor", "DateConstructor", "SymbolConstructor"],
]);

/** What cannot construct, by the name of its type. */
const BUILTINS: ReadonlyMap<string, string> = new Map([
  ...["Math", "JSON", "Reflect", "Atomics", "Intl"].map(name => [name, "an object of the language"] as const),
  ["SymbolConstructor", "a function that makes symbols"],
  ["BigIntConstructor", "a function that makes bigints"],
]);

function kindOf(fn: FunctionLikeDeclaration): string | undefined {
  if (isArrowFunction(fn)) return "an arrow function";
  // What a getter gives may well be a class.
  if (isGetAccessorDeclaration(fn)) return undefined;
  if (isMethodDeclaration(fn)) return "a method";
  if ((fn as { asteriskToken?: Node }).asteriskToken) return "a generator function";
  return isAsync(fn) ? "an async function" : undefined;
}

function report(pass: Pass, node: NewExpression, fn: Node, what: string): void {
  const { sourceFile } = pass.file;
  const at = { start: node.getStart(sourceFile), end: node.expression.getStart(sourceFile) };
  pass.report(node, {
    message: `${quoted(node.expression, sourceFile)} is ${what}, which \`new\` cannot use: this throws.`,
    evidence: [{ at: (fn as { name?: Node }).name ?? fn, message: `This is ${what}.` }],
    fixes: node.arguments ? [{ title: "Call it without `new`", safety: "suggested", edits: [{ at, text: "" }] }] : [],
  });
}
