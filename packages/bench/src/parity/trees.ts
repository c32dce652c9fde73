/** Syntax trees of many texts at once: one compiler, no types. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openSession } from "@review/program";
import type { SourceFile } from "@review/program/syntax";

const TSCONFIG = {
  compilerOptions: { noLib: true, noResolve: true, types: [], allowJs: true, jsx: "preserve" },
};

/** Calls back with the tree of each text that parses, while the compiler holds it. */
export function withTrees(texts: ReadonlyMap<string, string>, use: (name: string, file: SourceFile) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "review-parity-trees-"));
  try {
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
    for (const [name, text] of texts) writeDeep(join(folder, name), text);
    parse(folder, [...texts.keys()], use);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a file and the folders that it stands in. */
export function writeDeep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function parse(folder: string, names: readonly string[], use: (name: string, file: SourceFile) => void): void {
  const session = openSession({ cwd: folder, files: names.map(name => join(folder, name)) });
  try {
    for (const name of names) {
      const file = session.projects
        .map(({ program }) => program.getSourceFile(join(folder, name)))
        .find(found => found !== undefined);
      if (file) use(name, file);
    }
  } finally {
    session.close();
  }
}
