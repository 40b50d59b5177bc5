"""Say whether a page runs at the next build, and why: ``python tools/why.py chapters/NAME.md``.

The edition is the one that ``BOOK_LANG`` names, English by default.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import SphinxError

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bookext.common.errors import explained  # noqa: E402
from bookext.execution.run import notebook_client  # noqa: E402
from bookext.execution.store import store_of  # noqa: E402
from govsocial.language import language  # noqa: E402


def main() -> int:
    """Print the answer and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", help="a file of the book, as chapters/adoption.md")
    page = Path(parser.parse_args().page)
    work = ROOT / "_build" / "work" / language() / "why"
    try:
        app = Sphinx(ROOT, ROOT, work, work, "dummy", status=None, freshenv=True)
    except (SphinxError, OSError) as error:
        print(f"error: {explained(error)}", file=sys.stderr)
        return 1
    app.env.find_files(app.config, app.builder)
    docname = app.env.path2doc(ROOT / page)
    if docname not in app.env.found_docs:
        print(f"error: {page} is not a page of the book", file=sys.stderr)
        return 1
    print(answer(app, docname))
    return 0


def answer(app: Sphinx, docname: str) -> str:
    """Return what makes a page stale, or what it was made from."""
    name = app.env.doc2path(docname, base=False)
    client = notebook_client(app.env, docname)
    if client is None:
        return f"{name} has no code to run"
    store = store_of(app.env)
    key = store.key(client.notebook, client.path)
    if reasons := store.reasons(key, client.path):
        return "\n  ".join([f"{name} runs at the next build:", *reasons])
    facts, fingerprint = store.facts(key), store.fingerprint(key)
    when = f"{datetime.fromtimestamp(facts['mtime']):%Y-%m-%d %H:%M}"
    made = f"It ran on {when}, in {facts['runtime']:.1f} s, and read:"
    files = fingerprint.files if fingerprint else ()
    return "\n  ".join([f"{name} is up to date. {made}", *files])


if __name__ == "__main__":
    sys.exit(main())
