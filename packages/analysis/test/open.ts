/** Opens texts as the files of a project without configuration, in a temporary folder. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { analyse, type Analysis, type AnalysisRequest, type Rule } from "@review/analysis";
import { openSession, type Session } from "@review/program";

export interface OpenTexts {
  readonly session: Session;
  readonly folder: string;
  run(rules: readonly Rule[], options?: Pick<AnalysisRequest, "scope">): Analysis;
  close(): void;
}

/** `texts` by file name. Close it. */
export function openTexts(texts: Readonly<Record<string, string>>): OpenTexts {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "review-analysis-")));
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
  const files = Object.keys(texts).map(file => join(folder, file).replaceAll("\\", "/"));
  const session = openSession({ cwd: folder, files });
  return {
    session,
    folder,
    run: (rules, options) =>
      analyse({ session, projects: session.projects, rules, nameOf: path => basename(path), ...options }),
    close() {
      session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
