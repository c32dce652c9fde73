/** Reports an effect whose late answer to an old request overwrites the answer to a newer one. */
import {
  defineRule,
  moduleMemberOf,
  nodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type FunctionExpression,
  type Node,
} from "@review/program/syntax";
import { isProtected } from "./guards.ts";
import { lateSettersIn, type LateSetter } from "./setters.ts";

const rule: Rule = defineRule({
  id: "stale-effect-response",
  summary: "A state setter in an effect runs after an answer has come, though the effect may have run again meanwhile.",
  category: "concurrency",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair:
    "Set a flag in the effect's cleanup and test it before the setter, or abort the request there with an `AbortController`.",
  listen: pass => ({
    [SyntaxKind.CallExpression](call: CallExpression) {
      const effect = effectOf(call);
      return effect ? check(pass, call, effect) : undefined;
    },
  }),
});
export default rule;

interface Effect {
  readonly body: ArrowFunction | FunctionExpression;
  /** What the effect runs again for, as far as it is named. */
  readonly dependencies: ReadonlyMap<string, Node>;
}

const HOOKS: ReadonlySet<string> = new Set(["useEffect", "useLayoutEffect"]);

/** `useEffect(() => …, [id])`. */
function effectOf(call: CallExpression): Effect | undefined {
  const [body, list] = call.arguments.map(unwrapped);
  if (!HOOKS.has(calledName(call)) || !body || !list || !isArrayLiteralExpression(list)) return undefined;
  if (!isArrowFunction(body) && !isFunctionExpression(body)) return undefined;
  const dependencies = new Map<string, Node>();
  for (const element of list.elements) {
    const root = rootOf(element);
    if (root && !STEADY.test(root.getText())) dependencies.set(root.getText(), element);
  }
  return dependencies.size > 0 ? { body, dependencies } : undefined;
}

function calledName(call: CallExpression): string {
  const callee = unwrapped(call.expression);
  if (isPropertyAccessExpression(callee)) return callee.name.text;
  return isIdentifier(callee) ? callee.text : "";
}

function rootOf(element: Node): Node | undefined {
  let at = unwrapped(element);
  while (isPropertyAccessExpression(at)) at = unwrapped(at.expression);
  return isIdentifier(at) ? at : undefined;
}

/** What does not change from one run to the next, by convention. */
const STEADY =
  /^(?:set[A-Z]\w*|dispatch|navigate|router|history|t|i18n|toast|api|logger|client|\w*(?:Client|Ref|Manager|Service|Store|Context|Controller))$/;

function* check(pass: Pass, call: CallExpression, effect: Effect): Ask<void> {
  const scopes = pass.scopes();
  const setters = lateSettersIn(scopes, effect.body);
  const found = setters.find(each => dependencyOf(each, effect) !== undefined && !isProtected(effect.body, each));
  const dependency = found && dependencyOf(found, effect);
  if (!found || !dependency) return;
  if ((yield* moduleMemberOf(pass.checker, call.expression))?.module !== "react") return;
  const { sourceFile } = pass.file;
  pass.report(found.call, {
    message: `${quoted(found.setter, sourceFile)} may get the answer for an old ${quoted(dependency, sourceFile)}: the effect may have run again before it came.`,
    evidence: [
      { at: dependency, message: "The effect runs again whenever this changes." },
      { at: found.request, message: "This asks for what belongs to it, and answers may come in any order." },
      { at: found.call, message: "Nothing here tells an old answer from a new one." },
    ],
  });
}

/** The dependency that the request is made with. */
function dependencyOf({ request }: LateSetter, { dependencies }: Effect): Node | undefined {
  for (const node of nodesOf(request)) {
    const dependency = isIdentifier(node) && !isMemberName(node) ? dependencies.get(node.text) : undefined;
    if (dependency && !isCallee(node)) return dependency;
  }
  return undefined;
}

function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/** A function among the dependencies says nothing of what is asked for. */
function isCallee(node: Node): boolean {
  return isCallExpression(node.parent) && node.parent.expression === node;
}
