/** Reports variables and private fields that are read though nothing ever gives them a value. */
import {
  definitionsReaching,
  defineRule,
  isSameReference,
  isUncertain,
  memberName,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
  type Variable,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isTypeOfExpression,
  isVariableStatement,
  NodeFlags,
  SyntaxKind,
  type Identifier,
  type Node,
  type PropertyDeclaration,
  type VariableDeclaration,
} from "@review/program/syntax";
import { checkField } from "./fields.ts";

const rule: Rule = defineRule({
  id: "never-assigned",
  summary: "A variable is declared without a value and read, and nothing ever gives it one.",
  category: "assignments",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give the variable its value, or use the one that was meant.",
  listen: pass => ({
    *[SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      const { name, initializer } = declaration;
      if (initializer || !isIdentifier(name) || pass.file.isTest || !isPlain(declaration)) return;
      const variable = pass.scopes().variableOf(name);
      if (variable && isWrittenLater(variable)) yield* checkEarlyTests(pass, declaration, variable);
      const read = variable && neverWritten(variable) ? firstRead(variable) : undefined;
      if (!variable || !read) return;
      pass.report(name, {
        message: `\`${name.text}\` is never given a value, so it is undefined wherever it is read.`,
        evidence: [
          { at: name, message: "It is declared without a value, and nothing in its scope assigns one." },
          { at: read, message: `Here ${quoted(read.parent, pass.file.sourceFile)} reads it.` },
        ],
      });
    },
    [SyntaxKind.PropertyDeclaration]: (node: PropertyDeclaration) => checkField(pass, node),
  }),
});
export default rule;

/** `let x;` and `var x;`, which is no declaration of something that exists elsewhere. */
function isPlain({ parent, exclamationToken, flags, type }: VariableDeclaration): boolean {
  if (exclamationToken || flags & NodeFlags.Ambient || type?.kind === SyntaxKind.UndefinedKeyword) return false;
  return isVariableStatement(parent.parent);
}

function isWrittenLater({ declarations, references, isExposed, isWrittenByCapture }: Variable): boolean {
  return declarations.length === 1 && !isExposed && !isWrittenByCapture && references.some(each => each.isWritten);
}

/** `typeof x`, `x = [first].concat(x)` and the like, at a place that no assignment comes before. */
function* checkEarlyTests(pass: Pass, declaration: VariableDeclaration, variable: Variable): Ask<void> {
  const tests = variable.references.filter(
    ({ node, isRead, root }) => isRead && root === variable.root && (isAsked(node) || isJoinedToItself(node)),
  );
  if (tests.length === 0 || (yield* isCompilersBusiness(pass, declaration, variable))) return;
  const graph = yield* pass.flow(variable.root);
  for (const { node } of graph ? tests : []) {
    const definitions = graph && definitionsReaching(graph, pass.scopes(), node);
    if (!definitions || !definitions.every(({ source }) => source.kind === "undefined")) continue;
    pass.report(node, {
      message: `\`${node.text}\` has no value yet: it is undefined here, whatever came before.`,
      evidence: [
        { at: declaration.name, message: "It is declared without a value." },
        { at: node, message: "No assignment comes before this." },
      ],
    });
  }
}

function isAsked(node: Identifier): boolean {
  return isTypeOfExpression(node.parent);
}

/** Whether a variable is put into its own new value, by itself or with others. */
function isJoinedToItself(node: Identifier): boolean {
  const outer = wrapped(node);
  const joined = outer.parent;
  const isJoining = isCallExpression(joined)
    ? joined.expression !== outer && memberName(unwrapped(joined.expression)) === "concat"
    : JOINING.has(joined.kind) && !(isBinaryExpression(joined) && !ARITHMETIC.has(joined.operatorToken.kind));
  for (let at: Node = joined; isJoining && at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    const { parent } = at;
    if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken) {
      return parent.right === at && isSameReference(parent.left, node);
    }
  }
  return false;
}

const JOINING: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BinaryExpression, SyntaxKind.TemplateSpan]);

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken],
]);

function neverWritten({ name, declarations, references, isExposed, isExported }: Variable): boolean {
  if (isExposed || isExported || declarations.length > 1 || UNDEFINED.test(name)) return false;
  return !references.some(({ isWritten }) => isWritten);
}

/** Names of what is undefined on purpose, or of what is replaced when the code is built: `$chunks$`. */
const UNDEFINED = /^_|^undef|^void|^(?:nothing|none|missing|absent|noValue|empty)|^\$.*\$$/i;

/** The first use that needs a value; none where a compiler of templates may give it one through `ref={x}`. */
function firstRead({ references }: Variable): Identifier | undefined {
  if (references.some(({ node }) => isReference(node))) return undefined;
  return references.find(({ node, isRead }) => isRead && !isTypeOfExpression(node.parent))?.node;
}

function isReference({ parent }: Identifier): boolean {
  const attribute = parent.parent as Node & { name?: Node };
  return parent.kind === SyntaxKind.JsxExpression && attribute.name?.getText() === "ref";
}

/** A read in the same function of what has to have a value is an error of the compiler's own. */
function* isCompilersBusiness(
  { checker, file }: Pass,
  { name, type }: VariableDeclaration,
  variable: Variable,
): Ask<boolean> {
  if (!file.isChecked || !file.strictNullChecks || !type) return false;
  if (!variable.references.some(({ root }) => root === variable.root)) return false;
  const declared = yield* checker.typeOf(name);
  if (isUncertain(declared)) return false;
  const parts = yield* checker.partsOf(declared);
  return !parts.some(({ flags }) => (flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0);
}
