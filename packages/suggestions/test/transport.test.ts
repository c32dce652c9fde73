/** T36: the way to a server, by a proxy or without one, and what is said where there is none. */
import { createServer, request as forward } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { createSuggester, proxiesIn } from "@review/suggestions";
import { answer, rateLimited, sensible, type ModelServer } from "@review/testkit/openai";
import { folderWith } from "@review/testkit/folders";
import { expect, it, onTestFinished } from "vitest";
import { ask, quickClock, requestFor, serverWith, statusesOf } from "./support.ts";

const elsewhere = "http://model.example:8080/v1";

interface Proxy {
  readonly address: string;
  /** The hosts that it was asked for. */
  readonly hosts: readonly string[];
}

/** A proxy as companies have them, which sends everything on to a server of the tests. */
async function proxyTo({ url }: Pick<ModelServer, "url">): Promise<Proxy> {
  const { port } = new URL(url);
  const hosts: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? "");
    hosts.push(target.host);
    const { method, headers } = incoming;
    const way = forward({ host: "127.0.0.1", port, method, headers, path: target.pathname + target.search }, reply => {
      outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(outgoing);
    });
    incoming.pipe(way);
  });
  proxy.on("connect", (incoming, socket) => {
    hosts.push(incoming.url ?? "");
    const way = connect(Number(port), "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    for (const end of [way, socket]) end.on("error", () => void (way.destroy(), socket.destroy()));
    way.pipe(socket).pipe(way);
  });
  await new Promise<void>(done => proxy.listen(0, "127.0.0.1", done));
  onTestFinished(() => void (proxy.closeAllConnections(), proxy.close()));
  return { address: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, hosts };
}

it("goes by a proxy", async () => {
  const server = await serverWith(sensible());
  const proxy = await proxyTo(server);
  const proxies = { httpProxy: `http://${proxy.address}` };
  expect(statusesOf(await ask({ url: elsewhere }, [requestFor()], { proxies }))).toEqual(["advice"]);
  expect(proxy.hosts).toEqual(["model.example:8080"]);
  expect(server.requests[0]!.headers.authorization).toBe("Bearer sk-test");
});

it("reads by a proxy what a server says of itself, and waits as it asks", async () => {
  const clock = quickClock();
  const server = await serverWith(({ number }) =>
    number === 1 ? rateLimited(41) : answer({ decision: "advice", explanation: "Await `write`." }),
  );
  const proxies = { httpProxy: `http://${(await proxyTo(server)).address}` };
  expect(statusesOf(await ask({ url: elsewhere }, [requestFor()], { clock, proxies }))).toEqual(["advice"]);
  expect(clock.waits).toEqual([41_000]);
});

it("hands a batch in by a proxy", async () => {
  const server = await serverWith(sensible());
  const proxies = { httpProxy: `http://${(await proxyTo(server)).address}` };
  const settings = { model: "local", apiKey: "sk-test", baseUrl: elsewhere, cacheDir: folderWith(), proxies };
  const suggester = createSuggester(settings);
  expect(await suggester.batch.submit(suggester.preview([requestFor()]))).toMatchObject({ batches: ["batch_1"] });
  expect(server.batches()).toHaveLength(1);
});

it("goes past the proxy to this machine, and to where none is wanted", async () => {
  const server = await serverWith(sensible());
  const proxy = await proxyTo(server);
  const proxies = { httpProxy: `http://${proxy.address}`, noProxy: "model.invalid" };
  expect(statusesOf(await ask(server, [requestFor()], { proxies }))).toEqual(["advice"]);
  expect(statusesOf(await ask({ url: "http://model.invalid/v1" }, [requestFor()], { proxies }))).toEqual(["offline"]);
  expect(proxy.hosts).toEqual([]);
});

it("names the server where the proxy is gone", async () => {
  const { results } = await ask({ url: elsewhere }, [requestFor()], {
    proxies: { httpProxy: "http://127.0.0.1:1" },
  });
  expect(results[0]!.suggestion).toMatchObject({ status: "offline" });
  expect(results[0]!.suggestion.reason).toContain("cannot reach model.example:8080 (ECONNREFUSED)");
});

it("reads proxies from an environment as other programs do", () => {
  const environment = {
    http_proxy: "one:1",
    HTTP_PROXY: "http://two:2",
    HTTPS_PROXY: "https://three",
    NO_PROXY: "a,b",
  };
  expect(proxiesIn(environment)).toEqual({ httpProxy: "http://one:1", httpsProxy: "https://three", noProxy: "a,b" });
  expect(proxiesIn({ http_proxy: "" })).toEqual({});
});

it("asks in the same way where a model may take longer than the runtime waits", async () => {
  const server = await serverWith(sensible());
  expect(statusesOf(await ask(server, [requestFor()], { attemptMs: 900_000 }))).toEqual(["advice"]);
  expect(Object.keys(server.requests[0]!.headers).filter(name => name.startsWith("x-"))).toEqual([]);
});

it.each([
  ["a name that nobody has", "http://model.invalid/v1", /ENOTFOUND|EAI_AGAIN/],
  ["TLS where there is none", "", /SSL|EPROTO/],
])("says offline after one more try for %s", async (_, url, cause) => {
  const server = await serverWith(sensible());
  const baseUrl = url || server.url.replace("http:", "https:");
  const trial = await ask({ url: baseUrl });
  expect(statusesOf(trial)).toEqual(["offline"]);
  expect(trial.results[0]!.suggestion.reason).toMatch(cause);
  expect(trial.suggester.usage().requests).toBe(2);
});
