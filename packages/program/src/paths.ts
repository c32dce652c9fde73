/** Absolute paths as everybody here writes them: '/' between the parts, on every system. */
import { realpathSync } from "node:fs";
import { posix, sep } from "node:path";

/** The path of a file or folder behind all symbolic links; unchanged where there is none. */
export function realName(path: string): string {
  try {
    const real = realpathSync.native(path);
    return sep === "/" ? real : real.replaceAll(sep, "/");
  } catch {
    return path;
  }
}

/** A directory and those that hold it, nearest first, up to the root. */
export function ancestorsOf(directory: string): readonly string[] {
  const found = [directory];
  // Above `C:` comes `.`, which would be the working directory.
  for (let at = directory, up = posix.dirname(at); up !== at && up !== "."; at = up, up = posix.dirname(at))
    found.push(up);
  return found;
}

/** Whether `path` is `directory` or lies below it. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}
