/** Reports `"Hello ${name}"`: a placeholder in text between quotes, where it stays as it is; and slips in templates. */
import {
  asMethodCall,
  defineRule,
  EQUALITIES,
  nodesOf,
  quoted,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isConstructorDeclaration,
  isExpressionStatement,
  isJsxAttribute,
  isPropertyAccessExpression,
  isPropertyAssignment,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type NoSubstitutionTemplateLiteral,
  type StringLiteral,
  type TaggedTemplateExpression,
  type TemplateExpression,
} from "@review/program/syntax";
import { checkClauses } from "./clauses.ts";
import { isFilledIn } from "./filled.ts";
import { calculationIn, placeholdersIn, type Placeholder } from "./placeholders.ts";
import { checkSlashes, checkSum } from "./slashes.ts";
import { checkOpening, checkTemplate } from "./slips.ts";
import { checkStyles } from "./styles.ts";

const rule: Rule = defineRule({
  id: "template-in-plain-string",
  summary:
    "Text between quotes holds `${…}` with a name that is in scope, or a template's text opens, closes or doubles what it should not.",
  category: "text",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the text between backticks.",
  listen: pass => ({
    *[SyntaxKind.StringLiteral](node: StringLiteral) {
      // Cheap, and no for almost every text.
      if (!node.text.includes("${") || !isPlainText(node) || isTemplateText(node) || isTitle(node, pass)) return;
      const calculation = calculationIn(node.text);
      if (calculation !== undefined) report(pass, node, calculation, "The placeholder is a calculation.");
      const placeholders = placeholdersIn(node.text);
      if (!placeholders) return;
      if (isFilledIn(node, placeholders) || placeholders.some(({ root }) => isOfEnvironment(pass, root))) return;
      // `${Math.round(share)}`: what the language has is no evidence alone.
      const own = placeholders.filter(({ root }) => !GLOBALS.has(root));
      for (const placeholder of own) if (!(yield* isInScope(pass, node, placeholder))) return;
      if (own.length === 0) return;
      report(pass, node, (placeholders[0] as Placeholder).code, "Every name in its placeholders is in scope here.");
    },
    [SyntaxKind.NoSubstitutionTemplateLiteral]: (node: NoSubstitutionTemplateLiteral) => checkOpening(pass, node),
    *[SyntaxKind.TemplateExpression](node: TemplateExpression) {
      yield* checkTemplate(pass, node);
      yield* checkOpening(pass, node);
      checkClauses(pass, node);
      if (!pass.file.isTest) yield* checkSlashes(pass, node);
    },
    [SyntaxKind.TaggedTemplateExpression](node: TaggedTemplateExpression) {
      checkStyles(pass, node);
    },
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) => (pass.file.isTest ? undefined : checkSum(pass, node)),
  }),
});
export default rule;

const GLOBALS: ReadonlySet<string> = new Set(["Array", "Date", "JSON", "Math", "Number", "Object", "String"]);

/** A name in capitals that the file reads off an environment, or a test that has a reader of configurations fill it in. */
function isOfEnvironment({ file }: Pass, name: string): boolean {
  return file.text.includes(`env.${name}`) || (file.isTest && /^[A-Z][A-Z0-9_]+$/.test(name));
}

function report(pass: Pass, node: StringLiteral, code: string, reason: string): void {
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(node, sourceFile, 50)} stands between quotes, where \`\${${code.slice(0, 30)}}\` is not filled in.`,
    evidence: [{ at: node, message: reason }],
    fixes: fixesFor(pass, node),
  });
}

const NO_TEXT: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.LiteralType,
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.ExternalModuleReference,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.ComputedPropertyName,
  SyntaxKind.CaseClause,
]);

/** Whether a literal is text that goes somewhere: no key, type, directive or the name of a module. */
function isPlainText(node: StringLiteral): boolean {
  const { parent } = node;
  if (NO_TEXT.has(parent.kind) || isExpressionStatement(parent) || isSubstituted(node)) return false;
  return nameOf(parent) !== node;
}

/** `{ "Fn::Sub": "${Bucket}" }`: CloudFormation has placeholders of its own. */
function isSubstituted(node: Node): boolean {
  for (let at = node; at.parent && !isExpressionStatement(at); at = at.parent) {
    if (isPropertyAssignment(at.parent) && /^["']?Fn::/.test(at.parent.name.getText())) return true;
  }
  return false;
}

/** `test("puts ${name} in", …)` only describes. */
function isTitle({ parent }: StringLiteral, { file }: Pass): boolean {
  return file.isTest && isCallExpression(parent) && /^(?:test|it|describe)\b/.test(parent.expression.getText());
}

const SEARCHES: ReadonlySet<string> = new Set([
  "replace",
  "replaceAll",
  "split",
  "includes",
  "startsWith",
  "endsWith",
  "indexOf",
  "lastIndexOf",
  "has",
  "get",
]);

/** Whether the placeholders are meant for someone else: a search, a comparison, a template by its name, code in text. */
function isTemplateText(node: Expression): boolean {
  if (/`|\\|=>|\bfunction\b|\$\{[^}]*\}\}/.test((node as StringLiteral).text)) return true;
  const { parent } = node;
  if (isBinaryExpression(parent)) {
    if (EQUALITIES.has(parent.operatorToken.kind)) return true;
    if (parent.operatorToken.kind === SyntaxKind.PlusToken) return goesToTemplate(parent);
  }
  return goesToTemplate(node) || (isPropertyAccessExpression(parent) && SEARCHES.has(parent.name.text));
}

function goesToTemplate(node: Expression): boolean {
  const { parent } = node;
  if (isCallExpression(parent)) {
    const method = asMethodCall(parent);
    return (method !== undefined && SEARCHES.has(method.name)) || saysTemplate(parent.expression);
  }
  if (isPropertyAssignment(parent) || isJsxAttribute(parent)) return saysTemplate(parent.name);
  const name = nameOf(parent);
  return name !== undefined && saysTemplate(name);
}

function saysTemplate(name: Node): boolean {
  return /template|pattern|placeholder|interpolate|interpolation|format|snippet|compile|i18n|translate|translation|\bt$|message(?:Id|Key)/i.test(
    name.getText(),
  );
}

/** Whether the name that a placeholder starts with is a variable of the file, or a member of the class around it. */
function* isInScope(pass: Pass, node: Node, { root, member }: Placeholder): Ask<boolean> {
  if (root === "this") return member !== undefined && isMember(node, member);
  const symbol = yield* pass.checker.resolveName(root, SymbolFlags.Value, node);
  return symbol?.declarations.some(({ path }) => path === pass.file.sourceFile.path) ?? false;
}

function isMember(node: Node, member: string): boolean {
  for (let at = node.parent as Node | undefined; at; at = at.parent) {
    if (isClassLikeDeclaration(at)) {
      return at.members.flatMap(membersIn).some(each => nameOf(each)?.getText() === member) || isUsedIn(at, member);
    }
  }
  return false;
}

/** What a class inherits it does not declare: that it says `this.name` itself tells as much. */
function isUsedIn(declaration: Node, member: string): boolean {
  for (const node of nodesOf(declaration)) {
    const isOwn = isPropertyAccessExpression(node) && node.expression.kind === SyntaxKind.ThisKeyword;
    if (isOwn && node.name.text === member) return true;
  }
  return false;
}

/** A member, and what a constructor declares with its parameters. */
function membersIn(member: Node): readonly Node[] {
  if (!isConstructorDeclaration(member)) return [member];
  return member.parameters.filter(parameter => parameter.modifiers !== undefined);
}

function nameOf(node: Node): Node | undefined {
  return (node as Node & { name?: Node }).name;
}

function fixesFor({ file }: Pass, node: StringLiteral): readonly ReportedFix[] {
  const code = node.getText(file.sourceFile);
  const template = `\`${code.slice(1, -1)}\``;
  const edits = [{ at: node, text: isJsxAttribute(node.parent) ? `{${template}}` : template }];
  return [{ title: "Write the text between backticks", safety: "suggested", edits }];
}
