/** What CI tells the bot by its environment. */
import { readFileSync } from "node:fs";
import { CAREFUL, type Pace } from "../github/client.ts";
import { UsageError } from "../errors.ts";

export interface CiEnvironment {
  readonly owner: string;
  readonly repo: string;
  readonly repositoryId: number | undefined;
  readonly token: string;
  readonly apiUrl: string;
  /** The repository's page, and what git fetches from. */
  readonly page: string;
  readonly workspace: string;
  readonly eventPath: string | undefined;
  /** Signs the bot's marks, where it is set; a secret of the repository. */
  readonly markerKey: string | undefined;
  readonly stepSummary: string | undefined;
  /** Takes what later steps can read. */
  readonly output: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment; throws a `UsageError` that names what is missing. */
export function ciEnvironment(variables: Variables): CiEnvironment {
  const named = variables["GITHUB_REPOSITORY"] ?? "";
  if (named === "") throw missing("GITHUB_REPOSITORY", "owner/name");
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(named) ?? [];
  if (owner === undefined || repo === undefined)
    throw new UsageError(`GITHUB_REPOSITORY is "${named}": it has to be owner/name.`);
  const token = variables["GITHUB_TOKEN"];
  if (!token) throw missing("GITHUB_TOKEN", "the workflow's token");
  const apiUrl = urlIn(variables, "GITHUB_API_URL", "https://api.github.com");
  const server = urlIn(variables, "GITHUB_SERVER_URL", serverOf(apiUrl));
  return {
    ...{ owner, repo, token, apiUrl },
    repositoryId: Number(variables["GITHUB_REPOSITORY_ID"]) || undefined,
    page: `${server}/${owner}/${repo}`,
    workspace: variables["GITHUB_WORKSPACE"] ?? process.cwd(),
    markerKey: variables["REVIEW_MARKER_KEY"] || undefined,
    ...runnerFiles(variables),
  };
}

/** Files of the runner's: what happened, and what takes words of a step. */
function runnerFiles(variables: Variables): Pick<CiEnvironment, "eventPath" | "stepSummary" | "output"> {
  return {
    eventPath: variables["GITHUB_EVENT_PATH"] || undefined,
    stepSummary: variables["GITHUB_STEP_SUMMARY"] || undefined,
    output: variables["GITHUB_OUTPUT"] || undefined,
  };
}

/** GitHub Enterprise has its API below the address of its pages. */
export function serverOf(apiUrl: string): string {
  return apiUrl.replace(/^https:\/\/api\.(github\.com|[\w-]+\.ghe\.com)$/, "https://$1").replace(/\/api\/v3$/, "");
}

/** How fast to write: `REVIEW_WRITE_PAUSE_MS` is for servers without limits. */
export function paceIn(variables: Variables): Pace {
  const pause = Number(variables["REVIEW_WRITE_PAUSE_MS"] ?? NaN);
  return Number.isFinite(pause) && pause >= 0
    ? { writePauseMs: pause, fallbackSeconds: Math.ceil((60 * pause) / 1_000) }
    : CAREFUL;
}

/** The event's payload; undefined where there is none. */
export function readEvent(path: string | undefined): unknown {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    throw new UsageError(`GITHUB_EVENT_PATH cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function urlIn(variables: Variables, name: string, otherwise: string): string {
  const value = (variables[name] || otherwise).replace(/\/+$/, "");
  if (!/^https?:\/\/[^\s/@]+/.test(value))
    throw new UsageError(`${name} is "${value}": it has to be an address, such as ${otherwise}.`);
  return value;
}

function missing(name: string, what: string): UsageError {
  return new UsageError(`${name} is not set: it has to be ${what}.`);
}
