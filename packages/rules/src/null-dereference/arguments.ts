/** Calls that pass null or undefined for a parameter that the function reads from in any case. */
import {
  absentLiteral,
  fateOf,
  mayEndBefore,
  ownFunctionOf,
  quoted,
  scopesOf,
  stablePathOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isIdentifier,
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
  if (isTest || (isChecked && strictNullChecks)) return;
  const fn = yield* calledFunction(pass, call);
  if (!fn) return;
  for (const [index, parameter] of fn.parameters.entries()) {
    const argument = call.arguments?.[index];
    const use = argument && (yield* firstUse(pass, fn, parameter, absentLiteral(argument)));
    if (!use) continue;
    report(pass, call, { parameter: parameter.name, argument, use });
    return;
  }
}

/** The function that a call means, where one of the arguments is null or undefined in as many words. */
function* calledFunction(pass: Pass, call: Call): Ask<FunctionLikeDeclaration | undefined> {
  const isLacking = call.arguments?.some(argument => absentLiteral(argument) !== undefined) === true;
  return isLacking ? yield* ownFunctionOf(pass, call) : undefined;
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
  readonly argument: Node;
  readonly use: Node;
}

function report(pass: Pass, call: Call, { parameter, argument, use }: Missing): void {
  const { sourceFile } = pass.file;
  const name = quoted(parameter, parameter.getSourceFile(), 30);
  const how = `with ${quoted(argument, sourceFile)} for ${name}`;
  pass.report(argument, {
    message: `${quoted(call.expression, sourceFile)} is called ${how}, and reads from it whatever happens: a TypeError.`,
    evidence: [
      { at: parameter, message: `The parameter ${name} has no default.` },
      { at: use, message: `${quoted(use, use.getSourceFile())} throws where ${name} is null or undefined.` },
    ],
  });
}
