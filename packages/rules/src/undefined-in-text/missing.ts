/** Whether a value may be null or undefined where it is read, and what says so beside its type. */
import { absentArmOf, isGuess, isUncertain, quoted, type Ask, type Pass } from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { defaultedElsewhere } from "./elsewhere.ts";
import { isChosenAlike } from "./dependent.ts";
import { missingOnPath } from "./flows.ts";
import { missingKey } from "./keys.ts";
import { missingFromLookup } from "./lookups.ts";

/** What a missing value becomes in text, and the fact that it rests on. */
export interface Missing {
  readonly word: "undefined" | "null";
  readonly at: Node;
  readonly because: string;
}

/**
 * A type that has room for undefined is not enough: types are wider than what happens. The code itself has to say so,
 * by `?.`, by a path that assigns nothing, by a default that it has for the same value elsewhere.
 */
export function* missingIn(pass: Pass, value: Expression): Ask<Missing | undefined> {
  const bare = withoutBrackets(value);
  const missing = yield* missingSomewhere(pass, bare);
  return missing && isChosenAlike(missing.at, bare) ? undefined : missing;
}

/** `${id ?? null}` asks for the word, as a key does that others are made like. */
function saysSo(value: Expression): boolean {
  if (!isBinaryExpression(value) || value.operatorToken.kind !== SyntaxKind.QuestionQuestionToken) return false;
  return /^(?:null|undefined)$/.test(value.right.getText());
}

function* missingSomewhere(pass: Pass, bare: Expression): Ask<Missing | undefined> {
  // An author who writes `value!` or `value as string` says that it is there.
  if (SAID_TO_BE_THERE.has(bare.kind) || saysSo(bare)) return undefined;
  const byKey = yield* missingKey(pass, bare);
  if (byKey) return byKey;
  const parts = yield* pass.checker.partsOf(yield* pass.checker.typeOf(bare));
  const word = wordOf(parts);
  if (word === "present") return undefined;
  const mayBeFalsy = parts.some(({ flags }) => (flags & FALSY_KINDS) !== 0);
  const onPath = yield* missingOnPath(pass, bare, { word, mayBeFalsy });
  if (onPath || word === "unknown" || (yield* isFirstValue(pass, bare))) return onPath;
  const arm = absentArmOf(pass.scopes(), bare);
  if (arm) return { word, at: arm.at, because: `This is ${word}.` };
  if (isCarefulChain(bare)) {
    return {
      word,
      at: bare,
      because: `${quoted(bare, pass.file.sourceFile)} is undefined where the chain ends early.`,
    };
  }
  const elsewhere = defaultedElsewhere(bare, pass.file.sourceFile);
  if (elsewhere) return { word, ...elsewhere };
  const lookup = yield* missingFromLookup(pass, bare);
  return lookup && { word, ...lookup };
}

export function withoutBrackets(node: Expression): Expression {
  let at = node;
  while (isParenthesizedExpression(at)) at = at.expression;
  return at;
}

const SAID_TO_BE_THERE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.NonNullExpression, SyntaxKind.AsExpression, SyntaxKind.TypeAssertionExpression],
  ...[SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TemplateExpression],
  ...[SyntaxKind.NumericLiteral, SyntaxKind.NullKeyword],
]);

const FALSY_KINDS = TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike;

export type Word = Missing["word"] | "present" | "unknown";

/** What the types of a value say. */
export interface Found {
  readonly word: Word;
  /** Whether it may be a number or a boolean, of which a value that is there may be falsy. */
  readonly mayBeFalsy: boolean;
}

/** What a missing value reads as; `present` where the types leave no room for one. */
export function wordOf(parts: readonly Type[]): Word {
  let word: Word = "present";
  let others = 0;
  for (const part of parts) {
    if (isUncertain(part)) return "unknown";
    if (part.flags & TypeFlags.Undefined) word = "undefined";
    else if (part.flags & TypeFlags.Null) word = word === "present" ? "null" : word;
    else if (part.flags & TypeFlags.Void) return "present";
    else others++;
  }
  return others > 0 ? word : "present";
}

function* isFirstValue({ checker, file }: Pass, value: Expression): Ask<boolean> {
  return file.isJavaScript && (yield* isGuess(checker, value));
}

/** `user?.name`: the author thought of the missing user. Groups of a pattern are always optional to the compiler. */
function isCarefulChain(value: Node): boolean {
  if (!(value.flags & NodeFlags.OptionalChain)) return false;
  for (let at = value; isPropertyAccessExpression(at) || isElementAccessExpression(at); at = at.expression) {
    if (isPropertyAccessExpression(at) && FORCED.test(at.name.text)) return false;
  }
  return true;
}

const FORCED = /^(?:groups|indices|env|parentElement|parentNode|ownerDocument|current)$/;
