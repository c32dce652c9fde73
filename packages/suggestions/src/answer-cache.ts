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
}

/** Opens the cache in a folder (made when first written to); null: no cache. `server` is the base URL without credentials. */
export function openAnswerCache(
  folder: string | null,
  server: string,
  model: string,
  note: (text: string) => void,
): AnswerCache {
  if (folder === null) return { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
  const keyOf = (conversation: Conversation): string =>
    createHash("sha256")
      .update(JSON.stringify([answerVersion, server, model, conversation.instructions, conversation.turns]))
      .digest("hex");
  let failures = 0;
  return {
    read: async conversation => {
      try {
        return (await cacache.get(folder, keyOf(conversation))).data.toString("utf8");
      } catch {
        return undefined;
      }
    },
    write: async (conversation, answer) => {
      if (failures > 0) return;
      try {
        await cacache.put(folder, keyOf(conversation), answer);
      } catch (error) {
        // Several writes may be under way; the first to fail speaks for all.
        if (++failures === 1) note(`Suggestions are not cached: ${(error as Error).message}`);
      }
    },
  };
}
