// Every page that a member of the demonstration partnership can reach by links, on a phone and on a desk, in both
// languages: it answers, axe finds nothing, nothing scrolls sideways, and no link is dead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, expectNoSidewaysScroll, openPage, signIn, startBrowser, startServer } from "./support.mjs";

const roles = ["staff", "partner", "funder"];
const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What is read by looking at it once: one address for each kind of page. */
function kindOf(address) {
  const { pathname } = new URL(address);
  return pathname
    .replace(id, "{id}")
    .replace(/\/mailbox\/[^/]+$/, "/mailbox/{id}")
    .replace(/\/trace\/([^/]+)\/.+$/, "/trace/$1/{id}")
    .replace(/\/s\/[^/]+/, "/s/{secret}")
    .replace(/\/figure\/[^/]+(\/.*)?$/, "/figure/{key}$1");
}

const notAPage = /\/layout$|^\/(api|assets)\/|\/(export|files|logo|sign-out|data)(\/|$|\.)|\.(csv|xlsx|json|zip|txt)$|\/bundle|\/body$/;

/** Links in the demonstration's mails that have been used. */
const oneTime = /^\/(invitation|sign-in)/;

async function linksOf(page, server) {
  const found = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.href));
  return found.filter((link) => link.startsWith(`${server.url}/`) && !notAPage.test(new URL(link).pathname)
    && !oneTime.test(new URL(link).pathname));
}

async function check(page, address, said) {
  const answer = await page.goto(address);
  try {
    assert.equal(answer.status(), 200, `${address} answers`);
    assert.ok((await page.title()).length > 0, `${address} has a title`);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  } catch (problem) {
    said.push(`${page.viewportSize().width} px, ${address}: ${problem.message.split("\n")[0]} ${JSON.stringify(problem.actual)}`);
  }
}

/** Walks all kinds of pages that links lead to; returns one address of each. */
async function walk(page, server, said) {
  const seen = new Map();
  const waiting = [page.url()];
  while (waiting.length > 0 && seen.size < 120) {
    const address = waiting.shift();
    if (seen.has(kindOf(address))) continue;
    seen.set(kindOf(address), address.split("#")[0]);
    await check(page, address, said);
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

for (const role of roles) {
  test(`all pages of a ${role} work on a phone and on a desk, in English and Dutch`, async (t) => {
    const server = await startServer(t, { demo: true, patience: 180_000 });
    const browser = await startBrowser(t);
    const page = await openPage(t, browser, server, { size: "phone" });
    const said = [];
    await signIn(page, server, role);
    const home = page.url();

    const pages = await walk(page, server, said);
    t.diagnostic(`${pages.size} kinds of pages: ${[...pages.keys()].join(" ")}`);
    assert.ok(pages.size >= (role === "staff" ? 25 : 5), `${pages.size} kinds of pages were reached`);

    await page.setViewportSize({ width: 1280, height: 800 });
    for (const address of pages.values()) await check(page, address, said);

    await speak(page, "nl");
    await page.setViewportSize({ width: 360, height: 780 });
    for (const address of pages.values()) await check(page, address, said);

    await page.emulateMedia({ colorScheme: "dark" });
    const main = [home, ...["contributions", "scorecard", "value-models", "stories"].map((part) => `${home}/${part}`)];
    for (const address of main.filter((one) => pages.has(kindOf(one)))) await check(page, address, said);
    assert.deepEqual([...new Set(said)], [], "no page has a fault");
  });
}

test("the keyboard reaches the content and the first action of a page", async (t) => {
  const server = await startServer(t, { demo: true, patience: 180_000 });
  const browser = await startBrowser(t);
  const page = await openPage(t, browser, server);
  await signIn(page, server, "staff");
  const focused = () => page.evaluate(() => {
    const { tagName, className, textContent, id: own, name } = document.activeElement;
    return { tagName, className, text: textContent.trim(), id: own, name };
  });

  await page.keyboard.press("Tab");
  assert.match((await focused()).className, /skip/, "the first stop is the link to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.activeElement.closest("main") !== null);
  assert.ok(inside, "behind the skip link, the next stop lies in the content");

  await page.goto(`${page.url().split("#")[0]}/contributions/new`);
  const stops = [];
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focused();
    stops.push(now.name || now.className);
    if (now.className.includes("btn-primary")) break;
  }
  const order = ["kind", "quantity", "activity"].map((name) => stops.indexOf(name));
  assert.ok(order.every((place) => place >= 0), `the three fields are reached: ${stops}`);
  assert.deepEqual(order, order.toSorted((a, b) => a - b), "in the order in which they are read");
  assert.match(stops.at(-1), /btn-primary/, `and the button behind them: ${stops}`);
});
