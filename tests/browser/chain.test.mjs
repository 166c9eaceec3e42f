// The main job from end to end, on a phone: a partnership is set up, a partner logs a contribution from a link in a
// mail, staff tell a story with it, a funder walks from a figure back to that contribution, and when a measurement
// is corrected, exactly that funder is told. Each page on the way is looked at: axe, width, console, other hosts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, expectNoSidewaysScroll, openPage, startBrowser, startServer } from "./support.mjs";

const password = "harbour lantern orchard nine";

const looked = new Set();

/** Looks at a page; one that shows the same kind of address, the same parts and the same buttons as before only for its width. */
async function look(page) {
  await expectNoSidewaysScroll(page);
  const parts = await page.locator("main :is(h1, h2, button, .btn, .chip, [role=status])").evaluateAll((all) =>
    [...new Set(all.map((one) => (one.tagName === "H1" ? one.tagName : one.textContent.trim())))].sort().join("|"));
  const kind = `${new URL(page.url()).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=\/(s|log|mailbox)\/)[^/]+/g, "{}")} ${parts}`;
  if (looked.has(kind)) return;
  looked.add(kind);
  await expectAccessible(page);
}

/** What the page says, with ordinary spaces. */
async function textOf(page) {
  return (await page.locator("main").innerText()).replaceAll(/[\u00a0\u202f]/g, " ");
}

/** Opens an address, which must answer, and looks at the page. */
async function open(page, address) {
  const answer = await page.goto(address);
  assert.equal(answer.status(), 200, `${address} answers`);
  await look(page);
}

/** Presses a button or link that leads to another page, which must not be an error, and looks at that page. */
async function press(page, target) {
  const control = typeof target === "string" || target instanceof RegExp
    ? page.locator("main").getByRole("button", { name: target }).or(page.locator("main").getByRole("link", { name: target })).first()
    : target;
  const arrived = page.waitForResponse((answer) => answer.request().isNavigationRequest()
    && answer.frame() === page.mainFrame() && (answer.status() < 300 || answer.status() >= 400), { timeout: 30_000 });
  await control.click();
  const answer = await arrived;
  await page.waitForLoadState();
  if (answer.status() !== 200) {
    const text = await textOf(page);
    assert.fail(`${target} leads to ${answer.status()} at ${page.url()}:\n${text}`);
  }
  await look(page);
}

/** Fills fields by name; a segmented choice and a checkbox are chosen by value. */
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const choice = page.locator(`main input[name="${name}"][value="${value}"]:is([type=radio],[type=checkbox])`);
    const control = page.locator(`main [name="${name}"]:not([type=hidden])`).first();
    if (await choice.count() > 0) {
      if (!(await choice.first().isChecked())) await choice.first().locator("xpath=ancestor::label").click();
    } else if (await control.evaluate((element) => element.tagName) === "SELECT") await control.selectOption(value);
    else await control.fill(value);
  }
}

/** Waits for a mail to an address with a subject, in the local mailbox, and opens it there. */
async function openMail(page, home, to, subject) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    await page.goto(`${home}/mailbox`);
    const line = page.locator("main tr").filter({ hasText: to }).filter({ hasText: subject });
    if (await line.count() > 0) {
      await look(page);
      await press(page, line.first().getByRole("link"));
      return page.locator("main details a").evaluateAll((links) => links.map((link) => link.href));
    }
    await page.waitForTimeout(500);
  }
  throw new Error(`no mail to ${to} about ${subject}:\n${await textOf(page)}`);
}

/** The two quarters before this one, the earlier first, as `2026-Q2`. */
function quarters() {
  const now = new Date();
  const count = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3);
  return [count - 2, count - 1].map((n) => `${Math.floor(n / 4)}-Q${(n % 4) + 1}`);
}

const nextYear = () => `${new Date().getUTCFullYear() + 1}-Q4`;

test("a contribution travels into a funder's inbox, and a correction after it", { timeout: 600_000 }, async (t) => {
  const server = await startServer(t, { patience: 120_000 });
  const browser = await startBrowser(t);
  const staff = await openPage(t, browser, server, { size: "phone" });

  // Set up: the person, the partnership, the backbone organization.
  const setUp = () => server.printed().match(/http\S+\/setup\?\S+/)?.[0];
  for (let attempt = 0; attempt < 50 && !setUp(); attempt += 1) await staff.waitForTimeout(200);
  assert.ok(setUp(), `the server prints a set-up link:\n${server.printed()}`);
  await open(staff, setUp());
  await fill(staff, { name: "Noor Visser", email: "noor@backbone.example", password, language: "en" });
  await press(staff, /Next: your partnership/);
  await fill(staff, {
    name: "Reading Together", purpose: "Every child in the district reads at its level by the age of nine.",
    language: "en", currency: "EUR", time_zone: "Europe/Amsterdam",
  });
  await press(staff, /Next: your organization/);
  const home = staff.url().replace(/\/setup.*$/, "");
  await fill(staff, { name: "Reading Office", sector: "civil" });
  await press(staff, "Finish");

  // Organizations and people.
  for (const [name, role, sector] of [["East Library", "partner", "public"], ["Lamplight Fund", "funder", "private"]]) {
    await open(staff, `${home}/organizations`);
    await press(staff, "Add organization");
    await fill(staff, { name, role, sector, public_name: "true" });
    await press(staff, "Add organization");
  }
  const invite = async (line, organization, role) => {
    await open(staff, `${home}/invitations`);
    for (const box of await staff.locator("main label:has(input[name=roles]:checked)").all()) await box.click();
    await fill(staff, { people: line, roles: role });
    await staff.locator("main select[name=organization_id]").selectOption({ label: organization });
    await press(staff, "Send invitations");
  };
  await invite("Sam Okafor <sam@library.example>", "East Library", "contributor");
  await invite("Fenna Bos <fenna@lamplight.example>", "Lamplight Fund", "funder");
  await invite("Iris Kok <iris@backbone.example>", "Reading Office", "staff");

  // They accept by the link in their mail, each in a browser of their own.
  const join = async (address) => {
    const links = await openMail(staff, home, address, "invites you");
    const page = await openPage(t, browser, server, { size: "phone" });
    await open(page, links.find((one) => one.includes("/invitation")));
    await press(page, "Join");
    return page;
  };
  await join("sam@library.example");
  const funder = await join("fenna@lamplight.example");
  const second = await join("iris@backbone.example");
  assert.match(await textOf(second), /Iris/);
  assert.ok(funder.url().startsWith(home));

  // A rate, then the question to partners by mail.
  await open(staff, `${home}/contributions/rates`);
  await fill(staff, { work_role: "Volunteer", hourly: "18.50", valid_from: "2020-01-01", source: "Collective agreement, 2020" });
  await press(staff, staff.locator("main form").getByRole("button").last());
  await open(staff, `${home}/contributions/requests`);
  const period = await staff.locator("main [name=period]").inputValue();
  await press(staff, staff.locator("main form").getByRole("button").last());

  // The partner opens the link without a session and needs three fields.
  const asked = await openMail(staff, home, "sam@library.example", /(?!.*invites)/);
  const partner = await openPage(t, browser, server, { size: "phone" });
  await open(partner, asked.find((one) => one.includes("/log/")));
  await fill(partner, { kind: "time", quantity: "46", activity: "Reading hour" });
  await press(partner, "Log a contribution");
  assert.match(await textOf(partner), /Thank you, it is logged[^]*46 hours/);

  // Staff verify it.
  await open(staff, `${home}/contributions`);
  await press(staff, "Reading hour");
  await press(staff, "Verify");
  assert.match(await textOf(staff), /Verified/);

  // A metric with two measurements, verified, on the scorecard.
  const [earlier, latest] = quarters();
  await open(staff, `${home}/metrics/new`);
  await fill(staff, {
    name: "Children who read at their level", kind: "percent", direction: "up", baseline_period: earlier,
    baseline_value: "34", target_period: nextYear(), target_value: "70", frequency: "quarter", public: "true",
  });
  await press(staff, staff.locator("main form").getByRole("button").last());
  const metric = staff.url().split(/[?#]/)[0];
  for (const [when, value] of [[earlier, "36"], [latest, "61"]]) {
    await open(staff, metric);
    await fill(staff, { period: when, value });
    await press(staff, "Report it");
    await press(staff, staff.getByRole("button", { name: /^Verify/ }).first());
  }
  await open(staff, `${home}/scorecard`);
  assert.match(await textOf(staff), /Children who read at their level[^]*61/);

  // What it is worth, from the example.
  await open(staff, `${home}/value-models/new`);
  await press(staff, "Use the example");
  await press(staff, staff.locator("main form#model").getByRole("button", { name: "Save" }).last());
  assert.match(await textOf(staff), /For each €\s1 put in/);
  await press(staff, "Freeze this calculation");

  // The story, from a template, with its figures bound.
  await open(staff, `${home}/stories/new`);
  await fill(staff, { title: "A year of reading together", template: "roi", language: "en" });
  await press(staff, "Begin writing");
  await fill(staff, {
    audience: "for the Lamplight Fund", headline: "[[after]] of our children read at their level",
    dek: "Volunteers of the library gave [[hours]] to the reading hour.",
    body: "Together they gave [[hours]].", vignette_text: "",
  });
  const months = { from: `${earlier.slice(0, 4)}-01-01`, to: `${new Date().getUTCFullYear()}-12-31` };
  const bind = async (key, source, { from = "", to = "" } = {}) => {
    const row = (await staff.locator("main input[name=figure_key]").evaluateAll((all) => all.map((one) => one.value))).indexOf(key);
    await staff.locator(`#figure_from_${row}`).fill(from);
    await staff.locator(`#figure_to_${row}`).fill(to);
    const value = await staff.locator(`#figure_source_${row} option`).evaluateAll((all, start) => all.map((one) => one.value).find((one) => one.startsWith(start)), source);
    assert.ok(value, `${source} can be chosen`);
    await staff.locator(`#figure_source_${row}`).selectOption(value);
  };
  for (const part of ["key", "label"]) await staff.locator(`#figure_${part}_0`).fill("");
  await bind("hours", "contributions:hours", months);
  await bind("before", "baseline:");
  await bind("after", "metric:");
  await staff.locator("main select[name=ratio_model]").selectOption({ label: "Work for newcomers" });
  await press(staff, "Save and check");
  const story = staff.url().split(/[?#]/)[0];
  assert.match(await textOf(staff), /Nothing stops it|bound and current/);
  await press(staff, "Ask for approval");
  await open(second, story);
  await press(second, "Approve");
  await open(staff, story);
  await press(staff, "Publish");
  const address = await staff.locator("main .copy input").inputValue();
  await open(funder, address);
  assert.match(await funder.locator("h1").innerText(), /61\s%/);

  // To the funder by mail: the page before it names how many receive it.
  await open(staff, `${home}/campaigns/new`);
  await staff.locator("main select[name=story_id]").selectOption({ index: 1 });
  await press(staff, "Prepare the mail");
  if (!(await staff.locator("main input[name=roles][value=funder]").isChecked())) await fill(staff, { roles: "funder" });
  await press(staff, staff.locator("main form").filter({ has: staff.locator("[name=roles]") }).getByRole("button"));
  await press(staff, /Look at it and send to one reader/);
  await press(staff, /^Send to one/i);
  const letter = await openMail(staff, home, "fenna@lamplight.example", /61\s%|read at their level/);

  // The funder opens it without a session and walks from the figure to the contribution.
  const reader = await openPage(t, browser, server, { size: "phone" });
  const sent = letter.find((one) => /\/s\/[^/]+$/.test(one));
  await open(reader, sent);
  await press(reader, reader.locator("article a").filter({ hasText: /46/ }).first());
  assert.match(await textOf(reader), /46 hours[^]*Contributions together[^]*What one organization gave[^]*Contribution/);
  await open(reader, sent);
  await press(reader, reader.locator("article a").filter({ hasText: /61/ }).first());
  for (let step = 0; step < 4; step += 1) {
    const next = reader.locator("main .trace a").last();
    if (await next.count() === 0) break;
    await press(reader, next);
  }
  assert.match(await textOf(reader), /Reading Together, Q\d \d{4}[^]*Verified/, "the walk ends at the measurement");

  // The measurement is corrected, and the story says so.
  await open(staff, metric);
  await press(staff, staff.getByRole("link", { name: /^Correct Reading Together/ }).first());
  await fill(staff, { value: "58", note: "Two schools were counted twice." });
  await press(staff, "Save the correction");
  await press(staff, staff.getByRole("button", { name: /^Verify/ }).first());
  for (let attempt = 0; attempt < 60; attempt += 1) {
    await reader.goto(sent);
    if (/is now 58/.test(await textOf(reader))) break;
    await reader.waitForTimeout(500);
  }
  await look(reader);
  assert.match(await textOf(reader), /Changed since this story was sent[^]*was 61\s%[^]*is now 58\s%/);

  // A notice to exactly that funder is drafted within a few minutes; staff look at it and send it.
  const draft = staff.locator("main tr").filter({ hasText: /Correction/ }).filter({ hasText: /Draft/ }).getByRole("link");
  for (let attempt = 0; attempt < 150 && await draft.count() === 0; attempt += 1) {
    await staff.waitForTimeout(2_000);
    await staff.goto(`${home}/campaigns`);
  }
  await look(staff);
  await press(staff, draft.first());
  assert.match(await textOf(staff), /61 % → 58 %[^]*Fenna Bos/);
  assert.equal(await staff.locator("main tbody tr").count(), 1, "nobody else is told");
  await fill(staff, { reason: "Two schools were counted twice." });
  await press(staff, "Save");
  await press(staff, /Look at it and send to one reader/);
  await press(staff, /^Send to one/i);
  await openMail(staff, home, "fenna@lamplight.example", /orrection|changed/);
  const notice = (await staff.locator("main pre").first().textContent()).replaceAll(/[\u00a0\u202f]/g, " ");
  assert.match(notice, /We wrote: 61 %[^]*It is now: 58 %/);
});
