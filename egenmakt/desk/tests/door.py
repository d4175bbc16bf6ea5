"""A host's page at a door, as the browser tests stand at it."""

import itertools
import json
from datetime import datetime, timedelta

from egenmakt.kit.calendar import STOCKHOLM

NUMBERS = itertools.count(1)
POSTED = "/api/v1/registrations"


class Door:
    """A host's page at a door, with what it has sent and where it has been."""

    def __init__(self, served, page, site):
        self.served, self.page, self.site = served, page, site
        self.sent, self.visited = [], []
        page.on("request", lambda asked: POSTED in asked.url and self.sent.append(asked))
        page.goto(f"/idag/{site}/")
        page.on("framenavigated", lambda frame: self.visited.append(frame.url))

    def __getitem__(self, selector):
        return self.page.locator(selector)

    def items(self):
        """Every item sent, request by request."""
        return [json.loads(asked.post_data)["items"] for asked in self.sent]

    def post(self, **item):
        """One item past the page, as another desk would send it; its answer."""
        script = """async ([item, token]) => {
            const sent_at = new Date().toISOString();
            const items = [{ id: crypto.randomUUID(), mode: "ask", at: sent_at, ...item }];
            const answer = await fetch("/api/v1/registrations", {
                method: "POST",
                headers: { "Content-Type": "application/json", "X-CSRFToken": token },
                body: JSON.stringify({ sent_at, items }),
            });
            return (await answer.json()).items[0];
        }"""
        token = self["[data-desk]"].get_attribute("data-token")
        return self.page.evaluate(script, [{"site": self.site, **item}, token])

    def came_before(self, name="Prov", days=1, **rest):
        """The alias and id of somebody who was here some days ago, and may have got something."""
        alias = f"{name} {next(NUMBERS)} {self.site}"
        uuid = self.page.evaluate("crypto.randomUUID()")
        midnight = datetime.now(STOCKHOLM).replace(hour=0, minute=0)
        then = (midnight - timedelta(days=days - 1, minutes=1)).isoformat()
        past = {"mode": "happened", "at": then}
        self.post(kind="visit", who={"new": uuid, "alias": alias}, **past)
        if rest:
            self.post(who={"participant": uuid}, **past, **rest)
        self.page.reload()
        self.sent.clear()
        self.visited.clear()
        return alias, uuid

    def open(self, alias):
        """Search and open somebody with the keyboard."""
        self["#sok"].fill(alias)
        self["#sok"].press("Enter")
        self[f'[data-person][data-alias="{alias}"]'].wait_for()

    def total(self):
        """Besök idag."""
        return int(self["[data-total]"].inner_text())

    def acknowledged(self):
        """Wait until what was tapped, or quickly typed, has its answer."""
        self.page.wait_for_timeout(80)
        waiting = "() => !document.querySelector('[data-receipts] [data-waits]')"
        self.page.wait_for_function(waiting)

    def pressed(self, name):
        """Whether a tile says that it is given."""
        return self[f'.tile:has(b:text-is("{name}"))'].get_attribute("aria-pressed") == "true"

    def tile(self, name):
        """A tile by its name."""
        return self[f'.tile:has(b:text-is("{name}"))']
