/** A call that leaves out what another call of the same function hands on from the same place. */
import {
  callsByCallee,
  isInside,
  isLookedAt,
  isWithin,
  nodesOf,
  ownFunctionOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isSpreadElement,
  type CallExpression,
  type Identifier,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

type Call = CallExpression | NewExpression;

interface LeftOut {
  readonly index: number;
  readonly variable: Variable;
  readonly given: Identifier;
}

/**
 * `check(state)` beside `check(action, [], isPlain)`, where `isPlain` is an option of the function around both. Only functions
 * count: what is asked for each value, or told of it, is chosen once.
 */
export function* checkLeftOut(pass: Pass, call: Call): Ask<void> {
  const args = call.arguments ?? [];
  if (args.length === 0 || args.some(isSpreadElement)) return;
  const left = leftOut(pass, call, args.length);
  if (!left) return;
  const fn = yield* ownFunctionOf(pass, call);
  const parameter = fn?.parameters[left.index];
  if (!fn || !parameter || !isOfName(parameter, left.variable.name)) return;
  if (isWithin(call, fn) || !isCalledIn(fn, left.variable.name)) return;
  const name = `\`${left.variable.name}\``;
  pass.report(call, {
    message: `${quoted(call, pass.file.sourceFile)} leaves out ${name}, which another call of the same function here hands on.`,
    evidence: [
      { at: left.given, message: `Here ${name} is handed on.` },
      { at: parameter, message: "This gets nothing." },
    ],
    repair: `Hand on ${name} here as well.`,
  });
}

function isOfName({ dotDotDotToken, name }: ParameterDeclaration, wanted: string): boolean {
  return !dotDotDotToken && isIdentifier(name) && name.text === wanted;
}

function isCalledIn(fn: Node, name: string): boolean {
  return [...nodesOf(fn)].some(node => isCallExpression(node) && node.expression.getText() === name);
}

/** A variable that all the other calls with so many arguments hand on, and that is there for this one as well. */
function leftOut(pass: Pass, call: Call, given: number): LeftOut | undefined {
  const others = (callsByCallee(pass.file.sourceFile).get(call.expression.getText()) ?? []).filter(
    each => each !== call,
  );
  const longer = others.filter(each => (each.arguments?.length ?? 0) > given);
  if (longer.length === 0 || longer.length !== others.length) return undefined;
  for (const other of longer) {
    for (const [index, argument] of (other.arguments ?? []).entries()) {
      const at = unwrapped(argument);
      if (index < given || !isIdentifier(at)) continue;
      const variable = pass.scopes().variableOf(at);
      if (variable && isAround(variable, call)) return { index, variable, given: at };
    }
  }
  return undefined;
}

/** Whether a parameter or constant of a function around a call is there for it, unasked, and not among its arguments. */
function isAround(variable: Variable, call: Call): boolean {
  const { declarations, kind, references, root } = variable;
  if ((kind !== "parameter" && kind !== "const") || !declarations[0] || !isInside(call, root)) return false;
  if (root.parent === undefined) return false;
  if (references.some(({ node, isWritten }) => isWritten || isLookedAt(wrapped(node)))) return false;
  return call.pos >= declarations[0].parent.end && !references.some(({ node }) => isInside(node, call));
}
