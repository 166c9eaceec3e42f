// Whether the words of a page come from the catalogue: what reads the same in English and in Dutch must be something that
// people wrote (it stands in the database), a name or code, or a message that is the same in both languages.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const crates = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "crates");

/** All that can be read or heard on a page; sources and mails as sent are not the page's own words. */
export async function wordsOf(page) {
  return page.evaluate(() => {
    const found = new Set();
    const put = (text) => { const plain = (text ?? "").replaceAll(/[\s\u00a0\u202f]+/g, " ").trim(); if (plain) found.add(plain); };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest("script, style, template, pre, code, [name=export], .avatar, .brand, datalist, [name=time_zone], [name=currency], .device")) put(node.textContent);
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) put(element.getAttribute(name));
    }
    return [...found];
  });
}

/** Values of all text columns that people wrote; single lower-case words are the program's, not people's. */
function written(folder) {
  const script = `
import json, sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
found = set()
for (table,) in db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'search_index%'").fetchall():
    for row in db.execute(f'select * from "{table}"'):
        found.update(value for value in row if isinstance(value, str))
print(json.dumps(sorted(found)))`;
  const file = readdirSync(folder).find((name) => name.endsWith(".db") || name.endsWith(".sqlite"));
  const values = JSON.parse(execFileSync("python3", ["-c", script, join(folder, file)], { encoding: "utf8", maxBuffer: 1 << 28 }));
  return values.filter((value) => !/^[a-z_]+$/.test(value)).join("\n").replaceAll(/[\s\u00a0\u202f]+/g, " ");
}

/** The messages of a language, by key, of all crates. */
function messages(language) {
  const found = new Map();
  for (const crate of readdirSync(crates)) {
    try {
      const source = readFileSync(join(crates, crate, "locales", `${language}.ftl`), "utf8");
      for (const [, key, value] of source.matchAll(/^([a-z][\w-]*) = (.*)$/gm)) found.set(key, value.trim());
    } catch {
      // A crate without words.
    }
  }
  return found;
}

/** Tells the words that escape the catalogue, of those that a page shows in both languages. */
export function judge(folder) {
  const corpus = written(folder);
  const [english, dutch] = ["en", "nl"].map(messages);
  const alike = new Set([...english].filter(([key, value]) => dutch.get(key) === value).map(([, value]) => value));
  const plain = (text) => text.replaceAll(/[\d.,:;%€$£×+–−—·•/()"“”‘’→=<>~]+/g, " ").replaceAll(/\s+/g, " ").trim();
  // A language is called by its own name everywhere.
  for (const name of ["English", "Nederlands"]) alike.add(name);
  const codes = /^([A-Z]{2,4}|[A-Z]\w+\/[\w/+-]+|\S+@\S+|https?:\S+|\/\S*|#\w*|bbk_\S*|[0-9a-f-]{8,})$/;
  return (en, nl) => {
    const other = new Set(nl);
    return en.filter((text) => other.has(text) && /\p{L}{2}/u.test(text))
      .filter((text) => !alike.has(text) && !codes.test(text))
      .filter((text) => !corpus.includes(text) && !corpus.includes(plain(text)))
      // What somebody wrote, within marks of quotation.
      .filter((text) => !corpus.includes(text.replaceAll(/^“|”$/g, "")))
      // Names side by side, as in "Person, Organization" and "Perspective: Objective".
      .filter((text) => !text.split(/[,:;|] | · /).every((part) => corpus.includes(part) || corpus.includes(plain(part))))
      .filter((text) => !plain(text).split(" ").every((word) => word.length < 2 || codes.test(word) || alike.has(word)));
  };
}
