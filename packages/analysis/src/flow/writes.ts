/** Which places a step writes, or may write without naming them. */
import { isCallExpression, isDeleteExpression, isIdentifier, isNewExpression, type Node } from "@review/program/syntax";
import { GLOBAL_OBJECTS, memberName } from "../helpers/names.ts";
import { isAccess, unwrapped } from "../helpers/nodes.ts";
import type { Step } from "./graph.ts";
import type { Scopes } from "./scope.ts";
import { COMPUTED, stablePathOf, type StablePath } from "./stable-paths.ts";

export interface Written {
  /** The place that gets a value; undefined where it has no key, or loses its value. */
  readonly path: StablePath | undefined;
  /** Whether what was known of a place may no longer be true. */
  invalidates(path: StablePath): boolean;
}

/** What a step writes by name; undefined for steps that write nothing. */
export function writtenBy(scopes: Scopes, { kind, node }: Step): Written | undefined {
  if (kind === "bind" || kind === "write") {
    const variable = scopes.variableOf(node);
    if (!variable) return undefined;
    return { path: stablePathOf(scopes, node), invalidates: ({ variables }) => variables.includes(variable) };
  }
  if (kind !== "set" && kind !== "delete") return undefined;
  const target = unwrapped(isDeleteExpression(node) ? node.expression : node);
  const path = stablePathOf(scopes, target);
  const name = path?.members.at(-1) ?? nameOf(target);
  return {
    path: kind === "set" ? path : undefined,
    invalidates: ({ members }) =>
      members.length > 0 && (name === COMPUTED || members.includes(name) || members.includes(COMPUTED)),
  };
}

/** Another object may be the same one, so that only the member's name counts. */
function nameOf(target: Node): string {
  return memberName(target) ?? COMPUTED;
}

/** Whether other code runs within a step, and may write what it can reach. */
export function mayWriteElsewhere({ kind, node, suspends }: Step): boolean {
  if (suspends || kind === "advance" || kind === "close" || kind === "dispose") return true;
  return kind === "call" && !isHarmlessCall(node);
}

/** Whether a call writes nothing that anybody follows: one of the language, and of what logs. */
export function isHarmlessCall(node: Node): boolean {
  if (isNewExpression(node)) {
    return (
      isIdentifier(node.expression) && /^(?:Map|Set|WeakMap|WeakSet|Date|URL|\w*Error)$/.test(node.expression.text)
    );
  }
  if (!isCallExpression(node)) return false;
  const callee = unwrapped(node.expression);
  if (isIdentifier(callee)) return HARMLESS_FUNCTIONS.has(callee.text);
  const method = memberName(callee);
  if (!isAccess(callee) || method === undefined) return false;
  const object = unwrapped(callee.expression);
  const owner = isIdentifier(object) ? object.text : (memberName(object) ?? "");
  return HARMLESS_OWNERS.test(owner) || GLOBAL_OBJECTS.has(owner) || HARMLESS_METHODS.has(method);
}

const HARMLESS_OWNERS: RegExp = /^(?:console|log|logger|debug|Math|JSON|Object|Array|Number|String|path)$/i;

const HARMLESS_FUNCTIONS: ReadonlySet<string> = new Set(
  "String Number Boolean parseInt parseFloat isNaN isFinite log debug warn t require clearTimeout".split(" "),
);

const HARMLESS_METHODS: ReadonlySet<string> = new Set(
  (
    "push unshift concat slice join indexOf includes startsWith endsWith trim split toLowerCase toUpperCase toString " +
    "hasOwnProperty charAt charCodeAt substring substr match test warn info error log debug getTime padStart padEnd"
  ).split(" "),
);
