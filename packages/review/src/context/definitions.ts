/** The definitions of the names that a piece of code uses, so that a model need not guess at them. */
import { isCompilerGone, SymbolFlags, type OpenProject, type Symbol } from "@review/program";
import { nodesOf } from "@review/analysis";
import { isIdentifier, type Node } from "@review/program/syntax";

export interface Definition {
  readonly name: string;
  readonly text: string;
}

const MOST_DEFINITIONS = 8;
const LONGEST_DEFINITION = 600;

/**
 * Where the names in `node` are defined, as text, in the order of their use: types as they are written, functions and
 * values as their types. Names defined within `node` and those of libraries are left out.
 */
export function definitionsIn(
  project: OpenProject,
  node: Node,
  showPath: (path: string) => string,
): readonly Definition[] {
  const names = [...nodesOf(node)].filter(isIdentifier);
  const symbols = project.checker.getSymbolAtLocation(names);
  const found = new Map<Symbol, Definition>();
  for (const symbol of symbols) {
    if (found.size >= MOST_DEFINITIONS) break;
    if (!symbol || found.has(symbol)) continue;
    const definition = attempt(() => definitionOf(project, symbol, node, showPath));
    if (definition) found.set(symbol, definition);
  }
  return [...found.values()];
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
  const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.declarations[0]?.resolve();
  if (!declaration) return undefined;
  const file = declaration.getSourceFile();
  if (file.fileName.includes("/node_modules/")) return undefined;
  if (file === around.getSourceFile() && declaration.pos >= around.pos && declaration.end <= around.end)
    return undefined;
  const text =
    target.flags & (SymbolFlags.Type & ~SymbolFlags.Class)
      ? declaration.getText(file)
      : `${symbol.name}: ${checker.typeToString(checker.getTypeOfSymbol(target))}`;
  return { name: `${symbol.name} (${showPath(file.fileName)})`, text: text.slice(0, LONGEST_DEFINITION) };
}
