/** Whether another name could stand in the place of one: it exists there, and has the same type. */
import {
  isSameReference,
  isTarget,
  isUncertain,
  nodesOf,
  piecesOf,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { SymbolFlags, type Type } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isShorthandPropertyAssignment,
  isSourceFile,
  isStringLiteralLikeNode,
  SyntaxKind,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import type { Break } from "./break.ts";

/** `piece` is the code that the break is found in: what it names itself is there. */
export function* couldBeNamed(pass: Pass, { node: name, wanted, ofWord }: Break, piece: Node): Ask<boolean> {
  if (isStringLiteralLikeNode(name)) return isNamedIn(piece, wanted);
  const isOneOfTwo = ofWord > 1 && piecesOf(name.getText()).length > 1;
  if (isCalled(name) && !(isOneOfTwo && (yield* isForEffect(pass, name)))) return false;
  if (isPropertyAccessExpression(name.parent) && name.parent.name === name) {
    if (yield* isMember(pass, name.parent, wanted)) return true;
    return isUsedIn(pass, piece, name.parent, wanted, ofWord > 1);
  }
  const variable = pass.scopes().variableOf(name);
  if (!variable || variable.declarations.some(each => each === name) || isShorthandPropertyAssignment(name.parent)) {
    return false;
  }
  return yield* isVariable(pass, name, wanted);
}

/** Whether the text between the quotes is a name of the piece. */
function isNamedIn(piece: Node, wanted: string): boolean {
  const bare = wanted.slice(1, -1);
  return [...nodesOf(piece)].some(node => isIdentifier(node) && node.text === bare);
}

/**
 * `box.right` beside `box.left`, where the types of JavaScript say nothing of `box`; what is set may get another value. Where two
 * other names are changed, a like object says it too: `errors: now.errors - last.results`.
 */
function isUsedIn(
  { file }: Pass,
  piece: Node,
  access: PropertyAccessExpression,
  wanted: string,
  mayBeLike: boolean,
): boolean {
  if (!file.isJavaScript || isTarget(access)) return false;
  return [...nodesOf(piece)].some(node => {
    if (!isPropertyAccessExpression(node) || node.name.text !== wanted || isTarget(node)) return false;
    return isSameReference(node.expression, access.expression) || (mayBeLike && areLike(node, access));
  });
}

/** `now[key]` and `last[key]`, `corner1` and `corner2`: an element and the options that it is held against are not alike. */
function areLike(one: PropertyAccessExpression, other: PropertyAccessExpression): boolean {
  const [first, second] = [one, other].map(({ expression }) => expression.getText()) as [string, string];
  const [wayTo, wayToOther] = [first, second].map(text => text.replace(/^[\w$]+/, ""));
  return (wayTo === wayToOther && wayTo !== "") || first.replace(/\d/g, "") === second.replace(/\d/g, "");
}

function* isMember(pass: Pass, access: PropertyAccessExpression, wanted: string): Ask<boolean> {
  if (access.name.kind === SyntaxKind.PrivateIdentifier) return yield* isPrivateMember(pass, access, wanted);
  const owner = yield* pass.checker.nonNullable(yield* pass.checker.typeOf(access.expression));
  if (isUncertain(owner)) return false;
  const other = yield* pass.checker.typeOfProperty(owner, wanted);
  return other !== undefined && (yield* isSameType(pass, yield* pass.checker.typeOf(access), other));
}

function* isPrivateMember(pass: Pass, access: PropertyAccessExpression, wanted: string): Ask<boolean> {
  for (let at: Node = access; !isSourceFile(at); at = at.parent) {
    if (!isClassLikeDeclaration(at)) continue;
    const members = at.members as readonly (Node & { readonly name?: Node })[];
    const other = members.find(({ name }) => name?.getText() === wanted)?.name;
    return (
      other !== undefined &&
      (yield* isSameType(pass, yield* pass.checker.typeOf(access), yield* pass.checker.typeOf(other)))
    );
  }
  return false;
}

/** In JavaScript neither of two parameters may have a type: the names have to do. */
function* isVariable(pass: Pass, name: Node, wanted: string): Ask<boolean> {
  const { checker, file } = pass;
  const symbol = yield* checker.resolveName(wanted, SymbolFlags.Value, name);
  const declarations = symbol ? yield* checker.declarationsOf(symbol) : [];
  if (!symbol || declarations.every(each => each.getSourceFile() !== file.sourceFile)) return false;
  const here = yield* checker.typeOf(name);
  const other = yield* checker.typeOfSymbol(symbol);
  if (file.isJavaScript && isUncertain(here) && isUncertain(other)) return true;
  return yield* isSameType(pass, here, other);
}

/** Functions of two kinds differ in what they do: that one is used for both is no sign. */
function isCalled(name: Node): boolean {
  const access = isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
  const outer = wrapped(access);
  const { parent } = outer;
  if (isBinaryExpression(parent) && parent.right === outer && parent.operatorToken.getText() === "instanceof")
    return true;
  return (isCallExpression(parent) || isNewExpression(parent)) && parent.expression === outer;
}

/** Whether a call of the function gives nothing: with what it is called for, the two differ in more than in a name. */
function* isForEffect({ checker }: Pass, name: Node): Ask<boolean> {
  const signatures = yield* checker.callSignaturesOf(yield* checker.nonNullable(yield* checker.typeOf(name)));
  for (const signature of signatures) {
    if ((yield* checker.textOf(yield* checker.returnTypeOf(signature))) !== "void") return false;
  }
  return signatures.length > 0;
}

function* isSameType({ checker }: Pass, one: Type, other: Type): Ask<boolean> {
  if (isUncertain(one) || isUncertain(other)) return false;
  return (yield* checker.isAssignable(one, other)) || (yield* checker.isAssignable(other, one));
}
