/**
 * A comment as a person sees it: the words that the bot published, drawn by a real browser at the width of a pull
 * request's column and at that of a phone. `REVIEW_PICTURES` names a folder that keeps the pictures.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { expect, onTestFinished, test } from "vitest";
import { error, scene, warning } from "./scene.ts";

/** What the page says of itself once it is laid out. */
interface Layout {
  /** Pixels by which something is wider than the column. */
  readonly overflow: number;
  /** The text that can be seen, a line per block. */
  readonly text: string;
  readonly blocks: readonly string[];
  readonly links: readonly string[];
}

test("comments and the summary fit the column of a page and that of a phone, and read well", async () => {
  const it = await scene();
  it.push({ "src/new.ts": warning("fresh"), "src/bad.ts": error });
  const pull = it.open();
  await it.run(pull);
  const comments = pull.pull.threads.map(thread => thread.comments[0]?.body ?? "");
  const [summary = ""] = pull.pull.comments.map(comment => comment.body);
  expect([comments.length, summary]).toEqual([2, expect.stringContaining("2 new problems")]);
  for (const width of [780, 390]) readsWell(drawn([...comments, summary], width));
});

function readsWell(layout: Layout): void {
  expect(layout.overflow).toBe(0);
  // Marks are for the bot, and no Markdown is left over.
  expect(layout.text).not.toMatch(/<!--|-->|\*\*|`|\]\(/);
  expect(layout.text).toContain("warning · floating-promise · ");
  expect(layout.text).toContain("error · fresh-object-lookup · ");
  expect(layout.blocks).toContain("await save();");
  expect(layout.links.filter(link => !link.startsWith("http"))).toEqual([]);
}

const CHROMIUM = process.env["CHROMIUM"] ?? "chromium";

/** Draws the bodies one below the other, keeps the picture if somebody wants it, and tells how they are laid out. */
function drawn(bodies: readonly string[], width: number): Layout {
  const folder = mkdtempSync(join(tmpdir(), "review-picture-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const page = join(folder, "comment.html");
  writeFileSync(page, pageOf(bodies));
  const pictures = process.env["REVIEW_PICTURES"] ?? folder;
  mkdirSync(pictures, { recursive: true });
  const picture = join(pictures, `comment-${String(width)}.png`);
  const html = browse(folder, page, width, `--screenshot=${picture}`);
  const png = readFileSync(picture);
  expect([png.subarray(1, 4).toString("latin1"), png.readUInt32BE(16)]).toEqual(["PNG", width]);
  return JSON.parse(decodeURIComponent(/data-layout="([^"]*)"/.exec(html)?.[1] ?? "")) as Layout;
}

/** Makes the picture and gives the page as it is then. */
function browse(folder: string, page: string, width: number, picture: string): string {
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"];
  const profile = `--user-data-dir=${join(folder, "profile")}`;
  const size = `--window-size=${String(width)},1400`;
  return execFileSync(CHROMIUM, [...flags, profile, size, picture, "--dump-dom", pathToFileURL(page).href], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 60_000,
  });
}

function pageOf(bodies: readonly string[]): string {
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true };
  const comments = bodies.map(body => `<article>${micromark(body, options)}</article>`);
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${comments.join("")}<script>${SCRIPT}</script>`;
}

/** A plain sheet with the proportions of a code host's comments: long words break, code scrolls within itself. */
const STYLE = `
  body { margin: 0; padding: 12px; font: 14px/1.5 "DejaVu Sans", sans-serif; color: #1f2328; background: #f6f8fa; }
  article { margin: 0 0 12px; padding: 4px 16px; background: #fff; border: 1px solid #d1d9e0; border-radius: 6px;
    overflow-wrap: anywhere; }
  code, pre { font: 12px/1.45 "DejaVu Sans Mono", monospace; background: #eff1f3; border-radius: 6px; }
  code { padding: 2px 5px; } pre { padding: 12px; overflow-x: auto; } pre code { padding: 0; }
  a { color: #0969da; text-decoration: none; } sub { color: #59636e; }
  table { border-collapse: collapse; display: block; overflow-x: auto; } td, th { border: 1px solid #d1d9e0; padding: 4px 10px; }
`;

const SCRIPT = `
  const all = selector => [...document.querySelectorAll(selector)];
  const layout = {
    overflow: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    text: all("article").map(each => each.innerText).join("\\n"),
    blocks: all("pre").map(each => each.innerText.trim()),
    links: all("a").map(each => each.getAttribute("href")),
  };
  document.documentElement.dataset.layout = encodeURIComponent(JSON.stringify(layout));
`;
