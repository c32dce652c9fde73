/** Reports a shared default that a function changes as if it were its own object. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  isGlobal,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
  type ParameterDeclaration,
  type PropertyDeclaration,
  type VariableDeclaration,
} from "@review/program/syntax";
import { changeAt, changesThrough, isTakenForNew, type Change } from "./changes.ts";
import { callersArray } from "./callers.ts";
import { changedField, changedPrototype } from "./fields.ts";
import { hasInnerObject, mayBeShared, sharedOf, type Shared } from "./defaults.ts";
import { originOf, type Origin } from "./names.ts";

const rule: Rule = defineRule({
  id: "mutated-shared-default",
  summary: "A default that all calls share is changed by a function that takes it for an object of its own.",
  category: "assignments",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair:
    "Make a new object first: `{ ...DEFAULTS, ...options }`, `[...DEFAULTS.list]`, or `structuredClone(DEFAULTS)`.",
  listen: pass => ({
    [SyntaxKind.VariableDeclaration]: (declaration: VariableDeclaration) =>
      declaration.initializer ? checkName(pass, declaration, declaration.initializer, "variable") : undefined,
    [SyntaxKind.Parameter]: (parameter: ParameterDeclaration) =>
      parameter.initializer ? checkName(pass, parameter, parameter.initializer, "parameter") : undefined,
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const name = asMethodCall(call)?.name;
      if (name === "assign") yield* checkAssign(pass, call);
      else if (name !== undefined) yield* checkInner(pass, call);
      if (name === "sort" || name === "reverse") yield* checkCaller(pass, call);
    },
    *[SyntaxKind.PropertyDeclaration](field: PropertyDeclaration) {
      if (field.initializer) yield* checkField(pass, field, field.initializer);
    },
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind !== SyntaxKind.EqualsToken || !isPropertyAccessExpression(node.left)) return;
      yield* checkField(pass, node.left, node.right);
      const changed = changedPrototype(node);
      if (changed) report(pass, changed.at, changed.shared, changed.evidence);
    },
  }),
});
export default rule;

type Named = VariableDeclaration | ParameterDeclaration;

function* checkName(pass: Pass, { name }: Named, value: Expression, kind: "variable" | "parameter"): Ask<void> {
  if (!isIdentifier(name) || !enclosingFunction(name)) return;
  const variable = pass.scopes().variableOf(name);
  // A name that is written again may stand for a copy by then.
  const isSteady = variable && !variable.isExposed && !variable.references.some(({ isWritten }) => isWritten);
  const changes = isSteady ? changesThrough(variable) : [];
  if (changes.length === 0) return;
  const origin = yield* originOf(pass, value, kind);
  if (!origin) return;
  for (const change of changes) {
    if (!reachesShared(origin, change, changes)) continue;
    report(pass, change.at, origin.shared, [{ at: origin.at, message: REASONS[origin.kind] }]);
    return;
  }
}

const REASONS = {
  fallback: "The shared object itself is used where the caller gives none.",
  alias: "This is another name for the shared object, not a copy.",
  copy: "The copy is shallow: what its members hold is still shared.",
} as const;

/** Whether a change through the name meets an object that others see. */
function reachesShared({ kind, shared, own }: Origin, { inner }: Change, changes: readonly Change[]): boolean {
  if (kind === "fallback") return true;
  if (kind === "alias") return shared.isDefault;
  if (inner === undefined || own.has(inner) || !hasInnerObject(shared, inner)) return false;
  // A member that gets a new value is no longer shared.
  return !changes.some(
    each => isPropertyAccessExpression(each.at) && each.at.name.text === inner && each.inner === undefined,
  );
}

/** `const options = Object.assign(DEFAULTS, given)`. */
function* checkAssign(pass: Pass, call: CallExpression): Ask<void> {
  const [target] = call.arguments;
  const method = asMethodCall(call);
  if (!target || !method || call.arguments.length < 2 || !mayBeShared(target) || !isTakenForNew(call)) return;
  if (!enclosingFunction(call) || !(yield* isGlobal(pass.checker, method.object, "Object"))) return;
  const shared = yield* sharedOf(pass.checker, target);
  if (!shared) return;
  report(pass, call, shared, [
    { at: target, message: "`Object.assign` writes into its first argument and returns it." },
  ]);
}

/** `DEFAULTS.list.push(x)` in a function that has another purpose. */
function* checkInner(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const inner = method && unwrapped(method.object);
  if (!inner || !isPropertyAccessExpression(inner)) return;
  const outer = unwrapped(inner.expression);
  if (!isIdentifier(outer) || !/default/i.test(outer.text) || changeAt(outer)?.at !== call) return;
  const owner = enclosingFunction(call);
  if (!owner || /default|register|configure|install|^(?:set|add|use)/i.test(nameOf(owner))) return;
  const shared = yield* sharedOf(pass.checker, outer);
  if (!shared || !hasInnerObject(shared, inner.name.text)) return;
  report(pass, call, shared, []);
}

function* checkField(pass: Pass, target: Node, value: Expression): Ask<void> {
  const changed = yield* changedField(pass, target, value);
  if (changed) report(pass, changed.at, changed.shared, changed.evidence);
}

/** `function ranked(scores) { return scores.sort(…); }` */
function* checkCaller(pass: Pass, call: CallExpression): Ask<void> {
  const parameter = yield* callersArray(pass, call);
  const [declared] = parameter?.declarations ?? [];
  if (!parameter || !declared) return;
  const code = quoted(call, pass.file.sourceFile);
  pass.report(call, {
    message: `${code} changes the caller's array \`${parameter.name}\`, and gives the result as if it were a new one.`,
    evidence: [{ at: declared, message: "The caller has the same array." }],
    repair: "Copy the array first, `[...list].sort()`, or use `toSorted` and `toReversed`.",
  });
}

function nameOf(fn: Node): string {
  const { name } = fn as Node & { readonly name?: Node };
  return name?.getText() ?? fn.parent.getText().slice(0, 40);
}

function report(
  pass: Pass,
  at: Node,
  shared: Pick<Shared, "name">,
  evidence: readonly { readonly at: Node; readonly message: string }[],
): void {
  const name = quoted(shared.name, shared.name.getSourceFile());
  pass.report(at, {
    message: `${quoted(at, pass.file.sourceFile)} changes ${name}, which is made once and shared: every later use sees the change.`,
    evidence: [{ at: shared.name, message: "It is made once, when the module is loaded." }, ...evidence],
  });
}
