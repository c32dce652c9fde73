/** The published packages that everything is measured on: pinned, so that two runs months apart see the same text. */

/** The parts of a tsconfig's `compilerOptions` that a package needs besides the shared ones. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

export interface BenchPackage {
  readonly name: string;
  /** Exact. */
  readonly version: string;
  /** The registry's `dist.integrity` of the tarball. */
  readonly integrity: string;
  /** Folders of the tarball that are analysed; "." is all of it. */
  readonly folders: readonly string[];
  /** Files or folders inside those that are left out, such as a second copy compiled to JavaScript. */
  readonly without: readonly string[];
  /** Exact versions of what the sources import but the package does not depend on, above all declarations. */
  readonly types: Readonly<Record<string, string>>;
  readonly compilerOptions: CompilerOptions;
}

const NODE_TYPES = { "@types/node": "26.6.6" };

const NODE_NEXT = { module: "nodenext", moduleResolution: "nodenext" };

/** For packages that ship JavaScript: it is checked too, or `tsc` would have nothing to do. */
const JAVASCRIPT = { ...NODE_NEXT, allowJs: true, checkJs: true };

export const PACKAGES: readonly BenchPackage[] = [
  {
    name: "rxjs",
    version: "7.8.2",
    integrity: "sha512-dhKf903U/PQZY6boNNtAGdWbG85WAbjT/1xYoZIC7FAY0yWapOBQVsVrDl58W86//e1VpMNBtRV4MaXfdMySFA==",
    folders: ["src"],
    without: [],
    types: {},
    compilerOptions: { types: [] },
  },
  {
    name: "effect",
    version: "4.1.0",
    integrity: "sha512-lGx2MJJyrXA8RZb2UpQ/0Nkb5Utaimby7oD92+18noBxLPE85IFOvptdzau8dvcxAOwfwHo9iqapbKeFzqQM/Q==",
    folders: ["src"],
    without: [],
    types: NODE_TYPES,
    compilerOptions: { ...NODE_NEXT, exactOptionalPropertyTypes: true, paths: { "effect/*": ["./src/*.ts"] } },
  },
  {
    name: "viem",
    version: "2.57.1",
    integrity: "sha512-eOV3fHnaMzkIFRefZg1icWztAKvBHg7RMKEH89ywY7hnyq1VxI4s/osXnTBViOsEZ7/LbbxU3w+JaIrbeIXRPQ==",
    folders: ["."],
    without: ["_cjs", "_esm", "_types"],
    types: NODE_TYPES,
    compilerOptions: NODE_NEXT,
  },
  {
    name: "@tanstack/query-core",
    version: "5.108.0",
    integrity: "sha512-X9zJUtEV/0D2q9pmGS/Bza8S4bNovSBhZOtdhtu0fzsHwizC6C+Eh/q5CX3MQBchsRMrirWVQmv7Fp4OStzV9g==",
    folders: ["src"],
    without: [],
    types: NODE_TYPES,
    compilerOptions: {},
  },
  {
    name: "zod",
    version: "4.6.7",
    integrity: "sha512-g8W2D2kU6a8untc053fX1uVBKzM7yqAxW/3zwk83+6RyF2+SKOuV+c0wBDhUwzV1PaGapmZH+rmcUzPf+3CGwg==",
    folders: ["src"],
    without: [],
    types: { ...NODE_TYPES, vitest: "4.1.12" },
    compilerOptions: { ...NODE_NEXT, customConditions: ["@zod/source"] },
  },
  {
    name: "@trpc/server",
    version: "11.25.2",
    integrity: "sha512-zfFwyroSYSYlsAGo7yezGM+gAhHRBD9LyVMkXyCjWM2JuhorKGzl2fBzEUjHSKTtYlJ8l6DR3LHsBHBCTmAofQ==",
    folders: ["src"],
    without: [],
    types: {
      ...NODE_TYPES,
      "@types/aws-lambda": "8.10.164",
      "@types/express": "5.0.6",
      "@types/ws": "8.18.2",
      "@fastify/websocket": "11.3.6",
      fastify: "5.12.8",
    },
    compilerOptions: {},
  },
  {
    name: "eslint",
    version: "10.15.0",
    integrity: "sha512-+5Wg4p+ze3sG1WErYgUO/3H1IQIfFBymVUA0Fo/XTeBOLS6UQIUekpSJ8sdRkn7O7wjh84b55w/roqavH2aScg==",
    folders: ["lib"],
    without: [],
    types: {
      ...NODE_TYPES,
      "@types/cross-spawn": "6.0.6",
      "@types/debug": "4.1.13",
      "@types/eslint-scope": "9.1.0",
      "@types/esquery": "1.5.4",
      "@types/esutils": "2.0.2",
      "@types/estree": "1.0.10",
      "@types/glob-parent": "5.1.3",
      "@types/imurmurhash": "0.1.4",
      "@types/is-glob": "4.0.4",
      "@types/json-schema": "7.0.15",
      "@types/json-stable-stringify-without-jsonify": "1.0.2",
      "@types/natural-compare": "1.4.3",
    },
    compilerOptions: JAVASCRIPT,
  },
  {
    name: "webpack",
    version: "5.112.2",
    integrity: "sha512-B2tp1LI9D8GVpPDqprdt12ukTkXXahj9MzqSWJq4faSPgOUM7CdZaGAB6HrL/8E6UwbBpdj4vzWDbKoFnVoU6g==",
    folders: ["lib"],
    without: [],
    types: {
      ...NODE_TYPES,
      "@types/eslint-scope": "9.1.0",
      "@types/estree": "1.0.10",
      "@types/graceful-fs": "4.1.9",
      "@types/json-schema": "7.0.15",
      "@types/mime-db": "1.43.6",
    },
    compilerOptions: JAVASCRIPT,
  },
  {
    name: "express",
    version: "5.3.0",
    integrity: "sha512-qCqy1xSoaugxOD4IVHb1ZWdkvCF2W3aE2okKouWj8VwJ+ztskSiXoBnCSJqfKT+cVPJhuJqe9YLbY425+Zh00g==",
    folders: ["lib"],
    without: [],
    types: {
      ...NODE_TYPES,
      "@types/accepts": "1.3.7",
      "@types/content-disposition": "0.5.9",
      "@types/cookie-signature": "1.1.2",
      "@types/debug": "4.1.13",
      "@types/depd": "1.1.38",
      "@types/encodeurl": "1.0.3",
      "@types/escape-html": "1.0.4",
      "@types/etag": "1.8.4",
      "@types/finalhandler": "1.2.4",
      "@types/fresh": "0.5.3",
      "@types/http-errors": "2.0.5",
      "@types/merge-descriptors": "1.0.3",
      "@types/mime-types": "3.0.1",
      "@types/on-finished": "2.3.5",
      "@types/once": "1.4.5",
      "@types/parseurl": "1.3.3",
      "@types/proxy-addr": "2.0.3",
      "@types/qs": "6.15.1",
      "@types/range-parser": "1.2.7",
      "@types/send": "1.2.1",
      "@types/serve-static": "2.2.0",
      "@types/statuses": "2.0.6",
      "@types/type-is": "1.6.7",
      "@types/vary": "1.1.3",
    },
    compilerOptions: JAVASCRIPT,
  },
  {
    name: "mocha",
    version: "12.0.3",
    integrity: "sha512-beammieDdiWdkjANWeWPpkxUROYGi5FN88fPOkLiticz7HTg3Y+Pho3EYE6SUdcuWnZ3h2WD8EXCA55JF4o6wg==",
    folders: ["lib"],
    without: [],
    types: {
      ...NODE_TYPES,
      "@types/debug": "4.1.13",
      "@types/js-yaml": "4.0.9",
      "@types/ms": "2.1.0",
      "@types/serialize-javascript": "5.0.4",
      "@types/supports-color": "8.1.3",
    },
    compilerOptions: JAVASCRIPT,
  },
];
