// The main jobs by keyboard alone: log a contribution, correct a measurement, publish a story. Every stop on the way must
// show where the focus is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, signIn, startBrowser, startServer } from "./support.mjs";

/** Walks with Tab until the control has the focus, which must be visible. */
async function reach(page, control, steps = 250) {
  const wanted = await control.elementHandle();
  for (let step = 0; step < steps; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      const seen = await wanted.evaluate((element) => {
        const shows = (one) => { const style = getComputedStyle(one); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; };
        return shows(element) || (element.nextElementSibling && shows(element.nextElementSibling)) || shows(element.closest("label") ?? element);
      });
      assert.ok(seen, `the focus shows on ${await wanted.evaluate((element) => element.outerHTML.slice(0, 120))}`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`${control} is not reached by ${steps} steps on ${page.url()}`);
}

/** Goes past rail and header by the skip link, unless the page puts the focus into its first field by itself. */
async function skip(page) {
  if (await page.evaluate(() => document.activeElement.closest("main") !== null && document.activeElement.id !== "content")) return;
  await page.keyboard.press("Tab");
  // An address with a part of the page behind # begins there.
  if (page.url().includes("#") && await page.evaluate(() => document.activeElement.closest("main") !== null)) return;
  assert.match(await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)), /class="skip/, "the first stop is the link to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null), "behind it, the next stop lies in the content");
}

async function type(page, name, text) {
  await reach(page, page.locator(`main [name="${name}"]`).first());
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** Presses the control with Enter and waits for the page it leads to. */
async function press(page, control) {
  await reach(page, control);
  const arrived = page.waitForEvent("framenavigated", { timeout: 30_000 });
  await page.keyboard.press("Enter");
  await arrived;
  await page.waitForLoadState();
}

const main = (page) => page.locator("main");
const said = async (page) => (await main(page).innerText()).replaceAll(/[\u00a0\u202f]/g, " ");

test("the main jobs go by keyboard alone", { timeout: 300_000 }, async (t) => {
  const server = await startServer(t, { demo: true, patience: 180_000 });
  const browser = await startBrowser(t);
  const page = await openPage(t, browser, server);
  const home = await signIn(page, server, "staff");

  await t.test("log a contribution", async () => {
    await page.goto(home);
    await skip(page);
    await press(page, main(page).getByRole("link", { name: "Log a contribution" }));
    await skip(page);
    await reach(page, main(page).locator("[name=organization_id]"));
    await page.keyboard.type("Craft");
    await reach(page, main(page).locator("[name=kind]:checked"));
    await page.keyboard.press("ArrowRight");
    assert.equal(await main(page).locator("[name=kind]:checked").getAttribute("value"), "talent", "arrows choose the kind");
    await page.keyboard.press("ArrowLeft");
    await type(page, "quantity", "46");
    await type(page, "activity", "Reading by keyboard");
    await press(page, main(page).locator("form .btn-primary"));
    assert.match(await said(page), /46 hours|Reading by keyboard/);
    assert.equal(await page.locator("#toasts[role=status]").count(), 1, "what was done is said in a live region");
  });

  await t.test("correct a measurement", async () => {
    await page.goto(`${home}/scorecard`);
    await skip(page);
    await press(page, main(page).locator("tbody th a").first());
    const metric = page.url();
    await skip(page);
    await press(page, main(page).getByRole("link", { name: /^Correct / }).first());
    await skip(page);
    await type(page, "value", "70");
    await type(page, "note", "One young person was missed.");
    await press(page, main(page).getByRole("button", { name: "Save the correction" }));
    assert.equal(page.url().split(/[?#]/)[0], metric.split(/[?#]/)[0], await said(page));
    assert.match(await said(page), /70/);
  });

  await t.test("publish a story", async (t) => {
    await page.goto(`${home}/stories`);
    await skip(page);
    await press(page, main(page).getByRole("link", { name: "New story" }));
    await skip(page);
    await type(page, "title", "Written by keyboard");
    await reach(page, main(page).locator("[name=template]:checked"));
    for (let step = 0; step < 5 && await main(page).locator("[name=template]:checked").getAttribute("value") !== "blank"; step += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await press(page, main(page).getByRole("button", { name: "Begin writing" }));
    await skip(page);
    await type(page, "headline", "A harbour that waits for nobody");
    await type(page, "dek", "Young people found their way in.");
    await type(page, "body", "They came, and they stayed.");
    await press(page, main(page).getByRole("button", { name: "Save and check" }));
    const story = page.url().split(/[?#]/)[0];
    await skip(page);
    await press(page, main(page).getByRole("button", { name: "Ask for approval" }));

    const second = await openPage(t, browser, server);
    await second.goto("/sign-in");
    await second.locator("[name=email]").fill("elif@first-job.example");
    await second.getByRole("button", { name: "Email me a sign-in link" }).click();
    const mail = main(page).locator("tr").filter({ hasText: "elif@first-job.example" }).first();
    for (let attempt = 0; attempt < 60; attempt += 1) {
      await page.goto(`${home}/mailbox`);
      if (await mail.filter({ hasText: /sign/i }).count() > 0) break;
      await page.waitForTimeout(300);
    }
    await mail.getByRole("link").click();
    await page.waitForLoadState();
    const links = await main(page).locator("a").evaluateAll((all) => all.map((link) => link.href));
    await second.goto(links.find((link) => link.includes("/sign-in/link")));
    await second.getByRole("button").first().click();
    await second.waitForURL(/\/p\//);
    await second.goto(story);
    await skip(second);
    await press(second, main(second).getByRole("button", { name: "Approve" }));
    assert.match(await said(second), /approved by Elif/i);

    await page.goto(story);
    await skip(page);
    await press(page, main(page).getByRole("button", { name: "Publish" }));
    assert.match(await said(page), /Published/);
    assert.match(await main(page).locator(".copy input").inputValue(), /\/s\//);
  });
});
