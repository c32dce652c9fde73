/** Calls that leave out an argument which the function reads from whichever way it goes. */
import { failingUseOf, ownFunctionOf, quoted, UNDEFINED, type Ask, type Pass } from "@review/analysis";
import type { CallExpression, NewExpression } from "@review/program/syntax";

/** Where the compiler checks, it refuses such calls. */
export function* checkFailing(pass: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  if (pass.file.isChecked) return false;
  const fn = yield* ownFunctionOf(pass, call);
  for (const parameter of fn?.parameters.slice(call.arguments?.length ?? 0) ?? []) {
    const use = fn && (yield* failingUseOf(pass, fn, parameter, UNDEFINED));
    if (!use) continue;
    const name = quoted(parameter.name, parameter.getSourceFile(), 30);
    pass.report(call, {
      message: `${quoted(call.expression, pass.file.sourceFile)} is called without ${name}, and reads from it whatever happens: a TypeError.`,
      evidence: [
        { at: parameter, message: `The parameter ${name} has no default.` },
        { at: use, message: `${quoted(use, use.getSourceFile())} throws where ${name} is undefined.` },
      ],
    });
    return true;
  }
  return false;
}
