/** A member that a local is computed out of, and that is used as it was: `const email = user.email.trim(); find(user.email)`. */
import {
  asMethodCall,
  flowRootOf,
  isSameReference,
  isTarget,
  isUncertain,
  nodesOf,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type Expression,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export interface UsedMember {
  readonly origin: PropertyAccessExpression;
  readonly use: Node;
}

/** The member, if the local has its name and nothing but methods of texts stand between the two. */
export function* memberInstead(pass: Pass, name: Identifier, value: Expression): Ask<UsedMember | undefined> {
  const origin = tidiedMember(unwrapped(value));
  if (!origin || !isNamedFor(name.text, origin.name.text) || !isSteady(pass, origin)) return undefined;
  const type = yield* pass.checker.typeOf(name);
  const other = yield* pass.checker.typeOf(origin);
  if (!isUncertain(type) && !isUncertain(other)) {
    if (!(yield* pass.checker.isAssignable(type, other))) return undefined;
  } else if (!pass.file.isJavaScript) return undefined;
  const use = useBehind(name, origin);
  return use && { origin, use };
}

/** Methods that give the same text in another form, whose name no other class of the program is likely to have. */
const TIDYING: ReadonlySet<string> = new Set(
  "trim trimStart trimEnd toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase normalize replaceAll replace".split(
    " ",
  ),
);

function tidiedMember(value: Node): PropertyAccessExpression | undefined {
  const call = isCallExpression(value) ? asMethodCall(value) : undefined;
  if (!call || !TIDYING.has(call.name)) return undefined;
  const object = unwrapped(call.object);
  return isPropertyAccessExpression(object) ? object : tidiedMember(object);
}

/** `email`, `normalizedEmail` for `user.email`. */
function isNamedFor(name: string, member: string): boolean {
  return name.toLowerCase().endsWith(member.toLowerCase());
}

/** Whether the object is a name that is never given another value, and the member is not written behind the computation. */
function isSteady(pass: Pass, origin: PropertyAccessExpression): boolean {
  const object = unwrapped(origin.expression);
  const variable = isIdentifier(object) ? pass.scopes().variableOf(object) : undefined;
  return variable !== undefined && !variable.isExposed && variable.references.every(({ isWritten }) => !isWritten);
}

/** The first use of the member behind the local, in its function; undefined where anything writes the member. */
function useBehind(name: Identifier, origin: PropertyAccessExpression): Node | undefined {
  const root = flowRootOf(name);
  let scope: Node = name.parent;
  while (scope.parent && !isBlock(scope)) scope = scope.parent;
  const same = [...nodesOf(scope)].filter(
    node => node !== origin && isPropertyAccessExpression(node) && isSameReference(node, origin),
  );
  if (same.some(isTarget)) return undefined;
  return same.find(node => node.pos > name.parent.end && flowRootOf(node) === root);
}
