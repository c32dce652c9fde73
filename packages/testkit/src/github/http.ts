/** From HTTP to the handlers and back: tokens, limits, and the description that everything is held against. */
import { createPublicKey, createVerify } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { serveArchive } from "./archives.ts";
import type { Answer, Call, Handler } from "./call.ts";
import { wrongRequest, wrongResponse } from "./description.ts";
import { badCredentials, notFound, Refusal } from "./errors.ts";
import { serveGit } from "./git-http.ts";
import { answerQuery } from "./graphql.ts";
import { OPERATIONS } from "./operations.ts";
import { appRoutes } from "./routes/app.ts";
import { checkRoutes } from "./routes/checks.ts";
import { gitRoutes } from "./routes/git.ts";
import { issueRoutes } from "./routes/issues.ts";
import { pullRoutes } from "./routes/pulls.ts";
import { repositoryRoutes } from "./routes/repositories.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import type { State, Token } from "./state.ts";

/** A request as tests look at it afterwards. */
export interface Seen {
  readonly method: string;
  /** With the prefix of a GitHub Enterprise server where it has one. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly authorization: string;
  readonly accept: string;
}

/** What may go wrong on purpose: asked before a request is handled, which waits for what it is promised. */
export type Fault = (method: string, path: string) => Answer | undefined | Promise<Answer | undefined>;

export interface Exchange {
  readonly state: State;
  readonly seen: Seen[];
  /** What was not as GitHub describes it; tests expect none. */
  readonly wrong: string[];
  fault: Fault | undefined;
  readonly origin: () => string;
}

const routes: Readonly<Record<string, Handler>> = {
  ...reviewRoutes,
  ...issueRoutes,
  ...checkRoutes,
  ...repositoryRoutes,
  ...pullRoutes,
  ...gitRoutes,
  ...appRoutes,
};

const templates = Object.entries(OPERATIONS).flatMap(([path, methods]) =>
  methods.map(method => ({ method, path, pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, parameter)}$`) })),
);

/** Names of branches have slashes. */
function parameter(_: string, name: string): string {
  return `(?<${name}>${name === "ref" ? ".+" : "[^/]+"})`;
}

export async function handle(exchange: Exchange, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { state } = exchange;
  const authorization = incoming.headers.authorization ?? "";
  const token = tokenOf(state, authorization);
  if (serveGit(state, incoming, response, token) || serveArchive(exchange, incoming, response)) return;
  const { method = "GET", url = "/" } = incoming;
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const body = await bodyOf(incoming);
  const { accept = "" } = incoming.headers;
  const asked = { state, query: searchParams, accept, body, token, origin: exchange.origin() };
  const call = { ...asked, ...standingOf(state, authorization, token) };
  const answer = (await exchange.fault?.(method, pathname)) ?? respond(exchange, method, pathname, call);
  exchange.seen.push({ method, path: pathname, body, status: answer.status, authorization, accept });
  const content = answer.text ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    ...(answer.body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-reset": "1893456000",
    "x-github-request-id": "0000",
    ...answer.headers,
  });
  response.end(content);
}

/** Who asks, beside those who have a token. */
function standingOf(state: State, authorization: string, token: Token | undefined): Pick<Call, "isApp" | "isUnknown"> {
  const isApp = isSignedByApp(state, authorization);
  return { isApp, isUnknown: authorization !== "" && !token && !isApp };
}

function respond(exchange: Exchange, method: string, asked: string, call: Omit<Call, "params">): Answer {
  const path = asked.replace(/^\/api(\/v3)?(?=\/)/, "");
  try {
    if (call.isUnknown) throw badCredentials();
    if (path !== "/graphql") return route(exchange, method, path, call);
    countContent(exchange.state, /^\s*mutation/.test(String(call.body["query"])));
    return { status: 200, body: answerQuery({ ...call, params: {} }) };
  } catch (error) {
    if (error instanceof Refusal) return error;
    exchange.wrong.push(`${method} ${path}: ${String((error as Error).stack)}`);
    return { status: 500, body: { message: String(error) } };
  }
}

function route(exchange: Exchange, method: string, path: string, call: Omit<Call, "params">): Answer {
  const moved = movedTo(exchange.state, path);
  if (moved !== undefined) return redirection(method, `${call.origin}${moved}${queryOf(call)}`);
  const found = templates.find(entry => entry.method === method.toLowerCase() && entry.pattern.test(path));
  if (!found) throw notFound();
  const groups = Object.entries(found.pattern.exec(path)?.groups ?? {});
  const params = Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value)]));
  const problem = wrongRequest(found.method, found.path, call.body);
  if (problem !== undefined) {
    exchange.wrong.push(`${method} ${path}: ${problem}`);
    throw new Refusal(422, {
      message: "Invalid request.",
      errors: [problem],
      documentation_url: "https://docs.github.com/rest",
    });
  }
  countContent(exchange.state, method === "POST" && !path.startsWith("/app"));
  const answer = routes[`${found.method} ${found.path}`]?.({ ...call, params }) ?? { status: 501, body: {} };
  return checked(exchange, found.method, found.path, answer);
}

function movedTo({ formerNames }: State, path: string): string | undefined {
  const [, name = "", rest = ""] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(path) ?? [];
  const now = formerNames.get(name);
  return now === undefined ? undefined : `/repos/${now}${rest}`;
}

function queryOf({ query }: Pick<Call, "query">): string {
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** A request that is more than a question has to be sent again as it was. */
function redirection(method: string, url: string): Answer {
  const documentation_url = "https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api";
  const message = method === "GET" ? "Moved Permanently" : "Temporary Redirect";
  return {
    status: method === "GET" ? 301 : 307,
    body: { message, url, documentation_url },
    headers: { location: url },
  };
}

function checked(exchange: Exchange, method: string, path: string, answer: Answer): Answer {
  const problem = answer.text === undefined ? wrongResponse(method, path, answer.status, answer.body) : undefined;
  if (problem !== undefined) exchange.wrong.push(`the answer to ${method} ${path} (${answer.status}): ${problem}`);
  return answer;
}

/** GitHub's second limit counts what creates content, and says how long to wait. */
function countContent(state: State, creates: boolean): void {
  if (!creates) return;
  const now = state.now();
  const recent = state.created.filter(time => now - time < 60_000);
  state.created.splice(0, state.created.length, ...recent);
  if (recent.length >= state.limits.contentPerMinute) {
    const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    const headers = { "retry-after": String(state.limits.retryAfter) };
    throw new Refusal(
      403,
      { message, documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api" },
      headers,
    );
  }
  state.created.push(now);
}

async function bodyOf(incoming: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

/** Also as the password of Basic, as git sends it. */
function tokenOf(state: State, authorization: string): Token | undefined {
  const [scheme = "", value = ""] = authorization.split(" ");
  const name = scheme.toLowerCase() === "basic" ? (Buffer.from(value, "base64").toString().split(":")[1] ?? "") : value;
  const token = state.tokens.get(name);
  return token && token.expiresAt > state.now() ? token : undefined;
}

function isSignedByApp({ app, now }: State, authorization: string): boolean {
  const [head = "", claims = "", signature = ""] = authorization.replace(/^bearer /i, "").split(".");
  if (signature === "") return false;
  const isRight = createVerify("RSA-SHA256")
    .update(`${head}.${claims}`)
    .verify(createPublicKey(app.publicKey), signature, "base64url");
  if (!isRight) return false;
  const { iss, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as {
    readonly iss: string | number;
    readonly exp: number;
  };
  return String(iss) === String(app.id) && exp * 1000 > now();
}
