/** Members that are read off a function's own name, which hides the import that is meant. */
import { isInside, isTarget, isWrittenSomewhere, quoted, unwrapped, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isVariableStatement,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
  type Statement,
} from "@review/program/syntax";

/** `const stream = require("stream"); Logger.prototype.stream = function stream() { return new stream.Stream(); }` */
export function checkShadowed(pass: Pass, access: PropertyAccessExpression): void {
  const { expression: object, name } = access;
  if (!isIdentifier(object) || access.questionDotToken || isTarget(access) || OF_FUNCTIONS.has(name.text)) return;
  const own = ownNameAround(pass, object);
  const { sourceFile } = pass.file;
  const hidden = own && importedIn(sourceFile, object.text);
  if (!own || !hidden || isWrittenSomewhere(sourceFile, name.text)) return;
  pass.report(access, {
    message: `${quoted(access, sourceFile)} is always undefined: here \`${object.text}\` is the function itself, which hides the import.`,
    evidence: [
      { at: own, message: "This is the name of the function, inside of it too." },
      { at: hidden, message: "This is hidden by it." },
    ],
    repair: "Give the function another name.",
  });
}

/** The name of the function around a use, if it is what the use means. */
function ownNameAround(pass: Pass, use: Identifier): Node | undefined {
  const name = pass.scopes().variableOf(use)?.declarations[0];
  const fn = name?.parent;
  if (!fn || !(isFunctionExpression(fn) || isFunctionDeclaration(fn)) || fn.name !== name) return undefined;
  return isInside(use, fn) ? name : undefined;
}

/** What every function has. */
const OF_FUNCTIONS: ReadonlySet<string> = new Set([
  ...["name", "length", "prototype", "call", "apply", "bind", "toString", "caller", "arguments", "constructor"],
  ...["displayName", "hasOwnProperty", "valueOf"],
]);

/** The top-level name of a file that an import or a `require` gives. */
function importedIn({ statements }: SourceFile, name: string): Identifier | undefined {
  for (const statement of statements) {
    const found = importedNames(statement).find(each => isIdentifier(each) && each.text === name);
    if (found && isIdentifier(found)) return found;
  }
  return undefined;
}

function importedNames(statement: Statement): readonly Node[] {
  if (isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const elements = namedBindings && "elements" in namedBindings ? namedBindings.elements : [namedBindings];
    return [name, ...elements.map(each => each?.name)].filter(each => each !== undefined);
  }
  if (!isVariableStatement(statement)) return [];
  const required = statement.declarationList.declarations.filter(({ initializer }) => isRequired(initializer));
  return required.map(each => each.name);
}

function isRequired(value: Node | undefined): boolean {
  const call = value && unwrapped(value);
  return call !== undefined && isCallExpression(call) && call.expression.getText() === "require";
}
