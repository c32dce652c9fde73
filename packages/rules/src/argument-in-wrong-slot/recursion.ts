/** A function that calls itself and does not hand on the options that it was given. */
import { enclosingFunction, isInside, quoted, type Pass } from "@review/analysis";
import {
  isFunctionDeclaration,
  isIdentifier,
  isSpreadElement,
  type CallExpression,
  type FunctionDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** What is the same, or counts, all the way down. */
const HANDED_DOWN = /^(?:options?|opts|config|settings|context|ctx|signal|logger|seen|visited)$/;

/** `print(child, indent)` in `function print(tree, indent, options = {})`. */
export function checkRecursion(pass: Pass, call: CallExpression): void {
  const callee = call.expression;
  if (!isIdentifier(callee) || call.arguments.length === 0 || call.arguments.some(isSpreadElement)) return;
  const fn = functionAround(pass, call, callee);
  const lost = fn && lostParameter(fn, call.arguments.length);
  const use = lost && useOf(pass, lost);
  const given = use && otherCall(pass, fn, call.arguments.length);
  if (!given) return;
  const name = `\`${lost.text}\``;
  pass.report(call, {
    message: `${quoted(call, pass.file.sourceFile)} does not hand on ${name}: further down, the function works without what it was given.`,
    evidence: [
      { at: given, message: `Here ${name} is given.` },
      { at: use, message: `This depends on ${name}.` },
    ],
    repair: `Pass ${name} on.`,
  });
}

/** The last parameter, if a call with so many arguments leaves out just that one, and may. */
function lostParameter({ parameters }: FunctionDeclaration, given: number): Identifier | undefined {
  const lost = parameters[given];
  if (!lost || parameters.length > given + 1 || lost.dotDotDotToken || !isOptional(lost)) return undefined;
  return isIdentifier(lost.name) && HANDED_DOWN.test(lost.name.text) ? lost.name : undefined;
}

/** A read of a parameter that nothing writes. */
function useOf(pass: Pass, name: Identifier): Node | undefined {
  const references = pass.scopes().variableOf(name)?.references ?? [];
  if (references.some(({ isWritten }) => isWritten)) return undefined;
  return references.find(({ isRead }) => isRead)?.node;
}

/** The function that a call of its own name stands in, directly or in a callback. */
function functionAround(pass: Pass, call: Node, callee: Identifier): FunctionDeclaration | undefined {
  for (let at = enclosingFunction(call); at; at = enclosingFunction(at)) {
    if (!isFunctionDeclaration(at) || at.name?.text !== callee.text) continue;
    return pass
      .scopes()
      .variableOf(callee)
      ?.declarations.some(each => each === at.name)
      ? at
      : undefined;
  }
  return undefined;
}

function isOptional(parameter: {
  readonly initializer?: Node | undefined;
  readonly questionToken?: Node | undefined;
}): boolean {
  return parameter.initializer !== undefined || parameter.questionToken !== undefined;
}

/** What a call from outside of the function gives at a position. */
function otherCall(pass: Pass, fn: FunctionDeclaration, position: number): Node | undefined {
  const references = (fn.name && pass.scopes().variableOf(fn.name)?.references) ?? [];
  for (const { node } of references) {
    const call = node.parent as Node & { readonly arguments?: readonly Node[]; readonly expression?: Node };
    const given = call.expression === node ? call.arguments?.[position] : undefined;
    if (given && !isInside(node, fn)) return given;
  }
  return undefined;
}
