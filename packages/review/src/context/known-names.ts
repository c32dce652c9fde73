/** Which names mean something in the program that a file belongs to. */
import { readFileSync } from "node:fs";
import type { Session } from "@review/program";

/** A program of more text than this is not searched to its end. */
const MOST_CHARACTERS = 60_000_000;

/**
 * Those of the names that occur in a file of the program: the file itself first, then the project's own, then libraries. The
 * text is searched, since a member of any type counts and the compiler can only be asked about one type at a time.
 */
export function knownNames(session: Session, path: string, names: readonly string[]): readonly string[] {
  const project = session.projects.find(({ plan }) => plan.files.includes(path));
  if (!project) return [];
  const isLibrary = (file: string): boolean => file.includes("/node_modules/") || /\/lib\.[\w.]+\.d\.ts$/.test(file);
  const all = project.program.getSourceFileNames().map(String);
  const files = [path, ...all.filter(file => !isLibrary(file)), ...all.filter(isLibrary)];
  const left = new Set(names);
  let characters = 0;
  for (const file of new Set(files)) {
    if (left.size === 0 || characters > MOST_CHARACTERS) break;
    const text = textOf(project, file);
    characters += text.length;
    for (const name of left) if (hasWord(text, name)) left.delete(name);
  }
  return names.filter(name => !left.has(name));
}

/** Libraries of the compiler itself are no files on disk. */
function textOf({ program }: Session["projects"][number], file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return program.getSourceFile(file)?.text ?? "";
  }
}

function hasWord(text: string, word: string): boolean {
  const isPart = (char: string | undefined): boolean => char !== undefined && /[\p{ID_Continue}$]/u.test(char);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true;
  }
  return false;
}
