/** Loops in loops whose step counts the outer one's counter in place of their own. */
import { isWritten, nodesOf, usesOf, type Pass, type Scopes, type Variable } from "@review/analysis";
import {
  isForStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isVariableDeclarationList,
  type Expression,
  type ForStatement,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** `for (let j = 0; j < row.length; i++)` in the loop of `i`. */
export function checkStep(pass: Pass, loop: ForStatement): void {
  const { condition, incrementor } = loop;
  const own = ownCounter(loop);
  const stepped = incrementor && steppedIn(incrementor);
  if (!condition || !own || !stepped || stepped.text === own.text) return;
  const scopes = pass.scopes();
  const other = scopes.variableOf(stepped);
  const outer = other && loopCounting(scopes, loop, other);
  if (!outer || usesOf(condition, own.text).length === 0 || isWrittenIn(loop, own)) return;
  pass.report(incrementor, {
    message: `This loop runs while \`${own.text}\` is in its bounds, but counts \`${stepped.text}\`, the counter of the loop around it.`,
    evidence: [
      { at: own, message: "Nothing in the loop changes this." },
      { at: outer, message: `This counts \`${stepped.text}\` as well.` },
    ],
    fixes: [{ title: `Count \`${own.text}\``, safety: "suggested", edits: [{ at: stepped, text: own.text }] }],
  });
}

/** The one variable that a loop declares for itself. */
function ownCounter({ initializer }: ForStatement): Identifier | undefined {
  const list = initializer && isVariableDeclarationList(initializer) ? initializer.declarations : [];
  const name = list.length === 1 ? list[0]?.name : undefined;
  return name && isIdentifier(name) ? name : undefined;
}

function steppedIn(step: Expression): Identifier | undefined {
  if (!isPostfixUnaryExpression(step) && !isPrefixUnaryExpression(step)) return undefined;
  return isIdentifier(step.operand) ? step.operand : undefined;
}

/** The step of a loop around this one that counts a variable. */
function loopCounting(scopes: Scopes, inner: Node, counter: Variable): Node | undefined {
  for (let at = inner.parent; at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    const step = isForStatement(at) ? at.incrementor : undefined;
    const name = step && steppedIn(step);
    if (name && scopes.variableOf(name) === counter) return step;
  }
  return undefined;
}

function isWrittenIn({ statement, condition }: ForStatement, own: Identifier): boolean {
  return [statement, condition].some(part =>
    [...(part ? nodesOf(part) : [])].some(node => isIdentifier(node) && node.text === own.text && isWritten(node)),
  );
}
