/** What stands beside the files of a program, whether the compiler takes it for code or not. */
import { readdirSync } from "node:fs";

/** The names in a folder, an absolute path; empty where there is no such folder. */
export function namesInFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
