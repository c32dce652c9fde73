/** Reports comparisons and arguments that the range of a builtin makes impossible. */
import {
  asMethodCall,
  defineRule,
  literalValue,
  nodesOf,
  outcomeOf,
  quoted,
  rangeOf,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isCaseClause,
  isIdentifier,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type SwitchStatement,
} from "@review/program/syntax";
import { checkArguments } from "./arguments.ts";
import { checkComparison } from "./comparisons.ts";
import { FUNCTIONS_OF_MATH, reportOf } from "./tables.ts";

const rule: Rule = defineRule({
  id: "impossible-range",
  summary: "A comparison or an argument lies outside the range of a builtin, so it never holds, always holds or fails.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Compare with a value that the builtin can answer, or pass one that it takes; months and weekdays count from 0.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) => checkComparison(pass, node),
    [SyntaxKind.SwitchStatement]: (node: SwitchStatement) => checkCases(pass, node),
    *[SyntaxKind.CallExpression](node: CallExpression) {
      yield* checkElements(pass, node);
      yield* checkResult(pass, node);
      yield* checkArguments(pass, node);
    },
    [SyntaxKind.NewExpression]: (node: NewExpression) => checkArguments(pass, node),
  }),
});
export default rule;

function* checkCases(pass: Pass, node: SwitchStatement): Ask<void> {
  const cases = node.caseBlock.clauses.filter(isCaseClause).map(clause => clause.expression);
  if (!cases.some(each => typeof literalValue(each) === "number")) return;
  yield* checkEach(pass, node.expression, cases, text => `so the case ${text} is never reached`);
}

/** `[6, 7].includes(date.getDay())` */
function* checkElements(pass: Pass, node: CallExpression): Ask<void> {
  const method = asMethodCall(node);
  const [sought] = node.arguments;
  if (!sought || (method?.name !== "includes" && method?.name !== "indexOf")) return;
  const array = unwrapped(method.object);
  if (!isArrayLiteralExpression(array)) return;
  yield* checkEach(pass, sought, array.elements, text => `so it never equals the element ${text}`);
}

function* checkEach(
  pass: Pass,
  subject: Expression,
  values: readonly Expression[],
  so: (text: string) => string,
): Ask<void> {
  const range = literalValue(subject) === undefined ? yield* rangeOf(pass.checker, subject) : undefined;
  for (const at of range ? values : []) {
    const value = literalValue(at);
    if (range === undefined || typeof value !== "number" || outcomeOf(range, "==", value) !== false) continue;
    pass.report(at, reportOf(pass, subject, range, so(quoted(at, pass.file.sourceFile))));
  }
}

function isOfLiterals(node: Node): boolean {
  return ![...nodesOf(node)].some(each => isIdentifier(each) || isCallExpression(each));
}

/** `Math.floor(Math.random())`, `Math.max(Math.min(n, 0), 10)`: a calculation with one result. */
function* checkResult(pass: Pass, node: CallExpression): Ask<void> {
  const method = asMethodCall(node);
  if (!method || !FUNCTIONS_OF_MATH.has(method.name) || node.arguments.every(each => literalValue(each) !== undefined))
    return;
  // A calculation of numbers alone has one result on purpose.
  if (node.arguments.every(each => isOfLiterals(each))) return;
  const range = yield* rangeOf(pass.checker, node);
  if (!range || range.min !== range.max) return;
  const { file } = pass;
  pass.report(node, {
    message: `${quoted(node, file.sourceFile)} is always ${String(range.min)}, whatever its arguments are.`,
    evidence: node.arguments.map(at => ({ at, message: `${quoted(at, file.sourceFile)} goes in here.` })),
  });
}
