// Everything here is a comfort: each page does its work without it.
import { initAll } from "./govuk-frontend.js";

initAll();

const SAVE_AFTER = 2000; // milliseconds after the last key
const FIRST_RETRY = 4000;
const LONGEST_RETRY = 60000;
const LONGEST_WAIT = 5000; // for a saving under way, before the form is sent all the same
const HOVER_FOR = 180;

// A form that saves itself. Unsent words live in this page's memory alone: computers are shared.
function savesItself(form) {
  const corner = form.querySelector("[data-saved]") || newCorner(form);
  let dirty = false;
  let sending = false;
  let stopped = false;
  let send = null; // sends the form once the saving under way is answered
  let timer = 0;
  let retry = FIRST_RETRY;

  const say = (text, tone) => {
    corner.textContent = text;
    corner.className = "ed-saved" + (tone ? " ed-saved--" + tone : "");
  };
  const later = (wait) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, wait);
  };

  async function save() {
    window.clearTimeout(timer);
    if (!dirty || sending || stopped || !form.isConnected) return;
    dirty = false;
    sending = true;
    let reply = null;
    let saved = null;
    try {
      reply = await fetch(form.getAttribute("action") || window.location.pathname + window.location.search, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (reply.ok) saved = await reply.json();
    } catch {
      reply = null;
    }
    sending = false;
    const revision = form.querySelector('[name="_revision"]');
    if (revision && saved && saved.revision !== undefined) revision.value = saved.revision;
    if (send) send();
    if (stopped) return;
    if (saved) {
      retry = FIRST_RETRY;
      say("Saved at " + saved.saved_at);
      if (dirty) later(SAVE_AFTER);
      else delete form.dataset.written;
      return;
    }
    dirty = true;
    if (reply && reply.status >= 400 && reply.status < 500) {
      // Signed out, each further saving still keeps the words on the server for their writer.
      stopped = reply.status !== 400 && reply.status !== 401;
      await explain(reply);
      return;
    }
    say("Not saved yet. Trying again; keep this page open.", "waiting");
    later(retry);
    retry = Math.min(retry * 2, LONGEST_RETRY);
  }

  async function explain(reply) {
    let said = {};
    try {
      said = await reply.json();
    } catch {
      said = {};
    }
    say(said.message || "Not saved by itself. Use the button to save.", "trouble");
    if (said.sign_in) {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = said.sign_in;
      link.textContent = "Sign in to carry on";
      corner.append(" ", link);
      dirty = false; // kept on the server for this person
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    later(SAVE_AFTER);
  });
  form.addEventListener("focusout", () => save());
  form.addEventListener("submit", (event) => {
    if (sending && !stopped) {
      // Leaving the last field began a saving. Its answer brings the revision that this sending
      // has to carry, or the form would be told that its own writer changed it meanwhile.
      event.preventDefault();
      event.stopImmediatePropagation();
      send = () => {
        send = null;
        stopped = true;
        form.requestSubmit(event.submitter);
      };
      window.setTimeout(() => send && send(), LONGEST_WAIT);
      return;
    }
    stopped = true;
    dirty = false;
  });
  window.addEventListener("online", () => save());
  window.addEventListener("beforeunload", (event) => {
    if (dirty && form.isConnected) event.preventDefault();
  });
}

function newCorner(form) {
  const corner = document.createElement("p");
  corner.className = "ed-saved";
  corner.setAttribute("role", "status");
  corner.setAttribute("data-saved", "");
  form.append(corner);
  return corner;
}

// A question that is asked only after a certain answer is hidden until then. Its words stay in it.
function askedWhen(question) {
  const form = question.closest("form");
  if (!form) return;
  const name = question.dataset.when;
  const wanted = (question.dataset.whenIs || "").split(" ").filter(Boolean);
  question.classList.add("ed-when");
  const show = () => {
    const given = new FormData(form).getAll(name).filter(Boolean);
    question.hidden = !(wanted.length ? given.some((answer) => wanted.includes(answer)) : given.length);
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
}

// The levels as one strip: hover, focus or tap one, and what it means opens in the same place.
function asStrip(levels) {
  const parts = [...levels.querySelectorAll("details")];
  const tabs = document.createElement("div");
  tabs.className = "ed-levels__tabs";
  tabs.setAttribute("role", "tablist");
  tabs.setAttribute("aria-label", levels.dataset.levels);
  const buttons = parts.map((part) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ed-levels__tab";
    button.id = part.id + "-tab";
    button.textContent = part.querySelector("summary").textContent.trim();
    button.setAttribute("role", "tab");
    part.removeAttribute("name");
    const panel = part.querySelector(".ed-levels__means");
    panel.id = part.id + "-means";
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", button.id);
    button.setAttribute("aria-controls", panel.id);
    tabs.append(button);
    return button;
  });
  let hovering = 0;
  const open = (chosen) => {
    parts.forEach((part, n) => {
      part.open = n === chosen;
      buttons[n].setAttribute("aria-selected", String(n === chosen));
      buttons[n].tabIndex = n === chosen ? 0 : -1;
    });
  };
  buttons.forEach((button, n) => {
    button.addEventListener("focus", () => open(n));
    button.addEventListener("click", () => open(n));
    button.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") hovering = window.setTimeout(open, HOVER_FOR, n);
    });
    button.addEventListener("pointerleave", () => window.clearTimeout(hovering));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) buttons[(n + step + buttons.length) % buttons.length].focus();
    });
  });
  levels.prepend(tabs);
  levels.classList.add("ed-levels--strip");
  open(Math.max(0, parts.findIndex((part) => part.open)));
}

// A button pressed twice sends once; the server would not mind, the wait is shorter.
function pressedOnce(form) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    const now = Date.now();
    if (now - sent < 1500) event.preventDefault();
    sent = now;
  });
}

// A menu closes when something else is wanted.
function closesItself(menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// What is written and not yet saved is told from the rest, should the sign-in end meanwhile.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form");
  if (form) form.dataset.written = "";
});

document.querySelectorAll("form[data-autosave]").forEach(savesItself);
document.querySelectorAll("[data-when]").forEach(askedWhen);
document.querySelectorAll("[data-levels]").forEach(asStrip);
document.querySelectorAll('form[method="post"]').forEach(pressedOnce);
document.querySelectorAll(".ed-account").forEach(closesItself);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
