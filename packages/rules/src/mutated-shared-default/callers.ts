/** The caller's array, which a function sorts in place and returns as if it had made a new one. */
import {
  asMethodCall,
  builtinOf,
  enclosingFunction,
  isAsync,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableDeclaration,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

const IN_PLACE: ReadonlySet<string> = new Set(["sort", "reverse"]);

const READING: ReadonlySet<string> = new Set(["at", "filter", "find", "flatMap", "join", "map", "slice"]);

/** Names of functions that give something new, and not of what is done to the argument. */
const GIVES =
  /^(?:get|to|compute|build|select|pick|find|list)?_?(?:sorted|reversed|ordered|ranked|newest|oldest|latest|highest|lowest|top)/i;
const GIVES_AT_END = /^get[A-Z]|(?:Sorted|Reversed|Ordered|Ranked)$/;

/** The parameter whose array a call sorts, where the result is returned. */
export function* callersArray(pass: Pass, call: CallExpression): Ask<Variable | undefined> {
  const method = asMethodCall(call);
  const owner = enclosingFunction(call);
  if (!method || !IN_PLACE.has(method.name) || !owner || !isReturned(call, owner) || isAsync(owner)) return undefined;
  const name = nameOf(owner);
  if (!GIVES.test(name) && !GIVES_AT_END.test(name)) return undefined;
  const parameter = parameterOf(pass, method.object);
  if (!parameter || parameter.root !== owner) return undefined;
  return (yield* builtinOf(pass.checker, method.object)) === "Array" ? parameter : undefined;
}

/** Whether the function gives the array, or what is read out of it: `scores.sort().slice(0, 3)`. */
function isReturned(call: Node, owner: Node): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  if (isElementAccessExpression(parent) && parent.expression === outer) return isReturned(parent, owner);
  if (isPropertyAccessExpression(parent) && READING.has(parent.name.text) && isCallExpression(parent.parent)) {
    return isReturned(parent.parent, owner);
  }
  return isReturnStatement(parent) || (isArrowFunction(parent) && parent === owner);
}

function nameOf(owner: Node): string {
  const { name } = owner as Node & { readonly name?: Node };
  const { parent } = owner;
  return name?.getText() ?? (isVariableDeclaration(parent) ? parent.name.getText() : "");
}

/** The parameter that a name means, or the local that is nothing but another name for one. */
function parameterOf(pass: Pass, object: Node): Variable | undefined {
  const name = unwrapped(object);
  const variable = isIdentifier(name) ? pass.scopes().variableOf(name) : undefined;
  if (!variable || variable.references.some(({ isWritten }) => isWritten)) return undefined;
  const declared = variable.declarations[0]?.parent;
  if (variable.kind === "parameter") return declared && isPlain(declared) ? variable : undefined;
  return declared &&
    isVariableDeclaration(declared) &&
    declared.initializer &&
    isIdentifier(unwrapped(declared.initializer))
    ? parameterOf(pass, declared.initializer)
    : undefined;
}

/** A rest parameter is an array of the function's own, and so is a default. */
function isPlain(parameter: Node): boolean {
  return isParameterDeclaration(parameter) && !parameter.dotDotDotToken && !parameter.initializer;
}
