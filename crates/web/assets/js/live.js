/* Parts of a page that carry data-live (and an id) are fetched again when the server says that their topic changed. */
(() => {
  "use strict";
  const address = document.body.dataset.live;
  if (!address || !window.EventSource) return;
  const parts = () => [...document.querySelectorAll("[data-live][id]")];
  const made = Date.parse(document.body.dataset.made) * 1000;
  let source;
  let last = "";
  let poll;
  let failures = 0;
  let fetching = false;
  let waiting = new Set();

  /* What is being typed or chosen stays: such a part waits until the field is left. */
  const inUse = (part) => {
    const active = document.activeElement;
    if (part.contains(active) && active.matches("input:not([type=hidden]), textarea, select, [contenteditable]")) return true;
    return [...part.querySelectorAll("input, textarea, select")].some((field) =>
      field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
        : field.tagName === "SELECT" ? [...field.options].some((o) => o.selected !== o.defaultSelected) && field.selectedIndex > 0
          : field.type !== "hidden" && field.value !== field.defaultValue);
  };

  const places = (part) => [...part.querySelectorAll("a[href], button, summary, [tabindex]")];
  const nameOf = (element) => element.id || element.getAttribute("href") || (element.name || "") + element.textContent.trim();

  const replace = (part, fresh) => {
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    const name = active && nameOf(active);
    const index = active && places(part).indexOf(active);
    const open = [...part.querySelectorAll("details")].map((d) => d.open);
    const topic = part.dataset.live;
    for (const attribute of [...part.attributes]) if (!fresh.hasAttribute(attribute.name)) part.removeAttribute(attribute.name);
    for (const attribute of fresh.attributes) part.setAttribute(attribute.name, attribute.value);
    part.replaceChildren(...fresh.childNodes);
    [...part.querySelectorAll("details")].forEach((d, i) => { if (open[i]) d.open = true; });
    if (active) {
      const now = places(part);
      const again = now.find((e) => nameOf(e) === name) || now[Math.min(index, now.length - 1)];
      if (again) again.focus({ preventScroll: true });
    }
    if (window.htmx) window.htmx.process(part);
    part.dispatchEvent(new CustomEvent("live:refreshed", { bubbles: true, detail: topic }));
  };

  /* One fetch at a time; what changes meanwhile is fetched after it. */
  const refresh = async () => {
    if (fetching || waiting.size === 0) return;
    const wanted = parts().filter((p) => waiting.has(p.dataset.live) && !inUse(p));
    if (wanted.length === 0) return;
    fetching = true;
    for (const part of wanted) waiting.delete(part.dataset.live);
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Live": "1" } });
      if (answer.redirected || answer.status === 401) return location.reload();
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of wanted) {
          const fresh = page.getElementById(part.id);
          if (fresh && part.isConnected && !inUse(part)) replace(part, fresh);
        }
      }
    } catch { /* the next change or look tries again */ }
    fetching = false;
    setTimeout(refresh, 700);
  };

  const count = (counts) => {
    for (const [key, n] of Object.entries(counts || {})) {
      for (const item of document.querySelectorAll(`[data-key="${key}"]`)) {
        const inBar = item.querySelector(".bar-icon");
        const kind = inBar ? "bar-count" : key === "bell" ? "bell-count" : "rail-count";
        let badge = item.querySelector(`.${kind}`);
        if (!n) { if (badge) badge.remove(); continue; }
        if (!badge) {
          badge = document.createElement("span");
          badge.className = kind;
          (inBar || item).append(badge);
        }
        badge.textContent = n > 99 ? "99+" : String(n);
      }
    }
  };

  const told = (event) => {
    failures = 0;
    stopPolling();
    last = event.lastEventId;
    const message = JSON.parse(event.data);
    count(message.counts);
    for (const topic of message.topics) waiting.add(topic);
    refresh();
  };

  /* Without a stream the page looks by itself: often while something runs, else now and then. */
  const startPolling = () => {
    if (poll) return;
    poll = setInterval(() => {
      if (document.hidden) return;
      for (const part of parts()) if (document.querySelector("[data-live][data-busy]") ? "busy" in part.dataset : true) waiting.add(part.dataset.live);
      refresh();
    }, document.querySelector("[data-live][data-busy]") ? 3000 : 30000);
  };
  const stopPolling = () => { clearInterval(poll); poll = undefined; };

  const connect = () => {
    if (source || document.hidden) return;
    const own = document.querySelector("[data-live-own]");
    const topics = new Set(["attention", ...(own ? [own.dataset.liveOwn] : []), ...parts().map((p) => p.dataset.live)]);
    const query = new URLSearchParams({ topics: [...topics].join(",") });
    if (last) query.set("last", last); else query.set("rendered", String(made));
    source = new EventSource(`${address}?${query}`);
    source.addEventListener("change", told);
    source.addEventListener("error", () => {
      failures += 1;
      if (source && source.readyState === EventSource.CLOSED) {
        source = undefined;
        startPolling();
        setTimeout(connect, Math.min(60000, 2000 * 2 ** failures));
      } else if (failures > 2) startPolling();
    });
  };
  const disconnect = () => {
    if (source) source.close();
    source = undefined;
  };

  /* A page that nobody sees needs no stream; browsers allow only a few to one host. */
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", connect);
  document.addEventListener("focusout", () => setTimeout(refresh, 50));
  connect();
})();
