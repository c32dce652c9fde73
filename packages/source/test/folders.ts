/** Real folders and real repositories for the tests of this stage. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { collectSources, type SourceOptions } from "@review/source";
import { onTestFinished } from "vitest";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A new folder for the running test, with a blank and letters beyond ASCII in its path, that holds the files. */
export function folderWith(files: Files): string {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "source-")));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, "mein Äpfel-ordner 日本");
  mkdirSync(folder);
  write(folder, files);
  return folder;
}

/** The same as a repository with everything staged that is not ignored. */
export function repositoryWith(files: Files): string {
  const folder = folderWith(files);
  git(folder, "init", "--quiet");
  git(folder, "add", ".");
  return folder;
}

export function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

export function git(folder: string, ...args: string[]): void {
  execFileSync("git", ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", ...args], {
    cwd: folder,
    stdio: "pipe",
  });
}

/** What a review of the paths would analyse and skip, by name: `file: reason`. */
export async function collected(
  cwd: string,
  paths: readonly string[],
  options?: SourceOptions,
): Promise<{ files: string[]; skipped: string[] }> {
  const sources = await collectSources({ kind: "paths", paths, cwd }, options);
  return {
    files: sources.files.map(({ file }) => file),
    skipped: sources.skipped.map(({ file, reason }) => `${file}: ${reason}`),
  };
}
