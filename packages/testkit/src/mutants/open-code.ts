/** The code of a folder, open in one compiler, and what is said of some of its files as they are or as a mutant has them. */
import { analyse } from "@review/analysis";
import { openSession, type OpenProject, type Session } from "@review/program";
import { isStringLiteralLikeNode } from "@review/program/syntax";
import { rules } from "@review/rules";
import { collectSources } from "@review/source";

/** What is said of a file. */
export interface Said {
  /** How often each rule reports it. */
  readonly findings: ReadonlyMap<string, number>;
  /** What the compiler says of it, where the project has it speak. */
  readonly errors: readonly string[];
  /** What cannot be read. */
  readonly unreadable: number;
}

export interface OpenCode {
  /** By their names within the folder. */
  readonly texts: ReadonlyMap<string, string>;
  /** The files of the folder that each file imports. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  /** What is said of files, with these texts over them. */
  saidOf(laid: ReadonlyMap<string, string>): ReadonlyMap<string, Said>;
  close(): void;
}

/** Refactorings are no answer to a bug that another rule is made for. */
const isBug = new Map(rules.map(({ id, severity }) => [id, severity !== "info"]));

/** Opens what a review of the folder would look at. Close it. */
export async function openCode(cwd: string): Promise<OpenCode> {
  const { files } = await collectSources({ kind: "paths", paths: [], cwd });
  const names = new Map(files.map(({ path, file }) => [path, file]));
  const paths = new Map(files.map(({ path, file }) => [file, path]));
  const session = openSession({ cwd, files: [...names.keys()] });
  return {
    texts: new Map(files.map(({ file, text }) => [file, text])),
    imports: importsIn(session, names),
    saidOf: laid => {
      const texts = new Map([...laid].map(([file, text]) => [paths.get(file) ?? file, text]));
      const said = new Map([...laid.keys()].map(file => [file, { findings: new Map(), errors: [], unreadable: 0 }]));
      const projects = session.withTexts(texts).map(project => narrowed(project, texts));
      addFindings(session, projects, names, said);
      for (const project of projects) addErrors(project, names, said);
      return said;
    },
    close: () => session.close(),
  };
}

type Noted = Map<string, { findings: Map<string, number>; errors: string[]; unreadable: number }>;

function narrowed(project: OpenProject, texts: ReadonlyMap<string, string>): OpenProject {
  return { ...project, plan: { ...project.plan, files: project.plan.files.filter(path => texts.has(path)) } };
}

function addFindings(
  session: Session,
  projects: readonly OpenProject[],
  names: ReadonlyMap<string, string>,
  said: Noted,
): void {
  const nameOf = (path: string): string => names.get(path) ?? path;
  const { drafts } = analyse({
    session,
    projects: projects.filter(({ plan }) => plan.files.length > 0),
    rules,
    nameOf,
  });
  for (const { file, ruleId } of drafts) {
    const findings = said.get(file)?.findings;
    findings?.set(ruleId, (findings.get(ruleId) ?? 0) + 1);
  }
}

function addErrors({ plan, program }: OpenProject, names: ReadonlyMap<string, string>, said: Noted): void {
  for (const path of plan.files) {
    const own = said.get(names.get(path) ?? path);
    if (!own) continue;
    own.unreadable += program.getSyntacticDiagnostics([path]).length;
    if (!plan.checksJavaScript && /\.[cm]?jsx?$/.test(path)) continue;
    own.errors.push(...program.getSemanticDiagnostics([path]).map(({ code, text }) => `TS${String(code)}: ${text}`));
  }
}

function importsIn(session: Session, names: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, ReadonlySet<string>>();
  for (const { plan, program } of session.projects) {
    for (const path of plan.files) {
      const specifiers = (program.getSourceFile(path)?.imports ?? []).filter(isStringLiteralLikeNode);
      const resolved = specifiers
        .filter(({ text }) => !/^(?:node:|@types\/)/.test(text))
        .map(specifier => program.getResolvedModuleFromModuleSpecifier(specifier, path)?.resolvedFileName);
      imports.set(names.get(path) ?? path, new Set(resolved.flatMap(each => names.get(each ?? "") ?? [])));
    }
  }
  return imports;
}

/** The rules that report a file more often than before. */
export function newRules(before: Said, after: Said, own: string): readonly string[] {
  return [...after.findings]
    .filter(([ruleId, count]) => count > (before.findings.get(ruleId) ?? 0) && (ruleId === own || isBug.get(ruleId)))
    .map(([ruleId]) => ruleId)
    .sort();
}
