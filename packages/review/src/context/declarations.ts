/** Where what a finding is about is declared, and what is declared around it: a change there may be what makes it a finding. */
import { nodesOf } from "@review/analysis";
import type { Finding, Location, Span } from "@review/findings";
import { isCompilerGone, SymbolFlags, type OpenProject, type Symbol } from "@review/program";
import {
  getNameOfDeclaration,
  getTokenAtPosition,
  isIdentifier,
  SyntaxKind,
  type Declaration as DeclarationNode,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

export interface Declaration extends Location {
  readonly name: string;
}

/** The declarations that a finding rests on, and those that it stands in, the innermost first. */
export interface Declarations {
  readonly named: readonly Declaration[];
  readonly around: readonly Declaration[];
}

/** In some files only: their absolute paths, and the names that findings have for them. */
export type DeclarationFiles = ReadonlyMap<string, string>;

/** A call may have a whole program as its argument. */
const MOST_NAMES = 40;

interface OpenFile {
  readonly project: OpenProject;
  readonly sourceFile: SourceFile;
}

/** The declarations of a finding that are in `files`. */
export function declarationsOf(open: OpenFile, { span }: Finding, files: DeclarationFiles): Declarations {
  return { named: namedIn(open, span, files), around: enclosing(open.sourceFile, span, files) };
}

/** The declarations of the names within a finding, without those that are within it themselves. */
function namedIn({ project, sourceFile }: OpenFile, span: Span, files: DeclarationFiles): readonly Declaration[] {
  const isWithin = (node: Node): boolean => node.getStart(sourceFile) >= span.start && node.end <= span.end;
  const names = [...nodesOf(around(sourceFile, span))].filter(isIdentifier).filter(isWithin).slice(0, MOST_NAMES);
  const symbols = new Set(names.length === 0 ? [] : project.checker.getSymbolAtLocation(names));
  return [...symbols]
    .flatMap(symbol => (symbol ? placesOf(project, symbol, files) : []))
    .filter(
      ({ file, span: own }) => file !== files.get(sourceFile.fileName) || own.start < span.start || own.end > span.end,
    );
}

function around(sourceFile: SourceFile, { start, end }: Span): Node {
  let node: Node = getTokenAtPosition(sourceFile, start);
  while (node.parent && node.end < end) node = node.parent;
  return node;
}

/** Functions, members, classes and what is assigned to a variable: the units in which people read. */
const READ_AS_ONE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.Constructor,
  SyntaxKind.PropertyDeclaration,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ModuleDeclaration,
]);

function enclosing(sourceFile: SourceFile, span: Span, files: DeclarationFiles): readonly Declaration[] {
  const file = files.get(sourceFile.fileName);
  const found: Declaration[] = [];
  if (file === undefined) return found;
  for (let at: Node | undefined = around(sourceFile, span); at; at = at.parent) {
    if (!READ_AS_ONE.has(at.kind)) continue;
    const name = getNameOfDeclaration(at as DeclarationNode) as Node | undefined;
    if (!name && at.kind !== SyntaxKind.Constructor) continue;
    const own = { start: at.getStart(sourceFile), end: at.end };
    found.push({ name: name?.getText(sourceFile) ?? "constructor", file, span: own });
  }
  return found;
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
