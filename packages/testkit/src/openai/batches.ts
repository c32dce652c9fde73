/** The endpoints of files and batches: what is uploaded is kept, and a batch answers its lines as the server would one by one. */
import { decodeRequest, type ModelRequest } from "./request.ts";

/** How batches go on this server. */
export interface BatchManners {
  /** How it ends, after it was looked at twice; `expired` answers the first half of the lines only. */
  readonly endsAs?: "completed" | "expired" | "failed";
  /** So many creations of a batch work, but the connection breaks before the answer. */
  readonly lostCreations?: number;
}

/** The answer to one line: a status and a body. */
export type AnswerLine = (request: ModelRequest) => Promise<{ readonly status: number; readonly body: unknown }>;

export interface BatchDesk {
  /** Answers a request to these endpoints; undefined: it is for others. `lost`: it was done, and nobody hears of it. */
  handle(
    method: string,
    path: string,
    text: string,
  ): Promise<{ readonly status: number; readonly body: string } | "lost" | undefined>;
  /** Every batch that was made. */
  readonly batches: readonly BatchMade[];
}

/** A batch, how many lines it has, and the body of the request that made it. */
export interface BatchMade {
  readonly id: string;
  readonly lines: number;
  readonly body: unknown;
}

interface Batch {
  readonly id: string;
  readonly input: string;
  readonly endpoint: string;
  readonly metadata: unknown;
  readonly lines: number;
  readonly body: unknown;
  looks: number;
  output: string | undefined;
  errors: string | undefined;
}

/** Opens a desk whose lines are answered as `answer` says. */
export function openBatchDesk(manners: BatchManners, answer: AnswerLine): BatchDesk {
  const desk = new Desk(manners, answer);
  return {
    get batches() {
      return [...desk.batches.values()].map(({ id, lines, body }) => ({ id, lines, body }));
    },
    async handle(method, path, text) {
      const [, kind, id, part] = /^\/v1\/(files|batches)(?:\/([^/?]+))?(?:\/(content))?(?:\?.*)?$/.exec(path) ?? [];
      if (kind === "files") {
        if (part) return { status: 200, body: desk.files.get(id ?? "") ?? "" };
        return ok(fileShown(desk.keep(contentOf(text)), text.length));
      }
      if (kind === undefined) return undefined;
      if (method === "POST") return desk.create(text);
      return id === undefined ? ok(desk.list()) : desk.look(id);
    },
  };
}

type Answered = Awaited<ReturnType<BatchDesk["handle"]>>;

class Desk {
  readonly files = new Map<string, string>();
  readonly batches = new Map<string, Batch>();
  readonly #manners: BatchManners;
  readonly #answer: AnswerLine;
  #lost: number;

  constructor(manners: BatchManners, answer: AnswerLine) {
    this.#manners = manners;
    this.#answer = answer;
    this.#lost = manners.lostCreations ?? 0;
  }

  keep(content: string): string {
    const id = `file-${this.files.size + 1}`;
    this.files.set(id, content);
    return id;
  }

  create(text: string): Answered {
    const body = JSON.parse(text) as Record<string, string>;
    const { input_file_id: input = "", endpoint = "", metadata } = body;
    const lines = (this.files.get(input) ?? "").trim().split("\n").length;
    const id = `batch_${this.batches.size + 1}`;
    const asked = { id, input, endpoint, metadata, lines, body };
    const made: Batch = { ...asked, looks: 0, output: undefined, errors: undefined };
    this.batches.set(id, made);
    return this.#lost-- > 0 ? "lost" : ok(shown(made, "validating"));
  }

  list(): object {
    const data = [...this.batches.values()].map(each => shown(each, "in_progress"));
    return { object: "list", data, has_more: false };
  }

  async look(id: string): Promise<Answered> {
    const batch = this.batches.get(id);
    if (!batch) return { status: 404, body: '{"error":{"message":"No such batch"}}' };
    const { endsAs = "completed" } = this.#manners;
    batch.looks++;
    const isOver = batch.looks > 2;
    if (isOver && endsAs !== "failed" && batch.output === undefined) await this.#work(batch, endsAs);
    return ok(shown(batch, isOver ? endsAs : batch.looks > 1 ? "in_progress" : "validating"));
  }

  async #work(batch: Batch, endsAs: string): Promise<void> {
    const all = (this.files.get(batch.input) ?? "").trim().split("\n");
    const lines = endsAs === "expired" ? all.slice(0, Math.ceil(all.length / 2)) : all;
    const answered = await Promise.all(lines.map((line, index) => answerLine(line, index, this.#answer)));
    // The order of the answers is nobody's promise.
    const good = answered.filter(({ status }) => status < 400).reverse();
    const bad = answered.filter(({ status }) => status >= 400);
    batch.output = this.keep(good.map(({ line }) => `${line}\n`).join(""));
    if (bad.length > 0) batch.errors = this.keep(bad.map(({ line }) => `${line}\n`).join(""));
  }
}

function ok(body: object): { readonly status: number; readonly body: string } {
  return { status: 200, body: JSON.stringify(body) };
}

function shown({ id, input, endpoint, metadata, lines, output, errors }: Batch, status: string): object {
  return {
    ...{
      id,
      object: "batch",
      endpoint,
      input_file_id: input,
      completion_window: "24h",
      status,
      created_at: 0,
      metadata,
    },
    // The API's own description has them as text or not at all.
    ...(output !== undefined && { output_file_id: output }),
    ...(errors !== undefined && { error_file_id: errors }),
    request_counts: { total: lines, completed: output === undefined ? 0 : lines, failed: 0 },
  };
}

function fileShown(id: string, bytes: number): object {
  return { id, object: "file", bytes, created_at: 0, filename: "review.jsonl", purpose: "batch", status: "processed" };
}

/** The file within a form: between the blank line of its part and the next boundary. */
function contentOf(form: string): string {
  const boundary = form.slice(0, form.indexOf("\r\n"));
  const part = form.split(boundary).find(one => one.includes("filename=")) ?? "";
  return part.slice(part.indexOf("\r\n\r\n") + 4).replace(/\r\n$/, "");
}

async function answerLine(
  text: string,
  index: number,
  answer: AnswerLine,
): Promise<{ readonly status: number; readonly line: string }> {
  const { custom_id: id, url, method, body } = JSON.parse(text) as Record<string, unknown>;
  const request = decodeRequest(index + 1, String(method), String(url), {}, JSON.stringify(body));
  const reply = await answer(request);
  const response = { status_code: reply.status, request_id: `req_${index + 1}`, body: reply.body };
  const line = { id: `batch_req_${index + 1}`, custom_id: id, response, error: null };
  return { status: reply.status, line: JSON.stringify(line) };
}
