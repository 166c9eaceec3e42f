// A partner on a phone: what is asked, logging from the home page and repeating it, counted in steps; the receipt, the value page, the
// burden ledger; and a leader's page. Each page is looked at in both themes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, expectNoSidewaysScroll, openPage, screenshot, signIn, startBrowser, startServer } from "./support.mjs";

/** What the page says, with ordinary spaces. */
const textOf = async (page) => (await page.locator("main").innerText()).replaceAll(/[\u00a0\u202f]/g, " ");

/** Counts what somebody does: a field filled, a button pressed. */
class Steps {
  constructor(page) {
    this.page = page;
    this.fields = 0;
    this.presses = 0;
  }
  async fill(name, value) {
    this.fields += 1;
    await this.page.locator(`main #log [name=${name}]`).fill(value);
  }
  async press(control) {
    this.presses += 1;
    await Promise.all([this.page.waitForURL(/logged=/), control.click()]);
  }
}

async function look(page, address) {
  const answer = await page.goto(address);
  assert.equal(answer.status(), 200, `${address} answers`);
  await expectNoSidewaysScroll(page);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

test("a partner logs from the home page and sees what it moved; a leader reads one page", { timeout: 600_000 }, async (t) => {
  const server = await startServer(t, { demo: true, patience: 180_000 });
  const browser = await startBrowser(t);
  const partner = await openPage(t, browser, server, { size: "phone" });
  const home = await signIn(partner, server, "partner");
  await look(partner, home);
  await screenshot(partner, "partner-phone");
  const before = await textOf(partner);
  assert.match(before, /things are asked of you, Ilse/);
  assert.match(before, /About \d+ minutes in all/);
  assert.match(before, /Same as last time/);
  assert.match(before, /What it moved/);

  // From the page to logged: two fields (the kind is chosen already) and one press.
  const log = new Steps(partner);
  await log.fill("quantity", "46");
  await log.fill("activity", "Mentor talks");
  await log.press(partner.locator("main #log").getByRole("button", { name: /^Log/ }));
  assert.deepEqual([log.fields, log.presses], [2, 1]);
  assert.match(await textOf(partner), /Logged: 46 hours, Mentor talks/);
  await expectAccessible(partner);

  // The same again: one press. And taken back: one more.
  const again = new Steps(partner);
  await again.press(partner.locator("main #log").getByRole("button", { name: /^Repeat/ }));
  assert.deepEqual([again.fields, again.presses], [0, 1]);
  assert.match(await textOf(partner), /Logged: 46 hours, Mentor talks/);
  await partner.getByRole("button", { name: "Take it back" }).click();
  await partner.waitForURL(home);

  // A template, kept and used.
  await partner.locator("main aside").getByRole("link", { name: "Mentor talks" }).first().click();
  await partner.getByRole("button", { name: "Keep as a template" }).click();
  await partner.waitForURL(/templates$/);
  await look(partner, partner.url());
  await partner.goto(home);
  await partner.locator("main #log").getByRole("link", { name: /Mentor talks/ }).click();
  assert.equal(await partner.locator("main [name=quantity]").inputValue(), "46");

  // Without script it works the same.
  const plain = await openPage(t, browser, server, { size: "phone", javaScriptEnabled: false, storageState: await partner.context().storageState() });
  await plain.goto(home);
  await plain.locator("main #log").getByRole("button", { name: /^Repeat/ }).click();
  await plain.waitForURL(/logged=/);

  await look(partner, `${home}/burden`);
  assert.match(await textOf(partner), /What was asked of Mentor Circle Foundation/);
  await partner.goto(home);
  const value = await partner.getByRole("link", { name: /gave and moved/ }).evaluate((link) => link.href);
  await look(partner, value);
  await screenshot(partner, "value-phone", { keep: true, fullPage: true });

  const leader = await openPage(t, browser, server);
  const start = await signIn(leader, server, "leader");
  await look(leader, `${start}/leader`);
  await screenshot(leader, "leader-desktop");
  const read = await textOf(leader);
  for (const words of [/to read/, /Off its path/, /answers for it/, /Promised, and due/, /One story to retell/, /What changed/]) assert.match(read, words);

  const staff = await openPage(t, browser, server);
  const office = await signIn(staff, server, "staff");
  await look(staff, `${office}/burden`);
  await screenshot(staff, "burden-desktop", { keep: true });
});
