/** Paths as the report writes them. */
import { relative, sep } from "node:path";

/** With '/' separators, whatever the system writes. */
export function slashed(path: string): string {
  return path.split(sep).join("/");
}

/** Relative to a folder, with '/' separators. */
export function relativeTo(folder: string, path: string): string {
  return slashed(relative(folder, path));
}
