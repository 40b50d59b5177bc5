"""Say whether a page runs at the next build, and why: ``python tools/why.py chapters/NAME.md``."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "_build" / "work" / os.environ.get("BOOK_LANG", "en") / "why"


def main() -> int:
    """Print the answer and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", help="a file of the book, as chapters/adoption.md")
    page = Path(parser.parse_args().page)
    app = Sphinx(ROOT, ROOT, WORK, WORK, "dummy", status=None, freshenv=True)
    app.env.find_files(app.config, app.builder)
    docname = app.env.path2doc(ROOT / page)
    if docname not in app.env.found_docs:
        print(f"error: {page} is not a page of the book", file=sys.stderr)
        return 1
    print(answer(app, docname))
    return 0


def answer(app: Sphinx, docname: str) -> str:
    """Return what makes a page stale, or what it was made from."""
    from bookext.execution.run import notebook_client, store_of

    name = app.env.doc2path(docname, base=False)
    client = notebook_client(app.env, docname)
    if client is None:
        return f"{name} has no code to run"
    store = store_of(app.env)
    key = store.key(client.notebook)
    if reasons := store.reasons(key, client.path):
        return "\n  ".join([f"{name} runs at the next build:", *reasons])
    facts, inputs = store.facts(key), store.inputs(key)
    when = f"{datetime.fromtimestamp(facts['mtime']):%Y-%m-%d %H:%M}"
    made = f"It ran on {when}, in {facts['runtime']:.1f} s, and read:"
    return "\n  ".join([f"{name} is up to date. {made}", *(inputs.files if inputs else ())])


if __name__ == "__main__":
    sys.exit(main())
