/** The definitions of the names that a piece of code uses, so that a model need not guess at them. */
import { isCompilerGone, SignatureKind, SymbolFlags, type OpenProject, type Symbol } from "@review/program";
import { nodesOf } from "@review/analysis";
import { isClassDeclaration, isIdentifier, type Node, type SourceFile } from "@review/program/syntax";

export interface Definition {
  readonly name: string;
  readonly text: string;
}

const MOST_DEFINITIONS = 10;
const LONGEST_DEFINITION = 600;
/** Of all of them together, in characters: about 800 tokens. */
const LONGEST_IN_ALL = 2_600;

/**
 * Where the names in `node` are defined, as text, in the order of their use: types as they are written, functions and
 * values as their types, and after all of them the types that those are made of, one level deep. Names defined within
 * `node` and those of libraries are left out.
 */
export function definitionsIn(
  project: OpenProject,
  node: Node,
  showPath: (path: string) => string,
): readonly Definition[] {
  const names = [...nodesOf(node)].filter(isIdentifier);
  const symbols = project.checker.getSymbolAtLocation(names);
  const found = new Map<Symbol, Definition>();
  let characters = 0;
  const add = (symbol: Symbol | undefined): void => {
    if (!symbol || found.has(symbol) || found.size >= MOST_DEFINITIONS) return;
    const definition = attempt(() => definitionOf(project, symbol, node, showPath));
    if (!definition || characters + definition.text.length > LONGEST_IN_ALL) return;
    characters += definition.text.length;
    found.set(symbol, definition);
  };
  for (const symbol of symbols) add(symbol && targetOf(project, symbol));
  for (const symbol of [...new Set(symbols)]) {
    for (const part of symbol ? (attempt(() => typesOf(project, symbol)) ?? []) : []) add(part);
  }
  return [...found.values()];
}

function targetOf({ checker }: OpenProject, symbol: Symbol): Symbol {
  return symbol.flags & SymbolFlags.Alias ? (attempt(() => checker.getAliasedSymbol(symbol)) ?? symbol) : symbol;
}

/** The declared types of what a value is, or of what a function gives back. */
function typesOf(project: OpenProject, symbol: Symbol): readonly (Symbol | undefined)[] {
  const target = targetOf(project, symbol);
  if ((target.flags & SymbolFlags.Value) === 0) return [];
  const type = project.checker.getTypeOfSymbol(target);
  const [signature] = project.checker.getSignaturesOfType(type, SignatureKind.Call);
  const given = signature ? project.checker.getReturnTypeOfSignature(signature) : type;
  const inner = given ? (project.checker.getAwaitedType(given) ?? given) : undefined;
  return [inner?.getSymbol()];
}

/** A symbol that the compiler cannot explain is one definition less, no reason to go without a suggestion. */
function attempt<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (isCompilerGone(error)) throw error;
    return undefined;
  }
}

function definitionOf(
  { checker }: OpenProject,
  symbol: Symbol,
  around: Node,
  showPath: (path: string) => string,
): Definition | undefined {
  const declaration = symbol.declarations[0]?.resolve();
  if (!declaration) return undefined;
  const file = declaration.getSourceFile();
  if (file.fileName.includes("/node_modules/")) return undefined;
  if (file === around.getSourceFile() && declaration.pos >= around.pos && declaration.end <= around.end)
    return undefined;
  const text =
    symbol.flags & SymbolFlags.Type
      ? outlineOf(declaration, file)
      : `${symbol.name}: ${checker.typeToString(checker.getTypeOfSymbol(symbol))}`;
  return { name: `${symbol.name} (${showPath(file.fileName)})`, text: text.slice(0, LONGEST_DEFINITION) };
}

/** A type as it is written; of a class the heads of its members. */
function outlineOf(declaration: Node, file: SourceFile): string {
  if (!isClassDeclaration(declaration)) return declaration.getText(file);
  const { members } = declaration;
  const head = file.text.slice(declaration.getStart(file), members.pos);
  const heads = members.map(member => {
    const { body } = member as { readonly body?: Node };
    const text = file.text.slice(member.getStart(file), body?.getStart(file) ?? member.end).trim();
    return `  ${text.replace(/;$/, "")};`;
  });
  return [head, ...heads, "}"].join("\n");
}
