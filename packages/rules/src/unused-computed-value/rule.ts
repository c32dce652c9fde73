/** Reports what is given or computed and never read, while that which it comes from is used in its place. */
import {
  canReach,
  defineRule,
  flowRootOf,
  isNullish,
  isUncertain,
  meaningOf,
  quoted,
  type Ask,
  type Pass,
  type Rule,
  type Variable,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isVariableStatement,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type ForInStatement,
  type ForOfStatement,
  type Identifier,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import { onlyComputes, originsOf } from "./computed.ts";
import { usedWithoutDefault, type Defaulted } from "./defaulted.ts";
import { checkCallback, checkLoop } from "./elements.ts";
import { isAwaitedInstead, keepsKind } from "./kinds.ts";
import { memberInstead } from "./members.ts";
import { aliasForNothing, refinedForNothing } from "./refined.ts";
import { putInRaw } from "./texts.ts";
import { twinWithSource } from "./twins.ts";

const rule: Rule = defineRule({
  id: "unused-computed-value",
  summary: "A value, or the element of a loop, is never read, while that which it comes from is used where it belongs.",
  category: "names",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Use the computed value, or take the computation away.",
  listen: pass => ({
    [SyntaxKind.ForInStatement]: (loop: ForInStatement) => checkLoop(pass, loop),
    [SyntaxKind.ForOfStatement]: (loop: ForOfStatement) => checkLoop(pass, loop),
    [SyntaxKind.CallExpression]: (call: CallExpression) => checkCallback(pass, call),
    *[SyntaxKind.BinaryExpression]({ left, operatorToken, parent, right }: BinaryExpression) {
      const isSet = operatorToken.kind === SyntaxKind.EqualsToken && isExpressionStatement(parent);
      if (isSet && isIdentifier(left) && !pass.file.isTest) yield* checkDefaulted(pass, left, right);
    },
    *[SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      const { name, initializer } = declaration;
      if (!initializer || !isIdentifier(name) || pass.file.isTest) return;
      yield* checkDefaulted(pass, name, initializer);
      checkTwin(pass, name, initializer);
      yield* checkRefined(pass, name);
      const unread = unreadLocal(pass, declaration, name);
      if (!unread) return;
      for (const origin of originsOf(initializer)) {
        const use = yield* useInstead(pass, name, initializer, origin);
        if (!use) continue;
        const isTelling = isNamedAfter(name.text, origin.text) || keepsKind(initializer, origin.text);
        if (!isAwaitedInstead(initializer, use) && !(yield* onlyComputes(pass, initializer, isTelling))) return;
        report(pass, name, origin, use);
        return;
      }
      const member = yield* memberInstead(pass, name, initializer);
      if (member) report(pass, name, member.origin, member.use);
    },
  }),
});
export default rule;

function* checkDefaulted(pass: Pass, name: Identifier, value: Expression): Ask<void> {
  const found = usedWithoutDefault(pass, name, value) ?? (yield* rawText(pass, name, value));
  if (!found) return;
  const { given, use } = found;
  const text = quoted(given, pass.file.sourceFile);
  pass.report(use, {
    message: `${text} is used here as it was given, without the default that \`${name.text}\` has.`,
    evidence: [{ at: given, message: `\`${name.text}\` is ${text}, or its default.` }],
    repair: `Use \`${name.text}\` here as well.`,
  });
}

/** What the type says may be missing is reported by `undefined-in-text`. */
function* rawText(pass: Pass, name: Identifier, value: Expression): Ask<Defaulted | undefined> {
  const found = putInRaw(pass, name, value);
  const parts = found ? yield* pass.checker.partsOf(yield* pass.checker.typeOf(found.given)) : [];
  return parts.some(isNullish) ? undefined : found;
}

function checkTwin(pass: Pass, name: Identifier, value: Expression): void {
  const found = twinWithSource(pass, name, value);
  if (!found) return;
  const { source, use, other } = found;
  pass.report(use, {
    message: `\`${use.text}\` is used here, where an otherwise equal call takes \`${name.text}\`, which is made of it.`,
    evidence: [
      { at: source, message: `\`${name.text}\` is made of this.` },
      { at: other, message: `This call takes \`${name.text}\`.` },
    ],
    repair: `Use \`${name.text}\` here as well.`,
  });
}

function* checkRefined(pass: Pass, name: Identifier): Ask<void> {
  const last = refinedForNothing(pass, name);
  if (last) {
    pass.report(last.left, {
      message: `\`${name.text}\` is worked out step by step, and nothing takes what comes out.`,
      evidence: [
        { at: name, message: "Nothing reads it but what gives it the next value." },
        { at: last, message: "This is its last value." },
      ],
    });
    return;
  }
  const alias = yield* aliasForNothing(pass, name);
  if (!alias) return;
  const { source, assignment, use } = alias;
  pass.report(assignment.left, {
    message: `\`${name.text}\` gets ${quoted(assignment.right, pass.file.sourceFile)}, which nothing reads, while \`${source.text}\`, which it was, is used after it.`,
    evidence: [
      { at: source, message: `\`${name.text}\` starts as another name of this.` },
      { at: use, message: `Here \`${source.text}\` is used, as it was given.` },
    ],
  });
}

/** A local that nothing reads, by its name on purpose or not. */
function unreadLocal(pass: Pass, { parent }: VariableDeclaration, name: Identifier): Variable | undefined {
  if (name.text.startsWith("_") || !isVariableStatement(parent.parent)) return undefined;
  const variable = pass.scopes().variableOf(name);
  if (!variable || variable.references.length > 0 || variable.declarations.length > 1) return undefined;
  const { isExported, isExposed, root, kind } = variable;
  // At the top level the value may be there for whoever looks at the file.
  return isExported || isExposed || kind === "using" || root.kind === SyntaxKind.SourceFile ? undefined : variable;
}

/** `normalizedPath` is named after `path`. */
function isNamedAfter(name: string, origin: string): boolean {
  const words = meaningOf(name);
  return meaningOf(origin).every(word => words.includes(word));
}

/** A read of the origin behind the computation, of the same type, where the computed value could stand. */
function* useInstead(pass: Pass, name: Identifier, value: Expression, origin: Identifier): Ask<Identifier | undefined> {
  const source = pass.scopes().variableOf(origin);
  if (!source || source.isExposed || source.kind === "import" || source.kind === "function") return undefined;
  const later = source.references.filter(({ node }) => node.pos > name.parent.end);
  if (later.length === 0 || later.some(({ isWritten }) => isWritten)) return undefined;
  const uses = later.map(({ node }) => node);
  const awaited = uses.filter(node => isAwaitedInstead(value, node));
  if (awaited.length > 0) return yield* reachedFrom(pass, name, awaited);
  return (yield* couldStandFor(pass, name, value, origin)) ? yield* reachedFrom(pass, name, uses) : undefined;
}

function* couldStandFor(
  { checker, file }: Pass,
  name: Identifier,
  value: Expression,
  origin: Identifier,
): Ask<boolean> {
  const ours = yield* checker.typeOf(name);
  const theirs = yield* checker.typeOf(origin);
  if (!isUncertain(ours) && !isUncertain(theirs)) return yield* checker.isAssignable(ours, theirs);
  if (!file.isJavaScript) return false;
  if (isUncertain(ours)) return isUncertain(theirs) && keepsKind(value, origin.text);
  return yield* isTakenAsSuch(checker, ours, origin);
}

/** `normalize(requested)`, which asks for what it gives: so that is what the argument has to be. */
function* isTakenAsSuch(checker: Pass["checker"], ours: Type, origin: Identifier): Ask<boolean> {
  const call = origin.parent;
  const index = isCallExpression(call) ? call.arguments.findIndex(each => each === origin) : -1;
  const signature = isCallExpression(call) && index >= 0 ? yield* checker.signatureOf(call) : undefined;
  if (!signature) return false;
  const asked = yield* checker.parameterTypeOf(signature, index);
  return (
    !isUncertain(asked) && (yield* checker.isAssignable(ours, asked)) && (yield* checker.isAssignable(asked, ours))
  );
}

/** The first of the uses in the same function, and in the scope of the local, that can come after the computation. */
function* reachedFrom(pass: Pass, name: Identifier, uses: readonly Identifier[]): Ask<Identifier | undefined> {
  const root = flowRootOf(name);
  const graph = yield* pass.flow(root);
  const bind = graph?.stepsOf(name).find(({ kind }) => kind === "bind");
  const scope = name.parent.parent.parent.parent;
  if (!graph || !bind) return undefined;
  return uses.find(use => {
    if (flowRootOf(use) !== root || use.end > scope.end) return false;
    return graph.stepsOf(use).some(step => step.kind === "read" && canReach(graph, bind, step));
  });
}

function report(pass: Pass, name: Identifier, origin: Node, use: Node): void {
  const source = quoted(origin, pass.file.sourceFile);
  pass.report(name, {
    message: `\`${name.text}\` is computed out of ${source} and never read, while ${source} itself is used after it.`,
    evidence: [
      { at: origin, message: `\`${name.text}\` is made of this.` },
      { at: use, message: `Here ${quoted(use, pass.file.sourceFile)} is used instead.` },
    ],
  });
}
