/** What the terminal can show. */

/** Whether standard output gets colours: what the option says, then NO_COLOR and FORCE_COLOR, then the terminal. */
export function hasColour(option: boolean | undefined): boolean {
  if (option !== undefined) return option;
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return process.stdout.isTTY && TERM !== "dumb";
}

// cspell:ignore ghostty
const LINKING_PROGRAMS: ReadonlySet<string> = new Set(["iTerm.app", "vscode", "WezTerm", "ghostty", "Hyper"]);

/** Whether the terminal is one of those known to follow OSC 8 links; others may show their bytes. */
export function hasHyperlinks(): boolean {
  const { FORCE_HYPERLINK, TERM_PROGRAM = "", VTE_VERSION = "0", WT_SESSION, TERM = "", CI } = process.env;
  if (FORCE_HYPERLINK !== undefined) return FORCE_HYPERLINK !== "0";
  if (!process.stdout.isTTY || CI !== undefined) return false;
  return (
    LINKING_PROGRAMS.has(TERM_PROGRAM) ||
    Number(VTE_VERSION) >= 5000 ||
    WT_SESSION !== undefined ||
    TERM === "xterm-kitty"
  );
}
