/** Real folders and real repositories for the tests of this stage. */
import { execFileSync } from "node:child_process";
import { collectSources, type SourceOptions } from "@review/source";
import { folderWith, type Files } from "@review/testkit/folders";

/** A new folder with these files as a repository, gone after the running test, with everything staged that is not ignored. */
export function repositoryWith(files: Files): string {
  const folder = folderWith(files);
  git(folder, "init", "--quiet");
  git(folder, "add", ".");
  return folder;
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
