"""Pack what instructors need and students must not see: ``python tools/instructors.py [NAME]``.

Written is ``_build/instructors/<language>/``, and the same as an archive beside it: a course of
nbgrader with the name, by default ``course`` (see ``tools/course.py``), ``grade.py``, the questions
on each chapter as Moodle XML and GIFT, and all tables as CSV and as workbooks with their code book.
The questions print the numbers of the built site. The language is that of ``BOOK_LANG``.
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import questions
from course import course, valid_name
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font

from bookext.common.i18n import _, file_name, folder_of, of_questions, of_tables
from govsocial import tables
from govsocial.language import language
from notebooks import ROOT, address

_CODE_BOOK = ("table", "field", "type", "meaning", "unit")


def main() -> None:
    """Write the package."""
    name = valid_name(sys.argv[1] if len(sys.argv) > 1 else "course")
    site = ROOT / "_build" / "html" / folder_of(language())
    if not (site / "numbers.csv").is_file():
        raise SystemExit("error: the questions print numbers of the built site; run: make html")
    target = ROOT / "_build" / "instructors" / language()
    shutil.rmtree(target, ignore_errors=True)
    for path, content in package(name, site).items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    archive = shutil.make_archive(str(target.parent / file_name(language())), "zip", target)
    print(f"wrote {archive}")


def package(name: str, site: Path) -> dict[str, bytes]:
    """Return the files of the package, by path.

    Parameters
    ----------
    name
        Of the course.
    site
        Folder of the built edition.
    """
    book = address()  # which loads the catalogues, too
    files = {f"course/{path}": text.encode() for path, text in course(name, book).items()}
    files["course/grade.py"] = (ROOT / "tools" / "grade.py").read_bytes()
    return files | dict(asked(site)) | {"tables.zip": packed_tables()}


def asked(site: Path) -> Iterator[tuple[str, bytes]]:
    """Return the files of questions."""
    numbers = questions.ledger(site)
    for path in questions.files(ROOT):
        chapter = path.name.removesuffix(questions.SUFFIX)
        found = questions.read(path, numbers, of_questions(f"{chapter}"))
        title = f"{_('Governing in Public')}/{chapter}"
        for suffix, form in (("xml", questions.moodle), ("gift.txt", questions.gift)):
            yield f"questions/{chapter}.{suffix}", form(title, found, _("Right.")).encode()


def packed_tables() -> bytes:
    """Return an archive with each table as CSV and as a workbook, and the code book of all."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = [row for name in tables.names() for row in code_book(name)]
        archive.writestr("code-book.csv", _csv(rows))
        archive.write(ROOT / "LICENSE-content.md", "LICENSE-content.md")
        for name in tables.names():
            frame = tables.load(name)
            archive.writestr(f"csv/{name}.csv", frame.to_csv(index=False, lineterminator="\n"))
            archive.writestr(f"xlsx/{name}.xlsx", workbook(name, frame))
    return buffer.getvalue()


def _csv(rows: list[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([_CODE_BOOK, *rows])
    return buffer.getvalue()


def code_book(name: str) -> list[tuple[str, ...]]:
    """Return what each field of a table means, with its type and unit."""
    about = tables.descriptor(name)
    words = of_tables(str(about.get("madeBy", name)))
    return [
        (
            name,
            field["name"],
            field["type"],
            words(field.get("description", "")),
            words(field["unit"]) if field.get("unit") else "",
        )
        for field in about["schema"]["fields"]
    ]


def workbook(name: str, frame: pd.DataFrame) -> bytes:
    """Return a table as a workbook: the data, its code book, and where it comes from."""
    about = tables.descriptor(name)
    words = of_tables(str(about.get("madeBy", name)))
    book = Workbook(write_only=True)
    data = book.create_sheet(_("data"))
    data.freeze_panes = "A2"
    data.append(_bold(data, frame.columns))
    plain = frame.astype(object).where(frame.notna(), None)
    for row in plain.itertuples(index=False, name=None):
        data.append(row)
    second = book.create_sheet(_("code book"))
    second.append(_bold(second, _CODE_BOOK))
    for line in code_book(name):
        second.append(line)
    third = book.create_sheet(_("source"))
    third.append([words(about["title"])])
    third.append([words(about.get("description", ""))])
    for source in about["sources"]:
        third.append([source["title"], source.get("path", "")])
    for licence in about.get("licenses", []):
        third.append([licence.get("title", licence.get("name", "")), licence.get("path", "")])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _bold(sheet: Any, names: Iterable[str]) -> list[Cell]:
    """Return the cells of a header."""
    cells = [WriteOnlyCell(sheet, value=name) for name in names]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


if __name__ == "__main__":
    main()
