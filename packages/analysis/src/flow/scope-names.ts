/** Scopes and the names in them, while they are being collected. */
import {
  isArrayBindingPattern,
  isIdentifier,
  isObjectBindingPattern,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { FlowRoot } from "./graph.ts";
import type { Reference, Variable, VariableKind } from "./scope.ts";

export interface DraftVariable extends Variable {
  readonly declarations: Identifier[];
  readonly references: Reference[];
  isCaptured: boolean;
  isWrittenByCapture: boolean;
  isExposed: boolean;
  isExported: boolean;
  /** What a namespace or enum of this name shows to all of its parts. */
  parts: Map<string, DraftVariable | "member"> | undefined;
}

export interface Scope {
  readonly outer: Scope | undefined;
  /** `member`: a name that means a member of an enum here. */
  readonly names: Map<string, DraftVariable | "member">;
  /** Where a `var` inside goes. */
  readonly vars: Scope;
  /** The parameters, seen from the body: a `var` of the same name is the parameter. */
  readonly parameters: Scope | undefined;
  /** Shared with the other declarations of the same namespace or enum. */
  readonly parts: Map<string, DraftVariable | "member"> | undefined;
  /** Whether `arguments` belongs to this function. */
  readonly hasArguments: boolean;
  /** Every variable of the file so far. */
  readonly all: DraftVariable[];
}

export interface ScopeTraits {
  /** Whether it takes the `var`s inside. */
  readonly isVars?: boolean;
  readonly parameters?: Scope;
  readonly parts?: Map<string, DraftVariable | "member"> | undefined;
  readonly hasArguments?: boolean;
}

export function openScope(outer: Scope | undefined, traits: ScopeTraits = {}): Scope {
  const { isVars = false, parameters, parts, hasArguments = false } = traits;
  const all = outer?.all ?? [];
  const scope: Omit<Scope, "vars"> & { vars?: Scope } = {
    outer,
    names: new Map(),
    parameters,
    parts,
    hasArguments,
    all,
  };
  scope.vars = isVars || !outer ? (scope as Scope) : outer.vars;
  return scope as Scope;
}

export function lookUp(from: Scope, name: string): DraftVariable | undefined {
  for (let scope: Scope | undefined = from; scope; scope = scope.outer) {
    const found = scope.names.get(name) ?? scope.parts?.get(name);
    if (found) return found === "member" ? undefined : found;
  }
  return undefined;
}

/** Adds a name to a scope, or one more declaration to what it already means there. */
export function declareName(scope: Scope, name: Identifier, kind: VariableKind, root: FlowRoot): DraftVariable {
  const known = scope.names.get(name.text) ?? scope.parameters?.names.get(name.text);
  const parts = kind === "enum" || kind === "namespace" ? new Map<string, DraftVariable | "member">() : undefined;
  if (known && known !== "member") {
    known.declarations.push(name);
    known.parts ??= parts;
    return known;
  }
  const variable: DraftVariable = {
    ...{ name: name.text, kind, declarations: [name], root, references: [], parts },
    ...{ isCaptured: false, isWrittenByCapture: false, isExposed: false, isExported: false },
  };
  scope.names.set(name.text, variable);
  scope.all.push(variable);
  return variable;
}

/** The names in a pattern, in the order of the text. */
export function namesIn(binding: Node | undefined): readonly Identifier[] {
  if (!binding) return [];
  if (isIdentifier(binding)) return [binding];
  if (!isObjectBindingPattern(binding) && !isArrayBindingPattern(binding)) return [];
  return binding.elements.flatMap(element => namesIn(element.name));
}
