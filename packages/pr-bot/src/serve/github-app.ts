/** The App's own doors to GitHub. */
import { createAppAuth, type InstallationAccessTokenAuthentication } from "@octokit/auth-app";
import { createClient, type Client, type Fetch } from "../github/client.ts";
import type { Turns } from "../github/turns.ts";
import type { ServerSettings } from "./settings.ts";

export interface GitHubApp {
  /** As the App itself. */
  readonly asApp: Client;
  /** As the App in one installation; tokens are kept for their hour and renewed before it ends. */
  readonly asInstallation: (id: number, signal: AbortSignal) => Client;
  /** A token for git. */
  readonly tokenFor: (id: number) => Promise<string>;
  /** Whether an installation lets the App write to branches. */
  readonly mayPush: (id: number) => Promise<boolean>;
}

export type AppSettings = Pick<ServerSettings, "appId" | "privateKey" | "apiUrl" | "pace">;

export interface AppPorts {
  readonly onNote: (text: string) => void;
  /** The turns of an account, where several processes share them. */
  readonly turnsOf?: ((account: string) => Turns) | undefined;
  /** How requests leave the machine; as the runtime sends them if absent. */
  readonly fetch?: Fetch | undefined;
  /** Seconds of a pause that are waited through; without a bound if absent. */
  readonly patienceSeconds?: number | undefined;
}

/** Opens the doors; nothing is sent yet. */
export function openGitHubApp(settings: AppSettings, { onNote, turnsOf, patienceSeconds, fetch }: AppPorts): GitHubApp {
  const { appId, privateKey, apiUrl, pace } = settings;
  const asApp = createClient({
    apiUrl,
    auth: { strategy: createAppAuth, options: { appId, privateKey } },
    id: "app",
    pace,
    onNote,
    fetch,
  });
  const auth = createAppAuth({ appId, privateKey, request: asApp.request });
  const grantFor = (id: number): Promise<InstallationAccessTokenAuthentication> =>
    auth({ type: "installation", installationId: id });
  const tokenFor = async (id: number): Promise<string> => (await grantFor(id)).token;
  return {
    asApp,
    asInstallation: (id, signal) => {
      const token = (): Promise<string> => tokenFor(id);
      const account = `installation/${id}`;
      return createClient({
        ...{ apiUrl, auth: { token }, id: account, pace, signal, onNote, fetch },
        turns: turnsOf?.(account),
        patienceSeconds,
      });
    },
    tokenFor,
    mayPush: async id => (await grantFor(id)).permissions["contents"] === "write",
  };
}
