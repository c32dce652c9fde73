/** React's hooks. */
import type { ArgumentFacts, Library } from "../facts.ts";
import { EFFECT, exportsOf, PURE } from "../rows.ts";

const EFFECT_BODY: ArgumentFacts = { called: "many", when: "later", promise: "ignored" };
const RENDERED: ArgumentFacts = { called: "maybe", when: "now" };

export const react: Library = {
  name: "react",
  versions: ">=16.8 <20",
  models: [
    exportsOf("react", "useEffect useLayoutEffect useInsertionEffect", { ...EFFECT, takes: { 0: EFFECT_BODY } }),
    exportsOf("react", "useMemo", { ...PURE, takes: { 0: RENDERED } }),
    exportsOf("react", "useState", { ...PURE, takes: { 0: RENDERED } }),
    exportsOf("react", "useReducer", { ...PURE, takes: { 0: { called: "many", when: "later", uses: ["stored"] } } }),
    exportsOf("react", "useCallback", {
      ...PURE,
      returns: { same: 0 },
      takes: { 0: { uses: ["returned", "stored"] } },
    }),
    exportsOf("react", "useRef useContext useId useDeferredValue", PURE),
    exportsOf("react", "useSyncExternalStore", { ...PURE, takes: { 0: { called: "many", when: "later" } } }),
    exportsOf("react", "startTransition", { ...EFFECT, takes: { 0: { called: "once", when: "now" } } }),
    exportsOf("react", "createElement cloneElement createContext createRef forwardRef memo lazy", {
      ...PURE,
      returns: { fresh: true },
    }),
    exportsOf("react", "isValidElement", PURE),
  ],
};
