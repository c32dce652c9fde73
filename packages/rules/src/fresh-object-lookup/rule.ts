/** Reports a lookup by identity of an object that was made for the lookup. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  enclosingFunction,
  fixedLocalOf,
  freshKindOf,
  isLoop,
  keepsNothing,
  mayBeFresh,
  quoted,
  scopeOf,
  unwrapped,
  usesOf,
  type Ask,
  type FixedLocal,
  type Pass,
  type Rule,
} from "@review/analysis";
import { isIdentifier, SyntaxKind, type CallExpression, type Node } from "@review/program/syntax";
import { isLookup, LOOKUPS } from "./tables.ts";

const rule: Rule = defineRule({
  id: "fresh-object-lookup",
  summary: "An object that was made on the spot is looked up in a collection that compares by identity.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Look up something that is compared by value (a string or number made from the object's fields), keep the object that was stored, or search with `some`, `find` or `findIndex`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const effect = method && LOOKUPS.get(method.name);
      const key = call.arguments[0];
      if (!method || !effect || !key || !(mayBeFresh(key) || isIdentifier(unwrapped(key)))) return;
      const builtin = yield* builtinOf(pass.checker, method.object);
      if (!isLookup(builtin, method.name)) return;
      const fresh = yield* freshValueOf(pass, key, call);
      if (!fresh) return;
      const { sourceFile } = pass.file;
      const subject = fresh.value === key ? "its argument" : quoted(key, sourceFile);
      pass.report(key, {
        message: `${quoted(call.expression, sourceFile)} ${effect} here: ${subject} is a new ${fresh.kind}, and objects are compared by identity.`,
        evidence: [
          { at: fresh.value, message: `This makes a new ${fresh.kind}.` },
          { at: method.object, message: `This is a \`${String(builtin)}\`.` },
        ],
      });
    },
  }),
});
export default rule;

interface Fresh {
  readonly value: Node;
  readonly kind: string;
}

/** The new object that a lookup's argument is, directly or through one local that nothing has stored before. */
function* freshValueOf(pass: Pass, key: Node, lookup: CallExpression): Ask<Fresh | undefined> {
  if (mayBeFresh(key)) {
    const kind = yield* freshKindOf(pass.checker, key);
    return kind === undefined ? undefined : { value: key, kind };
  }
  const local = yield* fixedLocalOf(pass.checker, key);
  if (!local || !mayBeFresh(local.value)) return undefined;
  const methodsAreHarmless = (yield* builtinOf(pass.checker, key)) !== undefined;
  if (mayBeStoredBefore(local, unwrapped(key), lookup, methodsAreHarmless)) return undefined;
  const kind = yield* freshKindOf(pass.checker, local.value);
  return kind === undefined ? undefined : { value: local.value, kind };
}

/**
 * Whether a use of the local may have put it into the collection before the lookup. The order of the text decides
 * where the lookup runs once for each run of the declaration; in a loop or another function any use may come first.
 */
function mayBeStoredBefore({ declaration }: FixedLocal, key: Node, lookup: Node, methodsAreHarmless: boolean): boolean {
  const runsOnce = runsOncePer(declaration, lookup);
  const owner = enclosingFunction(declaration);
  return usesOf(scopeOf(declaration), declaration.name.text).some(use => {
    if (use === key || keepsNothing(use, methodsAreHarmless)) return false;
    return !runsOnce || use.pos < key.pos || enclosingFunction(use) !== owner;
  });
}

function runsOncePer(declaration: Node, lookup: Node): boolean {
  const scope = new Set<Node>();
  for (let at = declaration; at; at = at.parent) scope.add(at);
  let at = lookup;
  while (!scope.has(at)) {
    if (isLoop(at)) return false;
    at = at.parent;
  }
  return enclosingFunction(declaration) === enclosingFunction(lookup);
}
