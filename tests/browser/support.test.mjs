// The helpers' own tests: a guard that cannot fail would guard nothing.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { expectAccessible, expectNoSidewaysScroll, openPage, startBrowser } from "./support.mjs";

const good = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Good</title></head>
  <body><main><h1>Good</h1><p>Nothing wrong here.</p></main></body></html>`;
const bad = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Bad</title></head>
  <body><main><h1>Bad</h1><img src="http://127.0.0.2:9/x.png"><input><table width="3000"><tr><td>wide</td></tr></table>
  <script>boom()</script></main></body></html>`;

async function sampleServer(t) {
  const server = createServer((request, response) => {
    const page = request.url === "/bad" ? bad : request.url === "/good" ? good : "";
    response.writeHead(page ? 200 : 204, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'self'; img-src *",
    });
    response.end(page);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}` };
}

test("the guards and axe accept a good page and refuse a bad one", async (t) => {
  const server = await sampleServer(t);
  const browser = await startBrowser(t);
  const page = await openPage(t, browser, server, { size: "phone" });

  await page.goto("/good");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  assert.deepEqual(page.problems, []);

  await page.goto("/bad");
  await assert.rejects(expectAccessible(page), /image-alt/);
  await assert.rejects(expectNoSidewaysScroll(page), /px wide/);
  const problems = page.problems.splice(0).join("\n");
  assert.match(problems, /asks another host: http:\/\/127\.0\.0\.2/);
  assert.match(problems, /Content Security Policy/i);
});
