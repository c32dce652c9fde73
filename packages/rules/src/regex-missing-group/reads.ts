/** The groups that are read of a match. */
import { literalValue, memberName, unwrapped, wrapped, type Scopes } from "@review/analysis";
import {
  isArrayBindingPattern,
  isBinaryExpression,
  isBindingElement,
  isElementAccessExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

export interface GroupRead {
  readonly group: number | string;
  readonly at: Node;
}

/** What the holders of a match, expressions and patterns, read of it. */
export function readsOf(scopes: Scopes, holders: readonly Node[]): readonly GroupRead[] {
  return holders.flatMap(holder => (isPattern(holder) ? ofPattern(scopes, holder) : ofExpression(scopes, holder)));
}

function isPattern(node: Node): boolean {
  return isArrayBindingPattern(node) || isObjectBindingPattern(node);
}

function ofExpression(scopes: Scopes, holder: Node): readonly GroupRead[] {
  const outer = readAs(holder);
  const { parent } = outer;
  if (isVariableDeclaration(parent)) return ofPattern(scopes, parent.name);
  if (isElementAccessExpression(parent) && parent.expression === outer) {
    const index = literalValue(parent.argumentExpression);
    return typeof index === "number" && index > 0 && !isWrite(parent) ? [{ group: index, at: parent }] : [];
  }
  const isOfGroups = isPropertyAccessExpression(parent) && parent.expression === outer && parent.name.text === "groups";
  return isOfGroups ? ofGroups(scopes, parent) : [];
}

/** `(match || [])`, where an element of it is read. */
function readAs(holder: Node): Node {
  const outer = wrapped(holder);
  const { parent } = outer;
  const isDefault =
    isBinaryExpression(parent) && parent.left === outer && parent.operatorToken.kind !== SyntaxKind.EqualsToken;
  return isDefault && isElementAccessExpression(wrapped(parent).parent) ? wrapped(parent) : outer;
}

function isWrite(access: Node): boolean {
  const { parent } = access;
  return isBinaryExpression(parent) && parent.left === access && parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** `match.groups.name`, `const { name } = match.groups`, and what is read of a variable that holds the groups. */
function ofGroups(scopes: Scopes, groups: Node): readonly GroupRead[] {
  const outer = wrapped(groups);
  const { parent } = outer;
  const bare = unwrapped(parent);
  if (isVariableDeclaration(parent)) {
    return isObjectBindingPattern(parent.name) ? namesIn(parent.name) : ofVariable(scopes, parent.name);
  }
  const name = memberName(bare);
  const isOwner = (bare as Node & { expression?: Node }).expression === outer;
  return name !== undefined && isOwner ? [{ group: name, at: bare }] : [];
}

function ofVariable(scopes: Scopes, name: Node): readonly GroupRead[] {
  const variable = scopes.variableOf(name);
  if (!variable || variable.isExported || variable.isExposed) return [];
  if (variable.references.some(({ isWritten }) => isWritten)) return [];
  return variable.references.flatMap(({ node }) => ofGroups(scopes, node));
}

function ofPattern(scopes: Scopes, pattern: Node): readonly GroupRead[] {
  if (isArrayBindingPattern(pattern)) {
    return pattern.elements.flatMap((element, index) =>
      index > 0 && isBindingElement(element) && !element.dotDotDotToken && !element.initializer && element.name
        ? [{ group: index, at: element }]
        : [],
    );
  }
  if (!isObjectBindingPattern(pattern)) return [];
  for (const element of pattern.elements) {
    if (keyOf(element) !== "groups" || !element.name) continue;
    return isObjectBindingPattern(element.name) ? namesIn(element.name) : ofVariable(scopes, element.name);
  }
  return [];
}

function namesIn(pattern: Node): readonly GroupRead[] {
  if (!isObjectBindingPattern(pattern)) return [];
  return pattern.elements.flatMap(element => {
    const name = element.dotDotDotToken ? undefined : keyOf(element);
    return name === undefined ? [] : [{ group: name, at: element }];
  });
}

function keyOf(element: Node & { propertyName?: Node; name?: Node }): string | undefined {
  const key = element.propertyName ?? element.name;
  return key && isIdentifier(key) ? key.text : undefined;
}
