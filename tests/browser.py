"""A real Chromium without a screen, told what to do over its debugging pipe; whatever it asks the network for is seen.

Every request of a page goes to a proxy of ours, which writes down the address and answers nothing.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-domain-reliability", "--no-default-browser-check", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
# The browser reads commands from 3 and writes to 4, whatever numbers our pipes have.
_START = """
import fcntl, os, sys
reads, writes = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(reads, 3)
os.dup2(writes, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Proxy:
    """Takes every connection, keeps the first line said on it, and hangs up."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with connection, suppress(OSError):
                    self.asked.append(connection.recv(4096).split(b"\r\n")[0].decode("latin-1"))

    def close(self) -> None:
        """No more connections."""
        self._listener.close()


class Page:
    """One page: what it asked for, what it complained of, and how wide it is."""

    def __init__(self, browser: "Browser", session: str) -> None:
        self._browser, self._session = browser, session
        self.requests: list[str] = []
        self.complaints: list[str] = []
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.tell(f"{domain}.enable")

    def tell(self, method: str, **params: Any) -> Any:
        """A command and its answer."""
        return self._browser.tell(method, self._session, **params)

    def heard(self, method: str, params: dict[str, Any]) -> None:
        """Keep what matters of an event."""
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith("data:"):
            self.requests.append(params["request"]["url"])
        elif method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])
        elif method in (
            "Runtime.consoleAPICalled",
            "Runtime.exceptionThrown",
            "Page.javascriptDialogOpening",
        ):
            self.complaints.append(json.dumps(params))

    def open(self, path: Path, width: int, *, dark: bool = False) -> None:
        """Show a file in a window of this width, and wait until it is all there."""
        self.resize(width)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.tell("Emulation.setEmulatedMedia", features=[scheme])
        self._browser.forget(self._session)
        self.tell("Page.navigate", url=path.as_uri())
        self._browser.wait_for("Page.loadEventFired", self._session)

    def resize(self, width: int, height: int = 800) -> None:
        """Another width, as a phone's or a screen's."""
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 500,
        )  # fmt: skip

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression, which the page's own policy does not bind."""
        found = self.tell("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def picture(self) -> bytes:
        """What the window shows as PNG."""
        return base64.b64decode(self.tell("Page.captureScreenshot")["data"])

    def pdf(self) -> bytes:
        """The page as printed, on the paper that it asks for."""
        found = self.tell("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(found["data"])


class Browser:
    """The process and its pipe: JSON messages, each ended by a NUL."""

    def __init__(self, folder: Path, proxy: Proxy) -> None:
        assert CHROMIUM is not None
        self.proxy = proxy
        reads, self._out = os.pipe()
        self._in, writes = os.pipe()
        command = [CHROMIUM, *_FLAGS, f"--user-data-dir={folder}", f"--proxy-server={proxy.address}"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(reads), str(writes), *command, "about:blank"],
            pass_fds=(reads, writes), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(reads)
        os.close(writes)
        self._rest, self._last = b"", 0
        self._pages: dict[str, Page] = {}
        self._seen: list[tuple[str, str]] = []

    def page(self) -> Page:
        """A new page."""
        target = self.tell("Target.createTarget", url="about:blank")["targetId"]
        session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        self._pages[session] = page
        return page

    def tell(self, method: str, session: str | None = None, **params: Any) -> Any:
        """A command and its answer; what comes before it is told to the pages."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        os.write(
            self._out, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0"
        )
        while (found := self._next()).get("id") != self._last:
            pass
        assert "error" not in found, (method, found)
        return found["result"]

    def forget(self, session: str) -> None:
        """What the page told of until now is not waited for."""
        self._seen = [seen for seen in self._seen if seen[0] != session]

    def wait_for(self, method: str, session: str) -> None:
        """Until the page tells of this event, which it may have done."""
        while (session, method) not in self._seen:
            self._next()
        self._seen.remove((session, method))

    def _next(self) -> Any:
        while b"\0" not in self._rest:
            more = os.read(self._in, 1 << 20)
            assert more, "the browser is gone"
            self._rest += more
        said, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(said)
        if "method" in message:
            session = message.get("sessionId", "")
            self._seen.append((session, message["method"]))
            if session in self._pages:
                self._pages[session].heard(message["method"], message["params"])
        return message

    def close(self) -> None:
        """End the process, politely first."""
        os.write(self._out, b'{"id": 0, "method": "Browser.close"}\0')
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._out)
        os.close(self._in)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a new profile, and its proxy."""
    proxy = Proxy()
    with tempfile.TemporaryDirectory(prefix="ipweek-chromium-", ignore_cleanup_errors=True) as folder:
        browser = Browser(Path(folder), proxy)
        try:
            yield browser
        finally:
            browser.close()
            proxy.close()
