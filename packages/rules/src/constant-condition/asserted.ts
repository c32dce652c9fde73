/** Assertions whose message has become a part of the condition, so that nothing ever fails: `assert(isOpen || "closed")`. */
import {
  hasText,
  isGlobal,
  literalValue,
  moduleMemberOf,
  ownFunctionOf,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isThrowStatement,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

/** The text behind the last `||` of what a call asserts, where it is the only argument. */
export function* assertedText(pass: Pass, call: CallExpression): Ask<Expression | undefined> {
  const [only, more] = call.arguments;
  const condition = only && !more ? unwrapped(only) : undefined;
  if (!condition || !isAlternative(condition) || !isText(condition.right)) return undefined;
  return (yield* isAssertion(pass, call)) ? condition.right : undefined;
}

function isAlternative(node: Node): node is BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.BarBarToken;
}

/** Words, or words and values that are joined. */
function isText(node: Node): boolean {
  const bare = unwrapped(node);
  if (isBinaryExpression(bare)) {
    return bare.operatorToken.kind === SyntaxKind.PlusToken && (isText(bare.left) || isText(bare.right));
  }
  const value = literalValue(bare);
  return (typeof value === "string" && value !== "") || hasText(bare);
}

function* isAssertion(pass: Pass, call: CallExpression): Ask<boolean> {
  const { checker } = pass;
  const callee = unwrapped(call.expression);
  if (isPropertyAccessExpression(callee) && callee.name.text === "assert") {
    if (yield* isGlobal(checker, callee.expression, "console")) return true;
  }
  const member = yield* moduleMemberOf(checker, callee);
  if (member) return ASSERTIONS.has(member.module) && MEMBERS.has(member.name);
  const fn = yield* ownFunctionOf(pass, call);
  return fn !== undefined && fn.parameters.length > 1 && throwsUnless(fn);
}

const ASSERTIONS: ReadonlySet<string> = new Set(["assert", "assert/strict", "invariant", "tiny-invariant"]);
/** The module itself is a function, too. */
const MEMBERS: ReadonlySet<string> = new Set(["*", "default", "assert", "ok", "strict"]);

/** `function assert(condition, message) { if (!condition) throw … }` */
function throwsUnless({ body, parameters: [first] }: FunctionLikeDeclaration): boolean {
  const check = body && isBlock(body) ? body.statements[0] : undefined;
  if (!first || !check || !isIfStatement(check)) return false;
  const test = unwrapped(check.expression);
  if (!isPrefixUnaryExpression(test) || test.operator !== SyntaxKind.ExclamationToken) return false;
  const operand = unwrapped(test.operand);
  return isIdentifier(operand) && operand.text === first.name.getText() && throws(check.thenStatement);
}

function throws(statement: Node): boolean {
  const last = isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && isThrowStatement(last);
}
