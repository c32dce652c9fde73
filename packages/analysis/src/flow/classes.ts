/** Classes: what runs where they stand, and what runs when they are constructed. */
import {
  isClassDeclaration,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isDecorator,
  isPropertyDeclaration,
  ModifierFlags,
  SyntaxKind,
  type ClassLikeDeclaration,
  type Decorator,
  type Node,
} from "@review/program/syntax";
import { addStep, addWait, type Builder } from "./builder.ts";
import { bindName, evaluateKey } from "./patterns.ts";
import { isStatic } from "./roots.ts";

/** Builds a class: what it extends, computed names and decorators, then its static fields and blocks. */
export function createClass(b: Builder, node: ClassLikeDeclaration): void {
  const decorators = decoratorsOf(node);
  for (const decorator of decorators) b.evaluate(decorator.expression);
  const heritage = heritageOf(node);
  if (heritage) b.evaluate(heritage.expression);
  const inner = node.members.flatMap(member => defineMember(b, member));
  for (const decorator of [...inner, ...decorators]) addWait(b, "call", decorator);
  // The constructor to extend is looked at when the class is made, and may be none.
  addStep(b, "create", node, { throws: heritage !== undefined });
  if (isClassDeclaration(node) && node.name) bindName(b, node.name);
  withoutSurroundings(b, () => {
    for (const member of node.members) initialiseStatic(b, member);
  });
}

/** Whether a class has a base whose constructor runs first. */
export function isDerived(node: ClassLikeDeclaration): boolean {
  return heritageOf(node) !== undefined;
}

/** Builds what a construction does before the constructor's own code, or after `super()`. */
export function constructFields(b: Builder, node: ClassLikeDeclaration): void {
  const constructor = node.members.find(member => isConstructorDeclaration(member) && member.body);
  if (constructor && isConstructorDeclaration(constructor)) {
    for (const parameter of constructor.parameters) {
      if (parameter.modifierFlags & ModifierFlags.ParameterPropertyModifier) addStep(b, "set", parameter);
    }
  }
  for (const member of node.members) if (!isStatic(member)) initialiseField(b, member);
}

function heritageOf(node: ClassLikeDeclaration): (Node & { expression: Node }) | undefined {
  const clause = node.heritageClauses?.find(each => each.token === SyntaxKind.ExtendsKeyword);
  return clause?.types[0] as (Node & { expression: Node }) | undefined;
}

function decoratorsOf(node: Node): readonly Decorator[] {
  return (node as Node & { modifiers?: readonly Node[] }).modifiers?.filter(isDecorator) ?? [];
}

/** The member's decorators, which are called later. */
function defineMember(b: Builder, member: Node & { name?: Node }): readonly Decorator[] {
  const decorators = decoratorsOf(member);
  for (const decorator of decorators) b.evaluate(decorator.expression);
  if (member.name) evaluateKey(b, member.name);
  return decorators;
}

function initialiseStatic(b: Builder, member: Node): void {
  if (isClassStaticBlockDeclaration(member)) b.execute(member.body);
  else if (isStatic(member)) initialiseField(b, member);
}

function initialiseField(b: Builder, member: Node): void {
  if (!isPropertyDeclaration(member) || member.modifierFlags & NOT_THERE) return;
  if (member.initializer) b.evaluate(member.initializer);
  addStep(b, "set", member);
}

const NOT_THERE = ModifierFlags.Ambient | ModifierFlags.Abstract;

/** No jump leads out of a static block, and no `super()` of the code around runs in it. */
function withoutSurroundings(b: Builder, build: () => void): void {
  const { fields, labels } = b;
  b.fields = undefined;
  b.labels = [];
  build();
  b.fields = fields;
  b.labels = labels;
}
