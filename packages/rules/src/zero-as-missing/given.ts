/** Callers of the same file that give 0: for a parameter, or for a member of the object that a function takes. */
import { literalValue, nodesOf, perFile, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAssignment,
  isVariableDeclaration,
  type FunctionLikeDeclaration,
  type Identifier,
  type JsxAttribute,
  type Node,
  type PropertyAssignment,
  type SourceFile,
} from "@review/program/syntax";

/** The 0 that a call gives for what a name means. */
export function* zeroFromCaller(pass: Pass, name: Identifier): Ask<Node | undefined> {
  return zeroForParameter(pass, name) ?? (yield* zeroForMember(pass, name));
}

/** `range("abc", 0, 0)` for a parameter of `range`. */
export function zeroForParameter(pass: Pass, name: Identifier): Node | undefined {
  const scopes = pass.scopes();
  const parameter = scopes.variableOf(name)?.declarations[0]?.parent;
  if (!parameter || !isParameterDeclaration(parameter)) return undefined;
  const fn = parameter.parent as FunctionLikeDeclaration;
  const position = fn.parameters.findIndex(each => each === parameter);
  const own = nameOf(fn);
  const references = (own && scopes.variableOf(own)?.references) ?? [];
  return references.map(({ node }) => argumentOf(node, position)).find(given => given !== undefined && isZero(given));
}

function nameOf(fn: FunctionLikeDeclaration): Node | undefined {
  return isVariableDeclaration(fn.parent) ? fn.parent.name : (fn as Node & { readonly name?: Node }).name;
}

function argumentOf(callee: Node, position: number): Node | undefined {
  const call = callee.parent;
  return isCallExpression(call) && call.expression === callee ? call.arguments[position] : undefined;
}

function isZero(node: Node): boolean {
  const value = literalValue(unwrapped(node));
  return value === 0 || value === 0n;
}

/** `listen(server, { port: 0 })` for the member of the options, `<Slider value={0} />` for that of the properties. */
function* zeroForMember({ checker, file }: Pass, name: Identifier): Ask<Node | undefined> {
  for (const property of zerosIn(file.sourceFile).get(name.text) ?? []) {
    const symbol = yield* checker.symbolOf(name);
    const wanted = yield* checker.contextualTypeOf(property.parent as Parameters<typeof checker.contextualTypeOf>[0]);
    for (const part of wanted ? yield* checker.partsOf(wanted) : []) {
      if (symbol !== undefined && (yield* checker.propertyOf(part, name.text)) === symbol) return property;
    }
  }
  return undefined;
}

type Given = PropertyAssignment | JsxAttribute;

/** Members that are 0 in an object that is the argument of a call, and attributes of elements, by their names. */
const zerosIn = perFile((sourceFile: SourceFile): ReadonlyMap<string, readonly Given[]> => {
  const found = new Map<string, Given[]>();
  for (const node of nodesOf(sourceFile)) {
    if (!isGivenZero(node) || !isIdentifier(node.name)) continue;
    const others = found.get(node.name.text);
    if (others) others.push(node);
    else found.set(node.name.text, [node]);
  }
  return found;
});

function isGivenZero(node: Node): node is Given {
  if (isJsxAttribute(node)) {
    const value = node.initializer && isJsxExpression(node.initializer) ? node.initializer.expression : undefined;
    return value !== undefined && isZero(value);
  }
  if (!isPropertyAssignment(node) || !isZero(node.initializer)) return false;
  return isObjectLiteralExpression(node.parent) && isCallExpression(node.parent.parent);
}
