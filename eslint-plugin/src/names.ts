/** File names in findings: relative to ESLint's working directory, '/' separated. */
import { basename, relative, resolve, sep } from "node:path";

/** The name under which a path is reported. */
export function nameOf(path: string, cwd: string): string {
  const name = relative(cwd, path);
  return name === "" ? basename(path) : slashed(name);
}

/** The path of a name. */
export function pathOf(name: string, cwd: string): string {
  return slashed(resolve(cwd, name));
}

/** A path with '/' between its parts. */
export function slashed(path: string): string {
  return path.split(sep).join("/");
}
