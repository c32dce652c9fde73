/** Standard input as a text. */
import { addAbortSignal } from "node:stream";
import { UsageError } from "./errors.ts";

/** Reads to the end. Bytes that are not UTF-8 are a `UsageError`: with them replaced, every place after them would be wrong. */
export async function readStdin(signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, process.stdin)) chunks.push(chunk as Buffer);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError("Standard input is not UTF-8: convert it, for example with iconv.");
  }
}
