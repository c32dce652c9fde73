/** Where what a finding is about is declared: a change there may be what makes it a finding. */
import { nodesOf } from "@review/analysis";
import type { Finding, Location } from "@review/findings";
import { isCompilerGone, SymbolFlags, type OpenProject, type Symbol } from "@review/program";
import { getTokenAtPosition, isIdentifier, type Node, type SourceFile } from "@review/program/syntax";

export interface Declaration extends Location {
  readonly name: string;
}

/** In some files only: their absolute paths, and the names that findings have for them. */
export type DeclarationFiles = ReadonlyMap<string, string>;

/** A call may have a whole program as its argument. */
const MOST_NAMES = 40;

/** The declarations in `files` of the names within a finding, without those that are within it themselves. */
export function declarationsOf(
  { project, sourceFile }: { readonly project: OpenProject; readonly sourceFile: SourceFile },
  { span }: Finding,
  files: DeclarationFiles,
): readonly Declaration[] {
  const isWithin = (node: Node): boolean => node.getStart(sourceFile) >= span.start && node.end <= span.end;
  const names = [...nodesOf(around(sourceFile, span))].filter(isIdentifier).filter(isWithin).slice(0, MOST_NAMES);
  const symbols = new Set(names.length === 0 ? [] : project.checker.getSymbolAtLocation(names));
  return [...symbols]
    .flatMap(symbol => (symbol ? placesOf(project, symbol, files) : []))
    .filter(
      ({ file, span: own }) => file !== files.get(sourceFile.fileName) || own.start < span.start || own.end > span.end,
    );
}

function around(sourceFile: SourceFile, { start, end }: Location["span"]): Node {
  let node: Node = getTokenAtPosition(sourceFile, start);
  while (node.parent && node.end < end) node = node.parent;
  return node;
}

/** A name that the compiler cannot explain leads nowhere. */
function placesOf({ checker }: OpenProject, symbol: Symbol, files: DeclarationFiles): readonly Declaration[] {
  try {
    const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return target.declarations.flatMap(handle => {
      const node = handle.resolve();
      const sourceFile = node?.getSourceFile();
      const file = sourceFile && files.get(sourceFile.fileName);
      if (!node || !sourceFile || file === undefined) return [];
      return [{ name: target.name, file, span: { start: node.getStart(sourceFile), end: node.end } }];
    });
  } catch (error) {
    if (isCompilerGone(error)) throw error;
    return [];
  }
}
