/** Reports collections that are made empty, never filled, and read all the same. */
import {
  asMethodCall,
  defineRule,
  isAccess,
  isGlobal,
  isTarget,
  memberName,
  nodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
  type Variable,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isDeleteExpression,
  isForOfStatement,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isVariableStatement,
  ModifierFlags,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
  type PropertyDeclaration,
  type VariableDeclaration,
} from "@review/program/syntax";
import { checkHoles } from "./holes.ts";

const rule: Rule = defineRule({
  id: "empty-collection-read",
  summary: "A collection is made empty, nothing ever fills it, and it is read.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Fill the collection before it is read, or read the one that is filled.",
  listen: pass => ({
    *[SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      const { name, initializer } = declaration;
      if (!initializer || !isIdentifier(name) || pass.file.isTest) return;
      const kind = emptyKind(initializer);
      const variable = kind === undefined ? undefined : pass.scopes().variableOf(name);
      const read = variable && isVariableStatement(declaration.parent.parent) ? onlyRead(variable) : undefined;
      if (kind === undefined || !read || !(yield* isBuiltinMaker(pass, initializer))) return;
      pass.report(read, {
        message: `\`${name.text}\` is always empty: nothing ever puts anything into this ${kind}.`,
        evidence: [
          { at: initializer, message: `The ${kind} is made here, empty.` },
          { at: read, message: `Here ${quoted(read.parent, pass.file.sourceFile)} reads it.` },
        ],
      });
    },
    [SyntaxKind.CallExpression]: (call: CallExpression) => checkHoles(pass, call),
    *[SyntaxKind.PropertyDeclaration](field: PropertyDeclaration) {
      const { name, initializer } = field;
      const kind = initializer && !pass.file.isTest ? emptyKind(initializer) : undefined;
      const read = kind === undefined ? undefined : onlyReadField(field);
      if (kind === undefined || !initializer || !read || !(yield* isBuiltinMaker(pass, initializer))) return;
      pass.report(read, {
        message: `\`${name.getText()}\` is always empty: nothing in its class ever puts anything into this ${kind}.`,
        evidence: [{ at: initializer, message: `The ${kind} is made here, empty.` }],
      });
    },
  }),
});
export default rule;

/**
 * The first use of a private field, where all uses in its class read and none could fill it or hand it on. A text that is
 * its name may: `this["items"]`.
 */
function onlyReadField(field: PropertyDeclaration): Node | undefined {
  const { name, parent: owner } = field;
  if (!isPrivate(field) || EMPTY.test(name.getText().replace(/^#/, ""))) return undefined;
  const nodes = [...nodesOf(owner)];
  if (isIdentifier(name) && nodes.some(node => isStringLiteralLikeNode(node) && node.text === name.text))
    return undefined;
  const own = nodes.filter(node => node !== name && node.kind === name.kind && isNamed(node, name));
  const accesses = own.map(node => node.parent);
  return accesses.every(access => isPropertyAccessExpression(access) && isReading(access)) ? accesses[0] : undefined;
}

/** `#handlers`, or `private handlers` that no decorator fills. */
function isPrivate({ name, modifiers, modifierFlags }: PropertyDeclaration): boolean {
  if (name.kind === SyntaxKind.PrivateIdentifier) return true;
  if (!isIdentifier(name) || (modifierFlags & ModifierFlags.Private) === 0) return false;
  return (modifierFlags & ModifierFlags.Static) === 0 && !modifiers?.some(({ kind }) => kind === SyntaxKind.Decorator);
}

function isNamed(node: Node, name: Node): boolean {
  return node.getText() === name.getText();
}

function emptyKind(initializer: Expression): string | undefined {
  const bare = unwrapped(initializer);
  if (isArrayLiteralExpression(bare)) return bare.elements.length === 0 && !hasRemark(bare) ? "array" : undefined;
  if (!isNewExpression(bare) || !isIdentifier(bare.expression) || (bare.arguments?.length ?? 0) > 0) return undefined;
  const { text } = bare.expression;
  return text === "Map" || text === "Set" || text === "Array" ? text : undefined;
}

/** Elements that are commented out may come back. */
function hasRemark(literal: Node): boolean {
  return /\/[/*]/.test(literal.getText());
}

function* isBuiltinMaker(pass: Pass, initializer: Expression): Ask<boolean> {
  const bare = unwrapped(initializer);
  if (!isNewExpression(bare) || !isIdentifier(bare.expression)) return true;
  return yield* isGlobal(pass.checker, bare.expression, bare.expression.text);
}

/** The first use, where all uses read and none could fill the collection or hand it on. */
function onlyRead({ name, references, declarations, root, isExposed, isExported }: Variable): Identifier | undefined {
  if (isExposed || isExported || declarations.length !== 1 || isOnPurpose(name, root)) return undefined;
  return references.every(({ node, isWritten }) => !isWritten && isReading(node)) ? references[0]?.node : undefined;
}

/** What a file has at its top is often a stand-in, or is filled once more of it is written. */
function isOnPurpose(name: string, root: Variable["root"]): boolean {
  return root.kind === SyntaxKind.SourceFile || EMPTY.test(name);
}

/** Names of what is empty on purpose. */
const EMPTY = /empty|Empty|none|None|dummy|^no[A-Z]|^_|^[A-Z0-9_]+$/;

function isReading(use: Node): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isForOfStatement(parent)) return parent.expression === outer;
  if (!isAccess(parent) || parent.expression !== outer) return false;
  const name = memberName(parent);
  if (name === undefined) return isOnlyRead(parent);
  if (isCallExpression(parent.parent) && parent.parent.expression === parent) {
    const method = asMethodCall(parent.parent);
    return method !== undefined && READERS.has(method.name);
  }
  return (name === "length" || name === "size") && isOnlyRead(parent);
}

/** `list[0] = x` and `list.length = 3` fill. */
function isOnlyRead(access: Node): boolean {
  return !isTarget(access) && !isDeleteExpression(wrapped(access).parent);
}

/** Methods that only read; those that hand the array itself to a callback seldom let it be filled there. */
const READERS: ReadonlySet<string> = new Set([
  ...["has", "get", "entries", "keys", "values", "forEach", "map", "filter", "find", "findIndex", "some", "every"],
  ...["includes", "indexOf", "lastIndexOf", "join", "reduce", "reduceRight", "slice", "at", "flatMap", "pop", "shift"],
]);
