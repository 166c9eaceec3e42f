// Sends over nodemailer's pool as many messages as each line of input says, and prints how many were accepted.
// Arguments: nodemailer's folder, the port of the mail server, connections.
"use strict";

const readline = require("node:readline");
const [folder, port, connections] = process.argv.slice(2);
const transport = require(folder).createTransport({
  host: "127.0.0.1",
  port: Number(port),
  secure: false,
  ignoreTLS: true,
  pool: true,
  maxConnections: Number(connections),
  maxMessages: Infinity,
});

const paragraph =
  '<p style="margin:0 0 16px;font:16px/1.5 sans-serif">In the third quarter volunteers read aloud to children at forty places, ' +
  "and families took home books to read together.</p>\n";
const rest = paragraph.repeat(Math.ceil(27500 / paragraph.length));

function message(n) {
  const [name, link] = [`Reader ${n}`, `https://backbone.example/s/${n}`];
  return {
    from: "Every Child Reads <news@example.org>",
    to: { name, address: `reader${n}@example.org` },
    messageId: `<campaign.${n}@example.org>`,
    subject: `For ${name}`,
    text: `Dear ${name},\r\nSee ${link}\r\n`,
    html: `<html><body><h1>Dear ${name}</h1><p><a href="${link}">Your page</a></p>\n${rest}</body></html>\n`,
    headers: { "List-Unsubscribe": `<https://backbone.example/u/${n}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
  };
}

async function send(count) {
  let [next, accepted] = [0, 0];
  async function one() {
    while (next < count) {
      const sent = await transport.sendMail(message(next++));
      accepted += sent.accepted.length;
    }
  }
  await Promise.all(Array.from({ length: 2 * Number(connections) }, one));
  return accepted;
}

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  console.log(await send(Number(line)));
});
process.stdin.on("end", () => transport.close());
