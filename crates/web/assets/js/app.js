/* Small comforts on top of pages that work without script. Nothing here is needed to get work done. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (name) => document.body.dataset[name] || "";

  /** A short message that leaves by itself, read out by screen readers. */
  const toast = (text, kind = "good") => {
    const place = one("#toasts");
    if (!place || !text) return;
    const message = document.createElement("p");
    message.className = `flash is-${kind}`;
    message.textContent = text;
    place.append(message);
    setTimeout(() => message.remove(), 6000);
  };

  const openDialog = (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    dialog.showModal();
  };

  const copyLink = async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      toast(say("copied"));
    } catch {
      const field = one("input", button.parentElement);
      if (field) field.select();
    }
  };

  const printPage = (event) => {
    if (event.target.closest("[data-print]")) window.print();
  };

  const closeMenus = (event) => {
    for (const menu of all("details.bar-more[open], details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  };

  const removeButton = (list) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.dataset.removeRow = "";
    button.textContent = "×";
    button.setAttribute("aria-label", list.dataset.remove);
    return button;
  };

  const prepareRows = (root) => {
    for (const list of all("[data-rows]", root)) {
      if (list.dataset.ready) continue;
      list.dataset.ready = "1";
      one("[data-add-row]", list).hidden = false;
      for (const row of all(".form-row", list)) row.append(removeButton(list));
    }
  };

  const editRows = (event) => {
    const remove = event.target.closest("[data-remove-row]");
    const add = event.target.closest("[data-add-row]");
    const list = event.target.closest("[data-rows]");
    if (!list) return;
    const rows = one(".form-rows-list", list);
    if (remove) {
      remove.closest(".form-row").remove();
      (one(".form-row:last-child input", rows) || one("[data-add-row]", list)).focus();
    } else if (add) {
      rows.append(one("template", list).content.cloneNode(true));
      const row = one(".form-row:last-child", rows);
      const number = `${rows.children.length}-${Date.now()}`;
      for (const control of all("[id]", row)) {
        for (const label of all(`label[for="${control.id}"]`, row)) label.htmlFor = `${control.id}-${number}`;
        control.id = `${control.id}-${number}`;
      }
      row.append(removeButton(list));
      const first = one("input, select, textarea", row);
      if (first) first.focus();
    }
  };

  /* Forms marked data-guard ask before the page is left with changes. */
  let dirty = false;
  const guard = (event) => {
    if (event.target.closest("form[data-guard]")) dirty = true;
  };

  const dropFiles = (event) => {
    const area = event.target.closest && event.target.closest(".upload");
    if (area) area.classList.toggle("is-over", event.type === "dragover");
  };

  /* "This is needed." says little above a long form: the field's own label goes before it. */
  const nameErrors = (root) => {
    for (const link of all(".form-errors a[href^='#']", root)) {
      const field = document.getElementById(link.hash.slice(1));
      const label = field && (one(`label[for="${field.id}"]`) || one("legend, label", field));
      const text = label && label.firstChild && label.firstChild.textContent.trim();
      if (text && !link.textContent.startsWith(text)) link.textContent = `${text}: ${link.textContent}`;
    }
  };

  const prepare = (root) => {
    prepareRows(root);
    for (const button of all("[data-copy][hidden], [data-print][hidden]", root)) button.hidden = false;
    nameErrors(root);
    const summary = one("[data-focus]", root);
    if (summary) summary.focus();
  };

  /* The look changes at once, so that nothing typed on the page is lost. */
  const chooseTheme = async (event) => {
    const form = event.target.closest && event.target.closest("[data-themes]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const { value } = event.submitter;
    if (value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    for (const button of all("button", form)) button.setAttribute("aria-pressed", String(button.value === value));
    try {
      await fetch(form.action, { method: "POST", body: new URLSearchParams({ theme: value }), redirect: "manual" });
    } catch {
      // Without a connection the choice holds for this page only.
    }
  };

  document.addEventListener("submit", chooseTheme);
  /* Pages that are turned with the arrow keys mark their body with data-keys and their links with rel. */
  const turn = (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select");
    const rel = { ArrowLeft: "prev", PageUp: "prev", ArrowRight: "next", PageDown: "next", Escape: "up" }[event.key];
    const link = plain && rel && one(`body[data-keys] a[rel=${rel}]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  };

  document.addEventListener("click", openDialog);
  document.addEventListener("click", copyLink);
  document.addEventListener("click", printPage);
  document.addEventListener("click", closeMenus);
  document.addEventListener("click", editRows);
  document.addEventListener("input", guard);
  document.addEventListener("submit", (event) => { if (!event.target.matches("[data-themes]")) dirty = false; });
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, dropFiles);
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus({ target: document.body });
    turn(event);
  });
  /* An answer may carry HX-Trigger: {"saved": "Your vote: agree"}. */
  document.addEventListener("saved", (event) => {
    const detail = event.detail;
    toast(typeof detail === "string" ? detail : detail && (detail.value || detail.text));
  });
  document.addEventListener("htmx:after:swap", (event) => prepare(event.target instanceof Element ? event.target : document));
  prepare(document);
})();
