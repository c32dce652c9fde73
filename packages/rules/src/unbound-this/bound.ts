/** Whether something has tied a method to its object before it is handed on. */
import {
  asMethodCall,
  enclosingFunction,
  isSameReference,
  memberName,
  nodesOf,
  unwrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type ClassLikeDeclaration,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

/** Whether the class of a method, or the one around a use of it, binds the method, by whatever way. */
export function isBoundByClass(method: FunctionLikeDeclaration, use: Node, name: string): boolean {
  const owners = [classAround(method), classAround(use)];
  return owners.some(owner => owner !== undefined && bindsIn(owner, name)) || isDecorated(method);
}

function classAround(node: Node): ClassLikeDeclaration | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent) if (isClassLikeDeclaration(at)) return at;
  return undefined;
}

const known = new WeakMap<ClassLikeDeclaration, ReadonlySet<string>>();
/** Stands for every method. */
const ALL = "*";

function bindsIn(owner: ClassLikeDeclaration, name: string): boolean {
  let names = known.get(owner);
  if (!names) known.set(owner, (names = boundNames(owner)));
  return names.has(name) || names.has(ALL);
}

/** `this.a = this.a.bind(this)`, `autoBind(this)`, `bindAll(this, "a", "b")`, `this[name] = this[name].bind(this)`. */
function boundNames(owner: ClassLikeDeclaration): ReadonlySet<string> {
  const names = new Set<string>();
  if (isDecorated(owner)) names.add(ALL);
  for (const node of nodesOf(owner)) {
    if (isCallExpression(node)) for (const name of boundByCall(node)) names.add(name);
    else if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) {
      const name = assignedToThis(node.left);
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

/** Whatever a class puts in the place of one of its methods is no longer the method. */
function assignedToThis(target: Node): string | undefined {
  const member = unwrapped(target);
  if (!isPropertyAccessExpression(member) && !isElementAccessExpression(member)) return undefined;
  return member.expression.kind === SyntaxKind.ThisKeyword ? memberName(member) : undefined;
}

function boundByCall(call: CallExpression): readonly string[] {
  const method = asMethodCall(call);
  const bare = unwrapped(call.expression);
  const callee = method?.name ?? (isIdentifier(bare) ? bare.text : "");
  if (method?.name === "bind" && isElementAccessExpression(unwrapped(method.object))) return [ALL];
  if (!/bind|makeAutoObservable|makeObservable/i.test(callee) || callee === "bind") return [];
  const strings = call.arguments.flatMap(each => [...nodesOf(each)].filter(isStringLiteralLikeNode));
  return strings.length > 0 ? strings.map(({ text }) => text) : [ALL];
}

function isDecorated(node: Node): boolean {
  const { modifiers } = node as Node & { readonly modifiers?: readonly Node[] };
  return modifiers?.some(each => each.kind === SyntaxKind.Decorator) ?? false;
}

/** Whether a call gets the method's object too: as a `thisArg`, or because the method goes to its own object. */
export function isGivenReceiver(call: CallExpression, position: number, object: Expression): boolean {
  if (call.arguments.some((each, index) => index > position && isSameReference(each, object))) return true;
  const method = asMethodCall(call);
  if (!method) return false;
  // What follows the function is the object for it, whatever it is called there.
  if (ITERATIONS.has(method.name) && position === 0 && call.arguments.length > 1) return true;
  return isSameReference(method.object, object);
}

/** Methods of lists whose second argument is the object that the function is called on. */
export const ITERATIONS: ReadonlySet<string> = new Set([
  ...["map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap"],
]);

/** A method that says what its `this` is has the compiler look after it; one that tests it copes with having none. */
export function isPrepared(method: FunctionLikeDeclaration): boolean {
  const [first] = method.parameters;
  if (first && isIdentifier(first.name) && first.name.text === "this") return true;
  return [...nodesOf(method)].some(node => {
    if (node.kind !== SyntaxKind.ThisKeyword || enclosingFunction(node) !== method) return false;
    const { parent } = node;
    if (isBinaryExpression(parent)) return parent.operatorToken.kind !== SyntaxKind.EqualsToken;
    return parent.kind === SyntaxKind.PrefixUnaryExpression || parent.kind === SyntaxKind.IfStatement;
  });
}

/** Whether a function type says what its `this` is. */
export function* declaresThis(checker: TypeChecker, argument: Expression): Ask<boolean> {
  const type = yield* checker.contextualTypeOf(argument);
  return type !== undefined && /[(<,] *this: */.test(yield* checker.textOf(type));
}
