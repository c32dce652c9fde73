/** Reports `event.currentTarget` where it is read once the event is over. */
import {
  defineRule,
  enclosingFunction,
  evidenceOf,
  findPath,
  isCondition,
  laterCallOf,
  memberName,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
  type Variable,
} from "@review/analysis";
import {
  isBindingElement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isParameterDeclaration,
  isVariableDeclaration,
  SyntaxKind,
  type BindingElement,
  type FunctionLikeDeclaration,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { isDispatched } from "./events.ts";
import { stateUpdateOf } from "./updates.ts";

const rule: Rule = defineRule({
  id: "stale-current-target",
  summary:
    "`event.currentTarget` is read once the event is over, when it is null: after an `await`, or in a later callback.",
  category: "concurrency",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Keep `event.currentTarget` in a constant before the `await` or the callback, and use that.",
  listen: pass => ({
    [SyntaxKind.PropertyAccessExpression](node: PropertyAccessExpression) {
      return node.name.text === "currentTarget" ? check(pass, node, node.expression) : undefined;
    },
    [SyntaxKind.BindingElement](element: BindingElement) {
      const name = element.propertyName ?? element.name;
      if (!name || !isIdentifier(name) || name.text !== "currentTarget") return undefined;
      const declaration = element.parent.parent;
      const event = isVariableDeclaration(declaration) ? declaration.initializer : undefined;
      return event ? check(pass, element, event) : undefined;
    },
  }),
});
export default rule;

function* check(pass: Pass, read: Node, expression: Node): Ask<void> {
  const event = unwrapped(expression);
  const variable = isIdentifier(event) ? pass.scopes().variableOf(event) : undefined;
  const handler = variable && handlerOf(variable);
  const [name] = variable?.declarations ?? [];
  if (!variable || !name || !handler || isAsked(variable)) return;
  const proof = (yield* lateCallback(pass, read, handler)) ?? (yield* waitedBefore(pass, read, event));
  if (!proof || !(yield* isDispatched(pass, handler, event, name))) return;
  pass.report(read, {
    message: `\`currentTarget\` is null here: an event has one only while its listeners run, and this reads it ${proof.when}.`,
    evidence: proof.evidence,
  });
}

/** The function that gets an event as a parameter, and as nothing else. */
function handlerOf({
  declarations: [name, ...others],
  references,
  isExposed,
}: Variable): FunctionLikeDeclaration | undefined {
  const parameter = name?.parent;
  if (!parameter || others.length > 0 || isExposed || !isParameterDeclaration(parameter)) return undefined;
  if (references.some(({ isWritten }) => isWritten) || !isFunctionLikeDeclaration(parameter.parent)) return undefined;
  return parameter.parent;
}

/** `if (event.currentTarget)`: somebody knows that there may be none. */
function isAsked({ references }: Variable): boolean {
  return references.some(({ node }) => {
    const { parent } = wrapped(node);
    return memberName(parent) === "currentTarget" && isCondition(parent);
  });
}

interface Proof {
  readonly when: string;
  readonly evidence: readonly { readonly at: Node; readonly message: string }[];
}

/** A function between the read and the listener that runs when that one has returned. */
function* lateCallback(pass: Pass, read: Node, handler: FunctionLikeDeclaration): Ask<Proof | undefined> {
  for (let fn = enclosingFunction(read); fn && fn !== handler; fn = enclosingFunction(fn)) {
    const call = (yield* laterCallOf(pass, fn)) ?? stateUpdateOf(pass, fn);
    if (!call) continue;
    const called = quoted(call.expression, pass.file.sourceFile);
    return {
      when: `in a callback of ${called}`,
      evidence: [{ at: call, message: `${called} calls the function later, when the listeners have returned.` }],
    };
  }
  return undefined;
}

/** A wait on the way to the read, in the function that it stands in. */
function* waitedBefore(pass: Pass, read: Node, event: Node): Ask<Proof | undefined> {
  const owner = enclosingFunction(read);
  const graph = owner && (yield* pass.flow(owner));
  const steps = graph?.stepsOf(isBindingElement(read) ? event : read) ?? [];
  for (const step of steps) {
    if (!graph) continue;
    const path = findPath(graph, { through: ({ kind }) => kind === "await", to: each => each === step });
    if (!path) continue;
    return {
      when: "after an `await`",
      evidence: evidenceOf(path, pass.file.sourceFile, ({ kind }) =>
        kind === "await" ? "Here the listener returns, and the event goes on without it." : undefined,
      ),
    };
  }
  return undefined;
}
