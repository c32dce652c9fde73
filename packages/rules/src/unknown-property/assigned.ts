/** Methods of a text, called on what a branch before has just made a list, and the other way round: `path = [root]`. */
import {
  isCallee,
  isInside,
  isSameReference,
  leavesFunction,
  LOGICAL,
  nodesOf,
  quoted,
  unwrapped,
  type Pass,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isBlock,
  isConditionalExpression,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isIfStatement,
  isNumericLiteral,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type IfStatement,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** What the branch of an `if` assigns last is there in the statement behind it. */
export function checkAssigned(pass: Pass, branch: IfStatement): void {
  const assignment = lastAssignmentIn(branch.thenStatement);
  const kind = assignment && kindOf(unwrapped(assignment.right));
  const next = kind && statementBehind(branch);
  const access = next && callIn(next, assignment.left, kind.lacks);
  if (!access) return;
  const name = quoted(access.expression, pass.file.sourceFile);
  const method = `\`${access.name.text}\``;
  pass.report(assignment.right, {
    message: `${name} becomes ${kind.what} here, and the next statement calls its ${method}: ${kind.what} has none, so this throws.`,
    evidence: [{ at: access, message: `Nothing changes it before its ${method} is called.` }],
    repair: `Give it what has a ${method}, as it has on the other ways.`,
  });
}

function lastAssignmentIn(branch: Node): BinaryExpression | undefined {
  if (leavesFunction(branch)) return undefined;
  const last = isBlock(branch) ? branch.statements.at(-1) : branch;
  const assignment = last && isExpressionStatement(last) ? unwrapped(last.expression) : undefined;
  if (!assignment || !isBinaryExpression(assignment)) return undefined;
  return assignment.operatorToken.kind === SyntaxKind.EqualsToken ? assignment : undefined;
}

interface Kind {
  readonly what: string;
  readonly lacks: ReadonlySet<string>;
}

function kindOf(value: Node): Kind | undefined {
  if (isArrayLiteralExpression(value)) return { what: "a list", lacks: OF_TEXTS };
  if (isStringLiteralLikeNode(value) || isTemplateExpression(value)) return { what: "a text", lacks: OF_LISTS };
  return isNumericLiteral(value) ? { what: "a number", lacks: new Set([...OF_TEXTS, ...OF_LISTS]) } : undefined;
}

const OF_TEXTS: ReadonlySet<string> = new Set([
  ...["charAt", "charCodeAt", "endsWith", "match", "normalize", "padEnd", "padStart", "replace", "replaceAll", "split"],
  ...["startsWith", "substr", "substring", "toLowerCase", "toUpperCase", "trim", "trimEnd", "trimStart"],
]);
const OF_LISTS: ReadonlySet<string> = new Set([
  ...["every", "filter", "find", "findIndex", "flat", "flatMap", "forEach", "join", "map", "pop", "push", "reduce"],
  ...["reverse", "shift", "some", "sort", "splice", "unshift"],
]);

/** The next statement of the same block. */
function statementBehind(branch: IfStatement): Node | undefined {
  const block = branch.parent;
  if (!isBlock(block)) return undefined;
  return block.statements[block.statements.findIndex(each => each === branch) + 1];
}

/** The call of a method of one of these names, which is made whatever the statement finds. */
function callIn(statement: Node, place: Node, names: ReadonlySet<string>): PropertyAccessExpression | undefined {
  for (const node of nodesOf(statement)) {
    if (!isPropertyAccessExpression(node) || !isSameReference(node.expression, place)) continue;
    if (!names.has(node.name.text) || node.questionDotToken || !isCallee(node)) return undefined;
    return isAlwaysRun(node, statement) ? node : undefined;
  }
  return undefined;
}

function isAlwaysRun(node: Node, statement: Node): boolean {
  for (let at = node; at !== statement; at = at.parent) {
    const { parent } = at;
    if (isFunctionLikeDeclaration(parent)) return false;
    if (isConditionalExpression(parent) && parent.condition !== at) return false;
    if (isIfStatement(parent) && parent.expression !== at) return false;
    if (isBinaryExpression(parent) && LOGICAL.has(parent.operatorToken.kind) && isInside(node, parent.right))
      return false;
    if (isBlock(parent)) return false;
  }
  return true;
}
