/** What the compiler says of TypeScript, where it is a slip beyond doubt: a build may not ask the compiler at all. */
import {
  asMethodCall,
  hasLostBase,
  isUncertain,
  wrapped,
  type Ask,
  type FileDiagnostic,
  type Pass,
} from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isClassLikeDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  SyntaxKind,
  type Expression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** TypeScript's: no such member but one like it, no such key but one like it, no such member. */
export const TYPED_CODES: ReadonlySet<number> = new Set([2551, 2561, 2339]);

export interface TypedSlip {
  readonly at: Node;
  readonly meant: string;
  readonly message: string;
}

/** A key or a member whose name is one slip away from one that the type has. */
export function slipIn(
  { code, text, node }: FileDiagnostic,
  isSlip: (name: string, meant: string) => boolean,
): TypedSlip | undefined {
  const [, meant] = /Did you mean (?:to write )?'([^']+)'/.exec(text) ?? [];
  const name = node.getText();
  if (meant === undefined || !isSlip(name, meant) || !areLike(name, meant)) return undefined;
  const { parent } = node;
  const isKey = (isPropertyAssignment(parent) || isShorthandPropertyAssignment(parent)) && parent.name === node;
  if (code === 2561 && isKey) {
    return { at: node, meant, message: `Nothing looks at \`${name}\`: the object is to have \`${meant}\`.` };
  }
  if (code !== 2551 || !isPropertyAccessExpression(parent) || parent.name !== node) return undefined;
  return { at: node, meant, message: `The type has no member \`${name}\`; it has \`${meant}\`.` };
}

/** `this.setState` in a class that extends what the compiler does not find, and `view.setState` of such a class. */
export function* isOfLostBase({ checker }: Pass, { node: { parent } }: FileDiagnostic): Ask<boolean> {
  if (!isPropertyAccessExpression(parent)) return false;
  if (parent.expression.kind !== SyntaxKind.ThisKeyword) {
    return yield* hasLostBase(checker, yield* checker.typeOf(parent.expression));
  }
  let at: Node | undefined = parent;
  while (at && !isClassLikeDeclaration(at)) at = at.parent;
  const extended = at?.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword);
  const [base] = (extended?.types ?? []) as readonly (Node & { readonly expression?: Expression })[];
  if (base?.expression === undefined) return false;
  return (
    isUncertain(yield* checker.typeOf(base.expression)) || (yield* hasLostBase(checker, yield* checker.typeOf(base)))
  );
}

/**
 * Hardly anybody mistypes the first letter: `lock` and `block` are two names. And `_read` and `_writev` are what a class
 * is to have, and `read` and `_write` what its base has, which may not be known.
 */
function areLike(name: string, meant: string): boolean {
  const startsAlike = name.charAt(0).toLowerCase() === meant.charAt(0).toLowerCase();
  return startsAlike && ![name, meant].some(isInternal);
}

function isInternal(name: string): boolean {
  return /^[_$]/.test(name);
}

export interface WrongThis {
  readonly access: PropertyAccessExpression;
  /** The object whose listener the arrow function is. */
  readonly object: Expression;
}

/** `reader.addEventListener("load", () => use(this.result))`: an arrow function has the `this` of around it. */
export function* wrongThisIn(pass: Pass, { node }: FileDiagnostic): Ask<WrongThis | undefined> {
  const access = node.parent;
  if (!isPropertyAccessExpression(access) || access.name !== node) return undefined;
  if (access.expression.kind !== SyntaxKind.ThisKeyword) return undefined;
  for (let at: Node = access; at.parent; at = at.parent) {
    if (!isArrowFunction(at)) continue;
    const call = wrapped(at).parent;
    const method = isCallExpression(call) && call.expression !== at ? asMethodCall(call) : undefined;
    if (!method) continue;
    const owner = yield* pass.checker.typeOf(method.object);
    if (!isUncertain(owner) && (yield* pass.checker.propertyOf(owner, access.name.text))) {
      return { access, object: method.object };
    }
  }
  return undefined;
}
