/** Parameters of a function that only this file can call, and that no call passes: whatever is done with them is done for nothing. */
import { neededReferences, ownFunctionOf, quoted, unwrapped, wrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

type Call = CallExpression | NewExpression;

/** `new Link(link.url, link.type)` of a `Link(url, type, integrity)` that never gets its `integrity`. */
export function* checkNever(pass: Pass, call: Call): Ask<boolean> {
  const args = call.arguments ?? [];
  const last = args.at(-1);
  // The compiler refuses such calls where it checks.
  if (pass.file.isChecked || !last || !isIdentifier(unwrapped(call.expression))) return false;
  const fn = yield* ownFunctionOf(pass, call);
  const parameter = fn?.parameters[args.length];
  if (!fn || !parameter || !isOfName(last, fn.parameters[args.length - 1])) return false;
  if (!isLongestOfAll(pass, call, fn)) return false;
  const [use] = neededReferences(fn, parameter);
  if (!use) return false;
  const name = quoted(parameter.name, pass.file.sourceFile);
  pass.report(call, {
    message: `No call passes ${name} to ${quoted(call.expression, pass.file.sourceFile)}, which uses it: it is always undefined.`,
    evidence: [
      { at: parameter, message: "This parameter gets nothing." },
      { at: use.node, message: "Here it is used as if it did." },
    ],
  });
  return true;
}

/** Whether the last argument is a member that is called as its parameter: so would the next one be. */
function isOfName(argument: Expression, parameter: ParameterDeclaration | undefined): boolean {
  const access = unwrapped(argument);
  if (!parameter || !isPropertyAccessExpression(access)) return false;
  return isIdentifier(parameter.name) && access.name.text === parameter.name.text;
}

/** Whether the function is called in this file only, by its name, and never with more than here. */
function isLongestOfAll(pass: Pass, call: Call, fn: FunctionLikeDeclaration): boolean {
  const owner: Node = isFunctionDeclaration(fn) ? fn : fn.parent;
  if (owner.getSourceFile() !== pass.file.sourceFile) return false;
  if (!isFunctionDeclaration(owner) && !isClassLikeDeclaration(owner)) return false;
  const variable = owner.name && pass.scopes().variableOf(owner.name);
  if (!variable || variable.isExported || variable.isExposed) return false;
  const count = call.arguments?.length ?? 0;
  return variable.references.every(({ node }) => {
    const other = callOf(node);
    if (!other || other.arguments?.some(isSpreadElement)) return false;
    const given = other.arguments?.length ?? 0;
    return given < count || (given === count && call.pos <= other.pos);
  });
}

function callOf(name: Node): Call | undefined {
  const outer = wrapped(name);
  const { parent } = outer;
  return (isCallExpression(parent) || isNewExpression(parent)) && parent.expression === outer ? parent : undefined;
}
