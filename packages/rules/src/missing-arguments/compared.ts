/** Calls that leave out what the function compares its other argument with. */
import {
  absentLiteral,
  ownFunctionOf,
  quoted,
  scopesOf,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isTypeOfExpression,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

export function* checkCompared(pass: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  // A function of one kind of thing compares two of them.
  if (pass.file.isChecked || call.arguments?.length !== 1) return false;
  const fn = yield* ownFunctionOf(pass, call);
  const found = fn && comparisonOf(fn);
  if (!found) return false;
  const { first, second, comparison } = found;
  const name = quoted(second, second.getSourceFile());
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `${quoted(call.expression, sourceFile)} is called without ${name}, with which it compares its first argument.`,
    evidence: [
      { at: second, message: "This parameter gets nothing." },
      { at: comparison, message: `Here it compares ${quoted(first, first.getSourceFile())} with undefined.` },
    ],
  });
  return true;
}

interface Compared {
  readonly first: Identifier;
  readonly second: Identifier;
  readonly comparison: Node;
}

/** `a === b` of the first two parameters, where nothing asks whether `b` is there. */
function comparisonOf({ parameters }: FunctionLikeDeclaration): Compared | undefined {
  const [first, second] = [plainName(parameters[0]), plainName(parameters[1])];
  if (!first || !second) return undefined;
  const scopes = scopesOf(second.getSourceFile());
  const variable = scopes.variableOf(second);
  if (!variable || variable.isExposed || variable.references.some(each => isAskedFor(each.node))) return undefined;
  const own = scopes.variableOf(first);
  for (const { node, isWritten } of variable.references) {
    // From there on it may be another value.
    if (isWritten) return undefined;
    const other = comparedWith(node);
    if (other && scopes.variableOf(other) === own) return { first, second, comparison: wrapped(node).parent };
  }
  return undefined;
}

function plainName(parameter: ParameterDeclaration | undefined): Identifier | undefined {
  if (!parameter || parameter.initializer || parameter.dotDotDotToken) return undefined;
  return isIdentifier(parameter.name) ? parameter.name : undefined;
}

/** The other side of a comparison. */
function comparedWith(use: Node): Node | undefined {
  const { parent } = wrapped(use);
  if (!isBinaryExpression(parent) || !COMPARISONS.has(parent.operatorToken.kind)) return undefined;
  return unwrapped(unwrapped(parent.left) === use ? parent.right : parent.left);
}

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.LessThanToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken, SyntaxKind.GreaterThanToken],
]);

function isAskedFor(use: Node): boolean {
  const { parent } = wrapped(use);
  if (isTypeOfExpression(parent)) return true;
  if (!isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken) return parent.left === wrapped(use);
  return absentLiteral(parent.left) !== undefined || absentLiteral(parent.right) !== undefined;
}
