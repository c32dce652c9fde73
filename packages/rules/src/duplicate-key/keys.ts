/** The keys of objects and classes. */
import { literalValue, type Constant } from "@review/analysis";
import {
  isComputedPropertyName,
  isConstructorDeclaration,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyDeclaration,
  isSetAccessorDeclaration,
  isSpreadAssignment,
  ModifierFlags,
  type Node,
} from "@review/program/syntax";

export interface Key {
  readonly at: Node;
  /** The name of the member, marked where it belongs to a class itself. */
  readonly name: string;
  readonly role: "value" | "get" | "set";
}

/** Undefined for what is spread or computed; `__proto__: x` sets the prototype and is no key. */
export function propertyKeyOf(property: Node): Key | undefined {
  return isSpreadAssignment(property) ? undefined : keyOf(property, "");
}

/** Undefined for what is computed, for constructors and for overloads without a body. */
export function memberKeyOf(member: Node): Key | undefined {
  if (isConstructorDeclaration(member) || (isMethodDeclaration(member) && !member.body)) return undefined;
  const isMember =
    isMethodDeclaration(member) ||
    isPropertyDeclaration(member) ||
    isGetAccessorDeclaration(member) ||
    isSetAccessorDeclaration(member);
  if (!isMember) return undefined;
  return keyOf(member, member.modifierFlags & ModifierFlags.Static ? "static " : "");
}

function keyOf(member: Node, prefix: string): Key | undefined {
  const { name } = member as Node & { name?: Node };
  const text = name && textOf(name);
  if (!name || text === undefined || text === "__proto__") return undefined;
  const role = isGetAccessorDeclaration(member) ? "get" : isSetAccessorDeclaration(member) ? "set" : "value";
  return { at: name, name: prefix + text, role };
}

function textOf(name: Node): string | undefined {
  if (isIdentifier(name)) return name.text;
  if (isComputedPropertyName(name)) return asKey(literalValue(name.expression));
  // A private `#name` is no key, and never meets the text "#name".
  return asKey(literalValue(name)) ?? `private ${name.getText()}`;
}

/** `1`, `"1"` and `0x1` are one key. */
function asKey(value: Constant | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
