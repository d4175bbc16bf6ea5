// Taking back from the day's list: the line says so, and the rest of the list stays where it is.

import { item } from "./queue.js";

const list = document.querySelector("[data-token]");
const blank = document.querySelector("[data-blank]");
const { token, site, undone, failed } = list.dataset;
const DOUBLE = 400;
let idle;
let moved = -DOUBLE;

async function undo(button) {
  const held = document.activeElement === button;
  const at = new Date().toISOString();
  const one = { ...item("undo", { of: button.dataset.undo }), at, site };
  button.disabled = true;
  const response = await fetch("/api/v1/registrations", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ sent_at: at, items: [one] }),
  }).catch(() => null);
  const [answer] = response?.ok ? (await response.json()).items : [{ status: "refused" }];
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.textContent = answer.status === "refused" ? answer.text || failed : undone;
  if (answer.status === "refused") {
    button.disabled = false;
    button.after(said);
  } else {
    const next = following(button);
    for (const same of document.querySelectorAll(`[data-undo="${button.dataset.undo}"]`)) same.replaceWith(said.cloneNode(true));
    if (held) next.focus();
    moved = performance.now();
    figures();
  }
}

// The button of the next line that has one, else the heading.
function following(button) {
  const after = (other) => button.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const others = [...document.querySelectorAll("[data-undo]")];
  return others.find((other) => other.dataset.undo !== button.dataset.undo && after(other)) ?? document.querySelector("h1");
}

async function figures() {
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.querySelector("[data-figures]").replaceWith(page.querySelector("[data-figures]"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-undo]");
  if (button && performance.now() - moved > DOUBLE) undo(button);
});

// Nobody reads the names of a list that is left alone.
function awake() {
  clearTimeout(idle);
  list.hidden = false;
  blank.hidden = true;
  idle = setTimeout(() => {
    list.hidden = true;
    blank.hidden = false;
  }, Number(list.dataset.idle) * 1000);
}

for (const type of ["pointerdown", "keydown", "scroll"]) document.addEventListener(type, awake, true);
awake();

// Asked for on one of many pages: this one has every line.
if (location.hash === "#skriv-ut") {
  history.replaceState(null, "", location.pathname + location.search);
  print();
}
