"""A strict Content-Security-Policy, and the other headers that a web server should send.

Pages load scripts, styles, pictures and fonts from the site alone, and hold none of their own. The
headers are in ``_headers``, which Netlify, Cloudflare Pages and others read, and in
``nginx-headers.conf``, which a server of nginx includes.

Closes: Sphinx and its themes say nothing of headers
(https://github.com/sphinx-doc/sphinx/issues/7410), and put scripts and styles into their pages.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.outputs import finish

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # the search is WebAssembly, from the site itself
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NETLIFY, NGINX = "_headers", "nginx-headers.conf"


def netlify() -> str:
    """Return the headers of all files as Netlify and Cloudflare Pages read them."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items()), ""])


def nginx() -> str:
    """Return the headers as nginx reads them within ``server`` or ``location``."""
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items())


def _write(app: Sphinx) -> None:
    Path(app.outdir, NETLIFY).write_text(netlify(), "utf-8")
    Path(app.outdir, NGINX).write_text(nginx(), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the headers beside the pages."""
    finish(app, _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
