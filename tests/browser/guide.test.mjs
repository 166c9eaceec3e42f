// The pictures of the user guide, taken from the demonstration partnership. With UPDATE_SCREENSHOTS=1 they replace
// those in docs/user-guide/images; without, they are kept in tests/out to be looked at.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, screenshot, signIn, startBrowser, startServer } from "./support.mjs";

test("the pictures of the user guide show what the pages show", { timeout: 300_000 }, async (t) => {
  const server = await startServer(t, { demo: true, patience: 180_000 });
  const browser = await startBrowser(t);
  const take = async (page, address, name) => {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 200, `${address} answers`);
    await screenshot(page, name);
  };
  /** Goes to a list and gives the address of the first thing in it. */
  const first = async (page, list) => {
    await page.goto(list);
    const links = await page.locator("main a").evaluateAll((all) => all.map((link) => link.href));
    const found = links.find((link) => /\/[0-9a-f]{8}-[0-9a-f-]{27}$/.test(link));
    assert.ok(found, `${list} leads to something`);
    return found;
  };

  const staff = await openPage(t, browser, server);
  const home = await signIn(staff, server, "staff");
  await take(staff, home, "home-desktop");
  await take(staff, `${home}/scorecard`, "scorecard-desktop");
  await take(staff, await first(staff, `${home}/scorecard`), "metric-desktop");
  await take(staff, `${home}/contributions`, "contributions-desktop");
  await take(staff, `${home}/contributions/requests`, "ask-desktop");
  await take(staff, await first(staff, `${home}/value-models`), "value-model-desktop");
  // The story that is shared, not one that is still in review.
  await staff.goto(`${home}/stories`);
  const stories = await staff.locator("main a").evaluateAll((all) => all.map((link) => link.href));
  for (const story of new Set(stories.filter((link) => /\/stories\/[0-9a-f-]{36}$/.test(link)))) {
    await staff.goto(story);
    if (await staff.locator("main .copy input").count()) break;
  }
  await take(staff, staff.url(), "story-desktop");
  const address = await staff.locator("main .copy input").inputValue();
  await take(staff, await first(staff, `${home}/campaigns`), "campaign-desktop");

  const partner = await openPage(t, browser, server, { size: "phone" });
  await signIn(partner, server, "partner");
  await take(partner, `${home}/contributions/new`, "log-phone");

  const reader = await openPage(t, browser, server, { size: "phone" });
  await take(reader, address, "story-phone");
  const figure = await reader.locator("article a[href*='/figure/']").first().evaluate((link) => link.href);
  await take(reader, figure, "trace-phone");
});
