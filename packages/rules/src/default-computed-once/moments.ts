/** Expressions that answer otherwise each time: the time, chance, and ids. */
import { ownNodesOf, unwrapped, type Scopes } from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

export interface Moment {
  readonly node: Node;
  readonly kind: "time" | "value";
}

/** What makes a value a fresh one, in an expression that is evaluated where it stands. */
export function momentOf(scopes: Scopes, value: Node): Moment | undefined {
  if (isFunctionLikeDeclaration(unwrapped(value))) return undefined;
  for (const node of ownNodesOf(value)) {
    const kind = kindOf(scopes, node);
    if (kind) return { node, kind };
  }
  return undefined;
}

function kindOf(scopes: Scopes, node: Node): Moment["kind"] | undefined {
  if (isNewExpression(node)) return isNow(scopes, node) ? "time" : undefined;
  if (!isCallExpression(node)) return undefined;
  const callee = unwrapped(node.expression);
  if (isIdentifier(callee)) return ID_MAKERS.test(callee.text) ? "value" : undefined;
  if (!isPropertyAccessExpression(callee) || !isIdentifier(callee.expression)) return undefined;
  const { text: owner } = callee.expression;
  const kind = MEMBERS.get(`${owner}.${callee.name.text}`);
  return owner === "crypto" || !scopes.variableOf(callee.expression) ? kind : undefined;
}

/** `new Date()` */
function isNow(scopes: Scopes, { expression, arguments: given }: NewExpression): boolean {
  if (given && given.length > 0) return false;
  return isIdentifier(expression) && expression.text === "Date" && !scopes.variableOf(expression);
}

/** Names under which packages' makers of ids are imported. */
const ID_MAKERS = /^(?:uuid(?:v?[1467])?|v[14]|uuidV4|nanoid|cuid|cuid2|ulid|createId|randomUUID|randomBytes)$/;

const MEMBERS: ReadonlyMap<string, Moment["kind"]> = new Map([
  ["Date.now", "time"],
  ["performance.now", "time"],
  ["Math.random", "value"],
  ["crypto.randomUUID", "value"],
  ["crypto.randomBytes", "value"],
]);
