// What stands beside the person: figures, receipts, the two lists, and words about what went wrong.

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
export const words = $("[data-desk]").dataset;
export const narrow = () => matchMedia("(max-width: 46rem)").matches;
const RECEIPTS = 8;
const CLOCK = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Stockholm", hour: "numeric", minute: "2-digit" });

export function say(text, parts) {
  return text.replace(/{(\w+)}/g, (all, name) => parts[name] ?? all);
}

export function clock() {
  const [hour, minute] = CLOCK.format(new Date()).split(":");
  return `${Number(hour)}${document.documentElement.lang === "sv" ? "." : ":"}${minute}`;
}

function blank(name) {
  return $(`template[data-blank-${name}]`).content.firstElementChild.cloneNode(true);
}

function add(element, number) {
  element.textContent = Number(element.textContent) + number;
}

// `kind` is known (an alias or card) or nameless; `part` women, men or children where judged.
export function count({ kind, number, part }, sign = 1) {
  add($("[data-total]"), sign * number);
  add($(`[data-${kind}]`), sign * number);
  if (part) add($(`[data-plus=${part}] [data-part]`), sign * number);
}

// A deed is one tap: its items, the visit that came with it, whose it was, and what it counted.
// What the page was drawn with is read from its attributes the first time it is needed.
export function deedOf(element) {
  const { items, visit, whose, counts, number, part } = element.dataset;
  return element.deed ??= items && {
    items: items.trim().split(" ").map((id) => ({ id })),
    visit: visit && { id: visit },
    whose,
    counts: counts && { kind: counts, number: Number(number), part },
  };
}

export function all(deed) {
  return deed.visit ? [deed.visit, ...deed.items] : deed.items;
}

export function shares(deed, items) {
  return deed.items.some((one) => items.some(({ id }) => id === one.id));
}

export function receipt(deed, what) {
  const line = blank("receipt");
  line.deed = deed;
  const alias = deed.person?.alias;
  if (alias) $("[data-who]", line).textContent = alias;
  $("[data-when]", line).textContent = clock();
  $("[data-what]", line).textContent = what;
  $("[data-of]", line).textContent = alias ? ` ${what}, ${alias}` : ` ${what}`;
  const list = $("[data-receipts]");
  list.prepend(line);
  while (list.children.length > RECEIPTS) list.lastElementChild.remove();
  return line;
}

export function receipts() {
  return $$("[data-receipts] > li");
}

export function kept(line) {
  $("[data-waits]", line)?.remove();
}

const list = (name) => $(`[data-list=${name}] > ul`);

function recount() {
  for (const name of ["recent", "here"]) {
    if (list(name)) $(`[data-tab=${name}] [data-count]`).textContent = list(name).children.length;
  }
}

export function arrived(person) {
  left(person.id, "recent");
  left(person.id);
  const row = blank("row");
  const button = $("button", row);
  button.dataset.open = person.id;
  button.prepend(person.sign);
  $("b", row).textContent = person.alias;
  $("small", row).textContent = say(words.came, { time: clock() });
  list("here").prepend(row);
  recount();
}

export function left(id, name = "here") {
  list(name)?.querySelector(`[data-open="${id}"]`)?.closest("li").remove();
  recount();
}

// Says what could not be done; `choices` are buttons with what may be done instead.
export function tell(text, choices = []) {
  $("[data-said]").hidden = !text;
  $("[data-said-words]").textContent = text;
  $("[data-said-choices]").replaceChildren(...choices.map(({ label, act }) => {
    const button = blank("choice");
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }));
}

export function connection({ waiting, lost, out }) {
  const state = $("[data-state]");
  const text = out ? (waiting ? words.out : words.outNone) : !lost ? words.online : waiting ? words.offline : words.offlineNone;
  const spoken = say(text, { number: waiting });
  const icon = $("use", state);
  const off = lost || out;
  state.classList.toggle("state-off", off);
  icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, off ? "#i-off" : "#i-on"));
  if ($("[data-state-words]").textContent !== spoken) $("[data-state-words]").textContent = spoken;
  if (!waiting && !out) $("[data-saved]").textContent = say(words.saved, { time: clock() });
  $("[data-held]").hidden = out || !lost || !waiting;
  $("[data-out-held]").hidden = !waiting;
  $("[data-log-in]").target = waiting ? "_blank" : "";
}
