"""The table of run times that MyST-NB's ``nb-exec-table`` asks for, in the language of the edition.

Closes: MyST-NB writes it in English, and names a page by its file.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from myst_nb.ext.execution_tables import ExecutionStatsNode
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.nodes import Cell, reference, table
from bookext.common.order import Writing
from bookext.records.number_ledger import reading_order
from govsocial import labels


class WriteRunTimes(SphinxPostTransform):
    """Put the table in the place of MyST-NB's mark, before MyST-NB does."""

    default_priority = Writing.LISTS

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """List the pages that ran, in the order of the book, with day and seconds."""
        for mark in list(self.document.findall(ExecutionStatsNode)):
            ran = NbMetadataCollector.get_doc_data(self.env)
            pages = dict.fromkeys([*reading_order(self.env), *sorted(ran)])
            rows = [self._row(name, ran[name]["exec_data"]) for name in pages if _runs(ran, name)]
            head = [_("Page"), _("Run on"), _("Seconds")]
            mark.replace_self(table((66, 19, 15), rows, ["longtable"], head=head))

    def _row(self, docname: str, run: dict[str, Any]) -> list[Cell]:
        title = self.env.titles[docname].astext()
        day = labels.date(datetime.fromtimestamp(run["mtime"]).date())
        return [
            [reference(self.env, "doc", f"/{docname}", title)],
            day,
            labels.decimal(run["runtime"], "0.0"),
        ]


def _runs(found: dict[str, dict[str, Any]], name: str) -> bool:
    """Return whether a page has run, and how long is known."""
    run = found.get(name, {}).get("exec_data") or {}
    return bool(run.get("mtime")) and run.get("runtime") is not None


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(WriteRunTimes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
