/** One request as the handlers see it. */
import { inaccessible, notFound, Refusal } from "./errors.ts";
import type { Actor, Pull, Repository, State, Token } from "./state.ts";

export interface Call {
  readonly state: State;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The media type that is asked for. */
  readonly accept: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: Token | undefined;
  /** Whether an App itself asks, by a signed token. */
  readonly isApp: boolean;
  /** Whether somebody asks whose token nobody gave out, or has ended. */
  readonly isUnknown: boolean;
  /** Address of the server, without a slash at the end. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** What stands in place of JSON, for another media type. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Answer;

/** The repository of the path, if the token may see it. */
export function repositoryOf({ state, params, token, isApp }: Call): Repository {
  const name = `${params["owner"] ?? ""}/${params["repo"] ?? ""}`;
  const repository = state.repositories.get(name);
  if (!repository || (!isApp && token?.repositories && !token.repositories.includes(name))) throw notFound();
  return repository;
}

/** The pull request of the path. */
export function pullOf(call: Call): Pull {
  const pull = repositoryOf(call).pulls.get(Number(call.params["pull_number"] ?? call.params["issue_number"]));
  if (!pull) throw notFound();
  return pull;
}

/** Who writes; refuses a token that may only read. */
export function writer({ token }: Call): Actor {
  if (!token)
    throw new Refusal(401, {
      message: "Requires authentication",
      documentation_url: "https://docs.github.com/rest",
      status: "401",
    });
  if (token.access === "read") throw inaccessible();
  return token.actor;
}

/** Refuses to add to a conversation that is locked. */
export function checkUnlocked(pull: Pull): void {
  if (pull.isLocked)
    throw new Refusal(403, {
      message: "Unable to create comment because issue is locked.",
      documentation_url: "https://docs.github.com/rest",
      status: "403",
    });
}

/** A page of a list, with the links to the others. */
export function page(
  call: Call,
  entries: readonly unknown[],
  path: string,
  wrap = (list: readonly unknown[]): unknown => list,
): Answer {
  const size = Math.min(100, Math.max(1, Number(call.query.get("per_page") ?? 30)));
  const number = Math.max(1, Number(call.query.get("page") ?? 1));
  const last = Math.max(1, Math.ceil(entries.length / size));
  const address = (to: number): string => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    return `<${call.origin}${path}?${query.toString()}>`;
  };
  const links = [
    ...(number < last ? [`${address(number + 1)}; rel="next"`, `${address(last)}; rel="last"`] : []),
    ...(number > 1 ? [`${address(1)}; rel="first"`, `${address(number - 1)}; rel="prev"`] : []),
  ];
  const headers: Readonly<Record<string, string>> = links.length > 0 ? { link: links.join(", ") } : {};
  return { status: 200, body: wrap(entries.slice((number - 1) * size, number * size)), headers };
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
