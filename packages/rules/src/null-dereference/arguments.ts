/** Calls that pass null or undefined for a parameter that the function reads from in any case. */
import { absentLiteral, failingUseOf, ownFunctionOf, quoted, type Ask, type Pass } from "@review/analysis";
import {
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

type Call = CallExpression | NewExpression;

/** What the compiler checks, and what a test does on purpose, is passed over. */
export function* checkArguments(pass: Pass, call: Call): Ask<void> {
  const { isTest, isChecked, strictNullChecks } = pass.file;
  if (isTest || (isChecked && strictNullChecks)) return;
  const fn = yield* calledFunction(pass, call);
  if (!fn) return;
  for (const [index, parameter] of fn.parameters.entries()) {
    const argument = call.arguments?.[index];
    const values = argument && absentLiteral(argument);
    const use = values === undefined ? undefined : yield* failingUseOf(pass, fn, parameter, values);
    if (!argument || !use) continue;
    report(pass, call, { parameter: parameter.name, argument, use });
    return;
  }
}

/** The function that a call means, where one of the arguments is null or undefined in as many words. */
function* calledFunction(pass: Pass, call: Call): Ask<FunctionLikeDeclaration | undefined> {
  const isLacking = call.arguments?.some(argument => absentLiteral(argument) !== undefined) === true;
  return isLacking ? yield* ownFunctionOf(pass, call) : undefined;
}

interface Missing {
  readonly parameter: Node;
  readonly argument: Node;
  readonly use: Node;
}

function report(pass: Pass, call: Call, { parameter, argument, use }: Missing): void {
  const { sourceFile } = pass.file;
  const name = quoted(parameter, parameter.getSourceFile(), 30);
  const how = `with ${quoted(argument, sourceFile)} for ${name}`;
  pass.report(argument, {
    message: `${quoted(call.expression, sourceFile)} is called ${how}, and reads from it whatever happens: a TypeError.`,
    evidence: [
      { at: parameter, message: `The parameter ${name} has no default.` },
      { at: use, message: `${quoted(use, use.getSourceFile())} throws where ${name} is null or undefined.` },
    ],
  });
}
