/** Sees to it that a compiler ends with us, also when we are killed in the middle of a question. */
import { spawn } from "node:child_process";

/**
 * Has a shell wait for the end of this thread, which closes its pipe, and then end the process: a busy compiler notices for minutes
 * neither that nobody listens nor a signal. Windows ends children with their parent by itself.
 */
export function watchOver(pid: number): void {
  if (process.platform === "win32") return;
  const script = `trap "" INT TERM HUP; read -r _; kill -9 ${pid} 2>/dev/null`;
  const shell = spawn("/bin/sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  shell.on("error", () => undefined);
  shell.unref();
}
