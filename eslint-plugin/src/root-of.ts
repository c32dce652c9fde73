/** Which folder's session a file belongs to. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

const known = new Map<string, string>();

/**
 * The repository or workspace around a folder, whose projects know each other; else ESLint's working directory if the folder lies
 * below it; else the nearest package. Absolute and '/' separated, as what it is given.
 */
export function rootOf(folder: string, cwd: string): string {
  const key = `${folder}\0${cwd}`;
  const root = known.get(key) ?? find(folder, cwd);
  known.set(key, root);
  return root;
}

function find(folder: string, cwd: string): string {
  const folders = ancestorsOf(folder);
  const isBelow = folder === cwd || folder.startsWith(cwd.endsWith("/") ? cwd : `${cwd}/`);
  return (
    folders.find(isWorkspace) ?? (isBelow ? cwd : folders.find(one => existsSync(join(one, "package.json")))) ?? folder
  );
}

function ancestorsOf(folder: string): readonly string[] {
  const found = [folder];
  // Above `C:` comes `.`, which would be the working directory.
  for (let at = folder, up = dirname(at); up !== at && up !== "."; at = up, up = dirname(at)) found.push(up);
  return found;
}

function isWorkspace(folder: string): boolean {
  if (existsSync(join(folder, ".git")) || existsSync(join(folder, "pnpm-workspace.yaml"))) return true;
  try {
    return "workspaces" in (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as object);
  } catch {
    return false;
  }
}
