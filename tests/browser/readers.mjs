// What readers and staff do about a published story, page by page: the public page, the form beneath a figure, the mail that
// confirms, the answer, the page of what was received, and the pages before a campaign leaves. Each is looked at as it stands.

import assert from "node:assert/strict";
import { openPage, screenshot } from "./support.mjs";

const phone = { width: 360, height: 780 };
const desk = { width: 1280, height: 800 };

/** Waits for a mail to somebody in the local mailbox, newest first; gives the addresses in it. */
async function mailTo(page, home, to, part) {
  for (let attempt = 0; attempt < 80; attempt += 1) {
    await page.goto(`${home}/mailbox`);
    const lines = page.locator("main tr").filter({ hasText: to }).getByRole("link");
    const found = await lines.evaluateAll((all) => all.map((one) => one.href));
    for (const address of found) {
      await page.goto(address);
      const links = await page.locator("main details a").evaluateAll((all) => all.map((one) => one.href));
      const link = links.find((one) => one.includes(part));
      if (link) return link;
    }
    await page.waitForTimeout(500);
  }
  throw new Error(`no mail to ${to} with ${part}:\n${await page.locator("main").innerText()}`);
}

/** Looks at every page on the way, in both sizes and themes. `look` is that of the other pages. */
export async function readers(t, browser, server, address, look) {
  const staff = await openPage(t, browser, server, { size: "phone" });
  await staff.context().addCookies(address.cookies);
  const visitor = await openPage(t, browser, server, { size: "phone" });
  const seen = async (page, name) => {
    await look(page);
    await screenshot(page, `readers-${name}-phone`, { keep: true, fullPage: true });
    await look(page, { size: desk, scheme: "dark" });
    await screenshot(page, `readers-${name}-desk`, { keep: true, fullPage: true });
    await page.setViewportSize(phone);
  };
  const send = async (page, button) => {
    await Promise.all([page.waitForNavigation(), button.click()]);
    await page.waitForLoadState();
  };
  const slug = new URL(address.home).pathname.split("/")[2];

  // From the public page to a story, to where a figure comes from, to a question.
  await visitor.goto(`/public/${slug}`);
  await seen(visitor, "public-page");
  const feed = await visitor.request.get(`/public/${slug}/feed.atom`);
  assert.equal(feed.status(), 200);
  await send(visitor, visitor.locator("main .public-stories a").first());
  await seen(visitor, "story");
  await send(visitor, visitor.locator("article a.figure-link").first());
  const figure = visitor.url();
  await visitor.locator(".story-ask > summary").click();
  await seen(visitor, "ask");
  await visitor.locator(".story-ask form").evaluate((form) => { form.noValidate = true; });
  await visitor.locator("[name=question]").fill("Is that of all partners?");
  await send(visitor, visitor.locator(".story-ask form button"));
  assert.equal(await visitor.locator("[name=question]").inputValue(), "Is that of all partners?");
  await seen(visitor, "ask-again");
  await visitor.locator("[name=name]").fill("Wilhelmina van den Berg-Oosterhuis");
  const email = "wilhelmina.vandenberg@stichting-leesbevordering.example";
  await visitor.locator("[name=email]").fill(email);
  await send(visitor, visitor.locator(".story-ask form button"));
  await seen(visitor, "asked");
  await visitor.goto(await mailTo(staff, address.home, email, "/questions/confirm"));
  await seen(visitor, "confirm");
  await send(visitor, visitor.locator("main form button"));
  await seen(visitor, "confirmed");

  // Staff see it and answer.
  await staff.goto(`${address.home}/questions`);
  await seen(staff, "questions");
  await send(staff, staff.locator("main tbody th a").first());
  await seen(staff, "question");
  await staff.locator("[name=answer]").fill("Of all partners that give time.\n\nThe schools are not among them.");
  await staff.locator("label:has([name=show])").click();
  await send(staff, staff.locator("form[action$='/answer'] button"));
  await seen(staff, "answered");
  await visitor.goto(figure);
  assert.match(await visitor.locator("main").innerText(), /Of all partners that give time/);
  await seen(visitor, "answer-shown");

  // From the mail it is one click to where a figure comes from, and one more for each further step.
  const reader = await openPage(t, browser, server, { size: "phone" });
  await reader.goto(await mailTo(staff, address.home, /What your year/, "/figure/hours"));
  let clicks = 1;
  const parts = reader.locator("main .trace-parts").first();
  await seen(reader, "source");
  if ((await parts.getAttribute("open")) === null) {
    await parts.locator("summary").click();
    clicks += 1;
  }
  await seen(reader, "source-open");
  await send(reader, parts.locator("li a").first());
  clicks += 1;
  assert.match(reader.url(), /\/trace\/contribution\//);
  await seen(reader, "contribution");
  t.diagnostic(`from the mail to a contribution: ${clicks} clicks`);
  assert.ok(clicks <= 3, `it takes ${clicks} clicks from the mail to a contribution`);

  // What a funder received, by the link in the mail.
  const funder = await openPage(t, browser, server, { size: "phone" });
  await funder.goto(await mailTo(staff, address.home, /What your year/, "/r/"));
  await seen(funder, "received");

  // A campaign before it leaves.
  await staff.goto(`${address.home}/campaigns/new`);
  await staff.locator("main select[name=story_id]").selectOption({ index: 1 });
  await send(staff, staff.locator("main form .btn-primary"));
  const draft = staff.url().split(/[?#]/)[0];
  await send(staff, staff.locator("main form:has([name=roles]) button"));
  await seen(staff, "campaign");
  for (const page of ["confirm", "worst"]) {
    await staff.goto(`${draft}/${page}`);
    await seen(staff, `campaign-${page}`);
  }
  await staff.goto(draft);
  await send(staff, staff.locator("form[action$='/cancel'] button"));

  // The form of a story, with its many fields.
  await staff.goto(`${address.home}/stories`);
  await send(staff, staff.locator("main tbody th a").first());
  await staff.goto(`${staff.url().split(/[?#]/)[0]}/edit`);
  await seen(staff, "story-form");
}
