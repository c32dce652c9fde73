/** A function that calls itself and does not hand on the options that it was given. */
import { enclosingFunction, isInside, needOf, quoted, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isFunctionDeclaration,
  isIdentifier,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type FunctionDeclaration,
  type Identifier,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

/** What is the same, or counts, all the way down. */
const HANDED_DOWN = /^(?:options?|opts|config|settings|context|ctx|signal|logger|seen|visited)$/;

/** `print(child, indent)` in `function print(tree, indent, options = {})`. */
export function checkRecursion(pass: Pass, call: CallExpression): void {
  const callee = call.expression;
  if (!isIdentifier(callee) || call.arguments.length === 0 || call.arguments.some(isSpreadElement)) return;
  const fn = functionAround(pass, call, callee);
  const lost = fn && lostParameter(pass, fn, call.arguments.length);
  const use = lost && useOf(pass, lost);
  const given = use && (otherCall(pass, fn, call.arguments.length) ?? exportOf(fn));
  if (!given) return;
  const name = `\`${lost.text}\``;
  pass.report(call, {
    message: `${quoted(call, pass.file.sourceFile)} does not hand on ${name}: further down, the function works without what it was given.`,
    evidence: [
      {
        at: given,
        message:
          given.kind === SyntaxKind.ExportKeyword
            ? `Whoever calls the function gives ${name}.`
            : `Here ${name} is given.`,
      },
      { at: use, message: `This depends on ${name}.` },
    ],
    repair: `Pass ${name} on.`,
  });
}

/** The last parameter, if a call with so many arguments leaves out just that one, and may. */
function lostParameter(pass: Pass, fn: FunctionDeclaration, given: number): Identifier | undefined {
  const lost = fn.parameters[given];
  if (!lost || fn.parameters.length > given + 1 || lost.dotDotDotToken || !isIdentifier(lost.name)) return undefined;
  // What throws where it is undefined is reported by `missing-arguments`, and so is what the compiler lets pass.
  if (!isOptional(lost)) return !pass.file.isChecked && isNeeded(pass, fn, lost) ? lost.name : undefined;
  return HANDED_DOWN.test(lost.name.text) ? lost.name : undefined;
}

/** Whether the function uses the parameter as it is, which is no flag: one may be for the first level alone. */
function isNeeded(pass: Pass, fn: FunctionDeclaration, lost: ParameterDeclaration): boolean {
  if (needOf(fn, lost) !== "uses" || FLAG.test(lost.name.getText())) return false;
  const position = fn.parameters.indexOf(lost);
  return !callsOf(pass, fn).some(call => isBoolean(call.arguments[position]));
}

const FLAG = /^(?:is|has|no|with|should|allow|do|use)[A-Z]/;

function isBoolean(argument: Node | undefined): boolean {
  return argument?.kind === SyntaxKind.TrueKeyword || argument?.kind === SyntaxKind.FalseKeyword;
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

/** The export of a function, which is there to be called with all that it takes. */
function exportOf(fn: FunctionDeclaration): Node | undefined {
  return fn.modifiers?.find(({ kind }) => kind === SyntaxKind.ExportKeyword);
}

function isOptional(parameter: {
  readonly initializer?: Node | undefined;
  readonly questionToken?: Node | undefined;
}): boolean {
  return parameter.initializer !== undefined || parameter.questionToken !== undefined;
}

/** What a call from outside of the function gives at a position. */
function otherCall(pass: Pass, fn: FunctionDeclaration, position: number): Node | undefined {
  const others = callsOf(pass, fn).filter(call => !isInside(call, fn));
  return others.map(call => call.arguments[position]).find(given => given !== undefined);
}

function callsOf(pass: Pass, { name }: FunctionDeclaration): readonly CallExpression[] {
  const references = (name && pass.scopes().variableOf(name)?.references) ?? [];
  return references
    .map(({ node }) => node)
    .flatMap(node => (isCallExpression(node.parent) && node.parent.expression === node ? [node.parent] : []));
}
