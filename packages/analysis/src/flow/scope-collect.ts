/** Collects the scopes, declarations and uses of a file in one walk that keeps its own stack. */
import {
  isArrowFunction,
  isBlock,
  isClassExpression,
  isClassStaticBlockDeclaration,
  isDecorator,
  isEnumDeclaration,
  isFunctionExpression,
  isFunctionLikeDeclaration,
  isHeritageClause,
  isIdentifier,
  isModuleBlock,
  isModuleDeclaration,
  isPropertyDeclaration,
  isTypeNode,
  NodeFlags,
  SyntaxKind,
  type ClassLikeDeclaration,
  type FunctionLikeDeclaration,
  type Identifier,
  type ModuleDeclaration,
  type Node,
  type PropertyDeclaration,
  type SourceFile,
} from "@review/program/syntax";
import type { FlowRoot } from "./graph.ts";
import { constructorOf, isStatic } from "./roots.ts";
import { declareAt } from "./scope-declare.ts";
import { declareName, openScope, type DraftVariable, type Scope } from "./scope-names.ts";
import { useOf, type UseKind } from "./uses.ts";

export interface Use extends UseKind {
  readonly node: Identifier;
  readonly scope: Scope;
  readonly root: FlowRoot;
}

export interface CollectedNames {
  readonly variables: readonly DraftVariable[];
  /** In the order of the text. */
  readonly uses: readonly Use[];
  /** The file's own scope. */
  readonly top: Scope;
}

/** A node that is still to be visited, with the scope and function around it. */
export interface Place {
  readonly node: Node;
  readonly scope: Scope;
  readonly root: FlowRoot;
}

export function collectNames(sourceFile: SourceFile): CollectedNames {
  const uses: Use[] = [];
  const top = openScope(undefined, { isVars: true });
  const stack = inside(sourceFile, top, sourceFile);
  for (let place = stack.pop(); place; place = stack.pop()) {
    const { node, scope, root } = place;
    if (isIdentifier(node)) {
      const use = useOf(node);
      if (use) uses.push({ node, scope, root, ...use });
    } else if (!isWithoutTrace(node)) {
      declareAt(place);
      stack.push(...placesIn(place));
    }
  }
  return { variables: top.all, uses, top };
}

/** Types, and what is only declared: none of it is there at run time. */
function isWithoutTrace(node: Node): boolean {
  if (isTypeNode(node)) return node.kind !== SyntaxKind.ExpressionWithTypeArguments;
  if (isHeritageClause(node)) return node.token !== SyntaxKind.ExtendsKeyword;
  if (isModuleDeclaration(node)) return !isThereAtRunTime(node);
  return TRACELESS.has(node.kind);
}

/** Quoted modules and the global scope are described elsewhere; a namespace of types alone is none. */
function isThereAtRunTime({ name, body }: ModuleDeclaration): boolean {
  if (!isIdentifier(name) || name.text === "global") return false;
  let inner: Node | undefined = body;
  while (inner && isModuleDeclaration(inner)) inner = inner.body;
  if (!inner || !isModuleBlock(inner)) return false;
  return inner.statements.some(each => !TYPES.has(each.kind) && (!isModuleDeclaration(each) || isThereAtRunTime(each)));
}

const TYPES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
]);

const TRACELESS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.TypeParameter,
  SyntaxKind.IndexSignature,
  SyntaxKind.JSTypeAliasDeclaration,
  SyntaxKind.JSImportDeclaration,
  SyntaxKind.NamespaceExportDeclaration,
  SyntaxKind.JsxClosingElement,
]);

/** The children of a place, the last one first, each with the scope that it stands in. */
function placesIn({ node, scope, root }: Place): Place[] {
  if (isFunctionLikeDeclaration(node)) return insideFunction(node, scope, root);
  if (isClassStaticBlockDeclaration(node)) return inside(node, openScope(scope, { isVars: true }), root);
  if (isPropertyDeclaration(node)) return insideField(node, scope, root);
  if (isModuleDeclaration(node)) return insideNamespace(node, scope, root);
  if (isEnumDeclaration(node)) return inside(node, openScope(scope, { parts: partsOf(scope, node.name) }), root);
  if (isClassExpression(node) && node.name) {
    const own = openScope(scope);
    declareName(own, node.name, "class", root);
    return inside(node, own, root);
  }
  return inside(node, OPENS_SCOPE.has(node.kind) ? openScope(scope) : scope, root);
}

const OPENS_SCOPE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Block,
  SyntaxKind.ForStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.CaseBlock,
  SyntaxKind.CatchClause,
]);

function inside(node: Node, scope: Scope, root: FlowRoot): Place[] {
  const places: Place[] = [];
  node.forEachChild(child => {
    places.push({ node: child, scope, root });
  });
  return places.reverse();
}

/** Defaults do not see what the body declares. */
function insideFunction(fn: FunctionLikeDeclaration, outer: Scope, root: FlowRoot): Place[] {
  const { body } = fn;
  if (!body) return [];
  const own = isFunctionExpression(fn) && fn.name ? openScope(outer) : outer;
  if (isFunctionExpression(fn) && fn.name) declareName(own, fn.name, "function", fn);
  const parameters = openScope(own, { isVars: true, hasArguments: !isArrowFunction(fn) });
  const places: Place[] = [];
  fn.forEachChild(child => {
    if (child === body) return;
    const isOutside = child === (fn as Node & { name?: Node }).name || isDecorator(child);
    places.push({ node: child, scope: isOutside ? outer : parameters, root: isOutside ? root : fn });
  });
  if (!isBlock(body)) return [{ node: body, scope: parameters, root: fn }, ...places.reverse()];
  const vars = openScope(parameters, { isVars: true, parameters });
  return [...inside(body, vars, fn), ...places.reverse()];
}

/** A field's value is computed by the constructor; its name and decorators are computed by the class. */
function insideField(field: PropertyDeclaration, scope: Scope, root: FlowRoot): Place[] {
  if (isStatic(field)) return inside(field, scope, root);
  const owner = field.parent as ClassLikeDeclaration;
  return inside(field, scope, root).map(place =>
    place.node === field.initializer ? { ...place, root: constructorOf(owner) ?? owner } : place,
  );
}

function insideNamespace(node: ModuleDeclaration, outer: Scope, root: FlowRoot): Place[] {
  const { body, name } = node;
  if (!body || node.flags & NodeFlags.Ambient) return [];
  const scope = openScope(outer, { isVars: true, parts: isIdentifier(name) ? partsOf(outer, name) : undefined });
  return isModuleBlock(body) ? inside(body, scope, root) : [{ node: body, scope, root }];
}

function partsOf(scope: Scope, name: Identifier): Scope["parts"] {
  const variable = scope.names.get(name.text);
  return variable === "member" ? undefined : variable?.parts;
}
