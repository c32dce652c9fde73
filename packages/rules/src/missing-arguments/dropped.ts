/** Calls that leave out an argument which the function needs, and which the other calls pass. */
import {
  isWithin,
  needOf,
  nodesOf,
  perFile,
  quoted,
  unwrapped,
  type Ask,
  type FileFacts,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

type Made = CallExpression | NewExpression;

export function* checkDropped(pass: Pass, call: Made): Ask<boolean> {
  const dropped = yield* droppedIn(pass, call);
  const passing = dropped && (yield* missedBy(pass, call, dropped));
  if (!dropped || !passing) return false;
  const { parameter, name, isRecursive } = dropped;
  pass.report(call, {
    message: isRecursive
      ? `The function calls itself without \`${name}\`, which it reads unchecked: deeper down it is undefined.`
      : `${quoted(call.expression, pass.file.sourceFile)} is called without \`${name}\`, which it reads unchecked and every other call passes.`,
    evidence: [
      { at: parameter, message: "This parameter gets nothing." },
      ...passing.slice(0, 2).map(at => ({ at, message: `This call passes \`${name}\`.` })),
    ],
  });
  return true;
}

interface Dropped {
  readonly fn: FunctionLikeDeclaration;
  readonly parameter: ParameterDeclaration;
  readonly name: string;
  readonly isRecursive: boolean;
}

/** The first parameter that a call passes nothing for, where the function needs it. */
function* droppedIn({ summaries, file }: Pass, call: Made): Ask<Dropped | undefined> {
  const args = call.arguments ?? [];
  if (args.some(isSpreadElement) || file.isTest || !mayLackSomething(call, file)) return undefined;
  const callee = yield* summaries.calleeOf(call);
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return undefined;
  const { fn } = callee;
  const parameter = fn.parameters[args.length];
  if (!parameter || !isIdentifier(parameter.name)) return undefined;
  const isRecursive = isWithin(call, fn);
  if (!isRecursive && !file.isJavaScript) return undefined;
  // Where undefined throws nowhere, it may be a value like others.
  return needOf(fn, parameter) === "breaks" ? { fn, parameter, name: parameter.name.text, isRecursive } : undefined;
}

/** A look at names, which costs no question: a call of a function around it, or one with less than others of the name. */
function mayLackSomething(call: Made, file: FileFacts): boolean {
  const name = lastNameOf(call);
  for (let at = call.parent as Node | undefined; at; at = at.parent) {
    if (isFunctionLikeDeclaration(at) && nameOfFunction(at) === name) return true;
  }
  // A call without any argument asks for the defaults, whatever they are.
  const count = call.arguments?.length ?? 0;
  const most = file.isJavaScript && count > 0 ? mostArguments(file.sourceFile).get(name) : undefined;
  return most !== undefined && most > count;
}

type Named = Node & { readonly name?: Node };

function nameOfFunction(fn: FunctionLikeDeclaration): string | undefined {
  const { name = (fn.parent as Named).name } = fn as Named;
  return name && isIdentifier(name) ? name.text : undefined;
}

/** For each name the arguments of the longest call. */
const mostArguments = perFile((file): ReadonlyMap<string, number> => {
  const most = new Map<string, number>();
  for (const node of nodesOf(file)) {
    if (!isCallExpression(node) && !isNewExpression(node)) continue;
    const name = lastNameOf(node);
    most.set(name, Math.max(most.get(name) ?? 0, node.arguments?.length ?? 0));
  }
  return most;
});

/** The other calls, if all of them pass the parameter and they are enough to say that it is missed. */
function* missedBy(pass: Pass, call: Made, { fn, isRecursive }: Dropped): Ask<readonly Made[] | undefined> {
  const index = call.arguments?.length ?? 0;
  const others = yield* otherCalls(pass, call, fn);
  if (others.some(other => (other.arguments?.length ?? 0) <= index)) return undefined;
  return isRecursive || others.length >= FEWEST_OTHERS ? others : undefined;
}

const FEWEST_OTHERS = 2;

/** The other calls of a function in the file of the call. */
function* otherCalls(pass: Pass, call: Made, fn: FunctionLikeDeclaration): Ask<readonly Made[]> {
  const name = lastNameOf(call);
  const found: Made[] = [];
  for (const node of nodesOf(pass.file.sourceFile)) {
    if (node === call || (!isCallExpression(node) && !isNewExpression(node)) || lastNameOf(node) !== name) continue;
    if (node.arguments?.some(isSpreadElement)) continue;
    const callee = yield* pass.summaries.calleeOf(node);
    if (callee.kind === "function" && callee.fn === fn) found.push(node);
  }
  return found;
}

function lastNameOf({ expression }: Made): string {
  const callee = unwrapped(expression);
  if (isIdentifier(callee)) return callee.text;
  return isPropertyAccessExpression(callee) ? callee.name.text : "";
}
