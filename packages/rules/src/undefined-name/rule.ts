/** Reports names that nothing defines: evaluating one throws. */
import {
  defineRule,
  editDistance,
  flowRootOf,
  isCondition,
  isTarget,
  nodesOf,
  quoted,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { nearest } from "@review/findings";
import { SymbolFlags } from "@review/program";
import {
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  isTypeOfExpression,
  SyntaxKind,
  type CatchClause,
  type Identifier,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { declaredNames, type DeclaredName } from "./declared-names.ts";
import { declaredElsewhere, importedByOthers, reasonInPage, type Reason } from "./elsewhere.ts";
import { BUILTIN_MODULES, isOfSomeEnvironment, LANGUAGE_NAMES, namesOfShell } from "./environments.ts";
import { methodAround } from "./methods.ts";
import { isAnyModule, isModule } from "./modules.ts";
import { isPlainWrite, isSurelyOwn, isWrittenAbove, ownWrites } from "./written.ts";

const rule: Rule = defineRule({
  id: "undefined-name",
  summary: "A name is used that nothing defines, so that evaluating it throws.",
  category: "names",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Import or declare the name, or write the one that is meant.",
  listen: pass => ({
    *[SyntaxKind.SourceFile](sourceFile: SourceFile) {
      // What the compiler checks in JavaScript was asked for, and is reported by it.
      if (pass.file.isChecked && pass.file.isJavaScript) return;
      const uses = usesByName(pass, sourceFile);
      if (uses.size === 0) return;
      yield* pass.checker.expectSymbols([...uses.values()].flatMap(([first]) => first ?? []));
      for (const [name, found] of uses) yield* check(pass, name, found);
    },
  }),
});
export default rule;

/** Uses of names that no environment has, that the file neither announces nor asks about, in the order of the text. */
function usesByName(pass: Pass, sourceFile: SourceFile): ReadonlyMap<string, readonly Identifier[]> {
  const uses = new Map<string, Identifier[]>();
  const excused = announcedIn(sourceFile.text);
  for (const use of pass.scopes().globals) {
    if (excused.has(use.text) || isOthers(pass, use)) continue;
    const known = uses.get(use.text);
    const writes = known?.filter(isPlainWrite) ?? [];
    if (!isTarget(use) && isAskedAbout(use) && !isWrittenAbove(use, writes)) excused.add(use.text);
    if (known) known.push(use);
    else uses.set(use.text, [use]);
  }
  for (const name of excused) uses.delete(name);
  return uses;
}

/** What something else than the file gives a name to. */
function isOthers(pass: Pass, use: Identifier): boolean {
  return isOfSomeEnvironment(use.text) || isStore(pass, use) || isNamespace(use);
}

/** `import Signals = NodeJS.Signals` names what may be types alone, and is gone when it runs. */
function isNamespace({ parent }: Identifier): boolean {
  return parent.kind === SyntaxKind.QualifiedName || parent.kind === SyntaxKind.ImportEqualsDeclaration;
}

/** Svelte's compiler makes `$count` the value of the store `count`. */
function isStore({ file }: Pass, { text }: Identifier): boolean {
  return text.startsWith("$") && /\.svelte\.[jt]s$/.test(file.path);
}

/** Comments that announce globals to other linters: `global a, b:writable`, `exported c`. */
function announcedIn(text: string): Set<string> {
  const comments = [...text.matchAll(/\/\*\s*(?:globals?|exported)\s([\s\S]*?)\*\//g)];
  const names = comments.flatMap(([, listed = ""]) => listed.split(/[\s,]+/).map(name => name.replace(/:.*/, "")));
  return new Set([...names, ...namesOfShell(text)]);
}

/** Code that tests whether there is such a name, or catches that there is none, knows about it. */
function isAskedAbout(use: Identifier): boolean {
  if (isTypeOfExpression(wrapped(use).parent) || isCondition(use) || isOptional(use)) return true;
  for (let at: Node = use; at.parent; at = at.parent) {
    if (isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause) {
      return at.parent.tryBlock.statements.length <= MOST_IN_PROBE && !isThrownOn(at.parent.catchClause);
    }
  }
  return false;
}

/** `catch (error) { close(); throw error; }` cleans up, and copes with nothing. */
function isThrownOn({ variableDeclaration, block }: CatchClause): boolean {
  const last = block.statements.at(-1);
  const name = variableDeclaration?.name;
  if (!last || !isThrowStatement(last) || !name || !isIdentifier(name)) return false;
  if (!isIdentifier(last.expression) || last.expression.text !== name.text) return false;
  for (const node of nodesOf(block)) if (isReturnStatement(node)) return false;
  return true;
}

/** `config?.host` */
function isOptional({ parent }: Identifier): boolean {
  return isPropertyAccessExpression(parent) && parent.questionDotToken !== undefined;
}

/** Statements of a `try` that may be there for one name alone. */
const MOST_IN_PROBE = 3;

function* check(pass: Pass, name: string, uses: readonly Identifier[]): Ask<void> {
  const [use] = uses;
  if (!use) return;
  const { checker, file } = pass;
  if (yield* isDefined(checker, use)) return;
  if (uses.some(each => isTarget(each))) {
    if (!file.isChecked) checkWritten(pass, uses);
    return;
  }
  const reason = reasonFor(pass, name, uses);
  if (!reason || pass.isPageGlobal(name) || pass.isSharedName(name)) return;
  const more = uses.length - 1;
  const often = more === 0 ? "" : ` and ${String(more)} more time${more === 1 ? "" : "s"}`;
  pass.report(use, {
    message: `${quoted(use, file.sourceFile)} is defined nowhere, and used here${often}: evaluating it throws.`,
    evidence: [{ at: reason.at ?? use, message: reason.message }],
    fixes: fixesFor(use, reason),
  });
}

function fixesFor(at: Identifier, { meant }: Reason): readonly ReportedFix[] {
  return meant === undefined
    ? []
    : [{ title: `Write \`${meant}\``, safety: "suggested", edits: [{ at, text: meant }] }];
}

/** In `{ name }` the compiler takes the name for that of the member. */
function* isDefined(checker: TypeChecker, use: Identifier): Ask<boolean> {
  const isShorthand = use.parent.kind === SyntaxKind.ShorthandPropertyAssignment;
  const symbol = isShorthand
    ? yield* checker.resolveName(use.text, SymbolFlags.Value, use)
    : yield* checker.symbolOf(use);
  return symbol !== undefined;
}

/**
 * Sloppy code makes a global of a name that it assigns, which all calls then share; strict code throws. Where several
 * functions use one value, or a script does, the global may be wanted, unless something says otherwise.
 */
function checkWritten(pass: Pass, uses: readonly Identifier[]): void {
  if (pass.file.isTest) return;
  for (const written of ownWrites(pass, uses)) {
    const meant = uses.length === 1 ? slipOf(pass, written) : undefined;
    const isAccident = meant !== undefined || isSurelyOwn(pass, written, uses);
    // Asked last: the first answer takes a look at all files of the project.
    if (isAccident && !pass.isPageGlobal(written.text)) reportWritten(pass, written, meant);
  }
}

function reportWritten(pass: Pass, written: Identifier, meant: Reason | undefined): void {
  const reason = meant ?? { at: written, message: "No `let`, `const`, `var` or parameter has this name." };
  pass.report(written, {
    message: `${quoted(written, pass.file.sourceFile)} is declared nowhere: assigning it makes a global that all calls share, or throws.`,
    evidence: [{ at: reason.at ?? written, message: reason.message }],
    fixes: fixesFor(written, reason),
  });
}

function slipOf(pass: Pass, use: Identifier): Reason | undefined {
  const near = nearbyName(use.text, use, declaredNames(pass.scopes(), pass.file.sourceFile));
  return near && slipFor(near);
}

/** `path.join(…)` */
function isModuleOfNode(use: Identifier): boolean {
  return isPropertyAccessExpression(use.parent) && use.parent.expression === use && BUILTIN_MODULES.has(use.text);
}

/** Scripts of a page share names that no file declares, so that a name is not enough: something has to say that it is a slip. */
function reasonFor(pass: Pass, name: string, uses: readonly Identifier[]): Reason | undefined {
  const [use] = uses;
  if (!use) return undefined;
  const declared = declaredNames(pass.scopes(), pass.file.sourceFile);
  const near = nearbyName(name, use, declared);
  // What tests use again and again is a global that their runner or a helper makes.
  if (near) return uses.length > 1 && pass.file.isTest ? undefined : slipFor(near);
  const builtin = pass.file.isTest ? undefined : builtinNear(name);
  if (builtin) return builtin;
  // What no file declares in TypeScript is a global that a page or a build makes: only a slip is surely none.
  if (pass.file.isChecked) return undefined;
  if (isModuleOfNode(use)) return { message: `\`${name}\` is a module of Node that the file does not import.` };
  return (isAnyModule(pass) ? methodAround(use) : undefined) ?? reasonByPlace(pass, name, declared);
}

function reasonByPlace(pass: Pass, name: string, declared: readonly DeclaredName[]): Reason | undefined {
  if (isModule(pass)) return reasonInModule(pass, name, declared);
  return (isAnyModule(pass) && reasonInPage(pass, name, declared)) || reasonInScript(pass, name, declared);
}

/** A name that a script gives both to locals and to a member is hardly that of another script's global. */
function reasonInScript(pass: Pass, name: string, declared: readonly DeclaredName[]): Reason | undefined {
  const isLocal = declared.some(each => each.name === name && each.at.getSourceFile() !== flowRootOf(each.at));
  const member = isLocal && !pass.file.isTest ? memberNamed(name, pass.file.sourceFile) : undefined;
  const object = member && isPropertyAccessExpression(member) ? member.expression : undefined;
  if (!object || object.kind === SyntaxKind.ThisKeyword || pass.scopes().variableOf(object) === undefined)
    return undefined;
  return member && { at: member, message: `This makes \`${name}\` a member, which needs its object.` };
}

function slipFor({ name, at }: DeclaredName): Reason {
  return { at, message: `\`${name}\` is declared here.`, meant: name };
}

function reasonInModule(pass: Pass, name: string, declared: readonly DeclaredName[]): Reason | undefined {
  const elsewhere = declared.find(each => each.name === name);
  if (elsewhere) return declaredElsewhere(elsewhere);
  const member = memberNamed(name, pass.file.sourceFile);
  if (member) return { at: member, message: `This makes \`${name}\` a member, which needs its object.` };
  const imported = importedByOthers(pass, name);
  if (imported || !isPlainName(name)) return imported;
  return { message: "The file is a module, so that nothing else declares names for it." };
}

/** The name of the language that a longer name nearly is. */
function builtinNear(name: string): Reason | undefined {
  if (name.length < 4) return undefined;
  const isNear = (each: string): boolean =>
    each.length > 4 && each.toLowerCase() !== name.toLowerCase() && editDistance(name, each, 1) <= 1;
  const meant = LANGUAGE_NAMES.find(isNear);
  return meant === undefined ? undefined : { message: `\`${meant}\` is a name of the language.`, meant };
}

/** `usr` for the `user` of the same function: a short name lacks a letter. */
function shortened(name: string, use: Identifier, declared: readonly DeclaredName[]): DeclaredName | undefined {
  const isMeant = (each: DeclaredName): boolean =>
    each.name.length === 4 && flowRootOf(each.at) === flowRootOf(use) && editDistance(name, each.name, 1) <= 1;
  return name.length === 3 ? declared.find(isMeant) : undefined;
}

/** A name that is in scope, one slip or a different case away; short names are too near to one another to tell. */
function nearbyName(name: string, use: Identifier, declared: readonly DeclaredName[]): DeclaredName | undefined {
  if (name.length < 4) return shortened(name, use, declared);
  // A class and a value of it differ by their first letter alone.
  const lower = name.toLowerCase();
  const visible = declared.filter(
    each => each.name.length > 3 && each.name.toLowerCase() !== lower && each.isVisibleAt(use),
  );
  const meant = nearest(
    name,
    visible.map(each => each.name),
  );
  const found = visible.find(each => each.name === meant);
  return found && Math.abs(found.name.length - name.length) <= 2 ? found : undefined;
}

/** Names that a build replaces are written in capitals or between underscores. */
function isPlainName(name: string): boolean {
  return name.length > 1 && !/^[A-Z0-9_$]+$/.test(name) && !/^[_$]/.test(name);
}

/** Where a member of this name is set: `exports.name = …`, `this.name = …`. */
function memberNamed(name: string, sourceFile: SourceFile): Node | undefined {
  for (const node of nodesOf(sourceFile)) {
    if (isPropertyAccessExpression(node) && node.name.text === name && isTarget(node)) return node;
  }
  return undefined;
}
