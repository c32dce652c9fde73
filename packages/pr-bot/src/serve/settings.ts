/** What whoever runs the server decides, by its environment. */
import { createPrivateKey } from "node:crypto";
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

const NEEDED = ["GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET"];

/** Reads the environment; throws a `UsageError` that names what is missing. A server without a secret would believe anybody. */
export function serverSettings(variables: Variables): ServerSettings {
  const apiUrl = (variables["GITHUB_API_URL"] ?? "https://api.github.com").replace(/\/+$/, "");
  const role = variables["REVIEW_ROLE"] ?? "all";
  if (role !== "all" && role !== "web" && role !== "worker")
    throw new UsageError(`REVIEW_ROLE is "${role}": it has to be all, web or worker.`);
  const databaseUrl = variables["DATABASE_URL"] || undefined;
  if (role !== "all" && databaseUrl === undefined)
    throw new UsageError(`REVIEW_ROLE=${role} needs DATABASE_URL: without it one process does everything.`);
  const [appId, key, webhookSecret] = NEEDED.map(name => required(variables, name)) as [string, string, string];
  return {
    port: number(variables, "PORT", 3_000, { most: 65_535 }),
    appId,
    privateKey: privateKeyOf(key),
    webhookSecret,
    databaseUrl,
    dataDir: resolve(variables["REVIEW_DATA_DIR"] || join(process.cwd(), "review-data")),
    apiUrl,
    serverUrl: (variables["GITHUB_SERVER_URL"] ?? serverOf(apiUrl)).replace(/\/+$/, ""),
    slots: number(variables, "REVIEW_SLOTS", Math.max(1, Math.floor(cpus().length / 2)), { least: 1 }),
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

/** Some platforms have no line breaks in variables. */
function privateKeyOf(text: string): string {
  const key = text.replaceAll("\\n", "\n");
  try {
    createPrivateKey(key);
    return key;
  } catch {
    throw new UsageError(
      "GITHUB_PRIVATE_KEY is no private key: it has to be the text of the file that GitHub gave out.",
    );
  }
}

interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

function number(
  variables: Variables,
  name: string,
  otherwise: number,
  { least = 0, most = Infinity }: Bounds = {},
): number {
  const text = variables[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  const range = most < Infinity ? `from ${least} to ${most}` : `of ${least} or more`;
  throw new UsageError(`${name} is "${text}": it has to be a number ${range}.`);
}
