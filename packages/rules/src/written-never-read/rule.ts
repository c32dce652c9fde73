/** Reports a collection or object that is filled in the end for nobody: it is never read, returned or passed on. */
import {
  defineRule,
  fatesUnread,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
  type Variable,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  SyntaxKind,
  type Identifier,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import { fillsOf } from "./fills.ts";
import { isMadeHere, mayBeMadeHere } from "./values.ts";

const rule: Rule = defineRule({
  id: "written-never-read",
  summary: "A collection or object is filled and then never read, returned or passed on.",
  category: "collections",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Return, pass on or look at what was collected; if nobody needs it any more, remove it with all that fills it.",
  listen: pass => ({
    [SyntaxKind.VariableDeclaration](node: VariableDeclaration) {
      const variable = isIdentifier(node.name) ? pass.scopes().variableOf(node.name) : undefined;
      if (!variable || !isOfInterest(variable, node)) return undefined;
      return check(pass, variable, node.name as Identifier);
    },
  }),
});
export default rule;

/** Names of what is there to be kept, and not to be looked at. */
const KEEPERS: RegExp = /^_|leak|keep|kept|retain|hold|garbage|pinned|^refs?$/i;

function isOfInterest(variable: Variable, { initializer }: VariableDeclaration): boolean {
  if (variable.kind === "using" || KEEPERS.test(variable.name) || variable.references.length === 0) return false;
  return initializer ? mayBeMadeHere(initializer) : variable.references.some(({ isWritten }) => isWritten);
}

/** `typeof shape` in a type makes a use of what is filled, though none that runs. */
function isNamedInType({ file }: Pass, name: string): boolean {
  return new RegExp(`\\btypeof\\s+${name.replaceAll("$", "\\$")}\\b`).test(file.text);
}

function* check(pass: Pass, variable: Variable, name: Identifier): Ask<void> {
  const fates = fatesUnread(variable);
  if (!fates || isNamedInType(pass, variable.name)) return;
  const values: Node[] = fates.flatMap(fate => (fate.kind === "replaced" ? [fate.value] : []));
  const { initializer } = name.parent as VariableDeclaration;
  if (initializer) values.unshift(initializer);
  for (const value of values) if (!(yield* isMadeHere(pass, value))) return;
  const fills = yield* fillsOf(pass, fates);
  if (!fills || fills.length === 0 || isAmbient(name.parent)) return;
  if (pass.file.isTest && isProp(variable, values)) return;
  const { sourceFile } = pass.file;
  pass.report(name, {
    message: `${quoted(name, sourceFile)} is filled and never read, so everything that is put into it is lost.`,
    evidence: [
      ...values.slice(0, 1).map(at => ({ at, message: "This is made here, and nobody else has it." })),
      ...fills.slice(0, MOST_FILLS).map(at => ({ at, message: `${quoted(name, sourceFile)} is filled here.` })),
      ...(fills.length > MOST_FILLS
        ? [{ at: name, message: `${fills.length - MOST_FILLS} more places fill it.` }]
        : []),
    ],
  });
}

/** Places that a report lists. */
const MOST_FILLS = 4;

/** A test collects what nobody looks at in the callbacks of a mock, and changes a copy to see that it is one. */
function isProp({ references, root }: Variable, values: readonly Node[]): boolean {
  return references.every(use => use.root !== root) || values.some(value => isCallExpression(unwrapped(value)));
}

function isAmbient(declaration: Node): boolean {
  const { modifiers } = declaration.parent.parent as Node & { modifiers?: readonly Node[] };
  return modifiers?.some(({ kind }) => kind === SyntaxKind.DeclareKeyword) ?? false;
}
