// A page does not outlive its sign-in: its reader is asked in time whether they are there, and when
// it is over nothing stays on the screen. Words not yet saved go to the server, which keeps them for
// their writer; until it has them they lie in this page's memory alone.
const dialog = document.querySelector("[data-staying]");
const SOONEST = 1000; // milliseconds between two looks at the clock
const SELDOM = 30000;
const AGAIN = 10000; // between two questions to a server that does not answer, or while asked
const instead = document.querySelector("[data-instead]");
const title = document.title;
let ends = Date.now() + Number(dialog.dataset.lasts) * 1000;
let others = false; // somebody else has signed in on this computer
let whole = false; // it ends whatever is done
let agreed = false; // and its reader knows
let away = null; // what the page showed, once it is taken off
let busy = false;
let timer = 0;

const warns = () => Number(dialog.dataset.warns) * 1000;

async function asks(sent) {
  try {
    const reply = await fetch(dialog.dataset.staying, sent || { cache: "no-store" });
    if (!reply.ok) return false;
    const told = await reply.json();
    // Somebody else, or nobody: this page is nothing for them.
    ends = told.who === dialog.dataset.who ? Date.now() + told.left * 1000 : 0;
    others = !ends && told.who !== "";
    whole = told.most * 1000 <= warns();
    return true;
  } catch {
    return false;
  }
}

async function looks() {
  if (busy) return;
  busy = true;
  window.clearTimeout(timer);
  if (Date.now() >= ends - warns()) {
    // Another page may have been used meanwhile.
    const answered = await asks();
    const left = ends - Date.now();
    if (left <= 0) {
      takesOff();
      if (answered && (await handsOver())) return;
    } else if (left <= warns()) {
      putsBack();
      tells(left);
    } else {
      putsBack();
      dialog.close();
      document.title = title;
      agreed = false;
    }
  }
  busy = false;
  const left = ends - Date.now();
  const wait = away ? AGAIN : Math.min(dialog.open ? AGAIN : SELDOM, left > warns() ? left - warns() : left);
  timer = window.setTimeout(looks, Math.max(wait, SOONEST));
}

function tells(left) {
  if (agreed) return;
  const minutes = Math.round(left / 60000);
  const said = minutes > 1 ? minutes + " minutes" : minutes === 1 ? "1 minute" : "less than a minute";
  dialog.querySelectorAll("[data-in]").forEach((place) => (place.textContent = said));
  dialog.querySelector("[data-idle]").hidden = whole;
  dialog.querySelector("[data-whole]").hidden = !whole;
  dialog.querySelector("[data-stay]").textContent = whole ? "Go on until then" : "Stay signed in";
  document.title = "You will be signed out soon – " + title;
  if (!dialog.open) dialog.showModal();
  else dialog.querySelector("[data-tells]").textContent = "You will be signed out in " + said + ".";
}

async function stays(event) {
  event.preventDefault();
  if (whole) agreed = true;
  else if (!(await asks({ method: "POST", body: new FormData(dialog.querySelector("form")) }))) return;
  dialog.close();
  document.title = title;
  looks();
}

function takesOff() {
  if (away) return;
  dialog.close();
  away = [...document.body.childNodes];
  document.body.replaceChildren(instead.content.cloneNode(true));
  document.body.querySelector("[data-travelling]").hidden = !written().length;
  document.title = "You have been signed out";
  document.body.querySelector("h1").focus();
}

function putsBack() {
  if (!away) return;
  document.body.replaceChildren(...away);
  document.title = title;
  away = null;
}

function written() {
  const inside = (node) => (node.querySelectorAll ? [...node.querySelectorAll("form[data-written]")] : []);
  return away.flatMap(inside).filter((form) => form.querySelector('[name="_from"]'));
}

// Returns whether the page has been left. What is read is left also while words cannot travel yet.
async function handsOver() {
  const forms = written();
  if (forms.length) {
    const words = new URLSearchParams();
    forms.forEach((form, which) => {
      for (const [name, value] of new FormData(form)) {
        const ours = name.startsWith("_") || name === "csrfmiddlewaretoken";
        if (typeof value === "string" && !(ours && which)) words.append(name, value);
      }
    });
    try {
      const reply = await fetch(dialog.dataset.leadsTo, {
        method: "POST",
        body: words,
        headers: { "X-Autosave": "1" },
        redirect: "manual",
      });
      if (reply.status >= 500) return false;
    } catch {
      return false;
    }
  }
  const here = others ? "" : window.location.pathname + window.location.search;
  window.location.replace(dialog.dataset.leadsTo + "?next=" + encodeURIComponent(here));
  return true;
}

dialog.querySelector("form").addEventListener("submit", stays);
dialog.addEventListener("cancel", stays); // the escape key: somebody is there
document.addEventListener("visibilitychange", () => document.hidden || looks());
window.addEventListener("pageshow", (event) => event.persisted && asks().then(looks));
looks();
