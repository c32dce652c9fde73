/** Guards that ask for a value which only the code that they guard gives: `if (!this.#list) return; this.#list = open();` */
import {
  EQUALS,
  isInside,
  leavesFunction,
  NOT_EQUALS,
  operandsOf,
  quoted,
  unwrapped,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  SyntaxKind,
  type IfStatement,
  type Node,
  type PropertyDeclaration,
} from "@review/program/syntax";
import { valueGiven, writesIn } from "./latches.ts";

/** Reports a guard that nothing gets past: its value is missing at first, and given behind the guard alone. */
export function checkUnfilled(pass: Pass, statement: IfStatement): void {
  const region = guardedBy(statement);
  if (!region) return;
  const place = region.places.find(each => isGivenOnlyIn(pass, each, region));
  const given = place && fillingOf(pass, place)[0];
  if (!given) return;
  const name = quoted(place, pass.file.sourceFile);
  pass.report(statement.expression, {
    message: `${name} is missing until the code behind this guard gives it a value, which it never does: nothing else does.`,
    evidence: [
      { at: place, message: `${name} starts without a value.` },
      { at: given, message: "It gets one only here, behind the guard." },
    ],
    repair: "Ask for the value only where it is used, and let the code that gives it run without it.",
  });
}

interface Region {
  /** What has to be there for the code to run. */
  readonly places: readonly Node[];
  readonly contains: (node: Node) => boolean;
}

/** What a guard asks for, and the code that runs only where it is there: behind it, or inside of it. */
function guardedBy(statement: IfStatement): Region | undefined {
  const { parent, expression, thenStatement, elseStatement } = statement;
  if (!leavesFunction(thenStatement)) {
    const places = operandsOf(expression, SyntaxKind.AmpersandAmpersandToken).map(required);
    return { places: defined(places), contains: node => isInside(node, thenStatement) };
  }
  if (elseStatement || !isBlock(parent) || !isFunctionLikeDeclaration(parent.parent)) return undefined;
  const places = operandsOf(expression, SyntaxKind.BarBarToken).map(refused);
  return { places: defined(places), contains: node => isInside(node, parent) && node.pos >= statement.end };
}

function defined(places: readonly (Node | undefined)[]): readonly Node[] {
  return places.filter(each => each !== undefined);
}

/** `this.list` of `this.list` and of `this.list !== undefined`. */
function required(test: Node): Node | undefined {
  return placeOf(test) ?? comparedWithNothing(test, NOT_EQUALS);
}

/** `this.list` of `!this.list` and of `this.list === undefined`. */
function refused(test: Node): Node | undefined {
  const bare = unwrapped(test);
  if (isPrefixUnaryExpression(bare)) {
    return bare.operator === SyntaxKind.ExclamationToken ? placeOf(bare.operand) : undefined;
  }
  return comparedWithNothing(bare, EQUALS);
}

function comparedWithNothing(test: Node, operators: ReadonlySet<SyntaxKind>): Node | undefined {
  const bare = unwrapped(test);
  if (!isBinaryExpression(bare) || !operators.has(bare.operatorToken.kind)) return undefined;
  return isUndefined(bare.right) ? placeOf(bare.left) : undefined;
}

function isUndefined(node: Node): boolean {
  const bare = unwrapped(node);
  return isIdentifier(bare) && bare.text === "undefined";
}

function placeOf(node: Node): Node | undefined {
  const bare = unwrapped(node);
  const isOwn = isPropertyAccessExpression(bare) && bare.expression.kind === SyntaxKind.ThisKeyword;
  return isOwn || isIdentifier(bare) ? bare : undefined;
}

function isGivenOnlyIn(pass: Pass, place: Node, region: Region): boolean {
  const isOwn = isPropertyAccessExpression(place)
    ? isPrivateWithoutValue(pass, place)
    : isVariableWithoutValue(pass.scopes().variableOf(place), place);
  if (!isOwn) return false;
  const filling = fillingOf(pass, place);
  return filling.length > 0 && filling.every(region.contains);
}

/** All that gives the place something; to be set back to nothing is none of it. */
function fillingOf(pass: Pass, place: Node): readonly Node[] {
  const name = isPropertyAccessExpression(place) ? place.name.text : place.getText();
  return (writesIn(pass.file.sourceFile).get(name) ?? []).filter(write => {
    const value = valueGiven(write);
    return !value || !isNothing(value);
  });
}

function isNothing(value: Node): boolean {
  return NOTHING.has(unwrapped(value).kind) || isUndefined(value);
}

const NOTHING: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.NullKeyword, SyntaxKind.FalseKeyword]);

/** A private field that starts empty, of a class that does not fill itself in other ways. */
function isPrivateWithoutValue({ file }: Pass, place: Node & { readonly name: Node }): boolean {
  const field = fieldOf(place, place.name.getText());
  if (!field || (field.initializer && !isNothing(field.initializer)) || /\[\s*["'`]/.test(file.text)) return false;
  const modifiers = field.modifiers ?? [];
  const isPrivate = modifiers.some(({ kind }) => kind === SyntaxKind.PrivateKeyword) || /^#/.test(field.name.getText());
  const isFilledElsewhere = modifiers.some(
    ({ kind }) => kind === SyntaxKind.Decorator || kind === SyntaxKind.DeclareKeyword,
  );
  return isPrivate && !isFilledElsewhere && !/Object\.assign\(\s*this\b/.test(file.text);
}

function fieldOf(place: Node, name: string): PropertyDeclaration | undefined {
  for (let at = place; at.parent; at = at.parent) {
    if (!isClassLikeDeclaration(at)) continue;
    return at.members.find(each => isPropertyDeclaration(each) && each.name.getText() === name) as
      PropertyDeclaration | undefined;
  }
  return undefined;
}

/** A variable of the file, or of a function around, that starts empty. */
function isVariableWithoutValue(variable: Variable | undefined, place: Node): boolean {
  const declaration = variable?.declarations.length === 1 ? variable.declarations[0]?.parent : undefined;
  if (!variable || variable.isExported || variable.isExposed || !declaration) return false;
  if (!isVariableDeclaration(declaration)) return false;
  const { initializer, parent } = declaration;
  if (initializer ? !isNothing(initializer) : !isStatementOfItsOwn(parent)) return false;
  return variable.references.some(({ node, root }) => node === place && root !== variable.root);
}

/** `let list;`, and not the variable of a loop. */
function isStatementOfItsOwn(list: Node): boolean {
  return list.parent.kind === SyntaxKind.VariableStatement;
}
