"use strict";

/* The forms that begin something. The server takes each of them once; this is for what people see. */
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

  const pdf = document.getElementById("pdf");
  pdf?.addEventListener("change", () => {
    const tooLong = pdf.files.length > 0 && pdf.files[0].size > Number(pdf.dataset.longest);
    pdf.setCustomValidity(tooLong ? pdf.dataset.long : "");
    pdf.reportValidity();
  });

  form.querySelector("[aria-invalid=true]")?.focus();
}

/* The page of a prompt. It asks at an interval, and at once when it is seen again: browsers let hidden pages sleep. */
if (document.getElementById("waiting")) {
  let timer, asking, strange = 0;

  async function ask() {
    clearTimeout(timer);
    asking?.abort();
    const page = document.getElementById("waiting").dataset;
    if (page.open !== "true") return;
    const mine = asking = new AbortController();
    const tooLong = setTimeout(() => mine.abort(), 90_000);
    try {
      const answer = await fetch(page.check, {
        method: "POST",
        headers: { Accept: "application/json", [page.header]: page.token },
        signal: mine.signal
      });
      if (answer.ok) {
        const { state, unanswered } = await answer.json();
        if (state !== page.state) await renew(mine.signal);
        tell(unanswered);
      } else if (answer.status === 403 || answer.status === 404) {
        await renew(mine.signal); // logged in or out elsewhere: the page has a new token, or there is another page
      } else {
        tell(true);
      }
    } catch (e) {
      if (asking === mine) tell(true);
    } finally {
      clearTimeout(tooLong);
      if (asking === mine) timer = setTimeout(ask, Number(page.interval));
    }
  }

  function tell(unanswered) {
    const told = document.querySelector("#unanswered > span");
    if (told) told.hidden = !unanswered;
  }

  /* Takes over what the page would be if it were loaded now. The result's element stays, for it is a live region. */
  async function renew(signal) {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, signal });
    if (answer.status === 404) {
      // Another tab has just logged in, and this one will know it at the next question; or nobody is known here any more.
      if (++strange > 5) location.reload();
      return;
    }
    strange = 0;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!next.getElementById("waiting")) {
      location.assign(answer.url);
      return;
    }
    const focused = document.activeElement;
    document.title = next.title;
    for (const id of ["top", "waiting", "actions", "visitor"]) {
      const now = document.getElementById(id), then = next.getElementById(id);
      if (now && then) now.replaceWith(then); else now?.remove();
    }
    const result = document.getElementById("result");
    result.dataset.state = next.getElementById("result").dataset.state;
    result.replaceChildren(...next.getElementById("result").childNodes);
    if (!focused.isConnected) (document.getElementById(focused.id) ?? result).focus();
  }

  if (document.getElementById("waiting").dataset.open !== "true") document.getElementById("result").focus();
  addEventListener("pageshow", ask);
  addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  document.addEventListener("resume", ask);
}
