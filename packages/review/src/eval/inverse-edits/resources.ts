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
      right: /(\.(?:removeEventListener|off|removeListener)\([^,()\n]+, )(this\.[\w$]+)(?=[,)])/g,
      wrong: "$1$2.bind(this)",
    },
    {
      right: /(\.(?:removeEventListener|off|removeListener)\([^,()\n]+, )([a-z][\w$]*)(?=[,)])/g,
      wrong: "$1() => $2()",
    },
  ],
  "unreleased-on-throw": [
    {
      right:
        /^([ \t]*)try \{\n((?:\1[ \t][^\n]*\n|\n){1,15}?)\1\} finally \{\n(\1[ \t]+(?:await )?[\w$.?]+\.(?:close|closeSync|release|end|destroy|dispose|unlock|quit|disconnect)\([^;\n]*\);\n)\1\}/gm,
      wrong: "$2$3",
    },
  ],
};
