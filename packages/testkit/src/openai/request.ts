/** A request to the model server, decoded: what both APIs have in common, whichever carried it. */
import type { IncomingHttpHeaders } from "node:http";

export interface ModelRequest {
  /** 1 for the first request that the server got. */
  readonly number: number;
  readonly api: "responses" | "chat" | "models" | "other";
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body word for word. */
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string;
  readonly instructions: string;
  readonly turns: readonly { readonly role: string; readonly text: string }[];
  readonly format: "json_schema" | "json_object" | "text";
  /** Bound of the answer in tokens, under whichever name it was sent. */
  readonly outputLimit: number | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Decodes a request; a body that is no JSON object counts as empty. */
export function decodeRequest(
  number: number,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  text: string,
): ModelRequest {
  const body = parsed(text);
  const api = apiOf(path);
  const { instructions, turns } = api === "responses" ? responsesTalk(body) : chatTalk(body);
  const format = fields(api === "responses" ? fields(body["text"])["format"] : body["response_format"])["type"];
  const limit = body["max_output_tokens"] ?? body["max_completion_tokens"] ?? body["max_tokens"];
  return {
    ...{ number, api, method, path, headers, text, body, instructions, turns },
    model: words(body["model"]),
    format: format === "json_schema" || format === "json_object" ? format : "text",
    outputLimit: typeof limit === "number" ? limit : undefined,
  };
}

function apiOf(path: string): ModelRequest["api"] {
  const { pathname } = new URL(path, "http://localhost");
  if (pathname === "/v1/responses") return "responses";
  if (pathname === "/v1/chat/completions") return "chat";
  return pathname === "/v1/models" ? "models" : "other";
}

function responsesTalk(body: Fields): Pick<ModelRequest, "instructions" | "turns"> {
  const { input } = body;
  const turns = typeof input === "string" ? [{ role: "user", text: input }] : list(input).map(turnOf);
  return { instructions: words(body["instructions"]), turns };
}

function chatTalk(body: Fields): Pick<ModelRequest, "instructions" | "turns"> {
  const all = list(body["messages"]).map(turnOf);
  const system = all.filter(turn => turn.role === "system" || turn.role === "developer");
  const turns = all.filter(turn => !system.includes(turn));
  return { instructions: system.map(turn => turn.text).join("\n"), turns };
}

function turnOf(message: Fields): ModelRequest["turns"][number] {
  const { content } = message;
  const parts = list(content).map(part => words(part["text"]));
  return { role: words(message["role"]), text: typeof content === "string" ? content : parts.join("") };
}

function parsed(text: string): Fields {
  try {
    return fields(JSON.parse(text));
  } catch {
    return {};
  }
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}
