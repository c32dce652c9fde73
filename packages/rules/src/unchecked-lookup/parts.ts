/** Parts of a split text, or of all the matches of a pattern, that are used without asking how many there are. */
import {
  asMethodCall,
  flowRootOf,
  isLookedAt,
  nodesOf,
  uncheckedUseOf,
  unwrapped,
  wrapped,
  type Scopes,
  type Variable,
} from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type CallExpression,
  type ElementAccessExpression,
  type Node,
} from "@review/program/syntax";

/** What fixed formats have behind the second part is known to whoever reads them. */
const NEAR: ReadonlySet<string> = new Set(["1", "2"]);

/**
 * A part behind the first that is used as it is, and the call that made the list; undefined where the list is counted, the
 * part looked at, or the text asked for what is in it.
 */
export function uncountedPart(scopes: Scopes, element: ElementAccessExpression): UncountedPart | undefined {
  const index = unwrapped(element.argumentExpression);
  if (!isNumericLiteral(index) || !NEAR.has(index.text)) return undefined;
  const made = listOf(scopes, element, index.text);
  if (!made || !isCallExpression(made) || !isOpen(scopes, made) || knowsText(made)) return undefined;
  const use = uncheckedUseOf(scopes, element);
  return use && { made, use };
}

export interface UncountedPart {
  /** The call that makes the list. */
  readonly made: CallExpression;
  readonly use: Node;
}

/** What makes the list that an element is taken of: a call before it, or that of a local that nothing counts. */
function listOf(scopes: Scopes, element: ElementAccessExpression, index: string): Node | undefined {
  const list = unwrapped(element.expression);
  if (isCallExpression(list)) return list;
  const variable = isIdentifier(list) ? scopes.variableOf(list) : undefined;
  if (!variable || isCounted(variable) || isPartChecked(variable, index)) return undefined;
  return initializerOf(variable);
}

const QUESTIONS: ReadonlySet<string> = new Set("includes indexOf test search startsWith endsWith".split(" "));

/** Whether the function has asked what is in the text. */
function knowsText(made: CallExpression): boolean {
  const text = unwrapped(asMethodCall(made)?.object ?? made).getText();
  return [...nodesOf(flowRootOf(made))].some(node => {
    const method = isCallExpression(node) ? asMethodCall(node) : undefined;
    if (!method || !isCallExpression(node) || !QUESTIONS.has(method.name)) return false;
    return unwrapped(method.object).getText() === text || node.arguments.some(argument => argument.getText() === text);
  });
}

/** All matches of a pattern, and the parts of a text that a function is handed by whoever calls it. */
function isOpen(scopes: Scopes, call: CallExpression): boolean {
  const method = asMethodCall(call);
  const [pattern] = call.arguments;
  if (method?.name === "match") return pattern !== undefined && /\/[a-z]*g[a-z]*$/.test(pattern.getText());
  if (method?.name !== "split") return false;
  return isHandedText(scopes, method.object);
}

/** The parameter of a function that others call, and each part that such a text is split into. */
function isHandedText(scopes: Scopes, text: Node): boolean {
  const variable = scopes.variableOf(unwrapped(text));
  if (variable?.kind === "parameter") return !isCallExpression(variable.root.parent);
  const list = variable?.declarations[0]?.parent.parent.parent;
  const made = list && isForOfStatement(list) ? unwrapped(list.expression) : undefined;
  const method = made && isCallExpression(made) ? asMethodCall(made) : undefined;
  return method?.name === "split" && isHandedText(scopes, method.object);
}

function initializerOf({ declarations, references }: Variable): Node | undefined {
  const declaration = declarations[0]?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  return references.some(({ isWritten }) => isWritten) ? undefined : unwrapped(declaration.initializer);
}

/** As an index of something else, the length says nothing of this list. */
function isCounted({ references }: Variable): boolean {
  return references.some(({ node }) => {
    const { parent } = wrapped(node);
    if (!isPropertyAccessExpression(parent) || parent.name.text !== "length") return false;
    return !isElementAccessExpression(wrapped(parent).parent);
  });
}

/** Whether the same part is looked at somewhere. */
function isPartChecked({ references }: Variable, index: string): boolean {
  return references.some(({ node }) => {
    const { parent } = wrapped(node);
    if (!isElementAccessExpression(parent) || parent.argumentExpression.getText() !== index) return false;
    return isLookedAt(wrapped(parent));
  });
}
