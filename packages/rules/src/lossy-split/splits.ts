/** Where a text is taken apart at `=` or `:`, and which of the parts are read. */
import {
  asMethodCall,
  enclosingFunction,
  isCondition,
  memberName,
  nodesOf,
  unwrapped,
  wrapped,
  type Scopes,
  type Variable,
} from "@review/analysis";
import {
  isArrayBindingPattern,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** `text.split("=")` of which the first two parts are read, and nothing asks for a third. */
export function isPairSplit(scopes: Scopes, call: CallExpression): boolean {
  if (separatorOf(call) !== "=" || call.arguments.length > 1) return false;
  const { parent } = wrapped(call);
  if (!isVariableDeclaration(parent) || !parent.initializer) return false;
  if (isArrayBindingPattern(parent.name)) return isPair(scopes, parent.name.elements);
  const variable = scopes.variableOf(parent.name);
  return variable !== undefined && readsPair(variable);
}

/** `const [name, value] = …` that has both, and no rest. */
function isPair(scopes: Scopes, elements: readonly Node[]): boolean {
  if (elements.length !== 2) return false;
  return elements.every(element => {
    if (!isBindingElement(element) || element.dotDotDotToken || !element.name || !isIdentifier(element.name))
      return false;
    const variable = scopes.variableOf(element.name);
    return variable !== undefined && variable.references.length > 0 && !variable.references.some(isCounted);
  });
}

/** A value that is read as a number, or is one of a list, has no sign in it. */
function isCounted({ node }: { readonly node: Node }): boolean {
  const outer = wrapped(node);
  const call = outer.parent;
  return isCallExpression(call) && /^(?:Number|parseInt|parseFloat|Number\.parse\w+)$/.test(call.expression.getText());
}

function readsPair({ references }: Variable): boolean {
  const indexes = references.map(({ node }) => indexAt(node));
  if (!indexes.every(index => index === "0" || index === "1")) return false;
  const values = references
    .filter(({ node }) => indexAt(node) === "1")
    .map(({ node }) => ({ node: wrapped(node).parent }));
  return indexes.includes("0") && values.length > 0 && !values.some(isCounted) && !values.every(isOnlyTested);
}

function isOnlyTested({ node }: { readonly node: Node }): boolean {
  const { parent } = wrapped(node);
  const isDefault = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.BarBarToken;
  return isCondition(node) && !isDefault;
}

function indexAt(node: Node): string | undefined {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!isElementAccessExpression(parent) || parent.expression !== outer) return undefined;
  const index = unwrapped(parent.argumentExpression);
  return isNumericLiteral(index) ? index.text : undefined;
}

const HOST = /(?:^|_)(?:host|hostname|authority)$|(?:Host|Hostname|Authority|HOST)$/;

/** `host.split(":")[0]` where nothing in the function thinks of brackets. */
export function isHostSplit(call: CallExpression): boolean {
  if (separatorOf(call) !== ":") return false;
  const object = unwrapped(asMethodCall(call)?.object ?? call);
  const name = isIdentifier(object) ? object.text : (memberName(object) ?? "");
  if (!HOST.test(name)) return false;
  const { parent } = wrapped(call);
  if (!isElementAccessExpression(parent) && !isVariableDeclaration(parent)) return false;
  const root = enclosingFunction(call) ?? call.getSourceFile();
  return !thinksOfBrackets(root) && !countsParts(root);
}

/** `host.split(":").length === 2`, which no address with brackets passes. */
function countsParts(root: Node): boolean {
  return [...nodesOf(root)].some(node => {
    if (!isPropertyAccessExpression(node) || node.name.text !== "length") return false;
    const parts = unwrapped(node.expression);
    return isCallExpression(parts) && separatorOf(parts) === ":";
  });
}

function thinksOfBrackets(root: Node): boolean {
  return [...nodesOf(root)].some(node => {
    if (isStringLiteralLikeNode(node)) return /[[\]]|^::/.test(node.text);
    if (isRegularExpressionLiteral(node)) return /\\[[\]]/.test(node.getText());
    return isIdentifier(node) && /isIP|ipv6/i.test(node.text);
  });
}

function separatorOf(call: CallExpression): string | undefined {
  if (asMethodCall(call)?.name !== "split") return undefined;
  const [separator] = call.arguments;
  return separator && isStringLiteralLikeNode(separator) ? separator.text : undefined;
}
