/** Whether an identifier uses a variable at its place, and how. */
import {
  isAssignmentOperator,
  isBinaryExpression,
  isExportDeclaration,
  isExportSpecifier,
  isJsxClosingElement,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type ForInOrOfStatement,
  type Identifier,
  type Node,
  type PrefixUnaryExpression,
  type PropertyAssignment,
  type ShorthandPropertyAssignment,
} from "@review/program/syntax";
import { wrapped } from "../helpers/nodes.ts";
import { isReadTag } from "./expressions.ts";

export interface UseKind {
  readonly isRead: boolean;
  readonly isWritten: boolean;
  /** Named in `export { }`: not used, but seen from elsewhere. */
  readonly isExport: boolean;
}

/** How an identifier uses a variable; undefined where it is the name of something else, or of a declaration. */
export function useOf(node: Identifier): UseKind | undefined {
  const { parent } = node;
  if (isExportSpecifier(parent))
    return isExported(node) ? { isRead: false, isWritten: false, isExport: true } : undefined;
  if (!isUse(node)) return undefined;
  const isWritten = isTarget(node);
  return { isWritten, isRead: !isWritten || isReadToo(node), isExport: false };
}

type Named = Node & { name?: Node; propertyName?: Node; label?: Node; tagName?: Node };

function isUse(node: Identifier): boolean {
  const parent = node.parent as Named;
  switch (parent.kind) {
    case SyntaxKind.ShorthandPropertyAssignment:
      return true;
    case SyntaxKind.JsxOpeningElement:
    case SyntaxKind.JsxSelfClosingElement:
      return parent.tagName !== node || isReadTag(node);
    case SyntaxKind.JsxClosingElement:
    case SyntaxKind.JsxNamespacedName:
    case SyntaxKind.ImportAttribute:
      return false;
    case SyntaxKind.QualifiedName:
      return (parent as Named & { left?: Node }).left === node;
    case SyntaxKind.PropertyAccessExpression:
      return parent.name !== node && !isInClosingTag(parent);
    default:
      return parent.name !== node && parent.propertyName !== node && parent.label !== node;
  }
}

function isInClosingTag(access: Node): boolean {
  let at = access;
  while (at.parent.kind === SyntaxKind.PropertyAccessExpression) at = at.parent;
  return isJsxClosingElement(at.parent);
}

function isExported(node: Identifier): boolean {
  const specifier = node.parent;
  if (!isExportSpecifier(specifier) || (specifier.propertyName ?? specifier.name) !== node) return false;
  const declaration = specifier.parent.parent;
  return isExportDeclaration(declaration) && !declaration.moduleSpecifier;
}

/** Whether an assignment, `++`, `--` or the head of a loop gives a value to what stands here. */
export function isTarget(node: Node): boolean {
  for (let at = node; ; at = at.parent) {
    const { parent } = at;
    switch (parent.kind) {
      case SyntaxKind.BinaryExpression:
        return (
          (parent as BinaryExpression).left === at &&
          isAssignmentOperator((parent as BinaryExpression).operatorToken.kind)
        );
      case SyntaxKind.PrefixUnaryExpression:
      case SyntaxKind.PostfixUnaryExpression:
        return UPDATES.has((parent as PrefixUnaryExpression).operator);
      case SyntaxKind.ForOfStatement:
      case SyntaxKind.ForInStatement:
        return (parent as ForInOrOfStatement).initializer === at;
      // A key is evaluated, and a default is read; what stands for the value is written.
      case SyntaxKind.PropertyAssignment:
        if ((parent as PropertyAssignment).initializer !== at) return false;
        break;
      case SyntaxKind.ShorthandPropertyAssignment:
        if ((parent as ShorthandPropertyAssignment).name !== at) return false;
        break;
      default:
        if (!PATTERNS.has(parent.kind)) return false;
    }
  }
}

const UPDATES: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.PlusPlusToken, SyntaxKind.MinusMinusToken]);

/** What may stand between an assignment's left side and the names in it. */
const PATTERNS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.NonNullExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.TypeAssertionExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.SpreadElement,
  SyntaxKind.SpreadAssignment,
]);

/** Whether a write depends on the value before: `+=`, `??=`, `++`. */
function isReadToo(node: Identifier): boolean {
  const { parent } = wrapped(node);
  if (isPrefixUnaryExpression(parent) || isPostfixUnaryExpression(parent)) return true;
  return (
    isBinaryExpression(parent) &&
    isAssignmentOperator(parent.operatorToken.kind) &&
    parent.operatorToken.kind !== SyntaxKind.EqualsToken
  );
}
