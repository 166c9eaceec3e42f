// The living page of components: every component in every state, in both themes and languages, at three widths. The
// pictures go to tests/out, to be looked at; the page asks no other host, scrolls nowhere sideways, and axe finds nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, expectNoSidewaysScroll, openPage, screenshot, signIn, startBrowser, startServer } from "./support.mjs";

const widths = [360, 768, 1280];

test("every component holds in both themes and languages at three widths", async (t) => {
  const server = await startServer(t, { demo: true, patience: 180_000 });
  const browser = await startBrowser(t);
  const page = await openPage(t, browser, server);

  const stranger = await page.goto("/dev/components");
  assert.match(stranger.url(), /\/sign-in\?next=/, "invented figures are not shown to strangers under a partnership's address");
  await signIn(page, server, "staff");

  for (const theme of ["light", "dark"]) {
    for (const lang of ["en", "nl"]) {
      await page.setViewportSize({ width: widths[0], height: 800 });
      const answer = await page.goto(`/dev/components?theme=${theme}&lang=${lang}`);
      assert.equal(answer.status(), 200);
      assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
      assert.equal(await page.locator("html").getAttribute("lang"), lang);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
        // Languages differ in words alone, widths in what the sheet shows: colours are checked everywhere, the rest once.
        await expectAccessible(page, { only: width === 768 ? ["color-contrast"] : undefined });
        await screenshot(page, `components-${theme}-${lang}-${width}`, { fullPage: true, keep: true });
      }
    }
  }
});

test("a chosen look is remembered, with script and without", async (t) => {
  const server = await startServer(t);
  const browser = await startBrowser(t);
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = "rgb(246, 247, 249)";
  const dark = "rgb(21, 24, 28)";

  const scripted = await openPage(t, browser, server);
  await scripted.goto("/sign-in");
  assert.equal(await ground(scripted), light);
  await scripted.emulateMedia({ colorScheme: "dark" });
  assert.equal(await ground(scripted), dark, "without a choice the page follows the device");
  await scripted.locator("input[name=email]").fill("noor@backbone.example");
  const kept = scripted.waitForResponse((answer) => answer.url().endsWith("/theme"));
  await scripted.getByRole("button", { name: "Light" }).click();
  await kept;
  assert.equal(await ground(scripted), light);
  assert.equal(await scripted.locator("input[name=email]").inputValue(), "noor@backbone.example", "nothing typed is lost");
  await scripted.goto("/password/forgot");
  assert.equal(await ground(scripted), light, "the next page remembers it");
  assert.equal(await scripted.getByRole("button", { name: "Light" }).getAttribute("aria-pressed"), "true");
  await expectAccessible(scripted);

  const plain = await openPage(t, browser, server, { javaScriptEnabled: false });
  await plain.goto("/sign-in?next=%2Faccount");
  await plain.getByRole("button", { name: "Dark" }).click();
  assert.match(plain.url(), /\/sign-in\?next=%2Faccount$/, "the choice leads back to its page");
  assert.equal(await plain.locator("html").getAttribute("data-theme"), "dark");
  await plain.getByRole("button", { name: "As your device" }).click();
  assert.equal(await plain.locator("html").getAttribute("data-theme"), null);
});
