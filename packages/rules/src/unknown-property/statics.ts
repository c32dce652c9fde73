/** Static members that are read off an instance: only `as any` keeps the compiler from saying so. */
import { certainParts, isTarget, isUncertain, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import type { Type } from "@review/program";
import {
  isAsExpression,
  isClassLikeDeclaration,
  isComputedPropertyName,
  isIdentifier,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isTypeAssertion,
  ModifierFlags,
  SyntaxKind,
  type ElementAccessExpression,
  type Expression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** `(db as any)[kind]`, where the class of `db` has a static `[kind]` and its instances have none. */
export function* checkStatic(pass: Pass, access: ElementAccessExpression | PropertyAccessExpression): Ask<void> {
  const { sourceFile } = pass.file;
  const hidden = isTarget(access) ? undefined : hiddenIn(access.expression);
  const name = hidden && nameIn(access);
  const member = hidden && name && (yield* staticOf(pass, yield* pass.checker.typeOf(hidden), name));
  if (!hidden || !member) return;
  const { end } = access.expression;
  pass.report(access, {
    message: `${quoted(access, sourceFile)} is always undefined: the class of ${quoted(hidden, sourceFile)} has this member, and its instances have not.`,
    evidence: [{ at: member, message: "This is static." }],
    fixes: [
      {
        title: "Read it off the class",
        safety: "suggested",
        edits: [{ at: { start: end, end }, text: ".constructor" }],
      },
    ],
  });
}

/** The expression whose type a cast to `any` hides. */
function hiddenIn(object: Expression): Node | undefined {
  const inner = isParenthesizedExpression(object) ? object.expression : object;
  if (!isAsExpression(inner) && !isTypeAssertion(inner)) return undefined;
  return inner.type.kind === SyntaxKind.AnyKeyword ? unwrapped(inner.expression) : undefined;
}

interface Name {
  readonly text: string;
  /** Whether it is that of the constant which holds the name. */
  readonly isComputed: boolean;
}

function nameIn(access: ElementAccessExpression | PropertyAccessExpression): Name | undefined {
  const key = isPropertyAccessExpression(access) ? access.name : unwrapped(access.argumentExpression);
  return isIdentifier(key) ? { text: key.text, isComputed: !isPropertyAccessExpression(access) } : undefined;
}

/** The static member of a class that every possible value is an instance of. */
function* staticOf({ checker }: Pass, type: Type, name: Name): Ask<Node | undefined> {
  let found: Node | undefined;
  for (const part of isUncertain(type) ? [] : ((yield* certainParts(checker, type)) ?? [])) {
    // A member that a symbol names is called `__@text@1` there.
    const members = yield* checker.propertiesOf(part);
    if (members.some(member => member.name.split("@").includes(name.text))) return undefined;
    const symbol = yield* checker.symbolOfType(part);
    const declaration = symbol && (yield* checker.declarationOf(symbol));
    const own = declaration && isClassLikeDeclaration(declaration) ? declaration.members : [];
    const member = own.find(each => isNamed(each, name) && (flagsOf(each) & ModifierFlags.Static) !== 0);
    if (!member) return undefined;
    found ??= member;
  }
  return found;
}

function isNamed({ name }: Node & { readonly name?: Node }, { text, isComputed }: Name): boolean {
  if (!name) return false;
  const key = isComputed && isComputedPropertyName(name) ? unwrapped(name.expression) : isComputed ? undefined : name;
  return key !== undefined && isIdentifier(key) && key.text === text;
}

function flagsOf(member: Node & { readonly modifierFlags?: ModifierFlags }): number {
  return member.modifierFlags ?? 0;
}
