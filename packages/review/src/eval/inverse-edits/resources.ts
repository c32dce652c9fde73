/** What has to be given back. */
import type { EditTable } from "./edit.ts";

export const resources: EditTable = {
  "cleanup-every-render": [
    {
      right:
        /(\buse(?:Layout)?Effect\(\s*\(\) => (?:\(\) => [^,\n]+|\{\n[ \t]*return \(\) => \{[^{}]*\};\n[ \t]*\}|\(\) => \{[^{}]*\})),\s*\[[^\]]*\],?\s*\)/g,
      wrong: "$1)",
    },
  ],
  "listener-mismatch": [
    {
      right: /(?<=\.(?:removeEventListener|off|removeListener)\(([^,()\n]+), )((?:this\.)?[a-z][\w$]*)(?=[,)])/g,
      wrong: match => withFreshListener(match),
    },
  ],
  "unreleased-on-throw": [
    {
      right:
        /^([ \t]*)try \{\n((?:\1[ \t][^\n]*\n|\n){1,15}?)\1\} finally \{\n(\1[ \t]+(?:await )?[\w$.?]+\.(?:close|closeSync|release|releaseLock|end|destroy|dispose|unlock|quit|disconnect)\([^;\n]*\);?\n)\1\}/gm,
      wrong: "$2$3",
    },
  ],
};

/** A function of the moment where a listener is removed; undefined where the file does not add that listener. */
function withFreshListener({ 1: event = "", 2: listener = "", input }: RegExpExecArray): string | undefined {
  const isAdded = ["addEventListener", "on", "once", "addListener"].some(add =>
    input.includes(`.${add}(${event}, ${listener}`),
  );
  if (!isAdded) return undefined;
  return listener.startsWith("this.") ? `${listener}.bind(this)` : `() => ${listener}()`;
}
