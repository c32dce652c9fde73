/** Ways to make a checker fall silent instead of repairing what it found: a fix may add none. */
import { nodesOf } from "@review/analysis";
import {
  isArrowFunction,
  isAsExpression,
  isBlock,
  isCallExpression,
  isCatchClause,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isTypeAssertion,
  SyntaxKind,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { newOnes } from "../diagnostics.ts";
import type { ChangedFile } from "./change.ts";

/** What the change adds of them, each in words. */
export function addedHatches({ before, after }: ChangedFile): readonly string[] {
  return newOnes(hatchesOf(before.sourceFile), hatchesOf(after.sourceFile));
}

function hatchesOf(sourceFile: SourceFile): readonly string[] {
  const found: string[] = sourceFile.text.match(DIRECTIVES)?.map(text => `the comment \`${text}\``) ?? [];
  for (const node of nodesOf(sourceFile)) {
    const hatch = hatchAt(node, sourceFile);
    if (hatch !== undefined) found.push(hatch);
  }
  return found;
}

/**
 * Searched for in the whole text: a word in a string that looks like one costs a fix, a comment that is overlooked costs
 * the trust in all of them. Types in comments are assertions where the language is JavaScript.
 */
const DIRECTIVES =
  /@ts-(?:ignore|expect-error|nocheck)|review-ignore(?:-file)?|(?:eslint|oxlint|tslint|stylelint|sonar)-?(?:disable|enable)|tslint:disable|biome-ignore|deno-lint-ignore|prettier-ignore|(?:istanbul|c8|v8) ignore|noinspection|NOSONAR|\bnolint\b|@(?:type|satisfies|typedef)\s*\{[^}\n]*\}?/g;

function hatchAt(node: Node, sourceFile: SourceFile): string | undefined {
  switch (node.kind) {
    case SyntaxKind.AnyKeyword:
      return "the type `any`";
    case SyntaxKind.AsExpression:
    case SyntaxKind.TypeAssertionExpression:
      return assertionAt(node, sourceFile);
    case SyntaxKind.NonNullExpression:
      return "a non-null assertion (`!`)";
    case SyntaxKind.VoidExpression:
      return "the operator `void`";
    case SyntaxKind.DebuggerStatement:
      return "`debugger`";
    case SyntaxKind.EmptyStatement:
      return "an empty statement";
    case SyntaxKind.CatchClause:
      return isCatchClause(node) && node.block.statements.length === 0 ? "an empty `catch`" : undefined;
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
      return callHatch(node);
    default:
      return hasDefiniteMark(node) ? "a definite assignment (`!`)" : undefined;
  }
}

function assertionAt(node: Node, sourceFile: SourceFile): string | undefined {
  if (!isAsExpression(node) && !isTypeAssertion(node)) return undefined;
  const type = node.type.getText(sourceFile);
  return type === "const" ? undefined : `the type assertion to \`${type.slice(0, 60)}\``;
}

function hasDefiniteMark(node: Node): boolean {
  const { exclamationToken } = node as { readonly exclamationToken?: Node };
  return exclamationToken !== undefined;
}

function callHatch(node: Node): string | undefined {
  if (!isCallExpression(node) && !isNewExpression(node)) return undefined;
  const { expression } = node;
  if (isIdentifier(expression)) return NAMED.get(expression.text);
  if (!isPropertyAccessExpression(expression)) return undefined;
  if (isTestModifier(expression.expression, expression.name.text)) return SKIPPED;
  const [handler] = node.arguments ?? [];
  const isSwallowed = expression.name.text === "catch" && handler !== undefined && doesNothing(handler);
  return isSwallowed ? "a `.catch` that swallows the error" : undefined;
}

// cspell:ignore xtest xdescribe
const SKIPPED = "a test that is skipped";
const NAMED: ReadonlyMap<string, string> = new Map([
  ["eval", "code from a string"],
  ["Function", "code from a string"],
  ["xit", SKIPPED],
  ["xtest", SKIPPED],
  ["xdescribe", SKIPPED],
]);

function isTestModifier(object: Node, name: string): boolean {
  return isIdentifier(object) && /^(?:it|test|describe|suite)$/.test(object.text) && /^(?:skip|only|todo)$/.test(name);
}

/** Whether a handler has no statement, or gives back a value that says nothing. */
function doesNothing(handler: Node): boolean {
  if (!isArrowFunction(handler) && !isFunctionExpression(handler)) return false;
  const { body } = handler;
  if (isBlock(body)) return body.statements.length === 0;
  if (isIdentifier(body)) return body.text === "undefined";
  return EMPTY.has(body.kind);
}

const EMPTY: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.NullKeyword,
  SyntaxKind.VoidExpression,
  SyntaxKind.FalseKeyword,
  SyntaxKind.TrueKeyword,
]);
