// The person at the desk: tiles that give and take back, limits and their exceptions, newcomers.

import { item, uuid } from "./queue.js";
import * as side from "./side.js";

const { $, $$, all, deedOf, say, shares, words } = side;
const DOUBLE = 400;
const PRESSED = "[data-here], [data-tile], [data-turn]";
const ONE = { count: 1 };

// What this page has given to people who are only a number here: kept nowhere else, and lost when
// the page is left. Without it, opening somebody again would count them again.
const counted = new Map();

export class Person {
  constructor(queue) {
    this.queue = queue;
    this.box = $("[data-panel]");
  }

  get panel() {
    return this.box.firstElementChild;
  }

  get here() {
    return $("[data-here]", this.box);
  }

  show(panel) {
    this.box.replaceChildren(panel);
    const { person: id, alias } = this.panel.dataset;
    const sign = $(".sign", this.panel).cloneNode(true);
    sign.classList.remove("sign-big");
    this.person = { id, alias, sign, asCount: this.panel.hasAttribute("data-as-count") };
    $("[data-rest]").hidden = true;
    for (const [key, { deed, note }] of counted.get(id) ?? []) {
      this.mark($(key, this.panel), deed, note);
    }
    for (const row of $$("[data-open]")) row.setAttribute("aria-pressed", row.dataset.open === id);
    $("h2", this.panel).focus({ preventScroll: true });
    if (side.narrow()) this.panel.scrollIntoView({ block: "start" });
  }

  close() {
    this.box.replaceChildren();
    this.person = null;
    $("[data-rest]").hidden = false;
    for (const row of $$("[data-open][aria-pressed=true]")) row.setAttribute("aria-pressed", "false");
  }

  press(button) {
    const now = performance.now();
    if (now - (button.tapped ?? -DOUBLE) < DOUBLE) return;
    button.tapped = now;
    if (deedOf(button)) this.takeBack(button.deed);
    else if (button.matches("[data-turn]")) this.turnAway(button);
    else if (button.matches(".tile-wait")) this.rule(button);
    else this.give(button);
  }

  key(digit) {
    const tile = $(`[data-key="${digit}"]`, this.box);
    if (tile) this.press(tile);
  }

  give(tile, rest = {}) {
    const { id: whose, asCount } = this.person;
    const who = { participant: whose };
    const person = asCount ? null : this.person;
    const came = deedOf(this.here) ? null : asCount ? item("head_count", { who: ONE }) : item("visit", { who });
    const counts = came && { kind: asCount ? "nameless" : "known", number: 1 };
    side.tell("");
    if (came) {
      side.count(counts);
      if (person) side.arrived(person);
      this.mark(this.here, { items: [came], whose, person, counts }, say(words.came, { time: side.clock() }));
    }
    if (tile === this.here) {
      this.send(this.here.deed, words.visit, tile);
      return;
    }
    const unnamed = tile.hasAttribute("data-as-count");
    const given = item("provision", { who: unnamed ? ONE : who, service: tile.dataset.tile, ...rest });
    const turn = $(`[data-turn="${tile.dataset.tile}"]`, this.box);
    const instead = turn && deedOf(turn); // of a refusal earlier today
    this.unlink((deed) => deed.whose === whose);
    this.mark(tile, { items: [given], visit: came, whose, person: unnamed ? null : person, counts, instead }, say(words.given, { time: side.clock() }));
    const what = $("b", tile).textContent;
    this.send(tile.deed, rest.override ? say(words.exception, { what }) : what, tile);
  }

  // Sends a deed with the visit that it brings, and puts right what the answer says.
  async send(deed, what, button) {
    const { visit, whose, person } = deed;
    const line = side.receipt(deed, what);
    const sent = all(deed);
    const back = deed.instead ? this.undoing(deed.instead) : [];
    const answers = (await this.queue.add([...sent, ...back])).slice(0, sent.length);
    const no = answers.find(({ status }) => status === "refused");
    side.kept(line);
    if (answers[0].already && deed.counts) {
      side.count(deed.counts, -1);
      for (const other of [deed, ...this.deeds()]) if (shares({ items: all(other) }, sent)) other.counts = null;
    }
    if (no) {
      const items = sent.filter((one, place) => answers[place].status === "refused");
      const { counts } = deed;
      const stays = visit && !items.includes(visit);
      this.undone({ items, whose, counts: stays ? null : counts });
      if (stays) side.kept(side.receipt({ items: [visit], whose, person, counts }, words.visit));
      const why = no.text || say(words.refused, { what });
      if (button?.isConnected && no.code === "limit") this.rule(button, no.text);
      else side.tell(person ? `${person.alias}: ${what}. ${why}` : why);
    } else if (answers.some(({ status }) => status === "conflict")) {
      side.tell(say(words.kept, { what: person ? `${person.alias}, ${what}` : what }));
    }
    return answers.at(-1);
  }

  undoing(deed) {
    this.undone(deed);
    return all(deed).map(({ id }) => item("undo", { of: id }));
  }

  async takeBack(deed) {
    side.tell("");
    const answers = await this.queue.add(this.undoing(deed));
    const no = answers.find(({ status }) => status === "refused");
    if (no) side.tell(no.text);
  }

  // Everything on screen that shows the deed says no more that it was done.
  undone(deed) {
    const gone = all(deed);
    for (const line of side.receipts()) if (shares(deedOf(line), gone)) line.remove();
    for (const button of this.buttons()) if (deedOf(button) && shares(button.deed, gone)) this.unmark(button);
    for (const marks of counted.values()) {
      for (const [key, mark] of marks) if (shares(mark.deed, gone)) marks.delete(key);
    }
    this.unlink(({ visit }) => gone.some(({ id }) => id === visit.id));
    if (!deed.counts) return;
    side.count(deed.counts, -1);
    if (deed.counts.kind === "known") side.left(deed.whose);
  }

  buttons() {
    return $$(PRESSED, this.box);
  }

  deeds() {
    return [...side.receipts(), ...this.buttons()].map(deedOf).filter(Boolean);
  }

  // A visit that came with something given stays once anything else holds it.
  unlink(matches) {
    for (const deed of this.deeds()) if (deed.visit && matches(deed)) deed.visit = deed.counts = null;
  }

  mark(button, deed, note) {
    button.deed = deed;
    button.setAttribute("aria-pressed", "true");
    button.waited ||= button.classList.contains("tile-wait");
    button.classList.remove("tile-wait");
    if (note) $("small", button).textContent = note;
    if (!this.person.asCount || button.dataset.turn) return;
    const key = button === this.here ? "[data-here]" : `[data-tile="${button.dataset.tile}"]`;
    if (!counted.has(deed.whose)) counted.set(deed.whose, new Map());
    counted.get(deed.whose).set(key, { deed, note });
  }

  unmark(button) {
    button.deed = null;
    delete button.dataset.items;
    button.setAttribute("aria-pressed", "false");
    button.classList.toggle("tile-wait", Boolean(button.waited));
    if ($("small", button)) $("small", button).textContent = button.dataset.note;
  }

  // Why a tile waits, and what may be done all the same; `text` when the house has just said so.
  rule(tile, text = "") {
    const notice = $(`[data-rule="${tile.dataset.tile}"]`, this.box);
    for (const other of $$("[data-rule]", this.box)) other.hidden = other !== notice;
    if (text) {
      tile.classList.add("tile-wait");
      tile.dataset.note = $("small", tile).textContent = text;
      $("[data-next]", notice).textContent = `${$("b", tile).textContent}: ${text}`;
    }
    this.ask(notice, false);
  }

  // Whether a rule's notice asks for the reason too. What has been written there stays.
  ask(notice, why) {
    const form = $("[data-reason]", notice);
    if (!form) return;
    form.hidden = !why;
    $("[data-anyway]", notice).setAttribute("aria-expanded", why);
    if (why) $("input", form).focus();
  }

  stepOut(form) {
    this.ask(form.closest("[data-rule]"), false);
    $("h2", this.panel).focus({ preventScroll: true });
  }

  anyway(form) {
    const notice = form.closest("[data-rule]");
    const override = $("input", form).value.trim();
    if (!override) return;
    notice.hidden = true;
    this.give($(`[data-tile="${notice.dataset.rule}"]`, this.box), { override });
    $("h2", this.panel).focus({ preventScroll: true });
  }

  turnAway(button) {
    const { person } = this;
    const service = button.dataset.turn;
    const refusal = item("turned_away", { who: { participant: person.id }, service, reason: "limit" });
    const what = $(`[data-tile="${service}"] b`, this.box).textContent;
    this.ask(button.closest("[data-rule]"), false);
    this.mark(button, { items: [refusal], whose: person.id, person }, say(words.turnedAt, { time: side.clock() }));
    this.send(button.deed, say(words.turned, { what }), button);
  }

  countOne(part) {
    const who = part ? { count: 1, [part]: 1 } : ONE;
    const deed = { items: [item("head_count", { who })], counts: { kind: "nameless", number: 1, part } };
    side.count(deed.counts);
    this.send(deed, words.visit);
    return deed;
  }

  // Somebody new by an alias. Answers with their id; with nothing when the alias is taken, and
  // then `instead` gets the alias that is chosen among those proposed.
  async welcome(alias, instead) {
    const person = { id: uuid(), alias };
    const counts = { kind: "known", number: 1 };
    const visit = item("visit", { who: { new: person.id, alias } });
    side.tell("");
    side.count(counts);
    const answer = await this.send({ items: [visit], whose: person.id, person, counts }, words.visit);
    if (answer.status !== "refused") return person.id;
    const choices = (answer.proposals ?? []).map((label) => ({ label, act: () => instead(label) }));
    if (choices.length) side.tell(answer.text, choices);
    return "";
  }
}
