/**
 * The variables of a file: which name means which, who reads and who writes it. Read off the syntax alone, so that no
 * question goes to the compiler.
 */
import { isIdentifier, NodeFlags, type Identifier, type Node, type SourceFile } from "@review/program/syntax";
import type { FlowRoot } from "./graph.ts";
import { collectNames, type Use } from "./scope-collect.ts";
import { lookUp, type DraftVariable, type Scope } from "./scope-names.ts";

export interface Variable {
  readonly name: string;
  readonly kind: VariableKind;
  /** Every name that declares it: more than one for a repeated `var`, a merged namespace or enum. */
  readonly declarations: readonly Identifier[];
  /** The function that has it, or the file. */
  readonly root: FlowRoot;
  /** Uses in the order of the text, without the declarations. */
  readonly references: readonly Reference[];
  /** Whether a function inside of its own uses it, at a time that the text does not show. */
  readonly isCaptured: boolean;
  /** Whether one of these writes it. */
  readonly isWrittenByCapture: boolean;
  /** Whether code may write it that does not name it here: a script's globals, `eval`, `with`, `arguments`. */
  readonly isExposed: boolean;
  /** Whether another module may read it. */
  readonly isExported: boolean;
}

export type VariableKind =
  "var" | "let" | "const" | "using" | "parameter" | "catch" | "function" | "class" | "import" | "enum" | "namespace";

export interface Reference {
  readonly node: Identifier;
  readonly isRead: boolean;
  readonly isWritten: boolean;
  /** The function that the use stands in. */
  readonly root: FlowRoot;
}

export interface Scopes {
  /** The variable that a name declares, reads or writes; undefined for globals, members, labels and types. */
  variableOf(name: Node): Variable | undefined;
  /** The parameters and variables of a function, of a class without constructor, or of the file's top level. */
  localsOf(root: FlowRoot): readonly Variable[];
  /** Every use of a name that nothing in the file declares. */
  readonly globals: readonly Identifier[];
}

const known = new WeakMap<SourceFile, Scopes>();

/** Cached for as long as the tree lives. */
export function scopesOf(sourceFile: SourceFile): Scopes {
  let scopes = known.get(sourceFile);
  if (!scopes) known.set(sourceFile, (scopes = resolve(sourceFile)));
  return scopes;
}

function resolve(sourceFile: SourceFile): Scopes {
  const { variables, uses, top } = collectNames(sourceFile);
  const byName = new Map<Node, Variable>();
  const locals = new Map<FlowRoot, Variable[]>();
  for (const variable of variables) {
    for (const name of variable.declarations) byName.set(name, variable);
    const others = locals.get(variable.root);
    if (others) others.push(variable);
    else locals.set(variable.root, [variable]);
  }
  const globals: Identifier[] = [];
  for (const use of uses) {
    const variable = resolveUse(use);
    if (variable) byName.set(use.node, variable);
    else if (!use.isExport) globals.push(use.node);
  }
  if (isScript(sourceFile, globals)) for (const variable of top.names.values()) expose(variable);
  return {
    variableOf: name => (isIdentifier(name) ? byName.get(name) : undefined),
    localsOf: root => locals.get(root) ?? [],
    globals,
  };
}

function resolveUse({ node, scope, root, isRead, isWritten, isExport }: Use): Variable | undefined {
  const variable = lookUp(scope, node.text);
  if (!variable) {
    if (node.text === "eval" || node.text === "arguments") exposeAround(node, scope);
    return undefined;
  }
  if (isExport) {
    variable.isExported = true;
    return variable;
  }
  variable.references.push({ node, isRead, isWritten, root });
  if (root !== variable.root) {
    variable.isCaptured = true;
    variable.isWrittenByCapture ||= isWritten;
  }
  if (node.flags & NodeFlags.InWithStatement) variable.isExposed = true;
  return variable;
}

/** `eval` may write whatever it sees; the elements of `arguments` are the parameters, unless the code is strict. */
function exposeAround({ text, parent }: Identifier, from: Scope): void {
  const isEval = text === "eval" && "expression" in parent;
  for (let scope: Scope | undefined = from; scope; scope = scope.outer) {
    for (const variable of scope.names.values()) {
      if (isEval || (variable !== "member" && variable.kind === "parameter")) expose(variable);
    }
    if (!isEval && scope.hasArguments) return;
  }
}

function expose(variable: DraftVariable | "member"): void {
  if (variable !== "member") variable.isExposed = true;
}

/**
 * The top level of a script is shared with every other script; a CommonJS module is none. Options may make a module of
 * a file that has nothing of one (the indicator is true then): who knows how it is loaded.
 */
function isScript({ externalModuleIndicator, fileName }: SourceFile, globals: readonly Identifier[]): boolean {
  if (typeof externalModuleIndicator === "object" || /\.[cm][jt]s$/.test(fileName)) return false;
  return !globals.some(({ text }) => text === "require" || text === "module" || text === "exports");
}
