/** An argument whose name is that of a later parameter, which gets nothing. */
import {
  functionOf,
  isUncertain,
  isVague,
  nameOfValue,
  needOf,
  quoted,
  similarityOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import type { Signature, Symbol } from "@review/program";
import {
  isFunctionLikeDeclaration,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

interface Strange {
  readonly at: Expression;
  readonly slot: number;
  readonly own: Symbol;
  /** Position of the parameter that has the name. */
  readonly index: number;
  readonly meant: Symbol;
}

/** A shift of one: `find(file, recursive)` for `find(file, extensions, recursive)`. */
export function* checkNames(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const args = call.arguments ?? [];
  if (args.some(isSpreadElement) || !args.slice(1).some(mayBeTelling)) return;
  const signature = yield* pass.checker.signatureOf(call);
  const parameters = signature ? yield* pass.checker.parametersOf(signature) : [];
  const strange = strangeIn(args, parameters);
  if (!signature || !strange || !(yield* isSound(pass, call, signature, strange))) return;
  const { at, own, meant } = strange;
  const declaration = yield* declarationOf(pass, meant);
  pass.report(at, {
    message: `${quoted(at, pass.file.sourceFile)} is given as \`${own.name}\`, though it is named as the parameter \`${meant.name}\` is, which gets nothing.`,
    evidence: [
      ...(declaration ? [{ at: declaration, message: "This parameter gets nothing." }] : []),
      { at, message: `This becomes \`${own.name}\`.` },
    ],
  });
}

/** Where a parameter of the project is declared; looking at a library's would fetch its whole tree. */
function* declarationOf({ checker }: Pass, parameter: Symbol): Ask<Node | undefined> {
  const isOfProject = parameter.declarations.every(({ path }) => !/\.d\.[cm]?ts$/.test(path));
  return isOfProject ? yield* checker.declarationOf(parameter) : undefined;
}

function mayBeTelling(argument: Expression): boolean {
  const name = nameOfValue(argument);
  return name !== undefined && !isVague(name);
}

function strangeIn(args: readonly Expression[], parameters: readonly Symbol[]): Strange | undefined {
  for (const [slot, at] of args.entries()) {
    const name = nameOfValue(at);
    const own = parameters[slot];
    // The first argument is what a call is about: its name is its own affair.
    if (slot === 0 || name === undefined || !own || !isElsewhere(name, own.name)) continue;
    const index = parameters.findIndex((each, place) => place >= args.length && similarityOf(name, each.name) === 1);
    const meant = parameters[index];
    if (meant) return { at, slot, own, index, meant };
  }
  return undefined;
}

function isElsewhere(name: string, own: string): boolean {
  return !isVague(name) && !isVague(own) && similarityOf(name, own) <= MOST_ALIKE;
}

const MOST_ALIKE = 0.3;

/** Whether the types let the argument pass there, and the function does not sort its arguments out by itself. */
function* isSound(
  { checker, file, summaries }: Pass,
  call: CallExpression | NewExpression,
  signature: Signature,
  { at, slot, index }: Strange,
): Ask<boolean> {
  const type = yield* checker.typeOf(at);
  if (isUncertain(type) && !file.isJavaScript) return false;
  if (!(yield* checker.isAssignable(type, yield* checker.parameterTypeOf(signature, index)))) return false;
  const callee = yield* summaries.calleeOf(call);
  // A function that is no class may make objects all the same.
  const fn = callee.kind === "function" ? callee.fn : yield* functionOf(checker, call.expression);
  if (!fn || !isFunctionLikeDeclaration(fn)) return !file.isJavaScript;
  const own = fn.parameters[slot];
  return own !== undefined && needOf(fn, own) !== "none";
}
