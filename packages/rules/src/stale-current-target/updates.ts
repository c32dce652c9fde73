/** Functions that React calls when it computes a state anew. */
import { wrapped, type Pass } from "@review/analysis";
import {
  isArrayBindingPattern,
  isBindingElement,
  isCallExpression,
  isVariableDeclaration,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** `setName(() => event.currentTarget.value)`: if the component waits to be rendered, its state is computed then. */
export function stateUpdateOf(pass: Pass, fn: Node): CallExpression | undefined {
  const update = wrapped(fn);
  const call = update.parent;
  if (!isCallExpression(call) || call.arguments[0] !== update) return undefined;
  const [setter] = pass.scopes().variableOf(call.expression)?.declarations ?? [];
  return setter && isSetter(setter.parent) ? call : undefined;
}

/** `const [name, setName] = useState("")` */
function isSetter(element: Node): boolean {
  if (!isBindingElement(element) || !isArrayBindingPattern(element.parent)) return false;
  const declaration = element.parent.parent;
  const state = isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return state !== undefined && isCallExpression(state) && /\buseState$/.test(state.expression.getText());
}
