/** The language server of the editors' ESLint extension, and the little of an editor that it needs. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const server = join(
  dirname(createRequire(import.meta.url).resolve("vscode-langservers-extracted/package.json")),
  "bin/vscode-eslint-language-server",
);

export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly codeDescription?: { readonly href: string };
}

export interface Action {
  readonly title: string;
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
}

export interface Editor {
  /** Opens a file with a text, or changes the text of one that is open. */
  write(path: string, text: string): void;
  diagnostics(path: string): Promise<readonly Diagnostic[]>;
  actions(path: string, diagnostic: Diagnostic): Promise<readonly Action[]>;
  /** The edits that come of an action, as `line:character-line:character text`. */
  run(action: Action): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly unknown[]; readonly edit?: WorkspaceEdit };
  readonly result?: unknown;
}

interface WorkspaceEdit {
  readonly documentChanges: readonly { readonly edits: readonly { range: Range; newText: string }[] }[];
}

interface Range {
  readonly start: Diagnostic["range"]["start"];
  readonly end: Diagnostic["range"]["start"];
}

/** Starts the server for a workspace whose `node_modules` has ESLint. */
export async function startEditor(folder: string): Promise<Editor> {
  const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const versions = new Map<string, number>();
  const edits: WorkspaceEdit[] = [];
  const connection = connect(child, message => answerOf(message, folder, edits));
  const { request, notify } = connection;
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "workspace" }];
  await request("initialize", {
    processId: process.pid,
    rootUri: workspaceFolders[0]?.uri,
    workspaceFolders,
    capabilities,
  });
  notify("initialized", {});
  const documentOf = (path: string): { uri: string } => ({ uri: pathToFileURL(join(folder, path)).href });
  return {
    write(path, text) {
      const version = (versions.get(path) ?? 0) + 1;
      versions.set(path, version);
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
    async run({ command }) {
      await request("workspace/executeCommand", command);
      return (edits.pop()?.documentChanges ?? []).flatMap(change => change.edits.map(editText));
    },
    async close() {
      await request("shutdown", null);
      const ended = once(child, "exit");
      notify("exit", null);
      await ended;
    },
  };
}

function editText({ range: { start, end }, newText }: { range: Range; newText: string }): string {
  return `${start.line}:${start.character}-${end.line}:${end.character} ${newText}`;
}

const capabilities = {
  workspace: { configuration: true, applyEdit: true, workspaceEdit: { documentChanges: true }, workspaceFolders: true },
  textDocument: {
    diagnostic: { dynamicRegistration: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
  },
};

/** What the server asks of an editor. */
function answerOf({ method, params }: Message, folder: string, edits: WorkspaceEdit[]): unknown {
  switch (method) {
    case "workspace/configuration":
      return params?.items?.map(() => settingsFor(folder));
    case "eslint/confirmESLintExecution":
      return 4;
    case "workspace/applyEdit":
      if (params?.edit) edits.push(params.edit);
      return { applied: true };
    default:
      return null;
  }
}

function settingsFor(folder: string): object {
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
