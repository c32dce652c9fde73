/** Good answers on disk, by the content of everything that decided them. Whatever goes wrong with the cache is a miss. */
import cacache from "cacache";
import { createHash } from "node:crypto";
import { answerVersion } from "./answer.ts";
import type { Conversation } from "./prompt.ts";

export interface AnswerCache {
  /** The stored text of the answer, or undefined; never rejects. */
  read(conversation: Conversation): Promise<string | undefined>;
  /** Stores an answer that passed every check; never rejects. */
  write(conversation: Conversation, answer: string): Promise<void>;
  /** The name under which the answer to a conversation is stored. */
  readonly keyOf: (conversation: Conversation) => string;
  readKey(key: string): Promise<string | undefined>;
  writeKey(key: string, answer: string): Promise<void>;
}

/** Opens the cache in a folder (made when first written to); null: no cache. `server` is the base URL without credentials. */
export function openAnswerCache(
  folder: string | null,
  server: string,
  model: string,
  note: (text: string) => void,
  most: CacheBounds = bounds,
): AnswerCache {
  const keyOf = (conversation: Conversation): string =>
    createHash("sha256")
      .update(JSON.stringify([answerVersion, server, model, conversation.instructions, conversation.turns]))
      .digest("hex");
  const { read, write } = folder === null ? nowhere : entriesOf(folder, note, most);
  return {
    keyOf,
    readKey: read,
    writeKey: write,
    read: conversation => read(keyOf(conversation)),
    write: (conversation, answer) => write(keyOf(conversation), answer),
  };
}

interface Entries {
  readonly read: (key: string) => Promise<string | undefined>;
  readonly write: (key: string, answer: string) => Promise<void>;
}

const nowhere: Entries = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };

function entriesOf(folder: string, note: (text: string) => void, most: CacheBounds): Entries {
  let failures = 0;
  let writes = 0;
  return {
    read: async key => {
      try {
        return (await cacache.get(folder, key)).data.toString("utf8");
      } catch {
        return undefined;
      }
    },
    write: async (key, answer) => {
      if (failures > 0) return;
      try {
        await cacache.put(folder, key, answer);
        if (++writes === 1) await trim(folder, most);
      } catch (error) {
        // Several writes may be under way; the first to fail speaks for all.
        if (++failures === 1) note(`Suggestions are not cached: ${(error as Error).message}`);
      }
    },
  };
}

/** How large a cache may grow; what is oldest goes first. */
export interface CacheBounds {
  readonly entries: number;
  readonly bytes: number;
}

/** The types of the package are older than this option: without it the index would only ever grow. */
const removeEntry = cacache.rm.entry as unknown as (
  folder: string,
  key: string,
  options: { readonly removeFully: boolean },
) => Promise<unknown>;

const bounds: CacheBounds = { entries: 20_000, bytes: 64 * 1024 * 1024 };

/**
 * Looks once in a suggester's life, since it reads the whole index, and then makes room for many more. Who shares the
 * folder finds an answer or does not: entries are content, and go one by one.
 */
async function trim(folder: string, most: CacheBounds): Promise<void> {
  const entries = Object.values(await cacache.ls(folder)).sort((a, b) => b.time - a.time);
  let bytes = 0;
  const kept = entries.findIndex((entry, index) => (bytes += entry.size) > most.bytes || index >= most.entries);
  if (kept < 0) return;
  for (const { key, integrity } of entries.slice(Math.floor(kept * 0.8))) {
    await removeEntry(folder, key, { removeFully: true });
    await cacache.rm.content(folder, integrity);
  }
}
