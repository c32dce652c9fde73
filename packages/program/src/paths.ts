/** Absolute paths as everybody here writes them: '/' between the parts, on every system. */
import { posix, sep } from "node:path";

const { dirname } = posix;

/** A path of this system with '/' between its parts. */
export function withSlashes(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** A directory and those that hold it, nearest first, up to the root. */
export function ancestorsOf(directory: string): readonly string[] {
  const found = [directory];
  for (let at = directory, up = dirname(at); up !== at; at = up, up = dirname(at)) found.push(up);
  return found;
}

/** Whether `path` is `directory` or lies below it. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}
