/** Paths as everybody here writes them. */
import { sep } from "node:path";

/** The path with '/' separators, whatever the system writes. */
export function slashed(path: string): string {
  return path.split(sep).join("/");
}
