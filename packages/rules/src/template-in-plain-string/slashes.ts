/** Addresses that end in a slash where the text behind them starts with one: `${BASE_URL}/login` of `https://example.org/`. */
import { constantValue, declaredValueOf, DEFAULTS, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  isTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type TemplateExpression,
} from "@review/program/syntax";

/** `${BASE_URL}/login` */
export function* checkSlashes(pass: Pass, { templateSpans }: TemplateExpression): Ask<void> {
  for (const { expression, literal } of templateSpans) {
    if (/^\/(?!\/)/.test(literal.text)) yield* check(pass, expression, literal.text);
  }
}

/** `BASE_URL + "/login"` */
export function* checkSum(pass: Pass, { left, operatorToken, right }: BinaryExpression): Ask<void> {
  if (operatorToken.kind !== SyntaxKind.PlusToken) return;
  const text = isStringLiteralLikeNode(right) ? right.text : isTemplateExpression(right) ? right.head.text : "";
  if (/^\/(?!\/)/.test(text)) yield* check(pass, left, text);
}

function* check(pass: Pass, expression: Expression, text: string): Ask<void> {
  const place = unwrapped(expression);
  if (!isIdentifier(place) && !isPropertyAccessExpression(place)) return;
  const address = writtenFor(pass, place) ?? (yield* typedAs(pass, place));
  if (!address) return;
  pass.report(expression, {
    message: `${quoted(place, pass.file.sourceFile)} may be \`${address.text}\`, which ends in a slash, and \`${text.slice(0, 20)}\` starts with one.`,
    evidence: [{ at: address.at, message: "This is the address." }],
    repair: "Leave out one of the two slashes, or join them with `new URL(path, base)`.",
  });
}

interface Address {
  readonly at: Node;
  readonly text: string;
}

/** The address that a constant of the file is, or has as its default. */
function writtenFor(pass: Pass, place: Node): Address | undefined {
  const value = isIdentifier(place) ? declaredValueOf(pass.scopes(), place) : memberOf(pass, place);
  return value && addressIn(value);
}

/** `config.url` of `const config = { url: "https://example.org/" }`, where nothing else has the name `config.url`. */
function memberOf(pass: Pass, place: Node): Expression | undefined {
  if (!isPropertyAccessExpression(place)) return undefined;
  const object = declaredValueOf(pass.scopes(), place.expression);
  const literal = object && unwrapped(object);
  if (!literal || !isObjectLiteralExpression(literal)) return undefined;
  const property = literal.properties
    .filter(isPropertyAssignment)
    .find(each => each.name.getText() === place.name.text);
  if (!property || pass.file.text.includes(`${place.getText()} =`)) return undefined;
  return property.initializer;
}

/** A written address, also as the default of something else. */
function addressIn(value: Node): Address | undefined {
  const bare = unwrapped(value);
  if (isBinaryExpression(bare) && DEFAULTS.has(bare.operatorToken.kind)) return addressIn(bare.right);
  return isStringLiteralLikeNode(bare) && ADDRESS.test(bare.text) ? { at: bare, text: bare.text } : undefined;
}

const ADDRESS = /^https?:\/\/[^?#]+\/$/;

/** What the type of an imported constant says. */
function* typedAs(pass: Pass, place: Expression): Ask<Address | undefined> {
  if (!isIdentifier(place) || !NAMED.test(place.text)) return undefined;
  if (pass.scopes().variableOf(place)?.kind !== "import") return undefined;
  const value = yield* constantValue(pass.checker, place);
  return typeof value === "string" && ADDRESS.test(value) ? { at: place, text: value } : undefined;
}

const NAMED = /ur[li]|base|host|origin|endpoint|domain|server|api/i;
