"""Firefox, driven through WebDriver BiDi, for which it needs no driver of its own.

The protocol: https://w3c.github.io/webdriver-bidi
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any

KEYS = {
    "right": "\ue014",
    "down": "\ue015",
    "enter": "\ue006",
    "escape": "\ue00c",
    "home": "\ue011",
    "end": "\ue010",
}
"""Keys by their code points in WebDriver."""
CONTROL = "\ue009"

PREFERENCES = {
    # Downloads go to a folder without a question.
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    # Nothing is asked of the network at the start.
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Firefox:
    """A Firefox without a window, with one page and what its console says."""

    def __init__(self, program: str, folder: Path) -> None:
        import websocket

        self.downloads = folder / "downloads"
        profile = folder / "profile"
        self.downloads.mkdir(parents=True)
        profile.mkdir()
        preferences = {**PREFERENCES, "browser.download.dir": str(self.downloads)}
        lines = (
            f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in preferences.items()
        )
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        arguments = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]
        self.log = folder / "log"
        # A file, since a pipe that nobody reads would stop the browser when it is full.
        with self.log.open("w") as log:
            self.process = subprocess.Popen([program, *arguments], stdout=log, stderr=log)
        self.socket = websocket.create_connection(
            f"{self._address()}/session", timeout=60, suppress_origin=True
        )
        self.sent = 0
        self.messages: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        # A key presses a button only in a page that has the focus, which the first tab never gets.
        self.page = self.send("browsingContext.create", type="tab")["context"]

    def _address(self) -> str:
        """The address that Firefox prints when it listens."""
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            if found := re.search(r"WebDriver BiDi listening on (ws://\S+)\n", self.log.read_text()):
                return found[1]
            time.sleep(0.05)
        raise RuntimeError(f"Firefox does not listen: {self.log.read_text()}")

    def send(self, method: str, **parameters: Any) -> Any:
        """The result of a command. Messages of the console that arrive meanwhile are kept."""
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "log.entryAdded":
                self.messages.append(answer["params"]["text"])
            if answer.get("id") == self.sent:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, url: str, *, width: int = 1280, height: int = 900) -> None:
        """Load a page, also where the address differs only in its fragment."""
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self.page, viewport=size)
        for address in ("about:blank", url):
            self.send("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def js(self, expression: str) -> Any:
        """The value of an expression, by way of JSON."""
        result = self.send(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self.page},
            awaitPromise=True,
            userActivation=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"].get("value", "null"))

    def wait(self, condition: str, seconds: float = 5) -> None:
        """Wait until an expression is true. Fails if it does not become so."""
        end = time.monotonic() + seconds
        while not self.js(f"Boolean({condition})"):
            assert time.monotonic() < end, f"not within {seconds} s: {condition}"
            time.sleep(0.02)

    def text(self, selector: str) -> str:
        """The text of the first matching element."""
        found: str = self.js(f"document.querySelector({json.dumps(selector)}).innerText.trim()")
        return found

    def shown(self, selector: str) -> list[str]:
        """The texts of the matching elements that are visible."""
        found: list[str] = self.js(
            f"[...document.querySelectorAll({json.dumps(selector)})].filter(e => e.checkVisibility())"
            ".map(e => e.innerText.trim())"
        )
        return found

    def press(self, *keys: str, control: bool = False) -> None:
        """Press keys, given by their names or as letters; with the control key held down or without."""
        pressed = [(kind, KEYS.get(key, key)) for key in keys for kind in ("keyDown", "keyUp")]
        if control:
            pressed = [("keyDown", CONTROL), *pressed, ("keyUp", CONTROL)]
        actions = [{"type": kind, "value": key} for kind, key in pressed]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def click(self, selector: str) -> None:
        """Click an element with the mouse."""
        found = self.send(
            "browsingContext.locateNodes",
            context=self.page,
            locator={"type": "css", "value": selector},
            maxNodeCount=1,
        )
        self.js(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        [node] = found["nodes"]
        origin = {"type": "element", "element": {"sharedId": node["sharedId"]}}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": actions})

    def _act(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.page, actions=[source])

    def close(self) -> None:
        """End Firefox."""
        self.socket.close()
        self.process.terminate()
        self.process.wait(30)
