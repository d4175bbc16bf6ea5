// The desk: one search, one person, keys and taps; blank when nobody has touched it for a while.

import { Queue } from "./queue.js";
import { Person } from "./person.js";
import * as side from "./side.js";

const { $, $$, deedOf, words } = side;
const PAUSE = 120; // between the last letter and the search
const BURST = 50; // between the keys of a scanner, which is quicker than anybody
const TILES = /^\d{1,4}$/;
const STALE = 60000;

const input = $("#sok");
const hits = $("[data-hits]");
let shown = ""; // the words that the hits answer
let asked = 0;
let pause, burst = "", settling, idle, touching = false, drawn = Date.now(), tab = "";
let ones = countings();
let out = false;
let trouble = ""; // what was said about the lost network

const queue = new Queue({ site: words.desk, token: words.token, renew: redraw, tell: heard });
const person = new Person(queue);
queue.say();

function heard(how) {
  side.connection(how);
  if (!how.lost && !how.waiting) mended();
  if (how.out === out) return;
  out = how.out;
  blank(out);
}

async function ask(address, fields, again = true) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": words.token },
    body: new URLSearchParams(fields),
  });
  if (again && (response.redirected || response.status === 403) && await redraw()) return ask(address, fields, false);
  if (response.redirected || !response.ok) throw new Error(response.status);
  mended();
  return response.text();
}

function fragment(html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  return parsed.content;
}

function failed(_error, text = words.cannotSearch) {
  if (!out) side.tell(trouble = text);
}

function mended() {
  if (trouble && $("[data-said-words]").textContent === trouble) side.tell("");
  trouble = "";
}

// Draws the figures and lists anew, with what other desks have done, and answers with a new token.
async function redraw() {
  const { added } = queue;
  const response = await fetch(location.href).catch(() => null);
  if (!response) return "";
  queue.out = response.redirected || response.status === 403;
  queue.say();
  if (queue.out || !response.ok) return "";
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  drawn = Date.now();
  words.token = queue.token = $("[data-desk]", page).dataset.token;
  if (!queue.taps.length && queue.added === added) {
    for (const old of $$("[data-fresh]")) old.replaceWith($(`[data-fresh=${old.dataset.fresh}]`, page));
    ones = countings();
    if (tab) choose(tab);
  }
  queue.send();
  return words.token;
}

function clear() {
  clearTimeout(pause);
  asked += 1;
  input.value = shown = "";
  hits.replaceChildren();
  $("[data-lists]").hidden = false;
}

// Fills in the hits for what is written. Answers whether it was a card, whose holder is now open.
async function search() {
  clearTimeout(pause);
  const query = input.value.trim();
  if (!query) clear();
  if (query === shown) return false;
  const turn = ++asked;
  const answer = fragment(await ask(words.find, { q: query }));
  if (turn !== asked) return false;
  if ($("[data-person]", answer)) {
    clear();
    person.show(answer);
    return true;
  }
  shown = query;
  hits.replaceChildren(answer);
  $("[data-lists]").hidden = true;
  return false;
}

async function open(id, fields = {}) {
  const turn = ++asked;
  side.tell("");
  const answer = fragment(await ask(words.open, { participant: id, ...fields }));
  if (turn !== asked) return;
  clear();
  person.show(answer);
}

async function newcomer(alias) {
  clear();
  const id = await person.welcome(alias, (other) => newcomer(other).catch(failed));
  if (!id) return;
  await open(id, { new: "on" });
  if (person.person?.id === id) side.arrived(person.person);
}

async function enter() {
  if (!input.value.trim()) return person.panel && done();
  if (await search() || input.value.trim() !== shown) return;
  const top = $("[data-open]", hits);
  if (top) await open(top.dataset.open);
}

function done() {
  person.close();
  side.tell("");
  if (touching) document.activeElement.blur();
  else input.focus();
  if (side.narrow()) scrollTo(0, 0);
  if (Date.now() - drawn > STALE && !queue.taps.length) redraw();
}

function choose(name) {
  tab = name;
  for (const button of $$("[data-tab]")) button.setAttribute("aria-pressed", button.dataset.tab === name);
  for (const list of $$("[data-list]")) list.hidden = list.dataset.list !== name;
}

// What the minus may take back, latest last.
function countings() {
  return $("[data-minus]").dataset.minus.trim().split(" ").filter(Boolean).map((one) => {
    const [id, part] = one.split(":");
    return { items: [{ id }], counts: { kind: "nameless", number: 1, part } };
  });
}

function minus() {
  const last = ones.pop();
  if (last) person.takeBack(last);
  else side.tell(words.nothing);
}

function undo(button) {
  const deed = deedOf(button.closest("[data-receipt]"));
  ones = ones.filter((one) => !side.shares(one, deed.items));
  person.takeBack(deed);
}

// Digits press tiles, unless they come as quickly as only a scanner writes them.
function settle() {
  clearTimeout(settling);
  const keys = burst;
  burst = "";
  if (TILES.test(keys)) for (const key of keys) person.key(key);
  else if (keys) {
    input.value = keys;
    input.dispatchEvent(new Event("input"));
  }
}

const ACTS = {
  "[data-open]": (row) => open(row.dataset.open),
  "[data-new]": (button) => newcomer(button.dataset.new),
  "[data-here], [data-tile], [data-turn]": (button) => person.press(button),
  "[data-done]": done,
  "[data-anyway]": (button) => person.ask(button.closest("[data-rule]"), true),
  "[data-plus]": (button) => ones.push(person.countOne(button.dataset.plus)),
  "[data-minus]": minus,
  "[data-undo]": undo,
  "[data-tab]": (button) => choose(button.dataset.tab),
  "[data-all]": (button) => $("[data-few]", button.closest("[data-list]")).removeAttribute("data-few"),
};

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(ACTS)) {
    const found = event.target.closest(selector);
    if (found) return Promise.resolve(act(found)).catch((error) => failed(error, words.cannotOpen));
  }
});

document.addEventListener("submit", (event) => {
  if (queue.taps.length && event.target.getAttribute("action") === words.logout) {
    event.preventDefault();
    side.tell(words.stay);
  }
  if (!event.target.matches("[data-find-form], [data-reason]")) return;
  event.preventDefault();
  if (event.target.matches("[data-reason]")) person.anyway(event.target);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-found-us]");
  if (form && event.target.value) ask(form.dataset.foundUs, new FormData(form)).then(() => form.remove(), failed);
});

input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => search().catch(failed), input.value.trim() ? PAUSE : 0);
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (key === "Escape") {
    const reason = target.closest("[data-reason]");
    if (reason) person.stepOut(reason);
    else if (input.value) clear();
    else if (person.panel) done();
  }
  if (target !== input && target.matches("input, select, textarea")) return;
  if (key === "Enter" && (target === input || !target.closest("button, a"))) {
    event.preventDefault();
    if (event.repeat) return;
    settle();
    enter().catch(failed);
  } else if (key.length === 1 && key !== " ") letter(event);
});

function letter(event) {
  const { key } = event;
  const empty = !input.value;
  if (empty && /\d/.test(key) && person.panel) {
    event.preventDefault();
    if (event.repeat) return;
    burst += key;
    clearTimeout(settling);
    settling = setTimeout(settle, BURST);
    return;
  }
  if (burst) {
    clearTimeout(settling);
    input.value = burst;
    burst = "";
  }
  if (empty && (key === "+" || key === "/")) event.preventDefault();
  if (empty && key === "+") ones.push(person.countOne());
  else input.focus();
}

// A finger or the mouse presses a tile and leaves the keys where they were.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-panel] button, [data-plus], [data-minus], [data-undo]")) event.preventDefault();
});

function blank(hide) {
  if (hide) {
    person.close();
    clear();
    side.tell("");
  }
  for (const part of $$("[data-private]")) part.hidden = hide || part.matches("[data-said]");
  $("[data-blank]").hidden = !hide || out;
  $("[data-locked]").hidden = !out;
}

function awake(event) {
  touching = event.type === "pointerdown" ? event.pointerType === "touch" : touching && event.type !== "keydown";
  clearTimeout(idle);
  idle = setTimeout(() => blank(true), Number(words.idle) * 1000);
  if ($("[data-blank]").hidden) return;
  blank(false);
  redraw();
}

// Back from another tab, where somebody may have logged in or out.
addEventListener("focus", () => { if (out || Date.now() - drawn > STALE) redraw(); });
addEventListener("online", mended);

for (const type of ["pointerdown", "keydown", "input"]) document.addEventListener(type, awake, true);
awake(new Event("input"));
