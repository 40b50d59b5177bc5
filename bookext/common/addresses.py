"""Where a page of the site is, and where a mistake on it is reported."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin

from sphinx.config import Config

from bookext.common.i18n import _


def address(config: Config, name: str) -> str:
    """Return the address of a file of the site."""
    base: str = config.blog_baseurl
    return urljoin(base, name)


def report_address(config: Config, title: str, url: str, key: str = "") -> str:
    """Return where a mistake is reported: a form of the repository, or a mail; empty if nowhere.

    Parameters
    ----------
    config
        The settings; ``book_report`` is an address of mail or of a form that takes ``title`` and
        ``body``, as those of GitHub, GitLab and Codeberg do.
    title, url
        Of the page.
    key
        Of a number, if the mistake is one.
    """
    to: str = config.book_report
    if not to:
        return ""
    lines = [_("Page: {url}").format(url=url)]
    lines += [_("Number: {key}").format(key=key)] if key else []
    lines += [_("Version: {version}").format(version=config.release), "", _("What is wrong?"), ""]
    subject, body = _("Mistake: {title}").format(title=title), "\n".join(lines)
    if "@" in to and "://" not in to:
        return f"mailto:{to}?{urlencode({'subject': subject, 'body': body}).replace('+', '%20')}"
    return f"{to}{'&' if '?' in to else '?'}{urlencode({'title': subject, 'body': body})}"
