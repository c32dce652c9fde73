/** Parameters that are compared with a text which no call gives them, and which another parameter gets. */
import { literalValue, unwrapped, type Scopes, type Variable } from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isParameterDeclaration,
  isSpreadElement,
  isVariableDeclaration,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

export interface WrongParameter {
  readonly parameter: Node;
  /** The call that gives the text to another parameter, and the name of that one. */
  readonly call: CallExpression;
  readonly other: string;
}

/**
 * `build("linux", "all")` and no other call with "linux" for `arch`, where `arch === "linux"` is asked for: `platform` is meant. Undefined
 * where a call is out of sight or gives the parameter something that is not written out.
 */
export function wrongParameter(scopes: Scopes, { left, right }: BinaryExpression): WrongParameter | undefined {
  const text = literalValue(right);
  const parameter =
    typeof text === "string" && text !== "" ? parameterOf(scopes.variableOf(unwrapped(left))) : undefined;
  const calls = (parameter && callsOf(scopes, parameter.fn)) ?? [];
  if (!parameter || typeof text !== "string") return undefined;
  const isOther = calls.every(call => ![undefined, text].includes(textAt(call, parameter.position)));
  return isOther ? otherGiven(parameter, calls, text) : undefined;
}

/** The first call that gives the text to another parameter. */
function otherGiven(
  { name, fn }: Parameter,
  calls: readonly CallExpression[],
  text: string,
): WrongParameter | undefined {
  for (const call of calls) {
    const position = call.arguments.findIndex(argument => literalValue(argument) === text);
    const other = fn.parameters[position]?.name;
    if (other && isIdentifier(other)) return { parameter: name, call, other: other.text };
  }
  return undefined;
}

type Written = Node & { readonly parameters: readonly (Node & { readonly name: Node })[] };

interface Parameter {
  readonly name: Node;
  readonly fn: Written;
  readonly position: number;
}

/** A parameter that keeps what the call gives it. */
function parameterOf(variable: Variable | undefined): Parameter | undefined {
  const [name, more] = variable?.kind === "parameter" ? variable.declarations : [];
  const declaration = name?.parent;
  if (!variable || !declaration || more || variable.isExposed || variable.references.some(({ isWritten }) => isWritten))
    return undefined;
  if (!isParameterDeclaration(declaration) || declaration.initializer || declaration.dotDotDotToken) return undefined;
  const fn = declaration.parent as Written;
  return { name, fn, position: fn.parameters.indexOf(declaration) };
}

/** The calls of a function that is used for nothing else. */
function callsOf(scopes: Scopes, fn: Written): readonly CallExpression[] | undefined {
  const variable = scopes.variableOf(nameOf(fn));
  if (!variable || variable.isExported || variable.isExposed) return undefined;
  const calls = variable.references.map(({ node }) => node.parent);
  const isPlain = variable.references.every(
    ({ node }) => isCallExpression(node.parent) && node.parent.expression === node,
  );
  return isPlain ? (calls as CallExpression[]) : undefined;
}

function nameOf(fn: Written): Node {
  if (isFunctionDeclaration(fn)) return fn.name ?? fn;
  const isValue = (isArrowFunction(fn) || isFunctionExpression(fn)) && isVariableDeclaration(fn.parent);
  return isValue ? (fn.parent as Node & { readonly name: Node }).name : fn;
}

function textAt({ arguments: given }: CallExpression, position: number): string | undefined {
  const argument: Expression | undefined = given.some(isSpreadElement) ? undefined : given[position];
  const value = argument && literalValue(argument);
  return typeof value === "string" ? value : undefined;
}
