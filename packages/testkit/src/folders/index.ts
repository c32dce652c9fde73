/** Real files in temporary folders, for tests. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { writeFiles, type Files } from "./write-files.ts";

export { writeFiles, type Files };

/** A new folder with these files, gone after the running test; its path has a blank and letters beyond ASCII. */
export function folderWith(files: Files = {}): string {
  const place = realpathSync.native(mkdtempSync(join(tmpdir(), "review-test-")));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, "für ñandú 日本");
  mkdirSync(folder);
  writeFiles(folder, files);
  return folder;
}
