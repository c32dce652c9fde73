/** Paths as the stages and the compiler write them. */
import { isAbsolute, relative, sep } from "node:path";

/** The path with '/' separators. */
export function toSlashes(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** The path as seen from a directory, with '/' separators; "." for the directory itself. */
export function relativeTo(directory: string, path: string): string {
  return toSlashes(relative(directory, path)) || ".";
}

/** Whether the path is the directory or lies below it; both absolute. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Folders that hold no code of the project, whoever tracks them. */
const NEVER_ENTERED: ReadonlySet<string> = new Set([
  ...["node_modules", "bower_components", "jspm_packages"],
  ...[".git", ".hg", ".svn", ".jj"],
]);

/** Whether a folder of this name is passed over wherever it is met. */
export function isNeverEntered(name: string): boolean {
  return NEVER_ENTERED.has(name);
}

/** Whether a '/' separated path leads through a folder that is passed over. */
export function leadsThroughNeverEntered(path: string): boolean {
  return path.split("/").some(isNeverEntered);
}
