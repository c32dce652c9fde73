/** State setters that an effect calls with what an `await` or a `then` has brought. */
import { asMethodCall, isInside, nodesOf, unwrapped, wrapped, type Scopes, type Variable } from "@review/analysis";
import {
  isArrayBindingPattern,
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isVariableDeclaration,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

export interface LateSetter {
  readonly setter: Node;
  /** The call of the setter, or of the `then` that it is handed to. */
  readonly call: CallExpression;
  /** What is waited for. */
  readonly request: Expression;
  /** The function in which the answer arrives. */
  readonly within: FunctionLikeDeclaration;
}

/** The setters of states that run after a wait, with a value that depends on what came. */
export function lateSettersIn(scopes: Scopes, effect: Node): readonly LateSetter[] {
  const found: LateSetter[] = [];
  for (const node of nodesOf(effect)) {
    const within = isCallExpression(node) ? functionAround(node) : undefined;
    if (!isCallExpression(node) || !within) continue;
    const handed = handedToThen(scopes, node);
    if (handed) found.push({ ...handed, call: node, within });
    if (!isSetter(scopes, node.expression) || node.arguments.length !== 1) continue;
    const request = awaitedBefore(scopes, node, within) ?? thenBefore(scopes, node, within);
    if (request) found.push({ setter: node.expression, call: node, request, within });
  }
  return found;
}

/** `load(id).then(setUser)` */
function handedToThen(scopes: Scopes, call: CallExpression): Pick<LateSetter, "setter" | "request"> | undefined {
  const method = asMethodCall(call);
  const [setter] = call.arguments;
  if (method?.name !== "then" || !setter || !isSetter(scopes, setter)) return undefined;
  return { setter, request: startOf(method.object) };
}

/** `setUser` of `const [user, setUser] = useState()`, and what `useReducer` gives beside the state. */
function isSetter(scopes: Scopes, callee: Node): boolean {
  const [name] = scopes.variableOf(unwrapped(callee))?.declarations ?? [];
  const element = name?.parent;
  if (!element || !isBindingElement(element) || !isArrayBindingPattern(element.parent)) return false;
  if (element.parent.elements[1] !== element || !isVariableDeclaration(element.parent.parent)) return false;
  const { initializer } = element.parent.parent;
  const made = initializer && unwrapped(initializer);
  return (
    made !== undefined && isCallExpression(made) && /(?:^|\.)use(?:State|Reducer)$/.test(made.expression.getText())
  );
}

function functionAround(node: Node): FunctionLikeDeclaration | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent) if (isFunctionLikeDeclaration(at)) return at;
  return undefined;
}

/** `const user = await load(id); setUser(user)`, `setUser(await load(id))`. */
function awaitedBefore(scopes: Scopes, call: CallExpression, within: Node): Expression | undefined {
  const names = variablesIn(scopes, call.arguments[0]);
  for (const node of nodesOf(within)) {
    if (!isAwaitExpression(node) || functionAround(node) !== within || node.pos > call.end) continue;
    if (isInside(node, call) || names.some(name => comesFrom(scopes, name, node, 0))) return node.expression;
  }
  return undefined;
}

function variablesIn(scopes: Scopes, node: Node | undefined): readonly Variable[] {
  if (!node) return [];
  return [...nodesOf(node)].flatMap(each => scopes.variableOf(each) ?? []);
}

/** Whether a variable is declared with a value that an `await` has a part in, through a few names. */
function comesFrom(scopes: Scopes, variable: Variable, wait: Node, depth: number): boolean {
  let at: Node | undefined = variable.declarations[0];
  while (at && !isVariableDeclaration(at) && !isFunctionLikeDeclaration(at)) at = at.parent;
  const value = at && isVariableDeclaration(at) ? at.initializer : undefined;
  if (!value || depth > 2) return false;
  return isInside(wait, value) || variablesIn(scopes, value).some(each => comesFrom(scopes, each, wait, depth + 1));
}

/** `load(id).then(user => setUser(user))`, also through several `then`s. */
function thenBefore(scopes: Scopes, call: CallExpression, within: FunctionLikeDeclaration): Expression | undefined {
  const names = variablesIn(scopes, call.arguments[0]);
  if (!names.some(({ declarations }) => declarations.some(name => isParameterOf(name, within)))) return undefined;
  for (const callback of [wrapped(within), ...namesOf(scopes, within)]) {
    const then = callback.parent;
    const method = isCallExpression(then) && then.arguments[0] === callback ? asMethodCall(then) : undefined;
    if (method?.name === "then") return startOf(method.object);
  }
  return undefined;
}

/** `const show = user => setUser(user); load(id).then(show)`: where a function is called by its name. */
function namesOf(scopes: Scopes, fn: FunctionLikeDeclaration): readonly Node[] {
  const owner = wrapped(fn).parent;
  const name = isVariableDeclaration(owner) ? owner.name : isFunctionDeclaration(fn) ? fn.name : undefined;
  const variable = name && scopes.variableOf(name);
  return variable?.references.map(({ node }) => node) ?? [];
}

function isParameterOf(name: Node, fn: FunctionLikeDeclaration): boolean {
  return fn.parameters.some(parameter => isInside(name, parameter.name));
}

/** The first call of a chain of `then` and `catch`. */
function startOf(expression: Expression): Expression {
  let at = unwrapped(expression) as Expression;
  for (;;) {
    const method = isCallExpression(at) ? asMethodCall(at) : undefined;
    if (!method || !/^(?:then|catch|finally)$/.test(method.name)) return at;
    at = unwrapped(method.object) as Expression;
  }
}
