"""A small demo world served by the real command, and a real browser that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from egenmakt.world.log_ins import SAME_FOR_ALL, email

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
EGENMAKT = Path(sys.executable).parent / "egenmakt"
ELSEWHERE = {"DATABASE_URL", "KEYS_URL", "EGENMAKT_MASTER_KEY_FILE"}


@dataclass
class Served:
    """A served demo world: its address, pages in which somebody is logged in, and checks."""

    url: str
    home: Path
    browser: Browser
    kept: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    errors: dict[Page, list[str]] = field(default_factory=dict)
    requests: dict[Page, list[str]] = field(default_factory=dict)

    def page(
        self,
        role: str,
        site: str,
        *,
        width: int = 1180,
        language: str = "sv",
        dark: bool = False,
        touch: bool = False,
    ) -> Page:
        """A page of its own on which this user is logged in, at their start page."""
        who = (role, site, language)
        look = {
            "viewport": {"width": width, "height": 820},
            "color_scheme": "dark" if dark else "light",
            "has_touch": touch,
            "base_url": self.url,
            "locale": "sv-SE",
        }
        context = self.browser.new_context(storage_state=self.kept.get(who), **look)
        page = self.watched(context)
        page.goto("/")
        if "/logga-in/" in page.url:
            self.log_in(page, role=role, site=site, language=language)
            self.kept[who] = context.storage_state()
        return page

    def stranger(self, *, width: int = 1180, dark: bool = False) -> Page:
        """A page of its own on which nobody is logged in, still empty."""
        scheme = "dark" if dark else "light"
        context = self.browser.new_context(
            viewport={"width": width, "height": 820}, color_scheme=scheme, base_url=self.url
        )
        return self.watched(context)

    def watched(self, context: BrowserContext) -> Page:
        """A new page whose console errors and requests are kept."""
        page = context.new_page()
        page.set_default_timeout(10_000)
        errors = self.errors.setdefault(page, [])
        asked = self.requests.setdefault(page, [])
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        return page

    def log_in(self, page: Page, *, role: str, site: str, language: str = "sv") -> None:
        """Through the log-in page, as a person does."""
        page.goto("/logga-in/")
        page.fill("input[name=login]", email(role, site))
        page.fill("input[name=password]", SAME_FOR_ALL)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/logga-in/" not in url)
        if language != "sv":
            page.click(f"button[name=language][value={language}]")
            page.wait_for_load_state()

    def axe(self, page: Page) -> None:
        """No finding of axe on the page as it stands (WCAG 2.2 AA and best practice)."""
        wanted = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        found = Axe().run(page, options=wanted)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    def clean(self, page: Page) -> None:
        """No console error on the page so far, and no request to anywhere else."""
        here = urlsplit(self.url).netloc
        strange = [
            url
            for url in self.requests[page]
            if urlsplit(url).netloc != here and not url.startswith(("data:", "blob:"))
        ]
        assert not self.errors[page], self.errors[page]
        assert not strange, strange

    def shot(self, page: Page, name: str, *, whole: bool = True) -> None:
        """A picture of the page, or of what stands in the window, in the folder EGENMAKT_SHOTS,
        when there is one."""
        if folder := os.environ.get("EGENMAKT_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)


def must_have_chromium() -> None:
    """Skip loudly without Debian's chromium; under CI that is a failure."""
    if CHROMIUM is None:
        why = "NOT RUN: browser tests need Debian's chromium (apt-get install chromium)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)


def environment(home: Path) -> dict[str, str]:
    """What a command needs to know to work in `home` and nowhere else."""
    rest = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    return rest | {"EGENMAKT_HOME": str(home)}


def demo(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command `egenmakt demo`, run to its end in a home."""
    command = [str(EGENMAKT), "demo", *words]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True)


@contextmanager
def served_at(home: Path) -> Iterator[Served]:
    """Build a small demo world in `home`, serve it, open a browser; close all of it after."""
    must_have_chromium()
    built = demo(home, "--small")
    assert built.returncode == 0, built.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(EGENMAKT), "serve", "--port", str(port)]
    with (home / "serve.log").open("w") as log:
        server = subprocess.Popen(command, env=environment(home), stdout=log, stderr=log)
    try:
        wait_for(port)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield Served(f"http://127.0.0.1:{port}", home, browser)
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int) -> None:
    """Wait until the server answers, at most 20 seconds."""
    for _ in range(100):
        asking = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asking.request("GET", "/halsa")
            if asking.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            asking.close()
    raise AssertionError(f"Nobody answers at port {port}.")
