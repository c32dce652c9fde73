/** The answers that refuse. */

/** Thrown by a handler; becomes the response. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: object, headers: Readonly<Record<string, string>> = {}) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const URL = "https://docs.github.com/rest";

/** 404, as also for what a token may not see. */
export function notFound(): Refusal {
  return new Refusal(404, { message: "Not Found", documentation_url: URL, status: "404" });
}

/** 401 for a token that nobody gave out, or that has ended. */
export function badCredentials(): Refusal {
  return new Refusal(401, { message: "Bad credentials", documentation_url: URL, status: "401" });
}

/** 403 for a token that may only read. */
export function inaccessible(): Refusal {
  return forbidden("Resource not accessible by integration");
}

/** 403 with a reason. */
export function forbidden(message: string): Refusal {
  return new Refusal(403, { message, documentation_url: URL, status: "403" });
}

/** 422 with GitHub's own words, as reviews answer. */
export function unprocessable(...errors: readonly string[]): Refusal {
  return new Refusal(422, { message: "Unprocessable Entity", errors, documentation_url: URL });
}

/** 422 as other resources answer. */
export function invalid(resource: string, field: string, message: string): Refusal {
  const errors = [{ resource, code: "custom", field, message }];
  return new Refusal(422, { message: "Validation Failed", errors, documentation_url: URL });
}

/** 406 for a diff that is longer than GitHub gives out as one text; its words differ with what there is too much of. */
export function tooLarge(what: "files" | "lines", most: number): Refusal {
  const hint =
    what === "files"
      ? ". Consider using 'List pull requests files' API or locally cloning the repository instead."
      : "";
  return new Refusal(406, {
    message: `Sorry, the diff exceeded the maximum number of ${what} (${most})${hint}`,
    errors: [{ resource: "PullRequest", field: "diff", code: "too_large" }],
    documentation_url: `${URL}/pulls/pulls#list-pull-requests-files`,
    status: "406",
  });
}

/** Throws for a body that is longer than GitHub stores. */
export function checkLength(resource: string, field: string, text: string, longest = 65_536): void {
  if (Array.from(text).length > longest)
    throw invalid(resource, field, `${field} is too long (maximum is ${longest} characters)`);
}
