/** Members of a class that JavaScript reads off an instance where they are static, and the reverse. */
import { isCondition, isTarget, isWrittenSomewhere, quoted, type Ask, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isMethodDeclaration,
  isPropertyDeclaration,
  ModifierFlags,
  SyntaxKind,
  type ClassLikeDeclaration,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** `this.create()` in a method, where `create` is static: nothing has that name there. */
export function* checkSide(pass: Pass, access: PropertyAccessExpression): Ask<boolean> {
  if (access.expression.kind !== SyntaxKind.ThisKeyword || isTarget(access) || isCondition(access)) return false;
  const other = otherSideOf(access);
  if (!other || isWrittenSomewhere(pass.file.sourceFile, access.name.text)) return false;
  if (yield* pass.checker.symbolOf(access.name)) return false;
  const { owner, meant, isStatic } = other;
  const { text } = access.name;
  const side = isStatic ? "the instances have" : "the class itself has";
  pass.report(access, {
    message: `${quoted(access, pass.file.sourceFile)} is undefined: \`this\` is ${isStatic ? "the class" : "an instance"} here, and only ${side} a \`${text}\`.`,
    evidence: [{ at: nameOf(meant) ?? meant, message: isStatic ? "This is not static." : "This is static." }],
    fixes: isStatic ? [] : fixesFor(access, owner),
  });
  return true;
}

interface OtherSide {
  readonly owner: ClassLikeDeclaration;
  readonly meant: Node;
  /** Whether it is a static member that reads the one of an instance. */
  readonly isStatic: boolean;
}

/** The member of that name, where all are on the other side of the class, which is known in full. */
function otherSideOf(access: PropertyAccessExpression): OtherSide | undefined {
  const around = memberAround(access);
  const owner = around?.parent;
  if (!around || !owner || !isClassLikeDeclaration(owner) || owner.heritageClauses || isInherited(owner))
    return undefined;
  const isStatic = hasStatic(around);
  const named = owner.members.filter(member => nameOf(member)?.getText() === access.name.text);
  const [meant] = named;
  return meant && named.every(member => hasStatic(member) !== isStatic) ? { owner, meant, isStatic } : undefined;
}

function nameOf(member: Node): Node | undefined {
  return (member as { name?: Node }).name;
}

function fixesFor({ expression }: PropertyAccessExpression, { name }: ClassLikeDeclaration) {
  if (!name) return [];
  const edits = [{ at: expression, text: name.text }];
  return [{ title: `Read it off \`${name.text}\``, safety: "suggested" as const, edits }];
}

/** The method or field that `this` belongs to. */
function memberAround(node: Node): Node | undefined {
  for (let at: Node = node.parent; at.parent; at = at.parent) {
    if (isMethodDeclaration(at) || isPropertyDeclaration(at)) return at;
    if (isFunctionLikeDeclaration(at) && !isArrowFunction(at)) {
      return at.kind === SyntaxKind.Constructor ||
        at.kind === SyntaxKind.GetAccessor ||
        at.kind === SyntaxKind.SetAccessor
        ? at
        : undefined;
    }
  }
  return undefined;
}

function hasStatic(member: Node): boolean {
  return (((member as { modifierFlags?: ModifierFlags }).modifierFlags ?? 0) & ModifierFlags.Static) !== 0;
}

/** A class of the same file that extends this one may have what it lacks. */
function isInherited({ name, parent }: ClassLikeDeclaration): boolean {
  return name !== undefined && new RegExp(`\\bextends\\s+${name.text}\\b`).test(parent.getSourceFile().text);
}
