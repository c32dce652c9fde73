/** Modules as Node runs them: a module and what it imports from the tree, without types, with the compiler's own resolution. */
import { JsxEmit, ModuleKind, type OpenProject, type Session } from "@review/program";
import { isStringLiteralLikeNode, ScriptTarget, type SourceFile } from "@review/program/syntax";
import type { ModulesJob } from "./jobs.ts";
import type { PlainModules } from "./request.ts";

/** More than this is no unit to test. */
const MOST_MODULES = 400;

/** The modules that a test of `path` loads. Throws where no project holds the file. */
export function plainModules(session: Session, { path, texts, test }: ModulesJob): PlainModules {
  const projects = texts.size > 0 ? session.withTexts(new Map(texts)) : session.projects;
  const project = projects.find(({ program }) => program.getSourceFile(path) !== undefined);
  if (!project) throw new Error(`no project of this session holds ${path}`);
  const links = new Map<string, ReadonlyMap<string, string>>();
  const plain = new Map([[test.path, withoutTypes(session, project, test.path, test.text)]]);
  const left = [path];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    const source = links.has(file) || links.size >= MOST_MODULES ? undefined : project.program.getSourceFile(file);
    if (!source) continue;
    const own = importsOf(project, source, file);
    links.set(file, own);
    if (isToBeTranslated(file, source.text)) plain.set(file, withoutTypes(session, project, file, source.text));
    left.push(...own.values());
  }
  return { texts: plain, links };
}

function importsOf({ program }: OpenProject, { imports }: SourceFile, file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const specifier of imports.filter(isStringLiteralLikeNode)) {
    const target = program.getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedFileName;
    const isOfTree = target !== undefined && !target.includes("/node_modules/") && !/\.d\.[cm]?ts$/.test(target);
    if (isOfTree) found.set(specifier.text, target);
  }
  return found;
}

/** What Node reads as it is stays as it is; JavaScript may be a module only by its syntax. */
function isToBeTranslated(file: string, text: string): boolean {
  if (/\.(?:cjs|mjs|json)$/.test(file)) return false;
  return !file.endsWith(".js") || /^\s*(?:import\b|export\b)/m.test(text);
}

function withoutTypes({ api }: Session, { plan }: OpenProject, fileName: string, text: string): string {
  const given = Object.fromEntries(KEPT.flatMap(name => (name in plan.options ? [[name, plan.options[name]]] : [])));
  const compilerOptions = {
    ...given,
    target: ScriptTarget.ES2022,
    module: ModuleKind.ESNext,
    jsx: JsxEmit.ReactJSX,
    isolatedModules: true,
    allowJs: true,
  };
  return api.transpileModule(text, { fileName, compilerOptions }).outputText;
}

/** Options that change what code does. */
const KEPT = ["experimentalDecorators", "emitDecoratorMetadata", "useDefineForClassFields", "jsxImportSource"] as const;
