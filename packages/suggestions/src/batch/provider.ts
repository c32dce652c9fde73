/** The provider's endpoints for batches, as far as they are used, with answers of any shape read with care. */
import { openClient, type Access } from "../model/wire.ts";

export interface BatchStatus {
  readonly id: string;
  /** As the provider says it: validating, in_progress, finalizing, completed, failed, expired, cancelling, cancelled. */
  readonly status: string;
  readonly outputFile: string | undefined;
  readonly errorFile: string | undefined;
  /** Our own name of it. */
  readonly name: string | undefined;
}

export interface BatchProvider {
  /** Uploads lines of JSON; answers with the id of the file. */
  upload(lines: string): Promise<string>;
  create(file: string, endpoint: "/v1/responses" | "/v1/chat/completions", name: string): Promise<BatchStatus>;
  look(id: string): Promise<BatchStatus>;
  /** The latest batches, newest first. */
  latest(): Promise<readonly BatchStatus[]>;
  download(file: string): Promise<string>;
}

/** Every call rejects when it does not succeed within the time. */
export function openBatchProvider(access: Access): BatchProvider {
  const client = openClient(access);
  const bounded = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(access.timeoutMs) });
  return {
    upload: async lines => {
      const file = new File([lines], "review.jsonl", { type: "application/jsonl" });
      const { files } = await client;
      return (await files.create({ file, purpose: "batch" }, bounded())).id;
    },
    create: async (file, endpoint, name) => {
      const { batches } = await client;
      const body = { input_file_id: file, endpoint, completion_window: "24h" as const, metadata: { review: name } };
      return statusOf(await batches.create(body, bounded()));
    },
    look: async id => {
      const { batches } = await client;
      return statusOf(await batches.retrieve(id, bounded()));
    },
    latest: async () => {
      const { batches } = await client;
      return (await batches.list({ limit: 50 }, bounded())).data.map(statusOf);
    },
    download: async file => {
      const { files } = await client;
      return (await files.content(file, bounded())).text();
    },
  };
}

function statusOf(batch: unknown): BatchStatus {
  const {
    id,
    status,
    output_file_id: output,
    error_file_id: errors,
    metadata,
  } = batch as Readonly<Record<string, unknown>>;
  const name = (metadata as Readonly<Record<string, unknown>> | null | undefined)?.["review"];
  if (typeof id !== "string" || typeof status !== "string")
    throw new Error("the server does not answer like a batch API");
  const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
  return { id, status, outputFile: text(output), errorFile: text(errors), name: text(name) };
}
