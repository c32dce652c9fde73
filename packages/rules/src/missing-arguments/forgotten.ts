/** Wrappers that take a parameter, do nothing with it, and call a function that has one of the same name. */
import { enclosingFunction, isVague, ownFunctionOf, quoted, scopesOf, type Ask, type Pass } from "@review/analysis";
import {
  isIdentifier,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type ParameterDeclaration,
} from "@review/program/syntax";

export function* checkForgotten(pass: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  const wrapper = enclosingFunction(call);
  const unused = wrapper ? unusedParameters(wrapper) : [];
  const given = call.arguments?.length ?? 0;
  if (unused.length === 0 || given === 0) return false;
  const fn = yield* ownFunctionOf(pass, call);
  if (!fn || fn === wrapper) return false;
  const [forgotten] = fn.parameters.slice(given).flatMap(parameter => {
    const own = unused.find(each => each.name.getText() === parameter.name.getText());
    return own && isRead(parameter) ? [{ own, parameter }] : [];
  });
  if (!forgotten) return false;
  report(pass, call, forgotten);
  return true;
}

interface Forgotten {
  readonly own: ParameterDeclaration;
  readonly parameter: ParameterDeclaration;
}

function report(pass: Pass, call: CallExpression | NewExpression, { own, parameter }: Forgotten): void {
  const { sourceFile } = pass.file;
  const name = quoted(own.name, sourceFile);
  pass.report(call, {
    message: `${name} is not passed on: ${quoted(call.expression, sourceFile)} has a parameter of that name, which gets nothing.`,
    evidence: [
      { at: own, message: "Nothing reads this parameter." },
      { at: parameter, message: "This parameter gets nothing." },
    ],
    repair: `Pass ${name} on.`,
  });
}

/** Parameters with a telling name that nothing reads. */
function unusedParameters(fn: FunctionLikeDeclaration): readonly ParameterDeclaration[] {
  if (!fn.body) return [];
  const scopes = scopesOf(fn.getSourceFile());
  return fn.parameters.filter(({ name, dotDotDotToken }) => {
    if (!isIdentifier(name) || dotDotDotToken || isVague(name.text)) return false;
    const variable = scopes.variableOf(name);
    return variable !== undefined && !variable.isExposed && variable.references.length === 0;
  });
}

/** A function that gives the parameter a value itself can do without: `if (typeof options === "function") done = options`. */
function isRead({ name }: ParameterDeclaration): boolean {
  const variable = isIdentifier(name) ? scopesOf(name.getSourceFile()).variableOf(name) : undefined;
  const references = variable?.references ?? [];
  return references.length > 0 && !references.some(({ isWritten }) => isWritten);
}
