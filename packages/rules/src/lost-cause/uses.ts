/** What is made of a caught error where another one is thrown in its place. */
import { isInside, memberName, ownNodesOf, unwrapped, usesOf, wrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isTemplateSpan,
  isVariableDeclaration,
  SyntaxKind,
  type Identifier,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import type { Made } from "./classes.ts";

/** Nothing, or nothing but its text in the message or the cause of the new error; "kept" for anything else. */
export function useOf(error: Identifier, body: Node, thrown: readonly Made[]): "unused" | "told" | "kept" {
  const uses = usesOf(body, error.text);
  if (uses.length === 0) return "unused";
  const messages = thrown.flatMap(({ arguments: given }) => given?.slice(0, 2) ?? []);
  return uses.every(use => isText(use) && isTold(use, body, messages)) ? "told" : "kept";
}

/** `error.message`, `String(error)`, `${error}`, also as `error instanceof Error ? error.message : String(error)`. */
function isText(use: Node): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (memberName(parent) !== undefined) return memberName(parent) === "message";
  if (isTemplateSpan(parent)) return true;
  if (isCallExpression(parent)) return isIdentifier(parent.expression) && parent.expression.text === "String";
  if (!isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind === SyntaxKind.PlusToken) return true;
  const choice = wrapped(parent);
  return (
    kind === SyntaxKind.InstanceOfKeyword &&
    isConditionalExpression(choice.parent) &&
    choice.parent.condition === choice
  );
}

/** In the message itself, or in a constant that only goes there. */
function isTold(use: Node, body: Node, messages: readonly Node[]): boolean {
  if (messages.some(message => isInside(use, message))) return true;
  const [text] = [...ownNodesOf(body)].filter(isVariableDeclaration).filter(each => isInside(use, each));
  if (!text || !isIdentifier(text.name)) return false;
  return usesOf(body, text.name.text).every(each => messages.some(message => isInside(each, message)));
}

/** The declaration of a variable of that name in the body of a handler. */
export function declarationIn(body: Node, name: string): VariableDeclaration | undefined {
  return [...ownNodesOf(body)]
    .filter(isVariableDeclaration)
    .find(each => isIdentifier(unwrapped(each.name)) && each.name.getText() === name);
}
