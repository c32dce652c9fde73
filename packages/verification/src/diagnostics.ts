/** What the compiler says of the files of a change and of those that import them. */
import type { Diagnostic, OpenProject } from "@review/program";
import { isStringLiteralLikeNode } from "@review/program/syntax";

export interface FileDiagnostics {
  readonly syntactic: readonly string[];
  readonly semantic: readonly string[];
  /** The edited files whose types the compiler does not check: it leaves JavaScript without `checkJs` alone. */
  readonly unchecked: ReadonlySet<string>;
}

/** The diagnostics of edited files and of those that import them, without their positions. */
export function diagnosticsOf(
  projects: readonly OpenProject[],
  paths: readonly string[],
  importers: readonly string[],
): FileDiagnostics {
  const syntactic: string[] = [];
  const semantic: string[] = [];
  const unchecked = new Set<string>();
  for (const project of projects) {
    const own = paths.filter(path => project.program.getSourceFile(path) !== undefined);
    if (own.length === 0) continue;
    syntactic.push(...project.program.getSyntacticDiagnostics(own).map(textOf));
    const others = importers.filter(path => project.plan.files.includes(path));
    const isChecked = (path: string): boolean => project.plan.checksJavaScript || !isJavaScript(path);
    semantic.push(...project.program.getSemanticDiagnostics([...own, ...others].filter(isChecked)).map(textOf));
    for (const path of own) if (!isChecked(path)) unchecked.add(path);
  }
  return { syntactic, semantic, unchecked };
}

function isJavaScript(path: string): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

/** The files of the projects that import one of `paths` directly. */
export function importersOf(projects: readonly OpenProject[], paths: readonly string[]): readonly string[] {
  return [...new Set(projects.flatMap(project => importersIn(project, paths)))];
}

/** Those of `after` that are not in `before`, as often as they are too many. */
export function newOnes(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter(text => {
    const index = left.indexOf(text);
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}

/** Positions move with an edit; what the compiler says and of which file does not. */
function textOf({ fileName, code, text }: Diagnostic): string {
  return `${fileName ?? ""}: TS${String(code)}: ${text}`;
}

/** Whether a diagnostic is about a file. */
export function isIn(diagnostic: string, path: string): boolean {
  return diagnostic.startsWith(`${path}: `);
}

function importersIn({ program, plan }: OpenProject, paths: readonly string[]): readonly string[] {
  const edited = new Set(paths);
  const names = new Set(paths.map(nameOf));
  return plan.files.filter(path => {
    if (edited.has(path)) return false;
    const imports = program.getSourceFile(path)?.imports ?? [];
    return imports.filter(isStringLiteralLikeNode).some(specifier => {
      // A folder or an alias may hide the name of a file called index.
      if (!names.has(nameOf(specifier.text)) && !names.has("index")) return false;
      const resolved = program.getResolvedModuleFromModuleSpecifier(specifier, path)?.resolvedFileName;
      return resolved !== undefined && edited.has(resolved);
    });
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[cm]?[jt]sx?$/, "");
}
