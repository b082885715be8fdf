"use strict";

function size(bytes) {
  const large = bytes >= 1e6;
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit: large ? "megabyte" : "kilobyte", maximumFractionDigits: large ? 1 : 0
  }).format(large ? bytes / 1e6 : Math.max(1, bytes / 1e3));
}

/* The forms that begin a prompt. The server takes each form once. The check here is only for what the visitor sees. */
for (const form of document.querySelectorAll("form.begin")) {
  let sent = false;
  form.addEventListener("submit", event => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => { sent = false; });

  const phone = document.getElementById("phone");
  phone.addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    document.getElementById("mobile-id").click();
  });

  const pdf = document.getElementById("pdf"), drop = document.getElementById("drop");
  function showFile() {
    const file = pdf.files[0];
    document.getElementById("pdf-chosen").textContent = file ? `${file.name} · ${size(file.size)}` : "";
    pdf.setCustomValidity(file && file.size > Number(pdf.dataset.longest) ? pdf.dataset.long : "");
    pdf.reportValidity();
  }
  pdf?.addEventListener("change", showFile);
  drop?.addEventListener("dragover", event => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop?.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop?.addEventListener("drop", event => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    const first = new DataTransfer();
    first.items.add(event.dataTransfer.files[0]);
    pdf.files = first.files;
    showFile();
  });
  if (pdf?.files.length) showFile();

  form.querySelector("[aria-invalid=true]")?.focus();
}

/* The page of a prompt. It checks at an interval, and also when it becomes visible, because browsers suspend hidden pages. */
if (document.getElementById("waiting")) {
  let timer, request, notFoundCount = 0;

  async function check() {
    clearTimeout(timer);
    request?.abort();
    const page = document.getElementById("waiting").dataset;
    if (page.open !== "true") return;
    const current = request = new AbortController();
    const timeout = setTimeout(() => current.abort(), 90_000);
    try {
      const response = await fetch(page.check, {
        method: "POST",
        headers: { Accept: "application/json", [page.header]: page.token },
        signal: current.signal
      });
      if (response.ok) {
        const { state, gatewayUnavailable } = await response.json();
        if (state !== page.state) await reloadContent(current.signal);
        showNote("unanswered", gatewayUnavailable);
      } else if (response.status === 403 || response.status === 404) {
        await reloadContent(current.signal); // after a login or logout in another tab: the page has a new token, or there is another page
      } else {
        showNote("unanswered", true);
      }
      showNote("offline", false);
    } catch (e) {
      // No response: the connection to this application is broken, not the gateway.
      if (request === current) showNote("offline", true);
    } finally {
      clearTimeout(timeout);
      if (request === current) timer = setTimeout(check, Number(page.interval));
    }
  }

  function showNote(id, shown) {
    const note = document.querySelector(`#${id} > span`);
    if (note) note.hidden = !shown;
  }

  /* Shows the time left. The server decides when it is over. */
  function showTimeLeft() {
    const left = document.getElementById("left");
    if (!left) return;
    left.until ??= Date.now() + Number(left.dataset.seconds) * 1000;
    const seconds = Math.max(0, Math.ceil((left.until - Date.now()) / 1000));
    const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (left.textContent !== shown) left.textContent = shown;
    showNote("soon", seconds <= 30);
    if (seconds === 0 && !left.over) {
      left.over = true;
      check();
    }
  }

  /* Loads the page again and takes over its content. The result's element stays, because it is a live region. */
  async function reloadContent(signal) {
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" }, signal });
    if (response.status === 404) {
      // Another tab has just logged in, and the next check will succeed. Or the HTTP session has ended.
      if (++notFoundCount > 5) location.reload();
      return;
    }
    notFoundCount = 0;
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!next.getElementById("waiting")) {
      location.assign(response.url);
      return;
    }
    const focused = document.activeElement;
    document.title = next.title;
    for (const id of ["top", "title", "file", "waiting", "actions", "visitor"]) {
      const current = document.getElementById(id), replacement = next.getElementById(id);
      if (current && replacement) current.replaceWith(replacement);
      else if (replacement) document.querySelector("main").append(replacement);
      else current?.remove();
    }
    const result = document.getElementById("result");
    result.dataset.state = next.getElementById("result").dataset.state;
    result.className = next.getElementById("result").className;
    result.replaceChildren(...next.getElementById("result").childNodes);
    if (!focused.isConnected) (document.getElementById(focused.id) ?? result).focus();
  }

  if (document.getElementById("waiting").dataset.open !== "true") document.getElementById("result").focus();
  showTimeLeft();
  setInterval(showTimeLeft, 500);
  addEventListener("pageshow", check);
  addEventListener("offline", () => showNote("offline", true));
  addEventListener("online", check);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });
  document.addEventListener("resume", check);
}
