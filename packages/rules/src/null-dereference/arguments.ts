/** Calls that pass null or undefined, or nothing, for a parameter that the function reads from in any case. */
import {
  absentLiteral,
  fateOf,
  mayEndBefore,
  ownNodesOf,
  quoted,
  scopesOf,
  stablePathOf,
  UNDEFINED,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

type Call = CallExpression | NewExpression;

/** What the compiler checks, and what a test does on purpose, is passed over. */
export function* checkArguments(pass: Pass, call: Call): Ask<void> {
  const { isTest, isChecked, strictNullChecks } = pass.file;
  if (isTest || (isChecked && strictNullChecks) || call.arguments?.some(isSpreadElement)) return;
  const fn = yield* calledFunction(pass, call);
  if (!fn) return;
  for (const [index, parameter] of fn.parameters.entries()) {
    const argument = call.arguments?.[index];
    const use = yield* firstUse(pass, fn, parameter, argument ? absentLiteral(argument) : UNDEFINED);
    if (!use) continue;
    report(pass, call, { parameter: parameter.name, argument, use });
    return;
  }
}

/** The only function that a call can mean, if its parameters are all that it takes. */
function* calledFunction(pass: Pass, call: Call): Ask<FunctionLikeDeclaration | undefined> {
  if (!(yield* isOfProject(pass, call))) return undefined;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || callee.overridden !== undefined) return undefined;
  const { fn } = callee;
  if (!isFunctionLikeDeclaration(fn) || !fn.body || !mayLack(fn, call)) return undefined;
  return readsArguments(fn) ? undefined : fn;
}

/** Most calls are of libraries, whose functions have no bodies to look at. */
function* isOfProject({ checker }: Pass, call: Call): Ask<boolean> {
  const callee = unwrapped(call.expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!isIdentifier(name) && name.kind !== SyntaxKind.PrivateIdentifier) return false;
  const symbol = yield* checker.symbolOf(name);
  if (!symbol) return false;
  const { declarations } = yield* checker.targetOf(symbol);
  return declarations.length > 0 && declarations.every(({ path }) => !/\.d\.[cm]?ts$/.test(path));
}

/** Whether the call passes null, undefined or nothing for one of the parameters. */
function mayLack({ parameters }: FunctionLikeDeclaration, call: Call): boolean {
  const passed = call.arguments ?? [];
  return passed.length < parameters.length || passed.some(argument => absentLiteral(argument) !== undefined);
}

const readers = new WeakMap<FunctionLikeDeclaration, boolean>();

/** A function that looks at `arguments` gives its parameters other meanings. */
function readsArguments(fn: FunctionLikeDeclaration): boolean {
  let isReader = readers.get(fn);
  if (isReader === undefined) {
    isReader = [...ownNodesOf(fn)].some(node => isIdentifier(node) && node.text === "arguments");
    readers.set(fn, isReader);
  }
  return isReader;
}

function isOptional({ initializer, dotDotDotToken, questionToken }: ParameterDeclaration): boolean {
  return initializer !== undefined || dotDotDotToken !== undefined || questionToken !== undefined;
}

/** Where the function fails for the want of the parameter, whichever way it goes; undefined where it does not. */
function* firstUse(
  pass: Pass,
  fn: FunctionLikeDeclaration,
  parameter: ParameterDeclaration,
  values: number | undefined,
): Ask<Node | undefined> {
  if (values === undefined || isOptional(parameter)) return undefined;
  const known = uses.get(parameter)?.get(values);
  if (known !== undefined) return known ?? undefined;
  const use = yield* findUse(pass, fn, parameter.name, values);
  uses.set(parameter, new Map([...(uses.get(parameter) ?? []), [values, use ?? null]]));
  return use;
}

/** By parameter and by what it is: many calls mean the same function. */
const uses = new WeakMap<ParameterDeclaration, ReadonlyMap<number, Node | null>>();

function* findUse(pass: Pass, fn: FunctionLikeDeclaration, name: Node, values: number): Ask<Node | undefined> {
  if (!isIdentifier(name)) return name;
  const graph = yield* pass.flow(fn);
  const scopes = scopesOf(fn.getSourceFile());
  const path = stablePathOf(scopes, name);
  if (!graph || !path) return undefined;
  const fate = fateOf({ graph, scopes, path, values }, { block: graph.entry, index: 0 });
  if (!fate || (yield* mayEndBefore(pass, fate.calls))) return undefined;
  return fate.crashes[0]?.node;
}

interface Missing {
  readonly parameter: Node;
  readonly argument: Node | undefined;
  readonly use: Node;
}

function report(pass: Pass, call: Call, { parameter, argument, use }: Missing): void {
  const { sourceFile } = pass.file;
  const name = quoted(parameter, parameter.getSourceFile(), 30);
  const how = argument ? `with ${quoted(argument, sourceFile)} for ${name}` : `without ${name}`;
  pass.report(argument ?? call, {
    message: `${quoted(call.expression, sourceFile)} is called ${how}, and reads from it whatever happens: a TypeError.`,
    evidence: [
      { at: parameter, message: `The parameter ${name} has no default.` },
      { at: use, message: `${quoted(use, use.getSourceFile())} throws where ${name} is null or undefined.` },
    ],
  });
}
