/** Loops inside of a loop that count its own variable from the start again. */
import { canReach, literalValue, type Ask, type Pass, type Scopes, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isForStatement,
  isFunctionLikeDeclaration,
  isVariableDeclarationList,
  SyntaxKind,
  type ForStatement,
  type Node,
} from "@review/program/syntax";
import { steppedIn } from "./shared.ts";

/** `for (var i = 0; …; i++) { for (var i = 0; …; i++) {} }`: the outer one goes on where the inner one has ended. */
export function* checkReused(pass: Pass, inner: ForStatement): Ask<void> {
  const name = startedIn(inner);
  const scopes = pass.scopes();
  const variable = name && scopes.variableOf(name);
  if (!name || !variable || !stepOf(scopes, inner, variable)) return;
  const outer = loopAround(scopes, inner, variable);
  const graph = outer && (yield* pass.flow(variable.root));
  const next = outer && stepOf(scopes, outer, variable);
  if (!graph || !next) return;
  const starts = graph.stepsOf(name).filter(({ kind }) => kind === "bind" || kind === "write");
  const counts = graph.stepsOf(next).filter(({ kind }) => kind === "write");
  if (!starts.some(from => from.block.isReachable && counts.some(to => canReach(graph, from, to)))) return;
  pass.report(name, {
    message: `This loop counts \`${variable.name}\`, and so does the loop around it, which then goes on where this one ends.`,
    evidence: [{ at: next, message: `The loop around this one counts \`${variable.name}\` here.` }],
    repair: "Give the inner loop a variable of its own, with `let` or another name.",
  });
}

/** The name that a loop gives a number to begin with. */
function startedIn({ initializer }: ForStatement): Node | undefined {
  if (!initializer) return undefined;
  if (isVariableDeclarationList(initializer)) {
    const [first] = initializer.declarations;
    return first?.initializer && isNumber(first.initializer) ? first.name : undefined;
  }
  if (!isBinaryExpression(initializer) || initializer.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  return isNumber(initializer.right) ? initializer.left : undefined;
}

function isNumber(node: Node): boolean {
  return typeof literalValue(node) === "number";
}

function stepOf(scopes: Scopes, loop: ForStatement, variable: Variable): Node | undefined {
  return steppedIn(loop).find(each => scopes.variableOf(each) === variable);
}

function loopAround(scopes: Scopes, inner: Node, variable: Variable): ForStatement | undefined {
  for (let at = inner.parent; at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    if (isForStatement(at) && stepOf(scopes, at, variable)) return at;
  }
  return undefined;
}
