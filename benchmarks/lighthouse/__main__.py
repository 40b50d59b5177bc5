"""Let Lighthouse look at pages of the built site: ``python -m benchmarks.lighthouse [PAGE ...]``.

Prints a Markdown table. Each page is loaded several times as Lighthouse's phone, on its simulated
slow line; the run with the median performance counts. The pages come from a local web server that
packs what static hosts pack, over HTTP/1.1 without encryption. Lighthouse is installed by npm into
``_build/lighthouse/``, in the versions of ``package-lock.json``; the browser is Debian's Chromium.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
TOOL = ROOT / "_build" / "lighthouse"
PAGES = [
    "index.html",
    "chapters/ranking.html",  # the heaviest
    "chapters/adoption.html",  # one like the others
    "blog/index.html",
    "blog/2026/fourteenth-of-how-many.html",
]
RUNS = 3
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
PACKED = {".html", ".css", ".js", ".svg", ".json", ".xml"}


class Handler(http.server.SimpleHTTPRequestHandler):
    """A web server that packs text, as the hosts of static sites do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in PACKED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def install() -> Path:
    """Install Lighthouse, unless it is there, and return its command."""
    command = TOOL / "node_modules" / ".bin" / "lighthouse"
    TOOL.mkdir(parents=True, exist_ok=True)
    lock = Path(__file__).parent / "package-lock.json"
    if not command.exists() or (TOOL / lock.name).read_bytes() != lock.read_bytes():
        for name in ("package.json", lock.name):
            shutil.copy(lock.with_name(name), TOOL)
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=TOOL, check=True)  # noqa: S607
    return command


def look(command: Path, address: str, browser: str) -> dict[str, Any]:
    """Return Lighthouse's report of a page."""
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
    options = [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    options += ["--quiet", "--output=json", "--no-enable-error-reporting"]
    run = subprocess.run(  # noqa: S603
        [command, address, *options],
        env=os.environ | {"CHROME_PATH": browser},
        check=True,
        capture_output=True,
    )
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def row(name: str, reports: list[dict[str, Any]]) -> str:
    """Return the row of a page, from its median run."""
    reports.sort(key=lambda report: float(report["categories"]["performance"]["score"]))
    median = reports[len(reports) // 2]
    audits = median["audits"]
    scores = [f"{100 * median['categories'][key]['score']:.0f}" for key in CATEGORIES]
    items = audits["network-requests"]["details"]["items"]
    shown = [
        f"{audits['largest-contentful-paint']['numericValue'] / 1000:.1f}",
        f"{audits['total-blocking-time']['numericValue']:.0f}",
        f"{audits['cumulative-layout-shift']['numericValue']:.3f}",
        f"{sum(item['transferSize'] for item in items) / 1024:.0f}",
        str(len(items)),
    ]
    return f"| {name} | {' | '.join(scores + shown)} |"


def flaws(report: dict[str, Any]) -> list[str]:
    """Return the checks that a page does not pass, timings apart."""
    references = [
        reference["id"]
        for key in CATEGORIES[1:]
        for reference in report["categories"][key]["auditRefs"]
        if reference["weight"]
    ]
    audits = report["audits"]
    return [audits[name]["title"] for name in references if audits[name]["score"] not in (1, None)]


def main() -> None:
    """Look at each page and print the table, and what to mend."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shown = "default: %(default)s"
    parser.add_argument("pages", nargs="*", default=PAGES, metavar="PAGE", help=shown)
    parser.add_argument("--runs", type=int, default=RUNS, help="loads per page (%(default)s)")
    arguments = parser.parse_args()
    browser = shutil.which("chromium")
    for program, found in {"chromium": browser, "npm": shutil.which("npm")}.items():
        if not found:
            sys.exit(f"{program} not found; run: sudo apt-get install {program}")
    for page in arguments.pages:
        if not (SITE / page).is_file():
            sys.exit(f"{SITE / page} is not there: run make, or name another page")
    command = install()
    handler = functools.partial(Handler, directory=str(SITE))
    print(  # noqa: T201
        "| page | performance | accessibility | best practices | SEO "
        "| LCP s | TBT ms | CLS | KiB | requests |\n|---|" + "--:|" * 9
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in arguments.pages:
            address = f"http://127.0.0.1:{server.server_port}/{page}"
            reports = [look(command, address, str(browser)) for _ in range(arguments.runs)]
            print(row(page, reports), flush=True)  # noqa: T201
            for flaw in flaws(reports[0]):
                print(f"{page}: {flaw}", file=sys.stderr)  # noqa: T201
        server.shutdown()


if __name__ == "__main__":
    main()
