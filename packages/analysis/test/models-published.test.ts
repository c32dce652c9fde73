import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyse, defineRule, LIBRARIES, type Ask, type Library, type Model, type TypeChecker } from "@review/analysis";
import { openSession, SymbolFlags, type Session, type Symbol, type Type } from "@review/program";
import { isImportDeclaration, isNamedImports, SyntaxKind, type SourceFile } from "@review/program/syntax";
import { expect, it } from "vitest";

const HERE = dirname(fileURLToPath(import.meta.url));
const CONFIGURATION = JSON.stringify({
  compilerOptions: {
    ...{ module: "nodenext", target: "esnext", lib: ["esnext", "dom", "dom.iterable"] },
    ...{ types: ["node", "mocha"], esModuleInterop: true, skipLibCheck: true, strict: true },
  },
  files: ["imports.ts"],
});

/** Where the types of a package are, when not under its own name or that of its `@types`. */
const TYPES_OF: Readonly<Record<string, string>> = {
  "express-serve-static-core": "express",
  redis: "@redis/client",
  test: "node:test",
};
/** Modules of Node whose classes are no globals. */
/** Interfaces that are not exported, and exported ones that extend them. */
const HEIRS: Readonly<Record<string, string>> = {
  ContextDelegatedRequest: "DefaultContextDelegatedRequest",
  ContextDelegatedResponse: "DefaultContextDelegatedResponse",
};
const NODE =
  "events stream fs fs/promises http http2 net child_process crypto readline worker_threads timers buffer console".split(
    " ",
  );

it("names only functions that the libraries' published types have", () => {
  const checked = LIBRARIES.filter(library => library.unchecked === undefined);
  const skipped = LIBRARIES.filter(library => library.unchecked !== undefined);
  const rows = checked.flatMap(library => library.models.map(model => ({ library, model })));
  const wrong = missing(rows);
  const names = rows.reduce((sum, { model }) => sum + model.members.length, 0);
  console.log(
    `${names} names of ${checked.length} tables checked; not checked: ${skipped.map(describeSkipped).join("; ")}`,
  );
  expect(wrong).toEqual([]);
});

it("gives every table a range of versions and every row one place", () => {
  for (const { versions, models } of LIBRARIES) {
    expect(versions).not.toBe("");
    for (const { module, owner, global } of models) {
      expect([module ?? owner, global].filter(place => place !== undefined)).toHaveLength(1);
    }
  }
});

it("holds plain data that survives JSON", () => {
  expect(JSON.parse(JSON.stringify(LIBRARIES))).toEqual(LIBRARIES);
});

function describeSkipped({ name, unchecked }: Library): string {
  return `${name} (${unchecked})`;
}

interface Row {
  readonly library: Library;
  readonly model: Model;
}

/** The names that the types lack, asked in one file that imports every module. */
function missing(rows: readonly Row[]): readonly string[] {
  const modules = [...new Set([...rows.flatMap(({ model }) => model.module ?? []), ...NODE])].sort();
  // Version 4 of express is installed under another name.
  modules.push("express-serve-static-core");
  const sources = modules.map(module => TYPES_OF[module] ?? module);
  sources[sources.length - 1] = "express-4";
  const text = sources.map((source, index) => `import * as m${index} from "${source}";`).join("\n");
  const folder = mkdtempSync(join(HERE, "published-"));
  const path = join(folder, "imports.ts").replaceAll("\\", "/");
  writeFileSync(path, text);
  writeFileSync(join(folder, "tsconfig.json"), CONFIGURATION);
  const session = openSession({ cwd: folder, files: [path] });
  const wrong: string[] = [];
  const rule = defineRule({
    ...{ id: "published", summary: "", category: "names", severity: "info", preset: "preview", since: "", repair: "" },
    listen: pass => ({
      *[SyntaxKind.SourceFile](file: SourceFile) {
        const world = yield* worldOf(session, pass.checker, file, modules);
        for (const row of rows) {
          for (const member of row.model.members) {
            if (!(yield* exists(world, row.model, member))) wrong.push(nameOf(row, member));
          }
        }
      },
    }),
  });
  const { failures } = analyse({ session, projects: session.projects, rules: [rule], nameOf: each => each });
  session.close();
  rmSync(folder, { recursive: true });
  if (failures[0]) throw new Error(failures[0].stack);
  return wrong;
}

function nameOf({ library, model: { module, owner, global } }: Row, member: string): string {
  return [library.name, module, owner, global, member].filter(Boolean).join(" ");
}

interface World {
  readonly checker: TypeChecker;
  readonly file: SourceFile;
  /** What each module is, and what it exports. */
  exportsOf(symbol: Symbol): Ask<readonly Symbol[]>;
  readonly modules: ReadonlyMap<string, readonly { readonly type: Type; readonly symbol: Symbol }[]>;
}

function* worldOf(session: Session, checker: TypeChecker, file: SourceFile, names: readonly string[]): Ask<World> {
  const modules = new Map<string, { type: Type; symbol: Symbol }[]>();
  for (const [index, statement] of file.statements.entries()) {
    if (!isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || isNamedImports(bindings)) continue;
    const symbol = yield* checker.symbolOf(bindings.name);
    if (!symbol) continue;
    const name = names[index] as string;
    const entry = { type: yield* checker.typeOf(bindings.name), symbol: yield* checker.targetOf(symbol) };
    modules.set(name, [...(modules.get(name) ?? []), entry]);
  }
  const own = session.projects[0]?.checker;
  return {
    ...{ checker, file, modules },
    // What a module exports directly, and what it passes on by `export *`; a namespace has only the former.
    *exportsOf(symbol) {
      const isModule = symbol.name.startsWith('"');
      return isModule && own ? own.getExportsOfModule(symbol) : [...symbol.getExports().values()];
    },
  };
}

function* exists(world: World, { module, owner, global }: Model, member: string): Ask<boolean> {
  const names = member.replace(/^new /, "").split(".");
  if (owner !== undefined) {
    for (const type of yield* ownerTypes(world, module, owner))
      if (yield* hasPath(world.checker, type, names)) return true;
    return false;
  }
  if (global !== undefined) return yield* hasGlobal(world, global === "" ? names : [global, ...names]);
  for (const { type } of world.modules.get(module as string) ?? []) {
    if (member === "default" && !type.isErrorType()) return true;
    const main = yield* world.checker.typeOfProperty(type, "default");
    if (yield* hasPath(world.checker, type, names)) return true;
    if (main && (member === "new default" || (yield* hasPath(world.checker, main, names)))) return true;
  }
  return false;
}

function* hasPath(checker: TypeChecker, type: Type, names: readonly string[]): Ask<boolean> {
  let at: Type | undefined = type;
  for (const name of names) {
    if (at.isErrorType() || !(yield* checker.propertyOf(at, name))) return false;
    at = yield* checker.typeOfProperty(at, name);
    if (!at) return false;
  }
  return true;
}

function* hasGlobal({ checker, file }: World, [first = "", ...rest]: readonly string[]): Ask<boolean> {
  const symbol = yield* checker.resolveName(first, SymbolFlags.Value, file);
  return symbol !== undefined && (yield* hasPath(checker, yield* checker.typeOfSymbol(symbol), rest));
}

function* ownerTypes(world: World, module: string | undefined, owner: string): Ask<readonly Type[]> {
  const { checker, file, modules } = world;
  const found: Type[] = [];
  const sources = module === undefined ? NODE : [module];
  for (const { symbol } of sources.flatMap(source => modules.get(source) ?? [])) {
    const exported = yield* exportNamed(world, symbol, HEIRS[owner] ?? owner);
    if (exported) found.push(yield* instanceOf(checker, yield* checker.targetOf(exported)));
  }
  if (module !== undefined) return found;
  const global = yield* checker.resolveName(owner, SymbolFlags.Type, file);
  if (global) found.push(yield* checker.declaredTypeOf(global));
  for (const namespace of ["Intl", "NodeJS"]) {
    const space = yield* checker.resolveName(namespace, SymbolFlags.Namespace, file);
    const inner = space && (yield* exportNamed(world, space, owner));
    if (inner) found.push(yield* checker.declaredTypeOf(inner));
  }
  return found;
}

/** Of a class or interface, or of a constant that is a constructor. */
function* instanceOf(checker: TypeChecker, symbol: Symbol): Ask<Type> {
  if (symbol.flags & SymbolFlags.Type) return yield* checker.declaredTypeOf(symbol);
  const [signature] = yield* checker.constructSignaturesOf(yield* checker.typeOfSymbol(symbol));
  return signature ? yield* checker.returnTypeOf(signature) : yield* checker.declaredTypeOf(symbol);
}

function* exportNamed(world: World, symbol: Symbol, name: string): Ask<Symbol | undefined> {
  if (symbol.name === name && symbol.flags & SymbolFlags.Type) return symbol;
  const exported = yield* world.exportsOf(symbol);
  const found = exported.find(each => each.name === name);
  const main = exported.find(each => each.name === "export=" || each.name === "default");
  if (found || !main) return found;
  return yield* exportNamed(world, yield* world.checker.targetOf(main), name);
}
