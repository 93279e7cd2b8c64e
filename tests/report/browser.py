# SPDX-License-Identifier: Apache-2.0
"""Chromium without a window, spoken to over two pipes in its DevTools protocol: what a page prints, holds and looks like."""

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile


def chromium():
    """The program, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One page; use it in a `with`."""

    def __init__(self, width=1200, height=900):
        self.size, self.last, self.messages = (width, height), 0, []

    def __enter__(self):
        # Processes of its own may still write when the folder goes.
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # pylint: disable=consider-using-with
        (read_by_it, self.to_it), (self.from_it, written_by_it) = os.pipe(), os.pipe()
        words = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
                 f"--user-data-dir={self.profile.name}", "about:blank"]
        # The protocol is spoken on descriptors 3 and 4.
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            ["bash", "-c", f'exec "$@" 3<&{read_by_it} 4>&{written_by_it}', "chromium", *words],
            pass_fds=(read_by_it, written_by_it), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(read_by_it)
        os.close(written_by_it)
        self.waiting = b""
        page = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=self.size[0], height=self.size[1], deviceScaleFactor=1, mobile=False)
        return self

    def __exit__(self, *unused):
        os.close(self.to_it)
        os.close(self.from_it)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.profile.cleanup()

    def call(self, method, **parameters):
        """One call of the protocol; what arrives meanwhile is kept."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if hasattr(self, "session"):
            message["sessionId"] = self.session
        os.write(self.to_it, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def _next(self):
        while b"\0" not in self.waiting:
            more = os.read(self.from_it, 1 << 16)
            if not more:
                raise RuntimeError("chromium has ended")
            self.waiting += more
        one, _, self.waiting = self.waiting.partition(b"\0")
        message = json.loads(one)
        self.messages.append(message)
        return message

    def open(self, path):
        """Loads a file and waits until that is done."""
        self.messages.clear()
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while not any(message.get("method") == "Page.loadEventFired" for message in self.messages):
            self._next()

    def evaluate(self, expression):
        """The value of an expression of JavaScript."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def complaints(self):
        """Errors that the page has thrown or printed."""
        methods = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [message["params"] for message in self.messages if message.get("method") in methods]

    def requests(self):
        """What the page has asked for, beside itself."""
        urls = [m["params"]["request"]["url"] for m in self.messages if m.get("method") == "Network.requestWillBeSent"]
        return [url for url in urls[1:] if not url.startswith("data:")]

    def press(self, key, text=""):
        """A key, down and up."""
        code = {"Tab": 9, "Enter": 13}[key]
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **({"text": text} if text and kind == "keyDown" else {}))

    def prefer(self, scheme):
        """As of a reader whose system is light or dark."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path):
        """All of the page as PNG."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
