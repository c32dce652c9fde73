/** Assignments whose value should matter to somebody, and the reasons for which a value may go unread. */
import {
  isDiscarded,
  isSameReference,
  literalValue,
  mayHaveEffects,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSwitchStatement,
  isTryStatement,
  isVariableDeclaration,
  isVariableStatement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface Store {
  readonly name: Identifier;
  readonly value: Expression;
  readonly variable: Variable;
  readonly isDeclaration: boolean;
  /** Whether the value is worked out here by operators, so that nothing but the value can have been meant. */
  readonly isComputed: boolean;
}

/** The store that a written name is the target of; undefined for what says little: patterns, counters, defaults. */
export function storeAt(name: Identifier, variable: Variable): Store | undefined {
  const { parent } = name;
  if (isVariableDeclaration(parent)) return declaredStore(name, parent.initializer, variable);
  const outer = wrapped(name);
  const assignment = outer.parent;
  if (!isBinaryExpression(assignment) || assignment.left !== outer || !isDiscarded(assignment)) return undefined;
  if (isInLoopHead(assignment)) return undefined;
  const { kind } = assignment.operatorToken;
  const value = assignment.right;
  // Counting on is a habit: the next reader of the position may come later. Text is put together to be read.
  if (kind === SyntaxKind.PlusEqualsToken ? !isText(value) : kind !== SyntaxKind.EqualsToken) return undefined;
  if (saysLittle(value, variable) || isDefaultOf(name, value) || isOthersBusiness(name, value)) return undefined;
  return { name, value, variable, isDeclaration: false, isComputed: isComputation(value) && !mayHaveEffects(value) };
}

/** The first value of a variable is often one for all cases, which some branch then replaces. */
function declaredStore(name: Identifier, value: Expression | undefined, variable: Variable): Store | undefined {
  if (!value || name.parent.parent.parent.kind !== SyntaxKind.VariableStatement) return undefined;
  const bare = unwrapped(value);
  // Nobody works out a value that is there for all cases and for none.
  if (isReplacedAtOnce(name) && !isComputation(bare)) return undefined;
  const isWorkedOut = isComputation(bare) || isCallExpression(bare) || isAwaitExpression(bare);
  return isWorkedOut || isTakenBack(name, bare)
    ? { name, value, variable, isDeclaration: true, isComputed: isComputation(bare) }
    : undefined;
}

function isReplacedAtOnce(name: Identifier): boolean {
  const next = statementAfter(name);
  return next !== undefined && (isIfStatement(next) || isSwitchStatement(next) || isTryStatement(next));
}

/** `let gross = net; gross = …`: no branch lies between, so that one of the two was to go elsewhere. */
function isTakenBack(name: Identifier, value: Node): boolean {
  const next = statementAfter(name);
  const assignment = next && isExpressionStatement(next) ? unwrapped(next.expression) : undefined;
  if (!assignment || !isBinaryExpression(assignment) || !isSameReference(assignment.left, name)) return false;
  const isCopy = isIdentifier(value) ? !isPlaceholder(value) : isPropertyAccessExpression(value);
  return isCopy && assignment.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** The statement behind the one that declares a variable. */
function statementAfter(name: Identifier): Node | undefined {
  const statement = name.parent.parent.parent;
  if (!isVariableStatement(statement)) return undefined;
  const { statements } = statement.parent as Node & { statements?: readonly Node[] };
  return statements?.[statements.indexOf(statement) + 1];
}

function isComputation(value: Node): boolean {
  const bare = unwrapped(value);
  if (bare.kind === SyntaxKind.TemplateExpression) return true;
  return isBinaryExpression(bare) && COMPUTING.has(bare.operatorToken.kind);
}

const COMPUTING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken],
  ...[SyntaxKind.PercentToken, SyntaxKind.AsteriskAsteriskToken],
]);

function isText(value: Node): boolean {
  const bare = unwrapped(value);
  return typeof literalValue(bare) === "string" || bare.kind === SyntaxKind.TemplateExpression;
}

/** Emptied variables say little, and a parameter that is given an empty object says something. */
function saysLittle(value: Node, variable: Variable): boolean {
  return isPlaceholder(value) && !isStandIn(value, variable);
}

/** What empties a variable or resets a flag, so that nothing old stays in it; also several at once: `a = b = null`. */
function isPlaceholder(value: Node): boolean {
  const bare = unwrapped(value);
  if (isBinaryExpression(bare) && bare.operatorToken.kind === SyntaxKind.EqualsToken) return isPlaceholder(bare.right);
  const literal = literalValue(bare);
  if (typeof literal === "number") return Math.abs(literal) <= 1;
  if (literal !== undefined) return typeof literal !== "string" || literal === "";
  if (isIdentifier(bare)) return bare.text === "undefined" || bare.text === "NaN";
  if (bare.kind === SyntaxKind.VoidExpression) return true;
  if (isArrayLiteralExpression(bare)) return bare.elements.length === 0;
  return isObjectLiteralExpression(bare) && bare.properties.length === 0;
}

/** `conditions = {}` where the caller has left them out: a parameter is given something only for what reads it below. */
function isStandIn(value: Node, { kind, name }: Variable): boolean {
  if (kind !== "parameter" || BAGS.test(name)) return false;
  const bare = unwrapped(value);
  return isObjectLiteralExpression(bare) || isArrayLiteralExpression(bare);
}

/** Many functions take options because their siblings do, and have none. */
const BAGS = /opt(?:ion)?s?$|conf(?:ig)?$|settings$|args$|param(?:eter)?s$|props$|context$|extra$/i;

/** `a = a`, `a =- 1` and an error that is made and not thrown have rules of their own. */
function isOthersBusiness(name: Identifier, value: Node): boolean {
  const bare = unwrapped(value);
  const isSigned = bare.kind === SyntaxKind.PrefixUnaryExpression;
  return isSigned || bare.kind === SyntaxKind.NewExpression || isSameReference(name, value);
}

/** `options = options || {}` is written before anybody knows whether it will be needed. */
function isDefaultOf(name: Identifier, value: Node): boolean {
  const bare = unwrapped(value);
  if (!isBinaryExpression(bare)) return false;
  const { kind } = bare.operatorToken;
  const isDefault = kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken;
  return isDefault && isSameReference(bare.left, name);
}

function isInLoopHead(node: Node): boolean {
  let at = node;
  while (isBinaryExpression(at.parent)) at = at.parent;
  return isForStatement(at.parent) && at.parent.statement !== at;
}

/** Whether the value comes of a call that may have been made for what it does. */
export function* hasReason(pass: Pass, { name, value, isDeclaration, variable }: Store): Ask<boolean> {
  const bare = unwrapped(value);
  const isAwaited = isAwaitExpression(bare);
  const call = isAwaited ? unwrapped(bare.expression) : bare;
  if (!isCallExpression(call)) return false;
  if (isDeclaration || isAwaited || !hasReads(variable)) {
    return (yield* pass.summaries.ask(call, "impure")).verdict !== "no";
  }
  if (isDoneAgain(name, call)) return false;
  // `rest = rest.trim()` wants the text; `result = save(user)` may only want the user saved.
  return !isReceiver(call.expression, name) && (yield* pass.summaries.ask(call, "impure")).verdict !== "no";
}

function isReceiver(callee: Node, name: Identifier): boolean {
  const bare = unwrapped(callee);
  return isPropertyAccessExpression(bare) && isSameReference(bare.expression, name);
}

/** `where = omit(all, limits); where = omit(all, isUndefined);`: the second was to go on from the first. */
function isDoneAgain(name: Identifier, call: CallExpression): boolean {
  const statement = name.parent.parent;
  const { statements } = statement.parent as Node & { statements?: readonly Node[] };
  const next = statements?.[statements.indexOf(statement) + 1];
  const again = next && isExpressionStatement(next) ? unwrapped(next.expression) : undefined;
  if (!again || !isBinaryExpression(again) || !isSameReference(again.left, name)) return false;
  const other = unwrapped(again.right);
  if (!isCallExpression(other) || READERS.test(call.expression.getText())) return false;
  return isSameReference(call.expression, other.expression) && isFromSameSource(call, other);
}

/** What goes on in its source with every call. */
const READERS =
  /(?:next|read|skip|consume|expect|eat|accept|advance|take|parse|pop|shift|get|fetch|send|call|apply)\w*$/i;

/** Whether both start from the same value, and do something else with it. */
function isFromSameSource({ arguments: ours }: CallExpression, { arguments: theirs }: CallExpression): boolean {
  const [first, second] = [ours[0], theirs[0]];
  if (!first || !second || ours.length < 2 || theirs.length < 2 || !isSameReference(first, second)) return false;
  return ours.some((each, index) => each.getText() !== theirs[index]?.getText());
}

function hasReads({ references }: Variable): boolean {
  return references.some(({ isRead, isWritten }) => isRead && !isWritten);
}
