/**
 * The compiler's checker as rules see it: every question is a generator, and what was answered once is remembered.
 * Types, symbols and signatures are one object each for as long as their project is open, so they are the keys.
 */
import {
  SignatureKind,
  TypeFlags,
  type APIRequestGenerator,
  type Checker,
  type IndexKind,
  type OpenProject,
  type Signature,
  type Symbol,
  SymbolFlags,
  type Type,
  type TypeParameter,
  type UnionOrIntersectionType,
} from "@review/program";
import type { CallLikeExpression, Expression, Node } from "@review/program/syntax";
import { askFor, askNode, askSymbol, askType, type Ask } from "./ask.ts";
import { remember, remembered } from "./remembered.ts";

export interface TypeChecker {
  /** The type of an expression, name or declaration; the error type where the compiler has none. */
  typeOf(node: Node): Ask<Type>;
  /** The symbol that a name refers to; an import's is its alias (see `targetOf`). */
  symbolOf(node: Node): Ask<Symbol | undefined>;
  /** Asks for the symbols of many names at once, so that `symbolOf` has them at hand. */
  expectSymbols(names: readonly Node[]): Ask<void>;
  /** The type that the surroundings expect of an expression. */
  contextualTypeOf(node: Expression): Ask<Type | undefined>;
  /** The signature that a call resolves to; undefined where it resolves to none. */
  signatureOf(node: CallLikeExpression): Ask<Signature | undefined>;
  /** The signature of a function's own declaration. */
  signatureOfDeclaration(node: Node): Ask<Signature>;
  /** The parameter types of a call may depend on its position: the type that argument `index` is checked against. */
  contextualTypeOfArgument(node: CallLikeExpression, index: number): Ask<Type | undefined>;
  /** What an alias stands for in the end; any other symbol stands for itself. */
  targetOf(symbol: Symbol): Ask<Symbol>;
  /** The next symbol on the way from an alias to what it stands for. */
  nextAliasOf(symbol: Symbol): Ask<Symbol | undefined>;
  /** The class, interface, enum, namespace or module that a symbol is declared in. */
  parentOf(symbol: Symbol): Ask<Symbol | undefined>;
  /** The declarations of a symbol as nodes of the walked trees. */
  declarationsOf(symbol: Symbol): Ask<readonly Node[]>;
  /** The declaration that gives a symbol its value. */
  declarationOf(symbol: Symbol): Ask<Node | undefined>;
  typeOfSymbol(symbol: Symbol): Ask<Type>;
  declaredTypeOf(symbol: Symbol): Ask<Type>;
  /** The members of a union; any other type is its own only member. */
  partsOf(type: Type): Ask<readonly Type[]>;
  /** The members of an intersection; any other type is its own only member. */
  membersOf(type: Type): Ask<readonly Type[]>;
  symbolOfType(type: Type): Ask<Symbol | undefined>;
  /** `[string, Date]` of `Map<string, Date>`; empty for a type that is no reference. */
  typeArgumentsOf(type: Type): Ask<readonly Type[]>;
  propertyOf(type: Type, name: string): Ask<Symbol | undefined>;
  propertiesOf(type: Type): Ask<readonly Symbol[]>;
  typeOfProperty(type: Type, name: string): Ask<Type | undefined>;
  callSignaturesOf(type: Type): Ask<readonly Signature[]>;
  constructSignaturesOf(type: Type): Ask<readonly Signature[]>;
  returnTypeOf(signature: Signature): Ask<Type>;
  parametersOf(signature: Signature): Ask<readonly Symbol[]>;
  parameterTypeOf(signature: Signature, index: number): Ask<Type>;
  /** A type parameter's constraint, resolved; `unknown` without one. Any other type stands for itself. */
  constraintOf(type: Type): Ask<Type>;
  baseTypesOf(type: Type): Ask<readonly Type[]>;
  awaitedTypeOf(type: Type): Ask<Type | undefined>;
  nonNullable(type: Type): Ask<Type>;
  indexTypeOf(type: Type, kind: IndexKind): Ask<Type | undefined>;
  isArray(type: Type): Ask<boolean>;
  isTuple(type: Type): Ask<boolean>;
  isAssignable(source: Type, target: Type): Ask<boolean>;
  /** What `name` means at `location`. */
  resolveName(name: string, meaning: SymbolFlags, location: Node): Ask<Symbol | undefined>;
  /** A type as TypeScript writes it, for messages and evidence. */
  textOf(type: Type): Ask<string>;
}

/** A checker with its memory; `forget` drops what it remembers of single nodes, which is most of it. */
export interface RememberingChecker extends TypeChecker {
  forget(): void;
}

export function createChecker(project: OpenProject): RememberingChecker {
  const { checker } = project;
  const types = new Map<Node, Type>();
  const symbols = new Map<Node, Symbol | undefined>();
  const signatures = new Map<Node, Signature | undefined>();
  return {
    ...typeQuestions(checker),
    ...symbolQuestions(checker),
    ...signatureQuestions(checker),
    typeOf: remember(types, askType),
    symbolOf: remember(symbols, askSymbol),
    *expectSymbols(names) {
      const unknown = names.filter(name => !symbols.has(name));
      if (unknown.length < 2) return;
      try {
        const found = yield* askFor(() => checker.getSymbolAtLocation.gen(unknown));
        unknown.forEach((name, index) => symbols.set(name, found[index]));
      } catch {
        // One name that the compiler cannot answer for fails all: each is then asked for when it is needed.
      }
    },
    signatureOf: remember(signatures, (node: Node) => askFor(() => resolvedSignature(checker, node))),
    signatureOfDeclaration: node => askFor(() => checker.getSignatureFromDeclaration.gen(node)),
    contextualTypeOf: node => askFor(() => checker.getContextualType.gen(node)),
    contextualTypeOfArgument: (node, index) =>
      askFor(() => checker.getContextualTypeForArgumentAtIndex.gen(node, index)),
    resolveName: (name, meaning, location) => askFor(() => checker.resolveName.gen(name, meaning, location)),
    forget() {
      types.clear();
      symbols.clear();
      signatures.clear();
    },
  };
}

/** Both questions in one turn: the tasks that wait for them are many. */
function* resolvedSignature(checker: Checker, node: Node): APIRequestGenerator<Signature | undefined> {
  const signature = yield* checker.getResolvedSignature.gen(node);
  return (yield* checker.isUnknownSignature.gen(signature)) ? undefined : signature;
}

type TypeQuestions = Pick<
  TypeChecker,
  | "partsOf"
  | "membersOf"
  | "symbolOfType"
  | "typeArgumentsOf"
  | "propertyOf"
  | "propertiesOf"
  | "typeOfProperty"
  | "callSignaturesOf"
  | "constructSignaturesOf"
  | "constraintOf"
  | "baseTypesOf"
  | "awaitedTypeOf"
  | "nonNullable"
  | "indexTypeOf"
  | "isArray"
  | "isTuple"
  | "isAssignable"
  | "textOf"
>;

function typeQuestions(checker: Checker): TypeQuestions {
  return {
    partsOf: constituents(TypeFlags.Union),
    membersOf: constituents(TypeFlags.Intersection),
    symbolOfType: remembered((type: Type) => askFor(() => type.getSymbol.gen())),
    typeArgumentsOf: remembered(function* (type: Type) {
      return type.isTypeReference() ? yield* askFor(() => checker.getTypeArguments.gen(type)) : [];
    }),
    propertyOf: rememberedBy((type, name) => askFor(() => checker.getPropertyOfType.gen(type, name))),
    propertiesOf: remembered((type: Type) => askFor(() => checker.getPropertiesOfType.gen(type))),
    typeOfProperty: rememberedBy((type, name) => askFor(() => checker.getTypeOfPropertyOfType.gen(type, name))),
    callSignaturesOf: remembered((type: Type) =>
      askFor(() => checker.getSignaturesOfType.gen(type, SignatureKind.Call)),
    ),
    constructSignaturesOf: remembered((type: Type) =>
      askFor(() => checker.getSignaturesOfType.gen(type, SignatureKind.Construct)),
    ),
    constraintOf: remembered((type: Type) => constraint(checker, type)),
    baseTypesOf: remembered(function* (type: Type) {
      return type.isClassOrInterface() ? yield* askFor(() => checker.getBaseTypes.gen(type)) : [];
    }),
    awaitedTypeOf: remembered((type: Type) => askFor(() => checker.getAwaitedType.gen(type))),
    nonNullable: remembered((type: Type) => askFor(() => checker.getNonNullableType.gen(type))),
    indexTypeOf: (type, kind) => askFor(() => checker.getIndexTypeOfType.gen(type, kind)),
    isArray: remembered((type: Type) => askFor(() => checker.isArrayType.gen(type))),
    isTuple: remembered((type: Type) => askFor(() => checker.isTupleType.gen(type))),
    isAssignable: (source, target) => askFor(() => checker.isTypeAssignableTo.gen(source, target)),
    textOf: remembered((type: Type) => askFor(() => checker.typeToString.gen(type))),
  };
}

type SymbolQuestions = Pick<
  TypeChecker,
  "targetOf" | "nextAliasOf" | "parentOf" | "declarationsOf" | "declarationOf" | "typeOfSymbol" | "declaredTypeOf"
>;

function symbolQuestions(checker: Checker): SymbolQuestions {
  return {
    targetOf: remembered(function* (symbol: Symbol) {
      return symbol.flags & SymbolFlags.Alias ? yield* askFor(() => checker.getAliasedSymbol.gen(symbol)) : symbol;
    }),
    nextAliasOf: remembered((symbol: Symbol) => askFor(() => checker.getImmediateAliasedSymbol.gen(symbol))),
    parentOf: remembered((symbol: Symbol) => askFor(() => checker.getParentOfSymbol.gen(symbol))),
    declarationsOf: remembered(function* (symbol: Symbol) {
      const nodes: Node[] = [];
      for (const handle of symbol.declarations) {
        const node = yield* askNode(handle);
        if (node) nodes.push(node);
      }
      return nodes;
    }),
    declarationOf: remembered(function* (symbol: Symbol) {
      const handle = symbol.valueDeclaration;
      return handle && (yield* askNode(handle));
    }),
    typeOfSymbol: remembered((symbol: Symbol) => askFor(() => checker.getTypeOfSymbol.gen(symbol))),
    declaredTypeOf: remembered((symbol: Symbol) => askFor(() => checker.getDeclaredTypeOfSymbol.gen(symbol))),
  };
}

type SignatureQuestions = Pick<TypeChecker, "returnTypeOf" | "parametersOf" | "parameterTypeOf">;

function signatureQuestions(checker: Checker): SignatureQuestions {
  return {
    returnTypeOf: remembered((signature: Signature) => askFor(() => signature.getReturnType.gen())),
    parametersOf: remembered((signature: Signature) => askFor(() => signature.getParameters.gen())),
    parameterTypeOf: (signature, index) => askFor(() => checker.getParameterType.gen(signature, index)),
  };
}

function constituents(flag: TypeFlags): (type: Type) => Ask<readonly Type[]> {
  return remembered(function* (type: Type): Ask<readonly Type[]> {
    return type.flags & flag ? yield* askFor(() => (type as UnionOrIntersectionType).getTypes.gen()) : [type];
  });
}

function* constraint(checker: Checker, type: Type): Ask<Type> {
  // A template literal type is text whatever it is made of, and a union may hold a thousand of them.
  if (!(type.flags & TypeFlags.Instantiable) || type.flags & TypeFlags.StringLike) return type;
  const base = yield* askFor(() => checker.getBaseConstraintOfType.gen(type as TypeParameter));
  return base ?? (yield* askFor(() => checker.getUnknownType.gen()));
}

function rememberedBy<Value>(ask: (type: Type, name: string) => Ask<Value>): (type: Type, name: string) => Ask<Value> {
  const known = new Map<Type, (name: string) => Ask<Value>>();
  return (type, name) => {
    let ofType = known.get(type);
    if (!ofType) known.set(type, (ofType = remembered((each: string) => ask(type, each))));
    return ofType(name);
  };
}
