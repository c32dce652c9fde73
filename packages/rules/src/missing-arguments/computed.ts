/** Calls that leave out a number with which the function computes whatever it does: the result is NaN. */
import {
  asMethodCall,
  literalValue,
  neededReferences,
  ownFunctionOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

export function* checkComputed(pass: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  // Where the compiler checks, it refuses such calls.
  const given = call.arguments?.length ?? 0;
  if (pass.file.isChecked || given === 0) return false;
  const fn = yield* ownFunctionOf(pass, call);
  for (const parameter of fn?.parameters.slice(given) ?? []) {
    const reads = fn ? neededReferences(fn, parameter).map(({ node }) => node) : [];
    const [first] = reads;
    if (!first || !reads.every(read => isComputedWith(read) || isAddedToNumber(read, fn, call))) continue;
    const name = quoted(parameter.name, parameter.getSourceFile(), 30);
    pass.report(call, {
      message: `${quoted(call.expression, pass.file.sourceFile)} is called without ${name}, and computes with it: what comes out is NaN.`,
      evidence: [
        { at: parameter, message: `The parameter ${name} has no default.` },
        { at: first, message: "Here it is computed with." },
      ],
    });
    return true;
  }
  return false;
}

/** An operand of an operator for numbers, or an argument of `Math`. */
function isComputedWith(read: Node): boolean {
  const outer = wrapped(read);
  const { parent } = outer;
  if (isBinaryExpression(parent)) return ARITHMETIC.has(parent.operatorToken.kind);
  if (!isCallExpression(parent) || parent.expression === outer) return false;
  return asMethodCall(parent)?.object.getText() === "Math";
}

/** `first + second`, where `first` is given a number: only with text is a sum no NaN. */
function isAddedToNumber(
  read: Node,
  fn: FunctionLikeDeclaration | undefined,
  call: CallExpression | NewExpression,
): boolean {
  const outer = wrapped(read);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusToken) return false;
  const other = unwrapped(parent.left === outer ? parent.right : parent.left);
  if (!isIdentifier(other)) return typeof literalValue(other) === "number";
  const index = fn?.parameters.findIndex(({ name }) => isIdentifier(name) && name.text === other.text) ?? -1;
  const given = call.arguments?.[index];
  return given !== undefined && typeof literalValue(unwrapped(given)) === "number";
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
]);
