/** Whether what the Dockerfile and the compose file say fits the program that they are for. Docker itself is not needed. */
import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serverSettings } from "../dist/serve/settings.js";
import { dockerfile, imageVariables, inImage, required, ROOT, services, variablesOf, words } from "./container.ts";
import { start } from "./scene.ts";

const { bin } = createRequire(import.meta.url)("../package.json") as { readonly bin: Readonly<Record<string, string>> };

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const GIVEN: Readonly<Record<string, string>> = {
  GITHUB_APP_ID: "1",
  GITHUB_PRIVATE_KEY: privateKey,
  GITHUB_WEBHOOK_SECRET: "a secret",
  POSTGRES_PASSWORD: "a password",
};

test("the image is built by the workspace's own build, from what there is, and starts the program that it copies", async () => {
  const scripts = dockerfile.flatMap(({ name, text }) => (name === "RUN" ? text.split(" && ") : []));
  const [build, ...others] = scripts.filter(script => script.startsWith("node "));
  // The compiler alone would leave out the packages that are put together into one file.
  expect([build?.trim(), others]).toEqual(["node packages/testkit/bootstrap/build.mjs packages/pr-bot", []]);
  expect(existsSync(join(ROOT, "packages/testkit/bootstrap/build.mjs"))).toBe(true);
  const [deploy] = scripts.filter(script => script.includes(" deploy "));
  expect(deploy).toContain("--filter @review/pr-bot ");
  const place = deploy?.trim().split(" ").at(-1);
  for (const { name, text } of dockerfile.filter(one => one.name === "COPY")) {
    const [from, ...rest] = text.split(" ").filter(word => !word.startsWith("--"));
    expect([name, text.includes("--from=build") ? from === place : existsSync(join(ROOT, from ?? ""))]).toEqual([
      name,
      true,
    ]);
    expect(rest).toHaveLength(1);
  }
  const [program, main, ...more] = words(inImage("ENTRYPOINT"));
  expect([program, main, more]).toEqual(["node", join(place ?? "", bin["review-bot"] ?? ""), []]);
  const { status, stderr } = await start(words(inImage("CMD")), imageVariables());
  expect([status, stderr]).toEqual([2, expect.stringContaining("GITHUB_APP_ID is not set")]);
});

test("ports, folders and times agree with those of the server", () => {
  const image = imageVariables();
  const settings = serverSettings({ ...image, ...variablesOf(services.web, GIVEN) });
  expect(inImage("EXPOSE")).toBe(String(settings.port));
  expect(services.web.ports).toEqual([`${settings.port}:${settings.port}`]);
  expect(serverSettings(GIVEN).port).toBe(settings.port);
  expect(inImage("VOLUME")).toBe(settings.dataDir);
  for (const service of [services.web, services.worker]) {
    expect(service.read_only).toBe(true);
    expect(service.tmpfs).toEqual(["/tmp"]);
    expect(parseInt(service.stop_grace_period ?? "") * 1_000).toBeGreaterThan(settings.drainMs + 10_000);
    const { context = "", dockerfile: file = "" } = service.build ?? {};
    expect(join(ROOT, "packages/pr-bot", context, "/")).toBe(ROOT);
    expect(existsSync(join(ROOT, file))).toBe(true);
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect([condition, services[name as "database"].healthcheck?.test.length]).toEqual(["service_healthy", 4]);
    }
  }
});

test("each variable that is set is one that the program reads, and each that is to be set is named", () => {
  expect(required.named.toSorted()).toEqual(required.asked.toSorted());
  expect(required.named.toSorted()).toEqual(Object.keys(GIVEN).toSorted());
  for (const role of ["web", "worker"] as const) {
    const variables = { ...imageVariables(), ...variablesOf(services[role], GIVEN) };
    const read = new Set<string>();
    const watched = new Proxy<Readonly<Record<string, string | undefined>>>(variables, {
      get: (target, name) => {
        read.add(String(name));
        return target[String(name)];
      },
    });
    const settings = serverSettings(watched);
    expect(Object.keys(variables).filter(name => name !== "NODE_ENV" && !read.has(name))).toEqual([]);
    const { hostname, username, password, pathname } = new URL(settings.databaseUrl ?? "");
    const {
      POSTGRES_USER: user = "",
      POSTGRES_DB: name = "",
      POSTGRES_PASSWORD: secret = "",
    } = variablesOf(services.database, GIVEN);
    expect([hostname, username, decodeURIComponent(password), pathname]).toEqual([
      "database",
      user,
      secret,
      `/${name}`,
    ]);
    expect(settings).toMatchObject({ role, appId: "1", privateKey, webhookSecret: "a secret" });
  }
});
