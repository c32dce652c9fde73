/** Computations of one value out of another, and what they start from. */
import { asMethodCall, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isSpreadElement,
  isTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Identifier,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

/** The names that a computation starts from: the receiver of a chain of calls, and the arguments. */
export function originsOf(value: Expression): readonly Identifier[] {
  const bare = computationIn(value);
  if (isCallExpression(bare)) return originsOfCall(bare);
  if (isSum(bare)) return operandsIn(bare);
  if (isMade(bare)) return (bare.arguments ?? []).flatMap(operandsIn);
  return isTemplateExpression(bare) ? namesIn(bare.templateSpans.map(({ expression }) => expression)) : [];
}

/** The names in a sum and in what it is a sum of: `Math.round(net * 100) / 100`. */
function operandsIn(value: Node): readonly Identifier[] {
  const bare = unwrapped(value);
  if (isIdentifier(bare)) return [bare];
  if (isCallExpression(bare)) return originsOfCall(bare);
  return isSum(bare) ? [bare.left, bare.right].flatMap(operandsIn) : [];
}

function isSum(node: Node): node is BinaryExpression {
  return isBinaryExpression(node) && ARITHMETIC.has(node.operatorToken.kind);
}

/** `new Date(due.getTime() + day)`: to make one does nothing else. */
function isMade(node: Node): node is NewExpression {
  return isNewExpression(node) && isIdentifier(node.expression) && VALUES.has(node.expression.text);
}

const VALUES: ReadonlySet<string> = new Set(["Date", "URL", "Set", "Map"]);

function computationIn(value: Expression): Node {
  const bare = unwrapped(value);
  if (isAwaitExpression(bare)) return unwrapped(bare.expression);
  return memoOf(bare) ?? bare;
}

/** `useMemo(() => items.filter(isOpen), [items])`: what the function gives. */
function memoOf(node: Node): Node | undefined {
  if (!isCallExpression(node) || !/(?:^|\.)useMemo$/.test(node.expression.getText())) return undefined;
  const fn = node.arguments[0] && unwrapped(node.arguments[0]);
  return fn && isArrowFunction(fn) && !isBlock(fn.body) ? unwrapped(fn.body) : undefined;
}

function originsOfCall(call: CallExpression): readonly Identifier[] {
  const method = asMethodCall(call);
  const receiver = method && unwrapped(method.object);
  const through = receiver && isCallExpression(receiver) ? originsOfCall(receiver) : [];
  const nested = call.arguments.map(unwrapped).filter(isCallExpression).flatMap(originsOfCall);
  const sums = call.arguments.map(unwrapped).filter(isSum).flatMap(operandsIn);
  return [...through, ...namesIn([...(receiver ? [receiver] : []), ...call.arguments]), ...nested, ...sums];
}

function namesIn(nodes: readonly Node[]): readonly Identifier[] {
  return nodes.map(node => copiedIn(unwrapped(node))).filter(isIdentifier);
}

/** `rows` of `[...rows]`. */
function copiedIn(node: Node): Node {
  const [only, more] = isArrayLiteralExpression(node) ? node.elements : [];
  return only && !more && isSpreadElement(only) ? unwrapped(only.expression) : node;
}

/** `[...rows].sort(…)` changes nothing but what it has just made. */
function changesOwnCopy(call: CallExpression): boolean {
  const method = asMethodCall(call);
  if (!method || !/^(?:sort|reverse)$/.test(method.name)) return false;
  const object = unwrapped(method.object);
  if (isArrayLiteralExpression(object)) return true;
  return isCallExpression(object) && /^(?:slice|map|filter|concat)$/.test(asMethodCall(object)?.name ?? "");
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
]);

/** Verbs of functions that are called for what they do, whatever they return. */
const DOING =
  /^(?:save|update|create|insert|delete|remove|send|write|set|add|register|push|pop|shift|emit|start|stop|open|close|init|load|fetch|render|mount|use|run|exec|execute|apply|assert|expect|validate|check|ensure|mark|attach|append|install|sort|reverse|splice|fill|call|invoke|request|post|put|patch|upload|publish|spy|mock|stub|subscribe|on|once|dispatch|commit|log|print|track|connect|compile|process|handle|mutate|migrate|sync|store)/i;

/** Whether the computation does nothing but compute: proved, or unknown with a name that says nothing else. */
export function* onlyComputes(pass: Pass, value: Expression, hasTellingName: boolean): Ask<boolean> {
  const bare = computationIn(value);
  // A difference or a sum is another number, and stands for none of its operands but by its name.
  if (isMade(bare)) return true;
  if (!isCallExpression(bare)) return hasTellingName;
  if (changesOwnCopy(bare)) return hasTellingName;
  const { verdict } = yield* pass.summaries.ask(bare, "impure");
  if (verdict !== "unknown") return verdict === "no";
  const name = /[\p{L}\p{N}_$]+$/u.exec(bare.expression.getText())?.[0] ?? "";
  return hasTellingName && !DOING.test(name);
}
