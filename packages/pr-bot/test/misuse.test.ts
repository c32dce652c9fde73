/** What whoever sets up the bot reads when something is missing, wrong or out of reach: one line, with the way out, and no secret. */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { mkdtempSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { startGitHubServer, type GitHubServer } from "@review/testkit/github";
import { createLog } from "../dist/serve/log.js";
import { openEmbedded } from "../dist/serve/embedded.js";
import { openPostgres } from "../dist/serve/postgres.js";
import { serverSettings } from "../dist/serve/settings.js";
import { runHere } from "./scene.ts";

let github: GitHubServer;
let set: Readonly<Record<string, string>>;

beforeAll(async () => {
  github = await startGitHubServer();
  github.createRepository("acme/shop");
  const token = github.createToken("github-actions[bot]");
  set = { GITHUB_REPOSITORY: "acme/shop", GITHUB_TOKEN: token, GITHUB_API_URL: github.url };
  return () => github.close();
});

test.each([
  [{ GITHUB_REPOSITORY: "" }, "GITHUB_REPOSITORY is not set: it has to be owner/name."],
  [{ GITHUB_REPOSITORY: "acme" }, 'GITHUB_REPOSITORY is "acme": it has to be owner/name.'],
  [{ GITHUB_TOKEN: "" }, "GITHUB_TOKEN is not set: it has to be the workflow's token."],
  [{ GITHUB_API_URL: "github.com" }, 'GITHUB_API_URL is "github.com": it has to be an address, such as https://'],
  [{}, "GITHUB_EVENT_PATH is not set: outside of a workflow, name the pull request with --pull."],
  [{ GITHUB_EVENT_PATH: "/nowhere/event.json" }, "GITHUB_EVENT_PATH cannot be read: ENOENT"],
])("a run with %j is refused at once", async (wrong, words) => {
  const { status, stdout, stderr } = await runHere(["run"], { ...set, ...wrong });
  expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(words)]);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("a job about something else has nothing to do, which is no failure", async () => {
  const event = join(mkdtempSync(join(tmpdir(), "review-event-")), "event.json");
  writeFileSync(event, JSON.stringify({ ref: "refs/heads/main" }));
  const { status, stderr } = await runHere(["run"], { ...set, GITHUB_EVENT_PATH: event });
  expect([status, stderr]).toEqual([0, "review-bot: Nothing to do: the event is none of a pull request.\n"]);
});

test("what GitHub refuses is told with what was asked; a wrong token, a wrong number and a wrong address are told apart", async () => {
  const page = createServer((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>"),
  );
  await new Promise<void>(done => page.listen(0, "127.0.0.1", done));
  onTestFinished(() => void page.close());
  const elsewhere = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
  const wrong = `ghs_${"wrong".repeat(5)}`;
  const said = async (env: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    const { status, stderr } = await runHere(["run", "--pull", "99"], { ...set, ...env });
    expect(stderr).not.toContain(wrong);
    return [status, stderr];
  };
  const at = "GET /repos/acme/shop/pulls/99";
  expect([await said({}), await said({ GITHUB_TOKEN: wrong }), await said({ GITHUB_API_URL: elsewhere })]).toEqual([
    [3, `review-bot: GitHub answered ${at} with 404 (Not Found): it is not there, or the token may not see it.\n`],
    [
      3,
      `review-bot: GitHub answered ${at} with 401 (Bad credentials): it does not accept the token or the App's key.\n`,
    ],
    [2, `review-bot: ${elsewhere} does not answer as GitHub's API does: check GITHUB_API_URL.\n`],
  ]);
});

test("a server that cannot be reached is named", async () => {
  const { status, stderr } = await runHere(["run", "--pull", "1"], { ...set, GITHUB_API_URL: "http://127.0.0.1:9" });
  expect([status, stderr]).toEqual([
    3,
    expect.stringMatching(/^review-bot: http:\/\/127\.0\.0\.1:9 cannot be reached: /),
  ]);
});

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const app = { GITHUB_APP_ID: "1", GITHUB_PRIVATE_KEY: privateKey, GITHUB_WEBHOOK_SECRET: "s" };

test.each([
  [{ GITHUB_APP_ID: "" }, "GITHUB_APP_ID is not set"],
  [{ GITHUB_WEBHOOK_SECRET: "" }, "GITHUB_WEBHOOK_SECRET is not set"],
  [{ GITHUB_PRIVATE_KEY: "/etc/key.pem" }, "GITHUB_PRIVATE_KEY is no private key"],
  [{ REVIEW_ROLE: "workers" }, 'REVIEW_ROLE is "workers": it has to be all, web or worker.'],
  [{ REVIEW_ROLE: "web" }, "REVIEW_ROLE=web needs DATABASE_URL"],
  [{ PORT: "99999" }, 'PORT is "99999": it has to be a number from 0 to 65535.'],
  [{ REVIEW_SLOTS: "0" }, 'REVIEW_SLOTS is "0": it has to be a number of 1 or more.'],
])("a server with %j does not start", (wrong, words) => {
  expect(serverSettings({ ...app, GITHUB_PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") })).toMatchObject({
    port: 3_000,
    privateKey,
  });
  expect(() => serverSettings({ ...app, ...wrong })).toThrow(words);
});

test("a level that there is not, a folder that is none and a database that does not answer are named", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "review-file-")), "file");
  writeFileSync(file, "");
  const lost = (): never => expect.fail("nothing was there to be lost");
  expect(() => createLog("loud")).toThrow('REVIEW_LOG_LEVEL is "loud": it has to be trace, debug, ');
  await expect(openEmbedded(join(file, "data"))).rejects.toThrow("REVIEW_DATA_DIR cannot be used: ENOTDIR");
  const url = "postgresql://review:secret@127.0.0.1:9/review";
  await expect(openPostgres(url, lost)).rejects.toThrow(
    /^DATABASE_URL leads to no database: (?!.*secret).*ECONNREFUSED/,
  );
});
