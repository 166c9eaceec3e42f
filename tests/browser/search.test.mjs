// Finding things by keyboard, by finger and without script; and pages that show by themselves what others do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, expectNoSidewaysScroll, openPage, screenshot, signIn, startBrowser, startServer } from "./support.mjs";

test("anything is found from any page, and pages stay true", { timeout: 300_000 }, async (t) => {
  const server = await startServer(t, { demo: true, patience: 240_000 });
  const browser = await startBrowser(t);
  const staff = await openPage(t, browser, server);
  const home = await signIn(staff, server, "staff");
  const slug = new URL(home).pathname.split("/")[2];

  await t.test("by keyboard: open, type, choose, go", async () => {
    await staff.goto(`${home}/scorecard`);
    await staff.keyboard.press("Control+k");
    const palette = staff.getByRole("dialog");
    const field = palette.getByRole("combobox");
    await palette.waitFor();
    assert.ok(await field.evaluate((element) => element === document.activeElement), "the field has the focus");
    assert.ok(await palette.getByRole("option", { name: "Log a contribution" }).isVisible());
    await expectAccessible(staff);
    await screenshot(staff, "palette-start-desktop");
    await field.pressSequentially("young");
    await palette.locator(".found-title mark").first().waitFor();
    const chosen = () => palette.locator('[aria-selected="true"]');
    const first = await chosen().getAttribute("id");
    assert.equal(await field.getAttribute("aria-activedescendant"), first);
    await staff.keyboard.press("ArrowDown");
    assert.notEqual(await chosen().getAttribute("id"), first);
    await staff.keyboard.press("ArrowUp");
    assert.equal(await chosen().getAttribute("id"), first);
    await expectAccessible(staff);
    await screenshot(staff, "palette-desktop");
    await staff.keyboard.press("Escape");
    assert.equal(await staff.getByRole("dialog").count(), 0);
    await staff.keyboard.press("Control+k");
    await field.fill("log a contr");
    await palette.getByRole("option", { name: "Log a contribution" }).waitFor();
    await palette.locator(".palette-item").first().and(palette.getByRole("option", { name: "Log a contribution" })).waitFor();
    await staff.keyboard.press("Enter");
    await staff.waitForURL("**/contributions/new");
    await staff.keyboard.press("Control+k");
    await palette.getByText("Recently opened").waitFor();
    await staff.keyboard.press("Escape");
  });

  await t.test("without script, on a page of its own", async () => {
    const cookies = await staff.context().cookies();
    const plain = await openPage(t, browser, server, { javaScriptEnabled: false, storageState: { cookies, origins: [] } });
    await plain.goto(home);
    await plain.getByRole("link", { name: /^Search/ }).click();
    await plain.getByRole("searchbox").fill("young");
    await plain.getByRole("main").getByRole("button", { name: "Search" }).click();
    const links = plain.locator(".found-item");
    assert.ok(await links.count() > 2, "something is found");
    await screenshot(plain, "search-desktop");
    await links.first().click();
    assert.ok(!plain.url().includes("/search"));
  });

  await t.test("by finger, and by those who may see less", async () => {
    const funder = await openPage(t, browser, server, { size: "phone" });
    await signIn(funder, server, "funder");
    await funder.getByRole("link", { name: /^Search/ }).click();
    await funder.getByRole("combobox").fill("young");
    await funder.locator(".palette-item mark").first().waitFor();
    await screenshot(funder, "palette-phone");
    await expectNoSidewaysScroll(funder);
    await expectAccessible(funder);
    await funder.goto(`${home}/search?q=young`);
    await expectNoSidewaysScroll(funder);
    await expectAccessible(funder);
    await screenshot(funder, "search-phone");
    const kinds = await funder.locator(".found-kind").allInnerTexts();
    for (const hidden of ["Contribution", "Person", "Contact", "Mailing"]) assert.ok(!kinds.includes(hidden), `${hidden} in ${kinds}`);
  });

  await t.test("what another does shows without a reload, and what is typed stays", async () => {
    const other = await staff.context().newPage();
    await staff.goto(`${home}/timeline`);
    await staff.evaluate(() => { window.here = true; });
    const top = () => staff.locator("#events a").first().getAttribute("href");
    const before = await top();
    await other.goto(`${home}/organizations`);
    await staff.bringToFront();
    const list = await (await staff.request.get(`/api/v1/partnerships/${slug}/organizations?limit=1`)).json();
    const one = list.items[0];
    const change = async (name) => {
      const now = await staff.request.get(`/api/v1/partnerships/${slug}/organizations/${one.id}`);
      const answer = await staff.request.patch(`/api/v1/partnerships/${slug}/organizations/${one.id}`, {
        data: { name }, headers: { "If-Match": now.headers().etag, "Sec-Fetch-Site": "same-origin" },
      });
      assert.equal(answer.status(), 200, await answer.text());
    };
    await change(`${one.name} (renamed)`);
    await staff.waitForFunction((old) => document.querySelector("#events a").getAttribute("href") !== old, before);
    assert.equal(await staff.evaluate(() => window.here), true, "the page was not loaded again");
    await other.close();
  });
});
