// Every page that a member of the demonstration partnership can reach by links, on a phone and on a desk, light and dark,
// in both languages: it answers, axe finds nothing, nothing scrolls sideways, and no link is dead. Likewise the pages of
// strangers, and pages in trouble. One server and one browser for all of it; each person has a context of their own.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readers } from "./readers.mjs";
import { judge, wordsOf } from "./words.mjs";
import { expectAccessible, expectNoSidewaysScroll, openPage, signIn, startBrowser, startServer } from "./support.mjs";

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What is read by looking at it once: one address for each kind of page. */
function kindOf(address) {
  const { pathname } = new URL(address);
  return pathname
    .replace(id, "{id}")
    .replace(/\/mailbox\/[^/]+$/, "/mailbox/{id}")
    .replace(/\/trace\/([^/]+)\/.+$/, "/trace/$1/{id}")
    .replace(/^\/(s|u)\/[^/]+/, "/$1/{secret}")
    .replace(/\/figure\/[^/]+(\/.*)?$/, "/figure/{key}$1");
}

const notAPage = /\/layout$|^\/(api|assets)\/|\/(export|files|logo|sign-out|data)(\/|$|\.)|\.(csv|xlsx|json|zip|txt|atom)$|\/bundle|\/body$/;

/** Links in the demonstration's mails that have been used. */
const oneTime = /^\/(invitation|sign-in)/;

const phone = { width: 360, height: 780 };
const desk = { width: 1280, height: 800 };

async function linksOf(page, server) {
  const found = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.href));
  return found.filter((link) => link.startsWith(`${server.url}/`) && !notAPage.test(new URL(link).pathname)
    && !oneTime.test(new URL(link).pathname));
}

/** Looks at the page as it stands in one theme as a whole, and then at the colours of the other theme. */
async function look(page, { size = phone, scheme = "light" } = {}) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: scheme });
  assert.ok((await page.title()).length > 0, `${page.url()} has a title`);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: scheme === "light" ? "dark" : "light" });
  await expectAccessible(page, { only: ["color-contrast", "link-in-text-block"] });
}

/** Pages whose words are of another language than their reader's: a story's own, a mail's own, and that of a
 * browser where nobody signs in. */
const ownLanguage = /\/s\/|\/notifications\/stop\/|\/promise\/|\/rsvp|\/vote\?|\/public\/|\/u\/|\/mailbox|\/preview|\/figure\/|\/campaigns\/|\/trace\//;

/** Opens a page, notes what is wrong with it, and keeps its words in `read`. */
async function check(page, address, said, read, options) {
  try {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 200, `${address} answers`);
    if (!ownLanguage.test(address)) read.set(address, await wordsOf(page));
    await look(page, options);
  } catch (problem) {
    const where = `${page.viewportSize().width} px, ${address}`;
    said.push(`${where}: ${problem.message.split("\n")[0]} ${JSON.stringify(problem.actual)}`);
  }
}

/** Walks all kinds of pages that links lead to; returns one address of each. */
async function walk(page, server, said, read) {
  const seen = new Map();
  const waiting = [page.url()];
  while (waiting.length > 0 && seen.size < 120) {
    const address = waiting.shift();
    if (seen.has(kindOf(address))) continue;
    seen.set(kindOf(address), address.split("#")[0]);
    await check(page, address.split("#")[0], said, read);
    waiting.push(...(await linksOf(page, server)));
  }
  return seen;
}

async function speak(page, language) {
  await page.goto("/account");
  await page.locator(`label:has(input[name="language"][value="${language}"])`).click();
  await page.locator('form[action="/account"] button').click();
  await page.waitForLoadState();
  assert.equal(await page.locator("html").getAttribute("lang"), language);
}

/** All pages of a role: English on a phone, Dutch on a desk; each in both themes. */
async function allPages(t, browser, server, role) {
  const page = await openPage(t, browser, server, { size: "phone" });
  const said = [];
  const home = await signIn(page, server, role);
  const [english, dutch] = [new Map(), new Map()];
  const pages = await walk(page, server, said, english);
  t.diagnostic(`${pages.size} kinds of pages: ${[...pages.keys()].join(" ")}`);
  assert.ok(pages.size >= (role === "staff" ? 25 : 5), `${pages.size} kinds of pages were reached`);

  await speak(page, "nl");
  for (const address of pages.values()) {
    await check(page, address, said, dutch, { size: desk, scheme: "dark" });
    await page.setViewportSize(phone);
    await expectNoSidewaysScroll(page);
  }
  await speak(page, "en");
  const escaped = judge(join(server.folder, "data"));
  for (const [address, words] of english) {
    const odd = escaped(words, dutch.get(address) ?? []);
    if (odd.length > 0) said.push(`${address} says the same in both languages: ${JSON.stringify(odd)}`);
  }
  assert.deepEqual([...new Set(said)], [], "no page has a fault");
  return { home, cookies: await page.context().cookies() };
}

/** Pages in trouble and pages in between: they are pages too. */
async function trouble(t, browser, server, address) {
  const staff = await openPage(t, browser, server, { size: "phone" });
  const stranger = await openPage(t, browser, server, { size: "phone" });
  await staff.context().addCookies(address.cookies);

  const missing = await staff.goto(`${address.home}/nowhere`);
  assert.equal(missing.status(), 404);
  await look(staff);

  await staff.goto(`${address.home}/contributions/new`);
  await staff.locator("[name=organization_id]").selectOption({ index: 1 });
  await staff.locator("[name=quantity]").fill("forty");
  await staff.locator("[name=activity]").fill("Reading");
  await staff.locator("main form .btn-primary").click();
  await staff.locator(".form-errors").waitFor();
  assert.equal(await staff.locator("[name=activity]").inputValue(), "Reading", "what was typed is kept");
  await look(staff);
  await look(staff, { size: desk, scheme: "dark" });

  await staff.goto(address.home);
  await staff.setViewportSize(phone);
  await staff.locator(".bar-more summary").click();
  await look(staff);

  await staff.goto(`${address.home}/contributions?status=verified&period=1999-01`);
  await look(staff);

  await stranger.goto("/sign-in");
  await look(stranger);
  await look(stranger, { size: desk, scheme: "dark" });
  await stranger.locator("[name=email]").fill("nobody@elsewhere.example");
  await stranger.locator("[name=password]").fill("not the password");
  await stranger.locator("main form .btn-primary").click();
  await stranger.locator(".form-errors").waitFor();
  await look(stranger);
  for (const page of ["/password/forgot", "/setup", "/invitation?token=nothing"]) {
    await stranger.goto(page);
    await look(stranger);
  }
}

/** What the first page weighs over the wire, and how its files are kept. */
async function weight(t, browser, server, path) {
  const page = await openPage(t, browser, server);
  const parts = [];
  page.on("requestfinished", (request) => parts.push(request));
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  let sum = 0;
  const told = [];
  for (const request of parts) {
    const sizes = await request.sizes();
    const bytes = sizes.responseBodySize + sizes.responseHeadersSize;
    sum += bytes;
    told.push(`${new URL(request.url()).pathname} ${bytes}`);
    const headers = await (await request.response()).allHeaders();
    if (/^\/assets\/app\./.test(new URL(request.url()).pathname)) {
      assert.match(headers["cache-control"], /max-age=31536000, immutable/, request.url());
      assert.ok(headers["content-encoding"], `${request.url()} is compressed`);
    }
  }
  t.diagnostic(`${sum} bytes: ${told.join(", ")}`);
  assert.ok(parts.length >= 3, "page, sheet and script were counted");
  assert.ok(sum <= 60 * 1024, `the first page weighs ${sum} bytes: ${told.join(", ")}`);
}

/** Names of any length and script, where they show, at the smallest width. */
async function extremeNames(t, browser, server, address) {
  const page = await openPage(t, browser, server, { size: "narrow" });
  await page.context().addCookies(address.cookies);
  const long = "Samenwerkingsverbandtaalontwikkelingsstimuleringsprogrammacoördinatiebureau";
  const arabic = "جمعية القراءة للجميع في المنطقة الشرقية";
  const save = async (path, values, button = "main form .btn-primary") => {
    await page.goto(`${address.home}${path}`);
    for (const [name, value] of Object.entries(values)) {
      const field = page.locator(`main [name="${name}"]`).first();
      if (await field.evaluate((element) => element.tagName) === "SELECT") await field.selectOption(value);
      else if (await field.getAttribute("type") === "radio") await page.locator(`main label:has([name="${name}"][value="${value}"])`).click();
      else await field.fill(value);
    }
    await page.locator(button).last().click();
    await page.waitForLoadState();
    assert.equal(await page.locator(".form-errors").count(), 0, `${path}: ${await page.locator("main").innerText()}`);
    await expectNoSidewaysScroll(page);
  };
  await save("/organizations/new", { name: `${long} ${arabic}`, role: "partner", sector: "civil" });
  await save("/contributions/new", { organization_id: { index: 1 }, quantity: "46", activity: `${long}${long}` });
  await save("/settings", { name: `${long} 読書会` });
  for (const path of ["", "/organizations", "/contributions", "/timeline", "/people", "/settings", "/stories", "/scorecard"]) {
    await page.goto(`${address.home}${path}`);
    await expectNoSidewaysScroll(page);
    await page.setViewportSize(desk);
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 320, height: 640 });
  }
  await page.goto(`${address.home}/contributions`);
  await expectAccessible(page);
}

test("all pages work on a phone and on a desk, light and dark, in English and Dutch", { timeout: 900_000 }, async (t) => {
  const server = await startServer(t, { demo: true, patience: 180_000 });
  const browser = await startBrowser(t);
  let address;

  await t.test("the first page weighs at most 60 KB and its files are kept", (t) => weight(t, browser, server, "/sign-in"));
  await t.test("pages of staff", async (t) => { address = await allPages(t, browser, server, "staff"); });
  for (const role of ["partner", "funder"]) await t.test(`pages of a ${role}`, (t) => allPages(t, browser, server, role));
  await t.test("pages in trouble and of strangers", (t) => trouble(t, browser, server, address));
  await t.test("pages of readers, and of staff who hear from them", (t) => readers(t, browser, server, address, look));
  await t.test("names of any length and script fit at 320 px", (t) => extremeNames(t, browser, server, address));
});
