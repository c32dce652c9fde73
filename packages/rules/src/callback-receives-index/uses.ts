/** What the code of a function, and the code around it, does with a parameter that gets an index. */
import { asMethodCall, DEFAULTS, literalValue, unwrapped, usesOf, wordsOf, wrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isVariableDeclaration,
  ModifierFlags,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";
import { CONVERTERS, indexPosition } from "./tables.ts";

/**
 * Whether a parameter is used. One without a body around it, in a declaration file, is; one of a mere function type
 * may be unused by every function that has the type.
 */
export function isRead(parameter: ParameterDeclaration, name: Identifier): boolean {
  const owner = parameter.parent;
  if (owner.kind === SyntaxKind.FunctionType) return false;
  if (!isFunctionLikeDeclaration(owner) || !owner.body) return true;
  const later = owner.parameters.slice(owner.parameters.indexOf(parameter) + 1);
  return [owner.body, ...later].some(part => usesOf(part, name.text).length > 0);
}

/**
 * Whether a function of this file is only ever handed to methods that pass an index: then its last parameter can be
 * meant for nothing else, unless its default or its name says that it is a size, a base or a limit.
 */
export function isMadeForIndexes(parameter: ParameterDeclaration, callback: Expression): boolean {
  if (isQuantity(parameter)) return false;
  const owner = parameter.parent;
  const file = callback.getSourceFile();
  if (!isIdentifier(callback) || owner.getSourceFile() !== file) return false;
  const declaration = isFunctionDeclaration(owner) ? owner : owner.parent;
  if (!isFunctionDeclaration(declaration) && !isVariableDeclaration(declaration)) return false;
  const statement = isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const { modifierFlags = 0 } = statement as Node & { modifierFlags?: ModifierFlags };
  if (modifierFlags & ModifierFlags.Export) return false;
  return usesOf(file, callback.text).every(isHandedOver);
}

/** `if (width === undefined) width = 8`, `width = width || 8`: how JavaScript of old writes a default. */
export function isGivenNumber(parameter: ParameterDeclaration): boolean {
  const { name, parent: owner } = parameter;
  if (!isIdentifier(name) || !isFunctionLikeDeclaration(owner) || !owner.body) return false;
  return usesOf(owner.body, name.text).some(use => {
    if (isDefaultedHere(use)) return true;
    const assignment = use.parent;
    if (!isBinaryExpression(assignment) || assignment.left !== use || !isAssigned(assignment)) return false;
    const value = unwrapped(assignment.right);
    const last = isBinaryExpression(value) && DEFAULTS.has(value.operatorToken.kind) ? value.right : value;
    const start = literalValue(last);
    return typeof start === "number" && start !== 0;
  });
}

/** `width ? width : 8` */
function isDefaultedHere(use: Identifier): boolean {
  const { parent } = use;
  if (!isConditionalExpression(parent) || parent.condition !== use) return false;
  const start = literalValue(unwrapped(parent.whenFalse));
  return parent.whenTrue.getText() === use.text && typeof start === "number" && start !== 0;
}

function isAssigned({ operatorToken: { kind } }: BinaryExpression): boolean {
  return kind === SyntaxKind.EqualsToken || kind === SyntaxKind.QuestionQuestionEqualsToken;
}

/** `width = 8`, `digits?: number`: places are counted from 0, and not by width. */
function isQuantity(parameter: ParameterDeclaration): boolean {
  const { name, initializer } = parameter;
  if (isGivenNumber(parameter)) return true;
  const start = initializer && literalValue(initializer);
  if (typeof start === "number" && start !== 0) return true;
  return isIdentifier(name) && wordsOf(name.text).some(word => QUANTITIES.has(word));
}

const QUANTITIES: ReadonlySet<string> = new Set([
  ...["base", "decimals", "depth", "digits", "factor", "indent", "length", "limit", "max", "maximum", "min", "minimum"],
  ...["precision", "radix", "ratio", "scale", "size", "spaces", "threshold", "timeout", "tolerance", "width", "height"],
]);

function isHandedOver(use: Identifier): boolean {
  const outer = wrapped(use);
  const call = outer.parent;
  if (!isCallExpression(call) || call.expression === outer) return false;
  const method = asMethodCall(call);
  return method !== undefined && (CONVERTERS.has(method.name) || indexPosition(method.name) !== undefined);
}
