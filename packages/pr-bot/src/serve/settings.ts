/** What whoever runs the server decides, by its environment. */
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import type { Pace } from "../github/client.ts";
import { paceIn, serverOf } from "../run/environment.ts";
import { modelSettings, type ModelSettings } from "../suggester.ts";

export interface ServerSettings {
  readonly port: number;
  readonly appId: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** Reviews at a time. */
  readonly slots: number;
  readonly jobSeconds: number;
  readonly drainMs: number;
  readonly mirrorBytes: number;
  readonly pace: Pace;
  /** Takes deliveries in, takes jobs up, or both. */
  readonly role: "all" | "web" | "worker";
  /** The model to ask; undefined where none is. */
  readonly model: ModelSettings | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment; throws a `UsageError` that names what is missing. A server without a secret would believe anybody. */
export function serverSettings(variables: Variables): ServerSettings {
  const apiUrl = (variables["GITHUB_API_URL"] ?? "https://api.github.com").replace(/\/+$/, "");
  const role = variables["REVIEW_ROLE"] ?? "all";
  if (role !== "all" && role !== "web" && role !== "worker")
    throw new UsageError(`REVIEW_ROLE is "${role}": it has to be all, web or worker.`);
  return {
    port: number(variables, "PORT", 3_000),
    appId: required(variables, "GITHUB_APP_ID"),
    // Some platforms have no line breaks in variables.
    privateKey: required(variables, "GITHUB_PRIVATE_KEY").replaceAll("\\n", "\n"),
    webhookSecret: required(variables, "GITHUB_WEBHOOK_SECRET"),
    databaseUrl: variables["DATABASE_URL"] || undefined,
    dataDir: resolve(variables["REVIEW_DATA_DIR"] || join(process.cwd(), "review-data")),
    apiUrl,
    serverUrl: (variables["GITHUB_SERVER_URL"] ?? serverOf(apiUrl)).replace(/\/+$/, ""),
    slots: number(variables, "REVIEW_SLOTS", Math.max(1, Math.floor(cpus().length / 2))),
    jobSeconds: number(variables, "REVIEW_JOB_SECONDS", 900),
    drainMs: 1_000 * number(variables, "REVIEW_DRAIN_SECONDS", 60),
    mirrorBytes: 1_000_000 * number(variables, "REVIEW_MIRROR_MB", 5_000),
    pace: paceIn(variables),
    role,
    model: modelSettings(variables),
  };
}

function required(variables: Variables, name: string): string {
  const value = variables[name];
  if (!value) throw new UsageError(`${name} is not set: the server does not start without it (see docs/bot.md).`);
  return value;
}

function number(variables: Variables, name: string, otherwise: number): number {
  const text = variables[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new UsageError(`${name} is "${text}": it has to be a number.`);
  return value;
}
