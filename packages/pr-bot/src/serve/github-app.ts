/** The App's own doors to GitHub. */
import { createAppAuth } from "@octokit/auth-app";
import { createClient, type Client } from "../github/client.ts";
import type { ServerSettings } from "./settings.ts";

export interface GitHubApp {
  /** As the App itself. */
  readonly asApp: Client;
  /** As the App in one installation; tokens are kept for their hour and renewed before it ends. */
  readonly asInstallation: (id: number, signal: AbortSignal) => Client;
  /** A token for git. */
  readonly tokenFor: (id: number) => Promise<string>;
}

/** Opens the doors; nothing is sent yet. */
export function openGitHubApp(settings: ServerSettings, onNote: (text: string) => void): GitHubApp {
  const { appId, privateKey, apiUrl, pace } = settings;
  const asApp = createClient({
    apiUrl,
    auth: { strategy: createAppAuth, options: { appId, privateKey } },
    id: "app",
    pace,
    onNote,
  });
  const auth = createAppAuth({ appId, privateKey, request: asApp.request });
  const tokenFor = async (id: number): Promise<string> =>
    (await auth({ type: "installation", installationId: id })).token;
  return {
    asApp,
    asInstallation: (id, signal) => {
      const token = (): Promise<string> => tokenFor(id);
      return createClient({ apiUrl, auth: { token }, id: `installation/${id}`, pace, signal, onNote });
    },
    tokenFor,
  };
}
