/** Real files in temporary folders, for tests. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Contents by relative path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A new folder with these files, gone after the running test; its path has a blank and letters beyond ASCII. */
export function folderWith(files: Files = {}): string {
  const place = realpathSync.native(mkdtempSync(join(tmpdir(), "review-test-")));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, "für ñandú 日本");
  mkdirSync(folder);
  writeFiles(folder, files);
  return folder;
}

/** Writes files below a folder, with the folders that they stand in. */
export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
