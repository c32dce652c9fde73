/** The names that a file declares, each with where it can be seen. */
import { flowRootOf, nodesOf, type Scopes } from "@review/analysis";
import { isIdentifier, type Identifier, type Node, type SourceFile } from "@review/program/syntax";

export interface DeclaredName {
  readonly name: string;
  readonly at: Identifier;
  /** Whether the function that declares it encloses a place, or is its own; blocks inside of it count as seen. */
  isVisibleAt(place: Node): boolean;
}

const known = new WeakMap<SourceFile, readonly DeclaredName[]>();

/** In the order of the text. */
export function declaredNames(scopes: Scopes, sourceFile: SourceFile): readonly DeclaredName[] {
  let names = known.get(sourceFile);
  if (!names) known.set(sourceFile, (names = collect(scopes, sourceFile)));
  return names;
}

function collect(scopes: Scopes, sourceFile: SourceFile): readonly DeclaredName[] {
  const names: DeclaredName[] = [];
  for (const node of nodesOf(sourceFile)) {
    const variable = isIdentifier(node) ? scopes.variableOf(node) : undefined;
    if (!variable || variable.declarations[0] !== node) continue;
    names.push({
      name: variable.name,
      at: variable.declarations[0],
      isVisibleAt: place => isWithin(place, variable.root),
    });
  }
  return names;
}

function isWithin(place: Node, root: Node): boolean {
  for (let at: Node = flowRootOf(place); at !== root; at = flowRootOf(at.parent)) if (!at.parent) return false;
  return true;
}
