/** Verified edits on disk, a file a key: written by whoever asks a model, read by the editor, which never does. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DraftFinding, Fix } from "@review/findings";
import { asKept, keyOf, placed, readKept, type VerifiedEdit } from "./kept-fix.ts";

/** A kept edit, placed in a text. */
export interface OfferedFix {
  readonly fix: Fix;
  readonly explanation: string;
  readonly model: string;
}

/** Findings that are alike may have so many fixes; the newest stay. */
const MOST_A_KEY = 8;
/** Keys that a shelf may have; when there are more, the oldest fifth goes. */
const MOST_KEYS = 5_000;

/** Keeps an edit in a cache folder, which is made if need be. Whatever goes wrong costs the editor a suggestion, and no more. */
export function keepFix(cache: string, edit: VerifiedEdit): void {
  const kept = asKept(edit);
  if (!kept) return;
  try {
    const path = pathOf(cache, edit.finding);
    const same = (other: typeof kept): boolean => other.declaration === kept.declaration && other.at === kept.at;
    const others = read(path).filter(other => !same(other));
    mkdirSync(shelfOf(cache), { recursive: true });
    // Who reads meanwhile finds the old file or the new one.
    writeFileSync(`${path}.${process.pid}`, JSON.stringify([kept, ...others].slice(0, MOST_A_KEY)));
    renameSync(`${path}.${process.pid}`, path);
    trim(shelfOf(cache));
  } catch {
    return;
  }
}

/** The edits that were verified for such a finding on this very code, from any of some cache folders. */
export function fixesFor(caches: readonly string[], finding: DraftFinding, text: string): readonly OfferedFix[] {
  const kept = caches.flatMap(cache => read(pathOf(cache, finding)));
  return kept.flatMap(({ title, explanation, model, ...content }) => {
    const edits = placed({ title, explanation, model, ...content }, finding, text);
    if (!edits) return [];
    const verified = { types: null, rules: null, tests: null };
    return [{ fix: { title, safety: "suggested", origin: "model", edits, verified }, explanation, model }];
  });
}

function shelfOf(cache: string): string {
  return join(cache, "fixes");
}

function pathOf(cache: string, finding: DraftFinding): string {
  return join(shelfOf(cache), `${keyOf(finding)}.json`);
}

function read(path: string): ReturnType<typeof readKept> {
  try {
    return readKept(readFileSync(path, "utf8"));
  } catch {
    return [];
  }
}

function trim(shelf: string): void {
  const names = readdirSync(shelf);
  if (names.length <= MOST_KEYS) return;
  const ages = names.map(name => ({ path: join(shelf, name), time: statSync(join(shelf, name)).mtimeMs }));
  const oldest = ages.sort((a, b) => a.time - b.time).slice(0, MOST_KEYS / 5);
  for (const { path } of oldest) rmSync(path, { force: true });
}
