/** Reports a getter and a setter of one property that keep it in different fields. */
import { defineRule, memberName, mentions, unwrapped, type Pass, type Rule } from "@review/analysis";
import {
  isBinaryExpression,
  isClassLikeDeclaration,
  isExpressionStatement,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isReturnStatement,
  isSetAccessorDeclaration,
  SyntaxKind,
  type ClassLikeDeclaration,
  type GetAccessorDeclaration,
  type MethodDeclaration,
  type Node,
  type ObjectLiteralExpression,
  type PropertyAccessExpression,
  type SetAccessorDeclaration,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "accessor-mismatch",
  summary: "A property's setter writes one field and its getter reads another.",
  category: "classes",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Let both use the same field.",
  listen: pass => ({
    [SyntaxKind.ClassDeclaration](node: ClassLikeDeclaration) {
      check(pass, node.members);
    },
    [SyntaxKind.ClassExpression](node: ClassLikeDeclaration) {
      check(pass, node.members);
    },
    [SyntaxKind.ObjectLiteralExpression](node: ObjectLiteralExpression) {
      check(pass, node.properties);
    },
  }),
});
export default rule;

function check(pass: Pass, members: readonly Node[]): void {
  const setters = members.filter(isSetter);
  if (setters.length === 0) return;
  for (const getter of members.filter(isGetter)) {
    const setter = setters.find(each => isPair(each, getter));
    const read = setter && fieldRead(getter);
    const written = setter && fieldWritten(setter);
    if (!read || !written || read.text === written.text) continue;
    if (mentions(setter, read.text) || mentions(getter, written.text)) continue;
    // A field that is an accessor itself, or written where the other one is, may keep both in step.
    if (members.some(each => isAccessorNamed(each, read.text) || isAccessorNamed(each, written.text))) continue;
    pass.report(getter.name, {
      message: `The getter of \`${getter.name.getText()}\` reads \`${read.text}\`, while its setter writes \`${written.text}\`.`,
      evidence: [
        { at: written.at, message: "The setter keeps the value here." },
        { at: read.at, message: "The getter takes it from here." },
      ],
    });
  }
}

type Getter = GetAccessorDeclaration | MethodDeclaration;
type Setter = SetAccessorDeclaration | MethodDeclaration;

/** Also a method `getSize()`, whose partner is `setSize(value)`. */
function isGetter(node: Node): node is Getter {
  return isGetAccessorDeclaration(node) || (isMethodDeclaration(node) && /^get[A-Z]/.test(node.name.getText()));
}

function isSetter(node: Node): node is Setter {
  return isSetAccessorDeclaration(node) || (isMethodDeclaration(node) && /^set[A-Z]/.test(node.name.getText()));
}

function isPair(setter: Setter, getter: Getter): boolean {
  const isStatic = (node: Node): boolean => node.getText().startsWith("static");
  const [ours, theirs] = [setter.name.getText(), getter.name.getText()];
  const isSame = isMethodDeclaration(setter) ? ours.slice(3) === theirs.slice(3) : ours === theirs;
  return (
    (setter.kind === SyntaxKind.MethodDeclaration) === (getter.kind === SyntaxKind.MethodDeclaration) &&
    isSame &&
    isStatic(setter) === isStatic(getter)
  );
}

function isAccessorNamed(member: Node, name: string): boolean {
  if (!isSetAccessorDeclaration(member) && !isGetAccessorDeclaration(member)) return false;
  return member.name.getText() === name;
}

interface Field {
  readonly text: string;
  readonly at: Node;
}

/** The field that a getter is: its only statement returns `this.x`. */
function fieldRead({ body }: Getter): Field | undefined {
  const [only, ...others] = body?.statements ?? [];
  if (!only || others.length > 0 || !isReturnStatement(only) || !only.expression) return undefined;
  return ownField(only.expression);
}

/** The field that a setter is: its only statement assigns its parameter to `this.x`. */
function fieldWritten({ body, parameters }: Setter): Field | undefined {
  const [only, ...others] = body?.statements ?? [];
  if (!only || others.length > 0 || !isExpressionStatement(only)) return undefined;
  const assignment = unwrapped(only.expression);
  const parameter = parameters[0]?.name;
  if (!isBinaryExpression(assignment) || assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  if (!parameter || !isIdentifier(parameter) || !mentions(assignment.right, parameter.text)) return undefined;
  return ownField(assignment.left);
}

function ownField(node: Node): Field | undefined {
  const at = unwrapped(node);
  const text = isOfThis(at) ? (memberName(at) ?? at.name.getText()) : undefined;
  return text === undefined ? undefined : { text, at };
}

/** `this.x`, and `Owner.x` in a static accessor of the class `Owner`. */
function isOfThis(node: Node): node is PropertyAccessExpression {
  if (!isPropertyAccessExpression(node)) return false;
  const object = unwrapped(node.expression);
  return object.kind === SyntaxKind.ThisKeyword || (isIdentifier(object) && object.text === classNameAround(node));
}

function classNameAround(node: Node): string | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent as Node | undefined) {
    if (isClassLikeDeclaration(at)) return at.name?.text;
  }
  return undefined;
}
