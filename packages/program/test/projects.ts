/** Real projects in temporary folders, and the printed type of a name in one of their files. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OpenProject, openSession, type Session, type SessionRequest } from "@review/program";
import { isIdentifier, isVariableStatement } from "@review/program/syntax";
import { afterEach } from "vitest";

const FIXTURES = fileURLToPath(new URL("../../../fixtures/projects", import.meta.url));

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean();
});

/** An empty folder, gone after the test; '/' separated. */
export function temporaryFolder(): string {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "review-program-")));
  cleanups.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder.replaceAll("\\", "/");
}

/** A copy of a fixture project that a test may add to. */
export function project(kind: string): string {
  const folder = temporaryFolder();
  cpSync(join(FIXTURES, kind), folder, { recursive: true });
  return folder;
}

/** Writes files below a folder, given by relative path. */
export function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A session for files of a folder, closed after the test. */
export function open(folder: string, files: readonly string[], more: Partial<SessionRequest> = {}): Session {
  const session = openSession({ cwd: folder, files: files.map(file => `${folder}/${file}`), ...more });
  cleanups.push(() => {
    session.close();
  });
  return session;
}

/** The project that analyses a file. */
export function owner(projects: readonly OpenProject[], file: string): OpenProject {
  const found = projects.filter(({ plan }) => plan.files.includes(file));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${file} is in ${String(found.length)} projects`);
  return found[0];
}

/** The type of a variable that a file declares at its top level, as the compiler prints it. */
export function typeOf(projects: readonly OpenProject[], file: string, name: string): string {
  const { program, checker } = owner(projects, file);
  for (const statement of program.getSourceFile(file)?.statements ?? []) {
    if (!isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      const declared = declaration.name;
      if (isIdentifier(declared) && declared.text === name)
        return checker.typeToString(checker.getTypeAtLocation(declared));
    }
  }
  throw new Error(`${file} declares no ${name}`);
}
