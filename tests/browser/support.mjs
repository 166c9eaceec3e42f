// What the browser tests share: a server on an empty folder, Chromium, and checks that hold on every page.
//
//   test("…", async (t) => {
//     const server = await startServer(t, { demo: true });
//     const browser = await startBrowser(t);
//     const page = await openPage(t, browser, server, { size: "phone" });
//     await page.goto("/");
//     await expectAccessible(page);
//     await screenshot(page, "home");
//   });
//
// Everything that a helper starts ends with the test `t`. A page that asks another host for anything, breaks
// the content security policy, or writes an error to the console fails its test.

import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const chromiumFlags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Widths in CSS pixels; `narrow` is the smallest that WCAG 1.4.10 asks for. */
const sizes = {
  narrow: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  phone: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1.5 },
  desktop: { viewport: { width: 1280, height: 800 } },
};

/** A port on which nobody listens right now. */
export async function freePort() {
  const probe = createServer();
  await new Promise((done, failed) => probe.once("error", failed).listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/**
 * Starts `backbone serve` (or `backbone demo`) on an empty folder and waits until it is ready.
 * Returns its address, its folder and a function that gives what it has printed so far.
 */
export async function startServer(t, { demo = false, args = [], env = {}, patience = 60_000 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "backbone-browser-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = process.env.BACKBONE_BIN ?? join(root, "target", "debug", "backbone");
  const child = spawn(program, [demo ? "demo" : "serve", ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      BACKBONE_LISTEN: `127.0.0.1:${port}`,
      BACKBONE_BASE_URL: url,
      BACKBONE_DATA_DIR: join(folder, "data"),
      BACKBONE_LOG: "warn",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => { printed += chunk; });
  child.stderr.on("data", (chunk) => { printed += chunk; });
  const ended = new Promise((done) => { child.once("exit", done).once("error", done); });
  const server = { url, folder, printed: () => printed, process: child, stopping: false };
  t.after(async () => {
    server.stopping = true;
    child.kill("SIGTERM");
    const last = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(last);
    await rm(folder, { recursive: true, force: true });
  });
  await waitUntilReady(url, child, () => printed, patience);
  return server;
}

async function waitUntilReady(url, child, printed, patience) {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error(`the server ended before it was ready:\n${printed()}`);
    }
    try {
      const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
      if (answer.ok) return;
    } catch {
      // Nobody listens yet.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the server was not ready after ${patience / 1000} s:\n${printed()}`);
}

export function chromiumPath() {
  if (process.env.BACKBONE_CHROMIUM) return process.env.BACKBONE_CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error("no Chromium found: run tests/run --only browser, or set BACKBONE_CHROMIUM");
}

/** Starts Chromium with an empty profile. */
export async function startBrowser(t) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags });
  t.after(() => browser.close());
  return browser;
}

/**
 * Opens a page of the given size in a context of its own (own cookies). `options` are Playwright's, for
 * example `{ javaScriptEnabled: false }` or `{ colorScheme: "dark" }`.
 */
export async function openPage(t, browser, server, { size = "desktop", locale = "en-GB", ...options } = {}) {
  const context = await browser.newContext({
    baseURL: server.url,
    locale,
    timezoneId: "Europe/Amsterdam",
    reducedMotion: "reduce",
    ...sizes[size],
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const problems = guard(page, server);
  t.after(async () => {
    await context.close();
    assert.deepEqual(problems, [], "the page stays with its own host and makes no error");
  });
  page.problems = problems;
  return page;
}

/** Collects what no page may do. A test that means to provoke an error removes it from `page.problems`. */
function guard(page, server) {
  const problems = [];
  // What a page misses while its server is being stopped is no fault of the page.
  const note = (problem) => { if (!server.stopping) problems.push(problem); };
  const own = new URL(server.url).host;
  const harmless = new Set(["data:", "blob:", "about:"]);
  page.on("request", (request) => {
    const address = new URL(request.url());
    if (address.host !== own && !harmless.has(address.protocol)) note(`asks another host: ${request.url()}`);
  });
  page.on("response", (answer) => {
    if (answer.status() >= 500) note(`${answer.status()} from ${answer.url()}`);
  });
  page.on("pageerror", (error) => note(`script error: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    // Chromium reports each 4xx answer as an error; forms answer 422 on purpose, and 5xx is caught above.
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) note(`console: ${text}`);
    else if (/content security policy/i.test(text)) note(`policy: ${text}`);
  });
  return problems;
}

/**
 * Fails when axe finds anything against WCAG 2.2 AA (or its best practices) on the page as it is now. `only` names the
 * rules to check, for a page that was checked as a whole before and changed in one respect, such as its theme.
 */
export async function expectAccessible(page, { ignore = [], only } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const result = await page.evaluate(
    async ([rules, chosen]) => {
      const found = await globalThis.axe.run(document, {
        runOnly: chosen ?? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        rules: chosen ? {} : Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
        resultTypes: ["violations"],
      });
      return found.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        where: nodes.slice(0, 5).map((node) => `${node.target.join(" ")} — ${node.failureSummary?.split("\n")[1]?.trim()}`),
      }));
    },
    [ignore, only],
  );
  assert.deepEqual(result, [], `axe violations on ${page.url()}`);
}

/** Fails when the page scrolls sideways. */
export async function expectNoSidewaysScroll(page) {
  // Not innerWidth: a phone zooms out until the content fits, and innerWidth grows with it.
  const { width } = page.viewportSize();
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(content <= width, `${page.url()} is ${content} px wide in a window of ${width} px`);
}

const printedRoles = { staff: "Staff member", partner: "Partner", leader: "Leader", funder: "Funder" };

/** Signs in with the link that `demo` printed for a role; it works once. Gives the address of the partnership's home. */
export async function signIn(page, server, role) {
  const link = () => server.printed().split("\n").find((text) => text.trim().startsWith(printedRoles[role]));
  for (let attempt = 0; attempt < 50 && !link(); attempt += 1) await page.waitForTimeout(200);
  assert.ok(link(), `demo prints a link for ${role}:\n${server.printed()}`);
  await page.goto(link().slice(link().indexOf("http")));
  await page.getByRole("button").first().click();
  await page.waitForURL(/\/p\/[^/]+(\/leader)?$/);
  return page.url().replace(/\/leader$/, "");
}

/**
 * Saves a picture: into the user guide with UPDATE_SCREENSHOTS=1, otherwise into tests/out, which git ignores.
 * With `keep` it goes to tests/out in any case.
 */
export async function screenshot(page, name, { keep = false, ...options } = {}) {
  const folder = process.env.UPDATE_SCREENSHOTS === "1" && !keep
    ? join(root, "docs", "user-guide", "images")
    : join(root, "tests", "out");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: "disabled", ...options });
  return path;
}
