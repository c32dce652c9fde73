/** One variable in the places of two parameters, where the other's own is at hand: `move(id, owner, owner)`. */
import {
  enclosingFunction,
  EQUALITIES,
  flowRootOf,
  isUncertain,
  nodesOf,
  quoted,
  wordsOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import { SymbolFlags, type Symbol, type Type } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type Identifier,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

type Call = CallExpression | NewExpression;

interface Repeated {
  /** The argument that stands where another belongs. */
  readonly at: Identifier;
  readonly slot: number;
  /** The same variable in its own place. */
  readonly twin: Identifier;
}

/** Reports an argument that is passed twice, once in its own place, where the parameter of the other has a namesake here. */
export function* checkRepeated(pass: Pass, call: Call): Ask<void> {
  const args = call.arguments ?? [];
  const pair = pairIn(args);
  const signature = pair && (yield* pass.checker.signatureOf(call));
  if (!pair || !signature) return;
  const parameters = yield* pass.checker.parametersOf(signature);
  const repeated = repeatedIn(args, pair, parameters);
  const variable = repeated && localNamed(pass, parameters[repeated.slot]?.name, call);
  if (!repeated || !variable || isOneOfTwo(call, repeated.at, variable)) return;
  if (!(yield* couldStand(pass, variable, call, yield* pass.checker.parameterTypeOf(signature, repeated.slot)))) return;
  pass.report(repeated.at, {
    message: `${quoted(repeated.at, pass.file.sourceFile)} is given as \`${variable.text}\`, too, though \`${variable.text}\` is at hand, and the call does not get it.`,
    evidence: [
      { at: variable, message: "This has the name of the parameter." },
      { at: repeated.twin, message: "The same value stands in its own place here." },
    ],
    repair: `Pass \`${variable.text}\`.`,
  });
}

/** Two arguments may be one range that is empty; a third of which the name fits shows that the call goes by names. */
const MOST_COLLAPSED = 2;

function* couldStand({ checker, file }: Pass, { text }: Identifier, call: Call, wanted: Type): Ask<boolean> {
  const symbol = yield* checker.resolveName(text, SymbolFlags.Value, call);
  const type = symbol && (yield* checker.typeOfSymbol(symbol));
  if (!type || (isUncertain(type) && !file.isJavaScript)) return false;
  return yield* checker.isAssignable(type, wanted);
}

/** The only two arguments that are one variable. */
function pairIn(args: readonly Expression[]): readonly [Identifier, Identifier] | undefined {
  if (args.length <= MOST_COLLAPSED || args.some(isSpreadElement)) return undefined;
  const names = args.filter(isIdentifier);
  const twice = names.filter(one => names.some(other => other !== one && other.text === one.text));
  const [first, second, more] = twice;
  return first && second && !more ? [first, second] : undefined;
}

function repeatedIn(
  args: readonly Expression[],
  [first, second]: readonly [Identifier, Identifier],
  parameters: readonly Symbol[],
): Repeated | undefined {
  const nameAt = (argument: Expression): string | undefined => parameters[args.indexOf(argument)]?.name;
  const [at, twin] = nameAt(first) === first.text ? [second, first] : [first, second];
  if (nameAt(twin) !== twin.text || nameAt(at) === undefined || nameAt(at) === at.text) return undefined;
  if (isEnd(nameAt(at) ?? "") && isEnd(twin.text)) return undefined;
  const others = args.filter(each => each !== at && each !== twin);
  const isByNames = others.some(each => isIdentifier(each) && nameAt(each) === each.text);
  const isPassed = others.some(each => [...nodesOf(each)].some(node => node.getText() === nameAt(at)));
  return isByNames && !isPassed ? { at, slot: args.indexOf(at), twin } : undefined;
}

/** `spanOf(lines, first, first)` is one line. */
function isEnd(name: string): boolean {
  return wordsOf(name).some(word => ENDS.test(word));
}

const ENDS = /^(?:start|begin|first|from|min|low|lower|anchor|end|stop|last|to|until|max|high|upper|head|focus)$/i;

/** The parameter or constant of a function around the call that has this name. */
function localNamed(pass: Pass, name: string | undefined, call: Call): Identifier | undefined {
  for (let at: Node | undefined = call; at; at = enclosingFunction(at)) {
    const named = pass
      .scopes()
      .localsOf(flowRootOf(at))
      .filter(each => each.name === name);
    const [variable, more] = named;
    if (!variable) continue;
    const isSteady = variable.kind === "const" || variable.kind === "parameter";
    const declaration = variable.declarations[0];
    return isSteady && !more && declaration && declaration.pos < call.pos ? declaration : undefined;
  }
  return undefined;
}

/** Whether the same function is called with the other one nearby: what draws a frame passes each side twice. */
function isPassedByAnother(call: Call, { text }: Identifier): boolean {
  const callee = call.expression.getText();
  const around = enclosingFunction(call);
  if (!around) return true;
  return [...nodesOf(around)].some(
    node =>
      (isCallExpression(node) || isNewExpression(node)) &&
      node !== call &&
      node.expression.getText() === callee &&
      (node.arguments ?? []).some(each => each.getText() === text),
  );
}

/** Whether the code around shows that both values were thought of. */
function isOneOfTwo(call: Call, given: Identifier, other: Identifier): boolean {
  return isPassedByAnother(call, other) || areCompared(call, given, other);
}

/** `first === last ? spanOf(lines, first, first) : undefined`: where both are one, either will do. */
function areCompared(call: Call, { text: one }: Identifier, { text: other }: Identifier): boolean {
  return [...nodesOf(enclosingFunction(call) ?? call)].some(node => {
    if (!isBinaryExpression(node) || !EQUALITIES.has(node.operatorToken.kind)) return false;
    const sides = [node.left.getText(), node.right.getText()];
    return sides.includes(one) && sides.includes(other);
  });
}
