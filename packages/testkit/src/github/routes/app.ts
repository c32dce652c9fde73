/** What an App asks with its own signed token. */
import { randomBytes } from "node:crypto";
import { repositoryOf, type Answer, type Call, type Handler } from "../call.ts";
import { complete } from "../description.ts";
import { notFound, Refusal } from "../errors.ts";
import { fullName, repositoryShape, user } from "../shapes.ts";
import { actorNamed } from "../state.ts";

export const appRoutes: Readonly<Record<string, Handler>> = {
  "get /app": call => {
    const { app } = call.state;
    if (!call.isApp) throw unauthorised();
    const owner = user(actorNamed(call.state, "review-dev"));
    return { status: 200, body: complete("integration", { id: app.id, slug: app.slug, name: app.slug, owner }) };
  },
  "get /repos/{owner}/{repo}/installation": call => {
    const id = repositoryOf(call).installationId;
    return { status: 200, body: complete("installation", { id, account: user(actorNamed(call.state, "acme")) }) };
  },
  "post /app/installations/{installation_id}/access_tokens": call => {
    if (!call.isApp) throw unauthorised();
    const { state } = call;
    const id = Number(call.params["installation_id"]);
    const repositories = [...state.repositories.values()].filter(entry => entry.installationId === id);
    if (repositories.length === 0) throw notFound();
    const token = `ghs_${state.app.id}_${randomBytes(24).toString("base64url")}`;
    const expiresAt = state.now() + 3_600_000;
    const actor = actorNamed(state, `${state.app.slug}[bot]`);
    const { contents } = state.app;
    state.tokens.set(token, { actor, access: "write", contents, repositories: repositories.map(fullName), expiresAt });
    const body = {
      token,
      expires_at: new Date(expiresAt).toISOString(),
      permissions: { contents, pull_requests: "write", checks: "write" },
      repositories: repositories.map(entry => repositoryShape(entry, call, "repository")),
    };
    return { status: 201, body: complete("installation-token", body) };
  },
  "get /app/hook/deliveries": call => {
    if (!call.isApp) throw unauthorised();
    const shapes = call.state.deliveries.toReversed().map(({ id, guid, event, action, status, redeliveries }) =>
      complete("hook-delivery-item", {
        id,
        guid,
        event,
        action,
        delivered_at: "2026-01-01T00:00:00Z",
        redelivery: redeliveries > 0,
        duration: 0.1,
        status: status < 300 ? "OK" : "failed",
        status_code: status,
      }),
    );
    return from(call, shapes);
  },
  "post /app/hook/deliveries/{delivery_id}/attempts": call => {
    if (!call.isApp) throw unauthorised();
    const delivery = call.state.deliveries.find(entry => entry.id === Number(call.params["delivery_id"]));
    if (!delivery) throw notFound();
    delivery.redeliveries++;
    return { status: 202, body: {} };
  },
};

/** Deliveries have no numbers of pages: a cursor leads to the next ones. */
function from({ query, origin }: Call, shapes: readonly unknown[]): Answer {
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const start = Number((query.get("cursor") ?? "v1_0").slice(3));
  const next = new URLSearchParams(query);
  next.set("cursor", `v1_${start + size}`);
  const link = `<${origin}/app/hook/deliveries?${next.toString()}>; rel="next"`;
  const headers = start + size < shapes.length ? { link } : {};
  return { status: 200, body: shapes.slice(start, start + size), headers };
}

function unauthorised(): Refusal {
  return new Refusal(401, {
    message: "A JSON web token could not be decoded",
    documentation_url: "https://docs.github.com/rest",
    status: "401",
  });
}
