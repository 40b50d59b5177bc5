"""The lab in a spreadsheet: its workbook, empty and solved, and its answers on the page.

The build writes both workbooks from the tables. Beside each cell to fill stands a check in words,
whose expected numbers lie on a hidden sheet. The directive ``sheet-answers`` shows formulas and
values in a folded box; ``sheet-downloads`` links the workbooks. Where the setting
``book_solutions`` is ``hidden``, there is neither box nor solved workbook.

Closes: openpyxl writes the time of the day into a workbook and its archive, so that the same
tables would make other bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from bookext.common.dependencies import depends_on_files
from bookext.common.i18n import _, of_tables
from bookext.common.nodes import Cell, table
from bookext.common.outputs import SITE, finish
from govsocial import audit, labels, tables
from govsocial.audit import Question

_EMPTY, _SOLVED = "audit-a-register.xlsx", "audit-a-register-solved.xlsx"
_SHEETS = {"r2012": audit.SEED, "r2017": audit.AGENCIES}
_FIRST = 5  # row of the first question
_OFFERED = "workbooks"  # key of a page's metadata
_ENTRIES = 10  # that a student audits
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_FILL = PatternFill("solid", fgColor="FFF2CC")
_WRAP = Alignment(wrap_text=True, vertical="top")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_DAY = (1980, 1, 1, 0, 0, 0)


def asked() -> list[Question]:
    """Return the questions of the lab, in the language of the edition."""
    return audit.questions(tables.load(audit.SEED), tables.load(audit.AGENCIES))


def workbook(data: Path, *, solved: bool) -> bytes:
    """Return the workbook of the lab; the same bytes for the same tables.

    Parameters
    ----------
    data
        Folder of the descriptors of the tables.
    solved
        Whether the cells hold the formulas that answer.
    """
    book = Workbook()
    del book["Sheet"]
    descriptors = {
        sheet: yaml.safe_load((data / f"{name}.resource.yaml").read_text("utf-8"))
        for sheet, name in _SHEETS.items()
    }
    _introduce(book.create_sheet(_("read me")), descriptors)
    for sheet, name in _SHEETS.items():
        _register(book.create_sheet(sheet), name)
    if solved:
        _helper(book["r2012"])
    _questions(book.create_sheet(_("answers")), asked(), solved=solved)
    _own_audit(book.create_sheet(_("audit")))
    _code_book(book.create_sheet(_("code book")), descriptors)
    _expectations(book.create_sheet(_("checks")), asked())
    return _timeless(book)


def _introduce(sheet: Worksheet, descriptors: dict[str, dict[str, Any]]) -> None:
    lines = [
        _("Audit a register, in a spreadsheet"),
        _("Lab 9 of the book Governing in Public."),
        _("The sheets r2012 and r2017 hold the register. Do not change them, except column F."),
        _("Fill the yellow cells of the sheet answers with formulas. The check stands beside."),
        _("Do not round an answer. A share is a number between 0 and 1; it may be shown in %."),
        _("The sheet audit is for ten entries of a register of your own country."),
        _("The sheet code book says what each column means, and what to know before using it."),
    ]
    for line in lines:
        sheet.append([line])
    sheet["A1"].font = _TITLE
    for name, descriptor in descriptors.items():
        words = of_tables(descriptor["madeBy"])
        sheet.append([])
        sheet.append([f"{name}: {words(descriptor['title'])}"])
        for source in descriptor["sources"]:
            sheet.append([f"{source['title']}, {source['path']}"])
        sheet.append([_("Terms:") + " " + "; ".join(map(words, descriptor["redistribution"]))])
    _widths(sheet, [110])


def _register(sheet: Worksheet, name: str) -> None:
    """Write a table: a blank stays a blank."""
    rows = tables.load(name)
    sheet.append(list(rows.columns))
    for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False):
        sheet.append(list(row))
    _head(sheet, [70, *[14] * (len(rows.columns) - 1)])


def _helper(sheet: Worksheet) -> None:
    sheet["F1"] = "in_2017"
    for row in range(2, sheet.max_row + 1):
        sheet[f"F{row}"] = f"=COUNTIF(r2017!A:A,A{row})"


def _questions(sheet: Worksheet, questions: Sequence[Question], *, solved: bool) -> None:
    sheet["A1"] = _("Answers")
    sheet["A1"].font = _TITLE
    sheet["A2"] = _("Type a formula into each yellow cell; it begins with =.")
    for column, word in enumerate((_("No."), _("Question"), _("Answer"), _("Check")), start=1):
        sheet.cell(_FIRST - 1, column, word).font = _BOLD
    for row, question in enumerate(questions, start=_FIRST):
        sheet.cell(row, 1, question.number)
        sheet.cell(row, 2, question.asked).alignment = _WRAP
        answer = sheet.cell(row, 3, f"={question.formula}" if solved else None)
        answer.fill = _FILL
        answer.number_format = "0.0000" if question.is_share else "0"
        sheet.cell(row, 4, check(question, row)).alignment = _WRAP
    _widths(sheet, [6, 60, 16, 70])


def check(question: Question, row: int) -> str:
    """Return the formula that says in words whether an answer is right.

    Parameters
    ----------
    question
        What is asked.
    row
        Its row, on the sheet of the answers and on that of the checks.
    """
    expected = quote_sheetname(_("checks"))
    answer, right, within = f"C{row}", f"{expected}!B{row}", f"{expected}!C{row}"
    cases = [
        (f"ISBLANK({answer})", f"{expected}!$B$1"),
        (f"NOT(ISNUMBER({answer}))", f"{expected}!$C$1"),
        (f"ABS({answer}-{right})<{within}", f"{expected}!$D$1"),
    ]
    for place in range(len(question.mistakes)):
        value, words = (f"{expected}!{get_column_letter(5 + 2 * place + n)}{row}" for n in (0, 1))
        cases.append((f"ABS({answer}-{value})<{within}", words))
    if question.is_share:
        cases += [
            (f"ABS({answer}-100*{right})<100*{within}", f"{expected}!$E$1"),
            (_rounded(answer, right, "1,2,3,4"), f"{expected}!$F$1"),
            (_rounded(answer, f"100*{right}", "0,1,2"), f"{expected}!$G$1"),
        ]
    said = f"{expected}!D{row}"
    for condition, words in reversed(cases):
        said = f"IF({condition},{words},{said})"
    return f"={said}"


def _rounded(answer: str, right: str, digits: str) -> str:
    return f"SUMPRODUCT(--(ABS(ROUND({right},{{{digits}}})-{answer})<0.0000001))>0"


def _expectations(sheet: Worksheet, questions: Sequence[Question]) -> None:
    """Write what the checks compare with, and what they say, onto a hidden sheet."""
    said = [
        _("nothing yet"),
        _("a number is asked for"),
        _("right"),
        _("this is in percent; keep the share, a number between 0 and 1"),
        _("this is rounded. Do not round: let the cell show fewer digits"),
        _("this is rounded, and in percent. Keep the share, and do not round it"),
    ]
    sheet.append([None, *said])
    for row, question in enumerate(questions, start=_FIRST):
        values: list[str | float] = [question.number, question.value, question.within]
        values += [question.hint, *(part for mistake in question.mistakes for part in mistake)]
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    sheet.sheet_state = "hidden"


def _own_audit(sheet: Worksheet) -> None:
    """Write the form for ten entries of the students' own register."""
    sheet["A1"] = _("Ten entries of a register of your country")
    sheet["A1"].font = _TITLE
    answers = [_("yes"), _("no"), _("not looked for")]
    lines = [
        _("Which register, kept by whom, read on which day:"),
        _("How the ten were chosen (by lot, not by hand):"),
    ]
    for row, line in enumerate(lines, start=2):
        sheet.cell(row, 1, line)
    head = [
        _("No."),
        _("Entry"),
        _("Address"),
        _("Leads to an account?"),
        _("Does the office's own site link to it?"),
        _("Looked at on"),
        _("Note"),
    ]
    first = 6
    for column, word in enumerate(head, start=1):
        cell = sheet.cell(first - 1, column, word)
        cell.font, cell.alignment = _BOLD, _WRAP
    for row in range(first, first + _ENTRIES):
        sheet.cell(row, 1, row - first + 1)
        for column in range(2, len(head) + 1):
            sheet.cell(row, column).fill = _FILL
    last = first + _ENTRIES - 1
    choice = DataValidation(type="list", formula1='"{}"'.format(",".join(answers)))
    choice.add(f"D{first}:E{last}")
    sheet.add_data_validation(choice)
    sums = last + 2
    words = [_("Looked for"), _("Of these no"), _("Share"), _("Lower bound"), _("Upper bound")]
    for row, word in enumerate(words, start=sums):
        sheet.cell(row, 2, word)
        for letter in "DE":
            cells = f"{letter}{first}:{letter}{last}"
            cell = sheet[f"{letter}{row}"]
            cell.value = _summed(row - sums, cells, letter, sums, answers)
            cell.number_format = "0%" if row - sums > 1 else "0"
    _widths(sheet, [6, 40, 40, 20, 20, 14, 40])


def _summed(place: int, cells: str, column: str, sums: int, answers: Sequence[str]) -> str:
    """Return the formulas below the form: how many, how many not, their share, its interval."""
    looked, none, share = (f"{column}{sums + step}" for step in range(3))
    z = audit.Z
    reach = f"{z}*SQRT({share}*(1-{share})/{looked}+{z}^2/(4*{looked}^2))"
    bound = f"({share}+{z}^2/(2*{looked}){{}}{reach})/(1+{z}^2/{looked})"
    formulas = [
        f'COUNTIF({cells},"{answers[0]}")+COUNTIF({cells},"{answers[1]}")',
        f'COUNTIF({cells},"{answers[1]}")',
        f"{none}/{looked}",
        bound.format("-"),
        bound.format("+"),
    ]
    guarded = formulas[place] if place < 2 else f'IF({looked}=0,"",{formulas[place]})'
    return f"={guarded}"


def _code_book(sheet: Worksheet, descriptors: dict[str, dict[str, Any]]) -> None:
    sheet.append([_("Sheet"), _("Column"), _("Meaning"), _("Unit")])
    for name, descriptor in descriptors.items():
        words = of_tables(descriptor["madeBy"])
        for field in descriptor["schema"]["fields"]:
            unit = words(field["unit"]) if "unit" in field else None
            sheet.append([name, field["name"], words(field["description"]), unit])
    sheet.append([])
    for name, descriptor in descriptors.items():
        words = of_tables(descriptor["madeBy"])
        sheet.append([name, None, words(descriptor["description"])])
        for caveat in descriptor.get("caveats", ()):
            sheet.append([name, None, words(caveat)])
    for row in sheet.iter_rows(min_col=3, max_col=3):
        row[0].alignment = _WRAP
    _head(sheet, [10, 18, 90, 14])


def _head(sheet: Worksheet, widths: Sequence[int]) -> None:
    for cell in sheet[1]:
        cell.font = _BOLD
    sheet.freeze_panes = "A2"
    _widths(sheet, widths)


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _timeless(book: Workbook) -> bytes:
    """Return a workbook as bytes that hold no time of the day."""
    written, packed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class SheetAnswers(SphinxDirective):
    """Show formulas and values of some questions, named by their numbers, in a folded box."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the box."""
        paths = [f"{name}.*" for name in _SHEETS.values()]
        for pattern in paths:
            depends_on_files(self.env, Path(self.env.srcdir, "data"), pattern)
        if self.config.book_solutions == "hidden":
            return []
        by_number = {question.number: question for question in asked()}
        numbers = self.arguments[0].split()
        if unknown := [number for number in numbers if number not in by_number]:
            there = ", ".join(by_number)
            raise self.error(f"there is no question {unknown[0]!r}; there are {there}")
        chosen = [by_number[number] for number in numbers]
        head = [_("No."), _("Question"), _("Formula"), _("Answer")]
        rows = table((8, 32, 42, 18), map(_row, chosen), ["sheet-answers"], head=head)
        title = nodes.title("", _("Formulas and answers"))
        notes = [
            nodes.list_item("", nodes.paragraph("", f"{question.number}: {words}."))
            for question in chosen
            for words in dict.fromkeys(words for _value, words in question.mistakes)
        ]
        said = nodes.paragraph("", _("What the check says of usual mistakes:"))
        listed = nodes.bullet_list("", *notes, bullet="*")
        return [nodes.admonition("", title, rows, said, listed, classes=["lab-box", "dropdown"])]


def _row(question: Question) -> list[Cell]:
    pattern = "0.0000" if question.is_share else "0"
    formula = nodes.literal("", audit.shown(question.formula))
    value = labels.decimal(question.value, pattern)
    return [question.number, question.asked, [formula], value]


class SheetDownloads(SphinxDirective):
    """Link the workbooks."""

    def run(self) -> list[nodes.Node]:
        """Return the list of links."""
        self.env.metadata[self.env.docname][_OFFERED] = "yes"
        words = {_EMPTY: _("the workbook with empty cells, its checks and a code book")}
        if self.config.book_solutions != "hidden":
            words[_SOLVED] = _("the same with the formulas, for instructors")
        items = [
            nodes.list_item(
                "",
                nodes.paragraph(
                    "",
                    "",
                    nodes.reference("", name, refuri=name, internal=True),
                    nodes.Text(f": {said}"),
                ),
            )
            for name, said in words.items()
        ]
        return [addnodes.only("", nodes.bullet_list("", *items, bullet="*"), expr=SITE)]


def _publish(app: Sphinx) -> None:
    data = Path(app.confdir, "data")
    for docname, about in app.env.metadata.items():
        if _OFFERED in about:
            folder = Path(app.outdir, docname).parent
            (folder / _EMPTY).write_bytes(workbook(data, solved=False))
            if app.config.book_solutions != "hidden":
                (folder / _SOLVED).write_bytes(workbook(data, solved=True))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, and write the workbooks beside the pages."""
    app.add_directive("sheet-answers", SheetAnswers)
    app.add_directive("sheet-downloads", SheetDownloads)
    finish(app, _publish, live=False)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
