/** Writes what a test needs on disk. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Contents by relative path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files below a folder, with the folders that they stand in. */
export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
