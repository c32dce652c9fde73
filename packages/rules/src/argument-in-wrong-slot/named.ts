/** An argument whose name is that of a later parameter, which gets nothing. */
import {
  enclosingFunction,
  functionOf,
  isUncertain,
  isVague,
  nameOfValue,
  needOf,
  nodesOf,
  perFile,
  quoted,
  similarityOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import type { Signature, Symbol } from "@review/program";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
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
  if (args.some(isSpreadElement) || !mayBeStrange(pass, args)) return;
  const signature = yield* pass.checker.signatureOf(call);
  const parameters = signature ? yield* pass.checker.parametersOf(signature) : [];
  const strange = strangeIn(args, parameters, pass.file.isChecked ? 1 : 0);
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

/** A look at names, which costs no question. */
function mayBeStrange({ file }: Pass, args: readonly Expression[]): boolean {
  const [first] = args;
  if (args.slice(1).some(mayBeTelling)) return true;
  // Where the compiler checks, it asks for what the function needs.
  return (
    !file.isChecked && first !== undefined && mayBeTelling(first) && isLaterName(file.sourceFile, nameOfValue(first))
  );
}

function mayBeTelling(argument: Expression): boolean {
  const name = nameOfValue(argument);
  return name !== undefined && (!isVague(name) || isOwnLaterParameter(argument, ""));
}

function strangeIn(args: readonly Expression[], parameters: readonly Symbol[], firstSlot: number): Strange | undefined {
  for (const [slot, at] of args.entries()) {
    const name = nameOfValue(at);
    const own = parameters[slot];
    if (slot < firstSlot || name === undefined || !own) continue;
    if (!isElsewhere(name, own.name) && !isOwnLaterParameter(at, own.name)) continue;
    const index = parameters.findIndex((each, place) => place >= args.length && isMeant(name, each.name, slot));
    const meant = parameters[index];
    if (meant) return { at, slot, own, index, meant };
  }
  return undefined;
}

/** The first argument is what a call is about, and its name is its own affair, unless it is the very same one. */
function isMeant(name: string, other: string, slot: number): boolean {
  return slot === 0 ? name === other : similarityOf(name, other) === 1;
}

function isElsewhere(name: string, own: string): boolean {
  return !isVague(name) && !isVague(own) && !ROLE.test(own) && similarityOf(name, own) <= MOST_ALIKE;
}

/** `collect(entry, out)` inside of `collect(folder, accept, out)`: the function's own parameter, whatever its name says. */
function isOwnLaterParameter(at: Expression, own: string): boolean {
  const call = at.parent;
  if (!isIdentifier(at) || !isCallExpression(call) || !isIdentifier(call.expression) || at.text === own) return false;
  const callee = call.expression.text;
  for (let fn = enclosingFunction(call); fn; fn = enclosingFunction(fn)) {
    const named = fn as Node & { readonly name?: Node; readonly parameters: readonly ParameterDeclaration[] };
    if (named.name?.getText() !== callee) continue;
    return named.parameters.some(({ name }) => name.getText() === at.text);
  }
  return false;
}

/** What has a part and no name may be anything: `merge(defaults, options)` for `merge(to, from, options)`. */
const ROLE = /^(?:to|from|into|with|src|source|dest|destination|target)$/i;

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
  if (!own || (yield* isSortedOutBehind(summaries, fn, slot, index))) return false;
  return slot === 0 ? needOf(fn, own) === "breaks" : needOf(fn, own) !== "none";
}

/** Whether a function passes both parameters on, as a constructor does to `super`, to one that looks at what it got or that is out of sight. */
function* isSortedOutBehind(
  summaries: Pass["summaries"],
  fn: FunctionLikeDeclaration,
  slot: number,
  index: number,
  depth = 3,
): Ask<boolean> {
  for (const { call, at, to } of passedOn(fn, slot, index)) {
    const callee = yield* summaries.calleeOf(call);
    const next = callee.kind === "function" && isFunctionLikeDeclaration(callee.fn) ? callee.fn : undefined;
    const parameter = next?.parameters[at];
    if (!next || !parameter || depth === 0 || needOf(next, parameter) === "none") return true;
    if (yield* isSortedOutBehind(summaries, next, at, to, depth - 1)) return true;
  }
  return false;
}

interface PassedOn {
  readonly call: CallExpression;
  /** Where the call has the two parameters among its arguments. */
  readonly at: number;
  readonly to: number;
}

function passedOn({ body, parameters }: FunctionLikeDeclaration, slot: number, index: number): readonly PassedOn[] {
  if (!body) return [];
  const [own, meant] = [slot, index].map(place => parameters[place]?.name.getText());
  const calls = [...nodesOf(body)].filter(isCallExpression);
  return calls
    .map(call => ({ call, at: positionOf(own, call), to: positionOf(meant, call) }))
    .filter(({ at, to }) => at >= 0 && to >= 0);
}

function positionOf(name: string | undefined, call: CallExpression): number {
  return call.arguments.findIndex(given => given.getText() === name);
}

/** Whether a function in the file has a parameter of this name, and others before it. */
function isLaterName(file: SourceFile, name: string | undefined): boolean {
  return name !== undefined && laterNames(file).has(name);
}

const laterNames = perFile((file): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodesOf(file)) {
    if (!isFunctionLikeDeclaration(node)) continue;
    for (const { name } of node.parameters.slice(1)) if (isIdentifier(name)) names.add(name.text);
  }
  return names;
});
