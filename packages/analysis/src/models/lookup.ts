/** Finds what the tables know about the function that is called somewhere. */
import { SymbolFlags, type Symbol, type Type } from "@review/program";
import {
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type CallExpression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { askFor, type Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { GLOBAL_OBJECTS, isGlobal, memberName, moduleMemberOf } from "../helpers/names.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { packageOf } from "../helpers/packages.ts";
import { isBuiltin } from "../helpers/types.ts";
import type { Facts, Model, ModelPlace } from "./facts.ts";
import { LIBRARIES } from "./libraries.ts";
import { factsOfRows, keyOf, mergeModels, type ModelIndex } from "./merge.ts";

/** Looks functions up in the tables; remembers what it found for as long as the project is open. */
export interface Models {
  /** What is known about the function that is called; undefined where no table has it. */
  of(call: CallExpression | NewExpression): Ask<Facts | undefined>;
  /** What is known about `new` of the class that an expression names. */
  constructed(expression: Node): Ask<Facts | undefined>;
  /** What is known about the function that an expression names, whether or not it is called. */
  named(expression: Node): Ask<Facts | undefined>;
  /** Whether a function of this name has such a fact in any table: to be asked first, since it costs no question. */
  hasName(name: string, fact: keyof Facts): boolean;
}

const BUILTIN_TABLES: ModelIndex = mergeModels(LIBRARIES);

/** `own` are models of the user, which win over those that come with the tool. */
export function createModels(checker: TypeChecker, own: readonly Model[] = []): Models {
  const index = own.length === 0 ? BUILTIN_TABLES : mergeModels(LIBRARIES, own);
  const lookup: Lookup = { checker, index, byMember: new Map() };
  return {
    of: call => (isNewExpression(call) ? find(lookup, call.expression, "new ") : find(lookup, call.expression, "")),
    constructed: expression => find(lookup, expression, "new "),
    named: expression => find(lookup, expression, ""),
    hasName: (name, fact) => namesWith(index, fact).has(name),
  };
}

const knownNames = new WeakMap<ModelIndex, Map<keyof Facts, ReadonlySet<string>>>();

/** The last names of all functions that have a fact, whatever they belong to. */
function namesWith(index: ModelIndex, fact: keyof Facts): ReadonlySet<string> {
  let known = knownNames.get(index);
  if (!known) knownNames.set(index, (known = new Map<keyof Facts, ReadonlySet<string>>()));
  let names = known.get(fact);
  if (!names) {
    const rows = [...index.values()].flat().filter(row => row.facts[fact] !== undefined);
    const members = rows.flatMap(row => row.members);
    known.set(fact, (names = new Set(members.map(name => name.slice(name.search(/[^. ]+$/))))));
  }
  return names;
}

interface Lookup {
  readonly checker: TypeChecker;
  readonly index: ModelIndex;
  /** What is known about members of classes and interfaces. */
  readonly byMember: Map<Symbol, Facts | undefined>;
}

function* find(lookup: Lookup, callee: Node, prefix: "" | "new "): Ask<Facts | undefined> {
  const expression = unwrapped(callee);
  const path = pathOf(expression);
  const byPath = path && (yield* findByPath(lookup, expression, path, prefix));
  if (byPath || prefix !== "") return byPath;
  return yield* findByOwner(lookup, expression);
}

/** `a`, `b`, `c` of `a.b.c`, and the name it starts from. */
interface Path {
  readonly root: Node & { readonly text: string };
  readonly names: readonly string[];
}

function pathOf(expression: Node): Path | undefined {
  const names: string[] = [];
  let at = expression;
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at)) {
    const name = memberName(at);
    if (name === undefined) return undefined;
    names.unshift(name);
    at = unwrapped(at.expression);
  }
  return isIdentifier(at) ? { root: at, names: [at.text, ...names] } : undefined;
}

function* findByPath(lookup: Lookup, expression: Node, path: Path, prefix: string): Ask<Facts | undefined> {
  const { checker } = lookup;
  if (yield* isGlobal(checker, path.root, path.root.text)) {
    const names = GLOBAL_OBJECTS.has(path.root.text) ? path.names.slice(1) : path.names;
    const [first = "", ...rest] = names;
    const asFunction = yield* rowsFor(lookup, { global: "" }, prefix + names.join("."), undefined);
    return asFunction ?? (yield* rowsFor(lookup, { global: first }, prefix + rest.join("."), undefined));
  }
  const member = yield* moduleMemberOf(checker, expression);
  if (!member) return undefined;
  const name = member.name === "*" ? "default" : member.name;
  const module = DROP_INS.get(member.module) ?? member.module;
  return yield* rowsFor(lookup, { module }, prefix + name, undefined);
}

/** Packages that promise the functions of another module, neither more nor less. */
const DROP_INS: ReadonlyMap<string, string> = new Map([["graceful-fs", "fs"]]);

function* findByOwner(lookup: Lookup, expression: Node): Ask<Facts | undefined> {
  const { checker, byMember } = lookup;
  const name = isPropertyAccessExpression(expression)
    ? expression.name
    : isElementAccessExpression(expression)
      ? expression.argumentExpression
      : undefined;
  const symbol = name && (yield* checker.symbolOf(name));
  if (!symbol) return undefined;
  if (byMember.has(symbol)) return byMember.get(symbol);
  const owner = yield* checker.parentOf(symbol);
  const found = owner && (yield* findInOwner(lookup, owner, symbol.name, DEEPEST_BASE));
  byMember.set(symbol, found);
  return found;
}

/** Classes and interfaces between a member's owner and the one that the tables know. */
const DEEPEST_BASE = 5;

/** A member may be declared anew by a class whose base the tables describe. */
function* findInOwner(lookup: Lookup, owner: Symbol, member: string, depth: number): Ask<Facts | undefined> {
  const found = yield* rowsFor(lookup, yield* placeOf(lookup.checker, owner), member, owner);
  if (found || depth === 0 || !(owner.flags & (SymbolFlags.Class | SymbolFlags.Interface))) return found;
  const type = yield* lookup.checker.declaredTypeOf(owner);
  for (const base of yield* basesOf(lookup.checker, type)) {
    const facts = yield* findInOwner(lookup, base, member, depth - 1);
    if (facts) return facts;
  }
  return undefined;
}

function* basesOf(checker: TypeChecker, type: Type): Ask<readonly Symbol[]> {
  const bases: Symbol[] = [];
  for (const base of yield* checker.baseTypesOf(type)) {
    const symbol = yield* checker.symbolOfType(base);
    if (symbol) bases.push(symbol);
  }
  return bases;
}

function* placeOf(checker: TypeChecker, owner: Symbol): Ask<ModelPlace> {
  if (isBuiltin(owner)) return { owner: owner.name };
  const module = yield* packageOf(checker, owner);
  // What the project itself declares is no library, whatever it is called.
  return { module: module ?? "?", owner: owner.name };
}

function* rowsFor(
  lookup: Lookup,
  place: ModelPlace,
  member: string,
  owner: Symbol | undefined,
): Ask<Facts | undefined> {
  const rows = lookup.index.get(keyOf(place, member)) ?? [];
  const fitting: Model[] = [];
  for (const row of rows) if (!row.where || (yield* isVersion(lookup.checker, row.where, owner))) fitting.push(row);
  return factsOfRows(fitting);
}

function* isVersion(checker: TypeChecker, where: NonNullable<Model["where"]>, owner: Symbol | undefined): Ask<boolean> {
  const module = owner && (yield* checker.parentOf(owner));
  const siblings = module && (yield* askFor(() => module.getExports.gen()));
  const sibling = siblings && [...siblings.values()].find(symbol => symbol.name === where.type);
  if (!sibling) return false;
  const type = yield* checker.declaredTypeOf(sibling);
  if (where.has !== undefined && !(yield* checker.propertyOf(type, where.has))) return false;
  return where.lacks === undefined || !(yield* checker.propertyOf(type, where.lacks));
}
