/** What is known of the batches under way, on disk beside the cache: a run may end between any two steps. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A batch from the moment in which it is decided on. */
export interface StoredBatch {
  /** Our own name: of what it asks. */
  readonly name: string;
  readonly server: string;
  readonly model: string;
  readonly api: "responses" | "chat";
  /** `custom_id` of each line, which is the key of its answer in the cache. */
  readonly keys: readonly string[];
  /** Id of the uploaded lines; undefined until they are uploaded. */
  readonly file?: string | undefined;
  /** The provider's id; undefined until it is known. */
  readonly id?: string | undefined;
  readonly isCollected: boolean;
}

export interface BatchStore {
  all(): readonly StoredBatch[];
  /** Written whole or not at all. */
  put(batch: StoredBatch): void;
}

/** Opens the store in a folder, which is made when something is put. */
export function openBatchStore(folder: string): BatchStore {
  return {
    all: () => namesIn(folder).flatMap(name => read(join(folder, name)) ?? []),
    put: batch => {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${batch.name}.json`);
      writeFileSync(`${path}.new`, JSON.stringify(batch));
      renameSync(`${path}.new`, path);
    },
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith(".json"))
      .sort();
  } catch {
    return [];
  }
}

function read(path: string): StoredBatch | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as StoredBatch;
  } catch {
    return undefined;
  }
}
