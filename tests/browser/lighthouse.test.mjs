// Lighthouse on ten main pages, on loopback in real Chromium: at least 98 in each category.
//
// Throttling is "provided": nothing is simulated, because a simulated phone on a busy machine measures the machine. Noise can
// only make a page look slower, never faster; so a page below the line is measured again, at most twice, and the best counts.
// What a page weighs is tested apart (pages.test.mjs), and does not depend on the machine at all.
//
// Every page asks search engines to stay away, on purpose (stories are for those who got their link): the audit
// "is-crawlable" is left out.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { chromiumFlags, chromiumPath, freePort, signIn, startServer } from "./support.mjs";

const categories = ["performance", "accessibility", "best-practices", "seo"];
const least = 0.98;

/** The scores of a page, and what kept them down. */
async function measure(lighthouse, url, port) {
  const settings = {
    extends: "lighthouse:default",
    settings: {
      onlyCategories: categories,
      formFactor: "desktop",
      throttlingMethod: "provided",
      screenEmulation: { mobile: false, width: 1280, height: 800, deviceScaleFactor: 1, disabled: false },
      disableStorageReset: true,
      disableFullPageScreenshot: true,
      skipAudits: ["is-crawlable", "screenshot-thumbnails", "final-screenshot"],
      maxWaitForLoad: 20_000,
    },
  };
  const { lhr } = await lighthouse(url, { port, logLevel: "silent" }, settings);
  // On an overloaded machine the trace of a load can be lost; that is no score, and measured again like a slow one.
  if (lhr.runtimeError) return { scores: {}, why: [`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`] };
  const scores = Object.fromEntries(categories.map((name) => [name, lhr.categories[name].score]));
  const why = categories.filter((name) => scores[name] < least).flatMap((name) => lhr.categories[name].auditRefs
    .filter((ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
    .map((ref) => `${ref.id} ${lhr.audits[ref.id].displayValue ?? ""}`));
  return { scores, why };
}

test("ten main pages score at least 98 in every category of Lighthouse", { timeout: 600_000 }, async (t) => {
  const { default: lighthouse } = await import("lighthouse");
  const server = await startServer(t, { demo: true, patience: 180_000 });
  const profile = await mkdtemp(join(tmpdir(), "backbone-lighthouse-"));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...chromiumFlags, `--remote-debugging-port=${port}`],
    viewport: { width: 1280, height: 800 },
  });
  t.after(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/sign-in`);
  const scored = [];
  const below = [];
  const judge = async (url) => {
    const best = {};
    let why = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const found = await measure(lighthouse, url, port);
      for (const name of categories) best[name] = Math.max(best[name] ?? 0, found.scores[name] ?? 0);
      why = found.why;
      if (categories.every((name) => best[name] >= least)) break;
      // Only time is noisy: another category would come out the same.
      if (found.scores.seo && categories.some((name) => name !== "performance" && best[name] < least)) break;
    }
    const path = new URL(url).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}");
    t.diagnostic(`${path} ${JSON.stringify(best)} ${why.join("; ")}`);
    scored.push(`${path} ${categories.map((name) => Math.round(best[name] * 100)).join("/")}`);
    if (categories.some((name) => best[name] < least)) below.push(`${scored.at(-1)}: ${why.join("; ")}`);
  };

  await judge(`${server.url}/sign-in`);
  const home = await signIn(page, server, "staff");
  const each = async (list) => {
    await page.goto(`${home}${list}`);
    const links = await page.locator("main a").evaluateAll((all) => all.map((link) => link.href));
    return [...new Set(links.filter((link) => /\/[0-9a-f]{8}-[0-9a-f-]{27}$/.test(link)))];
  };
  const first = async (list) => (await each(list))[0];
  // A published story has a link for the public; others are still being written.
  let story, open;
  for (story of await each("/stories")) {
    await page.goto(story);
    const link = page.locator("main .copy input");
    if (await link.count()) {
      open = await link.inputValue();
      break;
    }
  }
  assert.ok(open, "the demo has a published story");
  const pages = [home, `${home}/contributions`, `${home}/contributions/new`, `${home}/scorecard`, await first("/scorecard"),
    await first("/value-models"), `${home}/stories`, story, open];
  await page.goto("about:blank");
  for (const url of pages) await judge(url);
  assert.equal(scored.length, 10);
  assert.deepEqual(below, []);
});
