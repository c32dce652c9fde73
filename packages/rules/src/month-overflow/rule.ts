/** Reports months that are counted on while the day stays, so that the 31st runs over into the month after. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  isSameReference,
  mentions,
  nodesOf,
  quoted,
  unwrapped,
  builtinOf,
  literalValue,
  isUncertain,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isNewExpression,
  isPrefixUnaryExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "month-overflow",
  summary: "The month of a date is moved while its day stays: a month that lacks this day rolls over into the next.",
  category: "numbers",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Set the day to 1 before the month, or month and day in one call: `setMonth(month, day)`.",
  listen: pass => ({
    [SyntaxKind.CallExpression]: (call: CallExpression) => check(pass, call),
  }),
});
export default rule;

function* check(pass: Pass, call: CallExpression): Ask<void> {
  const date = movedDate(call);
  if (!date || pass.file.isTest || thinksOfDay(call, date)) return;
  const { checker } = pass;
  if (!isUncertain(yield* checker.typeOf(date)) && (yield* builtinOf(checker, date)) !== "Date") return;
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `On the 31st, ${quoted(call, sourceFile)} may skip a month: the day that a shorter month lacks rolls over into the next.`,
    evidence: [{ at: call, message: "31 January and one month are 31 February, which is 2 or 3 March." }],
  });
}

/** The date whose month a call moves and leaves the day alone; whole years keep the month. */
function movedDate(call: CallExpression): Node | undefined {
  const method = asMethodCall(call);
  const part = /^set(UTC)?Month$/.exec(method?.name ?? "");
  const [month, ...others] = call.arguments;
  if (!method || !part || !month || others.length > 0) return undefined;
  const sum = unwrapped(month);
  if (!isBinaryExpression(sum) || literalValue(sum.right) === 12) return undefined;
  return movesMonth(sum.left, method.object, `get${part[1] ?? ""}Month`) ? method.object : undefined;
}

function movesMonth(node: Node, date: Node, getter: string): boolean {
  const call = unwrapped(node);
  const read = isCallExpression(call) ? asMethodCall(call) : undefined;
  return read?.name === getter && isSameReference(read.object, date);
}

/** Whether the day is set before, of the date or of what it is a copy of, or compared behind, in the same function. */
function thinksOfDay(call: CallExpression, date: Node): boolean {
  const root = enclosingFunction(call) ?? call.getSourceFile();
  if (mentions(root, "getDate") || mentions(root, "getUTCDate")) return true;
  const before = [...nodesOf(root)].filter(node => node.pos < call.pos);
  const original = before.map(node => copiedInto(node, date)).find(Boolean);
  if (before.some(node => isMadeFirst(node, date) || (original !== undefined && isMadeFirst(node, original))))
    return true;
  return before.some(node => {
    const other = isCallExpression(node) ? asMethodCall(node) : undefined;
    if (!other || !/^set(?:UTC)?Date$/.test(other.name)) return false;
    return isSameReference(other.object, date) || (original !== undefined && isSameReference(other.object, original));
  });
}

/** `first` where a declaration says `const date = new Date(first)`. */
function copiedInto(node: Node, date: Node): Node | undefined {
  if (!isVariableDeclaration(node) || !isSameReference(node.name, date)) return undefined;
  const value = node.initializer && unwrapped(node.initializer);
  const given = value && isNewExpression(value) ? value.arguments?.[0] : undefined;
  return given && isPrefixUnaryExpression(given) ? given.operand : given;
}

/** `const date = new Date(year, month)`: the first of the month. */
function isMadeFirst(node: Node, date: Node): boolean {
  if (!isVariableDeclaration(node) || !isSameReference(node.name, date)) return false;
  const value = node.initializer && unwrapped(node.initializer);
  return value !== undefined && isNewExpression(value) && value.arguments?.length === 2;
}
