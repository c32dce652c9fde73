/** Calls that leave out an argument which the function reads from whichever way it goes. */
import {
  fateOf,
  mayEndBefore,
  ownFunctionOf,
  quoted,
  scopesOf,
  stablePathOf,
  UNDEFINED,
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

/** Where the compiler checks, it refuses such calls. */
export function* checkFailing(pass: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  if (pass.file.isChecked) return false;
  const fn = yield* ownFunctionOf(pass, call);
  for (const parameter of fn?.parameters.slice(call.arguments?.length ?? 0) ?? []) {
    const use = fn && (yield* firstUse(pass, fn, parameter));
    if (!use) continue;
    const name = quoted(parameter.name, parameter.getSourceFile(), 30);
    pass.report(call, {
      message: `${quoted(call.expression, pass.file.sourceFile)} is called without ${name}, and reads from it whatever happens: a TypeError.`,
      evidence: [
        { at: parameter, message: `The parameter ${name} has no default.` },
        { at: use, message: `${quoted(use, use.getSourceFile())} throws where ${name} is undefined.` },
      ],
    });
    return true;
  }
  return false;
}

/** By parameter: many calls mean the same function. */
const uses = new WeakMap<ParameterDeclaration, Node | null>();

/** Where the function fails for the want of the parameter, whichever way it goes; undefined where it does not. */
function* firstUse(pass: Pass, fn: FunctionLikeDeclaration, parameter: ParameterDeclaration): Ask<Node | undefined> {
  if (parameter.initializer || parameter.dotDotDotToken || parameter.questionToken) return undefined;
  const known = uses.get(parameter);
  if (known !== undefined) return known ?? undefined;
  const use = yield* findUse(pass, fn, parameter.name);
  uses.set(parameter, use ?? null);
  return use;
}

function* findUse(pass: Pass, fn: FunctionLikeDeclaration, name: Node): Ask<Node | undefined> {
  if (!isIdentifier(name)) return name;
  const graph = yield* pass.flow(fn);
  const scopes = scopesOf(fn.getSourceFile());
  const path = stablePathOf(scopes, name);
  if (!graph || !path) return undefined;
  const fate = fateOf({ graph, scopes, path, values: UNDEFINED }, { block: graph.entry, index: 0 });
  if (!fate || (yield* mayEndBefore(pass, fate.calls))) return undefined;
  return fate.crashes[0]?.node;
}
