/** What the tests of the model server and its client share: a finding, a suggester on a server, a clock that does not wait. */
import type { Finding, Severity } from "@review/findings";
import {
  createSuggester,
  type Clock,
  type SuggesterSettings,
  type SuggestHooks,
  type SuggestionRequest,
  type SuggestionResult,
} from "@review/suggestions";
import { startModelServer, type Behaviour, type ModelServer } from "@review/testkit/openai";
import { onTestFinished } from "vitest";

const code = `export async function store(name: string): Promise<void> {
  write(name);
  console.log("stored");
}
`;

/** A request whose code is `code` unless given; `name` makes its prompt its own. */
export function requestFor(name = "a", severity: Severity = "error", text: string = code): SuggestionRequest {
  const file = `src/${name}.ts`;
  const at = text.indexOf("write");
  const finding: Finding = {
    ruleId: "floating-promise",
    severity,
    category: "promises",
    message: `The promise of \`write\` in ${name} is lost.`,
    file,
    span: { start: 100 + at, end: 105 + at },
    evidence: [],
    fixes: [],
    repair: "Await the promise.",
    anchor: { scope: "store", code: "write" },
    fingerprint: name.padEnd(64, "0"),
    suggestion: { status: "off", reason: null, origin: "page", text: "Await the promise.", model: null },
  };
  const context: SuggestionRequest["context"] = {
    file,
    language: "ts",
    declaration: { text, start: 100 },
    imports: { text: 'import { write } from "./disk.ts";', start: 0 },
    types: [{ name: "write", text: "function write(name: string): Promise<void>" }],
    environment: { target: "es2023", strict: true },
    rulePage: { summary: "A promise that nobody waits for.", repair: "Await it, return it, or hand it on." },
  };
  return { finding, context };
}

/** Starts a server that is closed when the test ends. */
export async function serverWith(behaviour: Behaviour): Promise<ModelServer> {
  const server = await startModelServer(behaviour);
  onTestFinished(() => server.close());
  return server;
}

/** Waits take no time, and are remembered in milliseconds. */
export function quickClock(): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  let now = 1_700_000_000_000;
  return {
    waits,
    now: () => now,
    random: () => 0.5,
    sleep: async ms => {
      waits.push(ms);
      now += ms;
      await new Promise(resolve => setImmediate(resolve));
    },
  };
}

export interface Trial {
  readonly results: readonly SuggestionResult[];
  readonly notes: readonly string[];
  readonly suggester: ReturnType<typeof createSuggester>;
}

/** Asks a server about the requests, with settings that suit a test. */
export async function ask(
  server: Pick<ModelServer, "url">,
  requests: readonly SuggestionRequest[] = [requestFor()],
  settings: Partial<SuggesterSettings> = {},
  hooks: Partial<SuggestHooks> = {},
): Promise<Trial> {
  const notes: string[] = [];
  const suggester = createSuggester({
    model: "local",
    apiKey: "sk-test",
    baseUrl: server.url,
    cacheDir: null,
    clock: quickClock(),
    onNote: text => notes.push(text),
    ...settings,
  });
  const results = await suggester.suggest(requests, {
    signal: new AbortController().signal,
    ...hooks,
  });
  return { results, notes, suggester };
}

/** Status of each result. */
export function statusesOf({ results }: Trial): readonly string[] {
  return results.map(result => result.suggestion.status);
}
