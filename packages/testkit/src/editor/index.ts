/** The language server of the editors' ESLint extension, and the little of an editor that it needs. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The server's main file, which takes `--stdio`. */
export const eslintServer: string = join(
  dirname(createRequire(import.meta.url).resolve("vscode-langservers-extracted/package.json")),
  "bin/vscode-eslint-language-server",
);

/** What an editor underlines. Lines and characters count from 0. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly codeDescription?: { readonly href: string };
}

/** What an editor offers for it. */
export interface Action {
  readonly title: string;
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
}

/** An editor with a workspace open. */
export interface Editor {
  /** Process id of the server. */
  readonly pid: number | undefined;
  /** Opens a file with a text, or changes the text of one that is open. */
  write(path: string, text: string): void;
  diagnostics(path: string): Promise<readonly Diagnostic[]>;
  actions(path: string, diagnostic: Diagnostic): Promise<readonly Action[]>;
  /** The edits that come of an action, as `line:character-line:character text`. */
  run(action: Action): Promise<readonly string[]>;
  /** The text that the command which repairs everything in a file would leave. */
  fixAll(path: string): Promise<string>;
  /** The text that would be saved where files are repaired on saving. */
  fixesOnSave(path: string): Promise<string>;
  /** The addresses of the pages that the editor was asked to show. */
  readonly pages: readonly string[];
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[]; readonly edit?: WorkspaceEdit; readonly url?: string };
  readonly result?: unknown;
}

interface WorkspaceEdit {
  readonly documentChanges: readonly { readonly edits: readonly { range: Range; newText: string }[] }[];
}

interface Range {
  readonly start: Diagnostic["range"]["start"];
  readonly end: Diagnostic["range"]["start"];
}

/** Starts the server for a workspace whose `node_modules` has ESLint; `env` is added to the environment. */
export async function startEditor(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Editor> {
  const edits: WorkspaceEdit[] = [];
  const pages: string[] = [];
  const { child, request, notify } = await startServer(folder, env, { edits, pages });
  const versions = new Map<string, number>();
  const texts = new Map<string, string>();
  const documentOf = (path: string): { uri: string } => ({ uri: pathToFileURL(join(folder, path)).href });
  const execute = async (command: Action["command"]): Promise<WorkspaceEdit | undefined> => {
    await request("workspace/executeCommand", command);
    return edits.pop();
  };
  return {
    pid: child.pid,
    write(path, text) {
      const version = (versions.get(path) ?? 0) + 1;
      versions.set(path, version);
      texts.set(path, text);
      const textDocument = { ...documentOf(path), version };
      if (version > 1) notify("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
      else notify("textDocument/didOpen", { textDocument: { ...textDocument, languageId: "typescript", text } });
    },
    async diagnostics(path) {
      const report = await request("textDocument/diagnostic", { textDocument: documentOf(path) });
      return (report as { items: readonly Diagnostic[] }).items;
    },
    async actions(path, diagnostic) {
      const context = { diagnostics: [diagnostic] };
      const params = { textDocument: documentOf(path), range: diagnostic.range, context };
      return (await request("textDocument/codeAction", params)) as readonly Action[];
    },
    run: async ({ command }) => editsIn(await execute(command)).map(editText),
    async fixAll(path) {
      const document = { ...documentOf(path), version: versions.get(path) };
      const edit = await execute({ command: "eslint.applyAllFixes", arguments: [document] });
      return applied(texts.get(path) ?? "", edit);
    },
    async fixesOnSave(path) {
      const start = { line: 0, character: 0 };
      const context = { diagnostics: [], only: ["source.fixAll.eslint"] };
      const params = { textDocument: documentOf(path), range: { start, end: start }, context };
      const [action] = (await request("textDocument/codeAction", params)) as readonly { edit: WorkspaceEdit }[];
      return applied(texts.get(path) ?? "", action?.edit);
    },
    pages,
    async close() {
      await request("shutdown", null);
      const ended = once(child, "exit");
      notify("exit", null);
      await ended;
    },
  };
}

async function startServer(
  folder: string,
  env: Readonly<Record<string, string>>,
  heard: Heard,
): Promise<Connection & { readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [eslintServer, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const { request, notify } = connect(child, message => answerOf(message, folder, heard));
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "workspace" }];
  const rootUri = workspaceFolders[0]?.uri;
  await request("initialize", { processId: process.pid, rootUri, workspaceFolders, capabilities });
  notify("initialized", {});
  return { child, request, notify };
}

type Edit = WorkspaceEdit["documentChanges"][number]["edits"][number];

function editsIn(edit: WorkspaceEdit | undefined): readonly Edit[] {
  return (edit?.documentChanges ?? []).flatMap(change => change.edits);
}

function applied(text: string, edit: WorkspaceEdit | undefined): string {
  const lines = text.split("\n");
  const offsetOf = ({ line, character }: Range["start"]): number =>
    lines.slice(0, line).reduce((sum, before) => sum + before.length + 1, character);
  const last = [...editsIn(edit)].sort((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start));
  return last.reduce(
    (left, { range, newText }) => left.slice(0, offsetOf(range.start)) + newText + left.slice(offsetOf(range.end)),
    text,
  );
}

function editText({ range: { start, end }, newText }: Edit): string {
  return `${start.line}:${start.character}-${end.line}:${end.character} ${newText}`;
}

const capabilities = {
  workspace: { configuration: true, applyEdit: true, workspaceEdit: { documentChanges: true }, workspaceFolders: true },
  textDocument: {
    diagnostic: { dynamicRegistration: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
  },
};

/** What the server has had the editor do. */
interface Heard {
  readonly edits: WorkspaceEdit[];
  readonly pages: string[];
}

/** What the server asks of an editor. */
function answerOf({ method, params }: Message, folder: string, heard: Heard): unknown {
  switch (method) {
    case "workspace/configuration":
      return params?.items?.map(() => settingsFor(folder));
    case "eslint/confirmESLintExecution":
      return 4;
    case "workspace/applyEdit":
      if (params?.edit) heard.edits.push(params.edit);
      return { applied: true };
    case "eslint/openDoc":
      if (params?.url) heard.pages.push(params.url);
      return null;
    default:
      return null;
  }
}

/** All settings of the extension: the server asks for them, and takes none for granted. */
export function settingsFor(folder: string): object {
  return {
    validate: "on",
    useESLintClass: true,
    useFlatConfig: true,
    experimental: { useFlatConfig: false },
    codeAction: {
      disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
      showDocumentation: { enable: true },
    },
    codeActionOnSave: { mode: "all", enable: false },
    onIgnoredFiles: "off",
    options: {},
    rulesCustomizations: [],
    problems: { shortenToSingleLine: false },
    run: "onType",
    nodePath: null,
    workingDirectory: { mode: "location" },
    workspaceFolder: { uri: pathToFileURL(folder).href, name: "workspace" },
  };
}

interface Connection {
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params: unknown) => void;
}

/** Messages with a header that tells their length, as the protocol has it. */
function connect(child: ChildProcess, answer: (message: Message) => unknown): Connection {
  const waiting = new Map<number, (result: unknown) => void>();
  let received = Buffer.alloc(0);
  let last = 0;
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const take = (message: Message): void => {
    if (message.method === undefined) waiting.get(message.id ?? 0)?.(message.result);
    else if (message.id !== undefined) send({ id: message.id, result: answer(message) });
  };
  child.stdout?.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let split = firstMessage(received); split; split = firstMessage(received)) {
      received = Buffer.from(split.rest);
      take(JSON.parse(split.body) as Message);
    }
  });
  return {
    request(method, params) {
      const id = ++last;
      send({ id, method, params });
      return new Promise(resolve => waiting.set(id, resolve));
    },
    notify: (method, params) => send({ method, params }),
  };
}

function firstMessage(received: Buffer): { readonly body: string; readonly rest: Buffer } | undefined {
  const start = received.indexOf("\r\n\r\n") + 4;
  const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, start).toString())?.[1]);
  if (start < 4 || received.length < start + length) return undefined;
  return { body: received.subarray(start, start + length).toString(), rest: received.subarray(start + length) };
}
