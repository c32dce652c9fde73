/** Which objects are events that a page dispatches: those lose their `currentTarget` when the listeners have run. */
import { asMethodCall, isBuiltin, isUncertain, packageOf, wrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isFunctionDeclaration,
  isJsxAttribute,
  isJsxExpression,
  isParameterDeclaration,
  isVariableDeclaration,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

/** By the declaration of the member, or, where no type is known, because the function is a listener by its place. */
export function* isDispatched(pass: Pass, handler: FunctionLikeDeclaration, event: Node, name: Node): Ask<boolean> {
  const { checker } = pass;
  const type = yield* checker.typeOf(event);
  const symbol = yield* checker.propertyOf(yield* checker.nonNullable(type), "currentTarget");
  if (!symbol) return isUncertain(type) && isListener(pass, handler, name);
  if (isBuiltin(symbol)) return true;
  const from = yield* packageOf(checker, symbol);
  return from !== undefined && PACKAGES.has(from);
}

/** Whose events are those of the page, or lose it in the same way: React puts it back to null itself. */
const PACKAGES: ReadonlySet<string> = new Set(["react", "preact", "solid-js", "svelte"]);

/** `(event: React.FormEvent) => …` where React's types are not installed, or a function that stands where a listener does. */
function isListener(pass: Pass, handler: FunctionLikeDeclaration, { parent }: Node): boolean {
  if (isParameterDeclaration(parent) && parent.type) return /^(?:React\.)?\w*Event\b/.test(parent.type.getText());
  const name = nameOf(handler);
  const uses = name ? (pass.scopes().variableOf(name)?.references ?? []) : [];
  return [handler, ...uses.map(({ node }) => node)].some(isListening);
}

function nameOf(handler: FunctionLikeDeclaration): Node | undefined {
  const { parent } = wrapped(handler);
  if (isFunctionDeclaration(handler)) return handler.name;
  return isVariableDeclaration(parent) ? parent.name : undefined;
}

/** `element.addEventListener("click", listen)`, `onClick={listen}`. */
function isListening(listener: Node): boolean {
  const outer = wrapped(listener);
  const { parent } = outer;
  if (isCallExpression(parent)) {
    return asMethodCall(parent)?.name === "addEventListener" && parent.arguments[1] === outer;
  }
  return isJsxExpression(parent) && isJsxAttribute(parent.parent) && /^on[A-Z]/.test(parent.parent.name.getText());
}
