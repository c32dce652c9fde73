/** Spreads that put undefined in the place of a default: `{ retries: 3, ...options }`. */
import {
  isUncertain,
  ownFunctionOf,
  quoted,
  scopesOf,
  unwrapped,
  valuesOf,
  wrapped,
  wordsOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import { SymbolFlags, TypeFlags, type Symbol, type Type } from "@review/program";
import {
  isBinaryExpression,
  isIdentifier,
  isNonNullExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
  type PropertyAssignment,
  type SpreadAssignment,
} from "@review/program/syntax";
import { wordOf } from "./missing.ts";

/** A default that stands before a spread, and nothing of the name behind it. */
interface Default {
  readonly property: PropertyAssignment;
  readonly name: string;
  readonly spread: SpreadAssignment;
}

/** The properties of a literal that a later spread may take the place of. */
function defaultsIn({ properties }: ObjectLiteralExpression): readonly Default[] {
  const found: Default[] = [];
  for (const [index, property] of properties.entries()) {
    if (!isPropertyAssignment(property) || !isIdentifier(property.name)) continue;
    const name = property.name.text;
    const later = properties.slice(index + 1);
    if (later.some(each => !isSpreadAssignment(each) && each.name?.getText() === name)) continue;
    for (const spread of later) if (isSpreadAssignment(spread)) found.push({ property, name, spread });
  }
  return found;
}

/** What the types of the spread say for certain, or what the code believes of the result. */
export function* checkSpreads(pass: Pass, literal: ObjectLiteralExpression): Ask<void> {
  if (!pass.file.strictNullChecks) return;
  for (const { property, name, spread } of defaultsIn(literal)) {
    const type = yield* pass.checker.typeOf(spread.expression);
    // In a choice of literals each has the properties of the other as missing ones, which a spread leaves alone.
    if (isConditional(spread.expression) || type.flags & TypeFlags.Union) continue;
    const symbol = isUncertain(type) ? undefined : yield* pass.checker.propertyOf(type, name);
    if (!symbol || isFalse(property.initializer) || (yield* isMissable(pass, property.initializer))) continue;
    const evidence = yield* overriddenBy(pass, symbol, literal, name);
    if (!evidence) continue;
    pass.report(spread, {
      message: `${quoted(spread, pass.file.sourceFile)} puts undefined in the place of the default of \`${name}\` where its own \`${name}\` is undefined.`,
      evidence: [{ at: property, message: "This is the default." }, ...evidence],
      repair: `Write the default behind the spread: \`${name}: value.${name} ?? …\`.`,
    });
  }
}

/** `{ ...DEFAULTS, retries: given.retries }`: what the caller left out takes the default away. */
export function* checkOverrides(pass: Pass, { properties }: ObjectLiteralExpression): Ask<void> {
  if (!pass.file.strictNullChecks || pass.file.isTest) return;
  for (const [index, spread] of properties.entries()) {
    if (!isSpreadAssignment(spread) || !isDefaults(spread.expression)) continue;
    for (const property of properties.slice(index + 1)) {
      if (!isPropertyAssignment(property) || !isIdentifier(property.name)) continue;
      if (!isPropertyAccessExpression(unwrapped(property.initializer))) continue;
      if (yield* losesDefault(pass, spread, property)) reportOverride(pass, spread, property);
    }
  }
}

/** `DEFAULTS`, `defaultOptions`, `this.defaults`. */
function isDefaults(spread: Expression): boolean {
  const bare = unwrapped(spread);
  const name = isPropertyAccessExpression(bare) ? bare.name : bare;
  return isIdentifier(name) && wordsOf(name.text).some(word => word === "default" || word === "defaults");
}

function* losesDefault(
  { checker }: Pass,
  spread: SpreadAssignment,
  { name, initializer }: PropertyAssignment,
): Ask<boolean> {
  if (wordOf(yield* checker.partsOf(yield* checker.typeOf(initializer))) !== "undefined") return false;
  const fallback = yield* checker.typeOfProperty(yield* checker.typeOf(spread.expression), name.getText());
  if (!fallback || isUncertain(fallback)) return false;
  const parts = yield* checker.partsOf(fallback);
  const isOff = parts.every(({ flags }) => flags & (TypeFlags.Null | TypeFlags.Undefined));
  return !isOff && wordOf(parts) === "present";
}

function reportOverride(pass: Pass, spread: SpreadAssignment, { name, initializer }: PropertyAssignment): void {
  const { sourceFile } = pass.file;
  pass.report(initializer, {
    message: `${quoted(initializer, sourceFile)} may be undefined, which takes the place of the default that ${quoted(spread.expression, sourceFile)} has for \`${name.getText()}\`.`,
    evidence: [{ at: spread, message: "The default comes from here." }],
    repair: `Write \`?? ${spread.expression.getText()}.${name.getText()}\` behind it, or leave it out where it has no value.`,
  });
}

function isConditional(spread: Expression): boolean {
  return valuesOf(spread).length > 1 || isBinaryExpression(unwrapped(spread));
}

type Evidence = readonly { readonly at: Node; readonly message: string }[];

function* overriddenBy(
  { checker, file }: Pass,
  symbol: Symbol,
  literal: ObjectLiteralExpression,
  name: string,
): Ask<Evidence | undefined> {
  const isOptional = (symbol.flags & SymbolFlags.Optional) !== 0;
  if (!isOptional && !file.isJavaScript) {
    const type = yield* checker.typeOfSymbol(symbol);
    return hasUndefined(yield* checker.partsOf(type)) ? [] : undefined;
  }
  const asserted = file.exactOptionalProperties ? undefined : assertedMember(literal, name);
  return asserted && [{ at: asserted, message: "Here the code relies on the default." }];
}

function hasUndefined(parts: readonly Type[]): boolean {
  return parts.some(({ flags }) => flags & TypeFlags.Undefined) && parts.every(part => !isUncertain(part));
}

/** `options.baseURL!`, where `options` is the literal. */
function assertedMember(literal: ObjectLiteralExpression, name: string): Node | undefined {
  const { parent } = literal;
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return undefined;
  const variable = scopesOf(literal.getSourceFile()).variableOf(parent.name);
  for (const { node } of variable?.references ?? []) {
    const member = wrapped(node).parent;
    if (!isPropertyAccessExpression(member) || member.name.text !== name) continue;
    if (isNonNullExpression(member.parent)) return member.parent;
  }
  return undefined;
}

function* isMissable({ checker }: Pass, value: Expression): Ask<boolean> {
  return wordOf(yield* checker.partsOf(yield* checker.typeOf(value))) !== "present";
}

/** A call that passes `{ timeout: maybe }` to a function which spreads its parameter over a default. */
export function* checkSpreadArguments(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const literals = (call.arguments ?? []).flatMap((each, index) =>
    isObjectLiteralExpression(each) && each.properties.length > 0 ? [{ literal: each, index }] : [],
  );
  if (literals.length === 0 || !pass.file.strictNullChecks) return;
  const fn = yield* ownFunctionOf(pass, call);
  if (!fn) return;
  for (const { literal, index } of literals) {
    for (const { property, name } of defaultsUnder(fn, index)) yield* checkGiven(pass, call, literal, property, name);
  }
}

function* checkGiven(
  pass: Pass,
  call: CallExpression | NewExpression,
  literal: ObjectLiteralExpression,
  fallback: PropertyAssignment,
  name: string,
): Ask<void> {
  const given = literal.properties.find(each => !isSpreadAssignment(each) && each.name?.getText() === name);
  const value =
    given && isPropertyAssignment(given)
      ? given.initializer
      : given && isShorthandPropertyAssignment(given)
        ? given.name
        : undefined;
  if (!value || literal.properties.some(each => isSpreadAssignment(each) && each.pos > value.pos)) return;
  const word = wordOf(yield* pass.checker.partsOf(yield* pass.checker.typeOf(value)));
  if (word !== "undefined" || isFalse(fallback.initializer) || (yield* isMissable(pass, fallback.initializer))) return;
  const { sourceFile } = pass.file;
  pass.report(value, {
    message: `${quoted(value, sourceFile)} may be undefined, which ${quoted(call.expression, sourceFile)} spreads over its default of \`${name}\`.`,
    evidence: [{ at: fallback, message: "This default gets lost." }],
    repair: "Leave the property out where it has no value, or take the default with `??` behind the spread.",
  });
}

/** An option that is off by default is as much off where it is undefined. */
function isFalse(value: Expression): boolean {
  return value.kind === SyntaxKind.FalseKeyword;
}

/** The defaults of the literals in a function that its parameter is spread over. */
function defaultsUnder(fn: FunctionLikeDeclaration, index: number): readonly Default[] {
  const name = fn.parameters[index]?.name;
  if (!name || !isIdentifier(name)) return [];
  const variable = scopesOf(name.getSourceFile()).variableOf(name);
  return (variable?.references ?? []).flatMap(({ node }) => {
    const spread = node.parent;
    if (!isSpreadAssignment(spread) || !isObjectLiteralExpression(spread.parent)) return [];
    return defaultsIn(spread.parent).filter(each => each.spread === spread);
  });
}
