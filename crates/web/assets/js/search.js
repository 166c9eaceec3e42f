/* The palette behind Ctrl-K: a combobox in a dialog. Without script its button is a link to the page that searches. */
(() => {
  "use strict";
  const button = document.querySelector("[data-palette]");
  if (!button) return;
  const slug = location.pathname.split("/")[2];
  const key = `recent:${slug}`;
  let dialog;
  let timer;
  let asked = 0;

  /* The pages opened last, for as long as this tab lives. */
  const recent = () => {
    try { return JSON.parse(sessionStorage.getItem(key)) || []; } catch { return []; }
  };
  const remember = () => {
    const heading = document.querySelector("main h1");
    if (!heading || !location.pathname.startsWith(`/p/${slug}/`) || location.pathname.endsWith("/search")) return;
    const page = { path: location.pathname, title: heading.textContent.trim().slice(0, 120) };
    const pages = [page, ...recent().filter((p) => p.path !== page.path)].slice(0, 6);
    try { sessionStorage.setItem(key, JSON.stringify(pages)); } catch { /* a full or closed store only costs the comfort */ }
  };

  const items = () => [...dialog.querySelectorAll('a[role="option"]')].filter((o) => o.offsetParent);
  const field = () => dialog.querySelector("input");

  const select = (option, scroll = true) => {
    for (const other of dialog.querySelectorAll('[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
    if (!option) return field().removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field().setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  };

  const arrange = () => {
    const options = items();
    options.forEach((option, i) => { option.id = `palette-option-${i}`; });
    dialog.querySelector(".palette-list").setAttribute("aria-busy", "false");
    dialog.querySelector("[data-count]").textContent = field().value ? String(options.length) : "";
    select(options[0]);
  };

  const fillRecent = () => {
    const group = dialog.querySelector("[data-recent]");
    const icon = dialog.querySelector(".palette-top .icon");
    for (const old of group.querySelectorAll("a")) old.remove();
    const pages = recent().filter((p) => p.path !== location.pathname);
    for (const page of pages) {
      const link = document.createElement("a");
      link.className = "palette-item";
      link.href = page.path;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
      const title = document.createElement("span");
      title.className = "found-title";
      title.textContent = page.title;
      if (icon) link.append(icon.cloneNode(true));
      link.append(title);
      group.append(link);
    }
    group.hidden = pages.length === 0 || field().value !== "";
  };

  /* What comes late for an older text is dropped. */
  const ask = async () => {
    const mine = ++asked;
    const list = dialog.querySelector(".palette-list");
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${dialog.dataset.options}?q=${encodeURIComponent(field().value)}`, { headers: { Accept: "text/html" } });
      if (mine !== asked) return;
      if (!answer.ok || answer.redirected) return location.assign(`${dialog.dataset.page}?q=${encodeURIComponent(field().value)}`);
      const group = dialog.querySelector("[data-recent]");
      const fresh = document.createRange().createContextualFragment(await answer.text());
      if (mine !== asked) return;
      list.replaceChildren(group, fresh);
      fillRecent();
      arrange();
    } catch {
      list.setAttribute("aria-busy", "false");
    }
  };

  const move = (by) => {
    const options = items();
    const at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (options.length) select(options[(at + by + options.length) % options.length]);
  };

  const press = (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (steps[event.key]) move(steps[event.key]);
    else if (event.key === "Home" && event.ctrlKey) select(items()[0]);
    else if (event.key === "End" && event.ctrlKey) select(items().at(-1));
    else if (event.key === "Enter") {
      const chosen = dialog.querySelector('a[aria-selected="true"]');
      location.assign(chosen && !event.shiftKey ? chosen.href : `${dialog.dataset.page}?q=${encodeURIComponent(field().value)}`);
    } else return;
    event.preventDefault();
  };

  const make = async () => {
    const answer = await fetch(button.dataset.palette, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const holder = document.createElement("div");
    holder.innerHTML = await answer.text();
    dialog = holder.querySelector("dialog");
    document.body.append(dialog);
    field().addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 90);
    });
    dialog.addEventListener("keydown", press);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
    dialog.addEventListener("mousemove", (event) => {
      const option = event.target.closest('a[role="option"]');
      if (option && option.getAttribute("aria-selected") !== "true") select(option, false);
    });
  };

  const open = async (event) => {
    event.preventDefault();
    if (dialog && dialog.open) return;
    try {
      if (!dialog) await make();
    } catch {
      return location.assign(button.href);
    }
    if (dialog.open) return;
    fillRecent();
    dialog.showModal();
    field().focus();
    field().select();
    arrange();
  };

  button.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") open(event);
  });
  remember();
})();
