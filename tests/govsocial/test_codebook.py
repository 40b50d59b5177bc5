"""A code book says of each number what it counts; what is wrong in it is named by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsocial.codebook import CodeBookError, Entry, read

GOOD = """# A comment
prefix: hours
numbers:
  - unit: "share: of posts"
    pattern: 0.0%
    keys: first 2012
      no
  - unit: seconds in a minute
    constant: true
    keys: even
  - keys: when
    unit: day
    pattern: date
  - unit: accounts
    interval: rough
    keys: >-
      many
      few
"""


def test_each_key_has_its_groups_unit_pattern_and_a_line(tmp_path: Path) -> None:
    path = tmp_path / "office-hours.numbers.yml"
    path.write_text(GOOD, "utf-8")
    share, name = ("share: of posts", "0.0%", False, "95%"), path.name
    assert read(path) == {
        "first": Entry("hours-first", *share, f"{name}:6"),
        "2012": Entry("hours-2012", *share, f"{name}:6"),
        "no": Entry("hours-no", *share, f"{name}:7"),
        "even": Entry("hours-even", "seconds in a minute", "#,##0", True, "95%", f"{name}:10"),
        "when": Entry("hours-when", "day", "date", False, "95%", f"{name}:11"),
        "many": Entry("hours-many", "accounts", "#,##0", False, "rough", f"{name}:17"),
        "few": Entry("hours-few", "accounts", "#,##0", False, "rough", f"{name}:18"),
    }


def test_a_file_from_another_editor_is_read_or_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "p.yml"
    path.write_text(GOOD, "utf-8")
    found = read(path)
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read(path) == found
    wrong = GOOD.replace("unit: day", "\u00ec\n    unit: day").encode("latin-1")
    for mark in (b"", b"\xef\xbb\xbf"):  # the letter is the first of its line
        path.write_bytes(mark + wrong.replace(b"    \xec", b"\xec"))
        with pytest.raises(CodeBookError, match=r"p\.yml:12: the file is not UTF-8; save"):
            read(path)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("keys: when", "keys: when 2012", "p.yml:11: '2012' .* twice, first at p.yml:6; delete"),
        ("pattern: 0.0%", "pattern: percent", "p.yml:5: 'percent' is no pattern; .* month, date"),
        ("pattern: 0.0%", "patern: 0.0%", "p.yml:5: unknown field 'patern'; there are constant"),
        ("interval: rough", "interval: 90%", "p.yml:15: '90%' is no kind of interval; .* rough"),
        ("constant: true", "constant: false", "p.yml:9: say 'constant: true', or not"),
        ("    unit: day\n", "", "p.yml:11: 'unit' is missing; add it"),
        ("prefix: hours", "prefix:", "p.yml:2: a text is missing here"),
        ("prefix: hours\n", "", "p.yml:2: 'prefix' is missing"),
        ("keys: even", "keys: [even]", "p.yml:10: a text is missing here"),
        ("keys: even", "keys: even: odd", "p.yml:10: no YAML: mapping values are not allowed"),
        ("numbers:", "numbers: few\nunits:", "p.yml:4: unknown field 'units'; there are numbers"),
        (GOOD, "prefix: hours\nnumbers: few", "p.yml:2: 'numbers' is no list of groups"),
        (
            "    unit: day\n",
            "    unit: day\n    unit: days\n",
            "p.yml:12: 'unit' stands there twice",
        ),
        ("    unit: day\n", "    unit: \0\n", "p.yml:12: no YAML: control characters .* delete"),
        ("prefix: hours", "? [a]\n: b\nprefix: hours", "p.yml:2: a list is no name of a field"),
        ("keys: even", "keys: &k even", "p.yml:10: a text with & or [*] before it; write the text"),
        ("keys: even", "keys: *k", "p.yml:10: no YAML: found undefined alias"),
        (GOOD, "# Nothing", "p.yml:1: the code book is empty"),
    ],
)
def test_what_is_wrong_is_named_by_line(before: str, after: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yml"
    assert before in GOOD
    path.write_text(GOOD.replace(before, after), "utf-8")
    with pytest.raises(CodeBookError, match=said):
        read(path)
