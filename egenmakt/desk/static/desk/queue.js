// What has been tapped, on its way to the house: in order, once each, and kept while there is no
// network. An item that was shown as done before it could be sent has happened.

const RETRY = 3000;
const PATIENCE = 10000;
const MOST = 150;
const RULES = ["limit", "stock", "banned", "depth", "who", "alias"];

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID(); // absent on plain http
  const address = URL.createObjectURL(new Blob()); // which ends in a random UUID of the browser's
  URL.revokeObjectURL(address);
  return address.slice(-36);
}

export function item(kind, rest) {
  return { id: uuid(), kind, mode: "ask", ...rest };
}

export class Queue {
  // `renew` gets a fresh token after a log-out, or nothing; `tell` hears how it stands.
  constructor({ site, token, renew, tell }) {
    Object.assign(this, { site, token, renew, tell, taps: [], added: 0, busy: false, lost: false, out: false });
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => { if (this.taps.length) event.preventDefault(); });
  }

  // One tap. Answers when the house has: an answer for each item, in order.
  add(items) {
    const at = new Date().toISOString();
    for (const one of items) Object.assign(one, { at, site: this.site });
    this.added += 1;
    return new Promise((done) => {
      this.taps.push({ items, done });
      this.say();
      this.send();
    });
  }

  say() {
    this.tell({ waiting: this.taps.length, lost: this.lost, out: this.out });
  }

  async send() {
    if (this.busy || !this.taps.length) return;
    this.busy = true;
    clearTimeout(this.timer);
    const taps = this.together();
    try {
      const answers = await this.post(taps.flatMap((tap) => tap.items));
      this.lost = this.out = false;
      for (const tap of taps) this.settle(tap, answers.splice(0, tap.items.length));
    } catch {
      this.lost = true;
      for (const tap of this.taps) for (const one of tap.items) one.mode = "happened";
      this.timer = setTimeout(() => this.send(), RETRY);
    }
    this.busy = false;
    this.say();
    if (!this.lost) this.send();
  }

  together() {
    let number = 0;
    return this.taps.filter((tap) => (number += tap.items.length) <= MOST);
  }

  async post(items) {
    const response = await fetch("/api/v1/registrations", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify({ sent_at: new Date().toISOString(), items }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok) return (await response.json()).items;
    if (response.status === 413 || response.status === 422) {
      return items.map(() => ({ status: "refused", code: "malformed", text: "", first: true }));
    }
    if (response.status === 401 || response.status === 403) {
      const token = await this.renew();
      this.out = !token;
      this.token = token || this.token;
    }
    throw new Error(response.status);
  }

  settle(tap, answers) {
    const again = tap.items.filter((one, place) => this.slipped(one, answers[place]));
    for (const one of again) one.id = uuid();
    if (again.length) return;
    this.taps.splice(this.taps.indexOf(tap), 1);
    tap.done(answers);
  }

  // It was refused, but the answer never came and it has been given since: said anew, as happened.
  slipped(one, answer) {
    const undone = this.taps.some((tap) => tap.items.some((other) => other.of === one.id));
    return one.mode === "happened" && answer.status === "refused" && !answer.first
      && RULES.includes(answer.code) && !undone;
  }
}
