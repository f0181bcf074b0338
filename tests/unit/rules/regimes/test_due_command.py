"""`redress due` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from deploy.cli.due import due_command

OURS = Path(__file__).with_name("dates.csv")
HEAD = "regime,clock,base_date,pause_from,pause_to,expected_due"

app = typer.Typer()
app.command()(due_command)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def check(folder: Path, text: str | bytes) -> Result:
    file = folder / "dates.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run("--check", str(file))


def test_given_a_clock_when_its_date_is_asked_then_only_the_date_is_printed() -> None:
    result = run("foi", "respond", "--from", "2026-06-01")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "2026-06-30\n", "")


def test_given_pauses_when_they_are_repeated_then_all_count() -> None:
    result = run(
        "sar",
        "respond",
        "--from",
        "2026-09-03",
        "--pause",
        "2026-09-08..2026-09-09",
        "--pause",
        "2026-09-21..2026-09-25",
    )
    assert (result.exit_code, result.stdout) == (0, "2026-10-12\n")


def test_given_a_date_when_asked_why_then_the_date_comes_first_and_the_reasons_after() -> None:
    result = run("corporate", "stage1_respond", "--from", "2026-11-20", "--why")
    first, *reasons = result.stdout.splitlines()
    assert (result.exit_code, first) == (0, "2026-12-04")
    assert any("4 December 2026" in line for line in reasons)
    assert any("LGSCO Code 6.3" in line for line in reasons)


def test_given_a_clock_of_school_days_when_the_school_is_named_then_its_days_are_counted() -> None:
    result = run("foi-school", "respond", "--from", "2026-07-10", "--school", "oakfield", "--why")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "2026-09-22")
    assert "No session at Oakfield Primary School" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("corporate", "stage1_respond", "--pause", "2026-07-02..2026-07-03"), "LGSCO Code 6.4"),
        (("foi", "respond", "--pause", "2026-07-02.."), "FOIA s.9, s.10(2)"),
        (("nope", "respond"), "adult-care"),
        (("foi", "acknowledge"), "FOIA 2000"),
        (("compliment", "respond"), "No statute or code"),
        (("foi", "respond", "--pause", "soon"), "2026-06-12..2026-06-16"),
        (("foi", "respond", "--pause", "..2026-07-03"), "--pause must be two dates"),
        (("foi-school", "respond"), "no school is named"),
        (("foi-school", "respond", "--school", "elm"), "add its file to the folder"),
        (("foi",), "give a regime, a clock and --from DATE"),
    ],
)
def test_given_a_date_that_there_is_not_when_asked_then_it_exits_2_with_the_citation_on_stderr(
    arguments: tuple[str, ...], words: str
) -> None:
    result = run(*arguments, "--from", "2026-07-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize(
    "base", ["1 June 2026", "20260601", "2026-02-30", "2026-W23-1", "", "\u0662\u0660\u0662\u0666-06-01"]
)
def test_given_something_that_is_no_date_when_asked_then_it_says_so(base: str) -> None:
    result = run("foi", "respond", "--from", base)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--from must be a date such as 2026-06-01" in result.stderr


def test_given_our_own_dates_when_they_are_checked_then_all_agree() -> None:
    rows = len(OURS.read_text(encoding="utf-8").splitlines()) - 1
    result = run("--check", str(OURS))
    assert (result.exit_code, result.stdout) == (0, f"{rows} of {rows} dates agree\n")


def test_given_a_wrong_date_when_the_file_is_checked_then_the_row_is_printed_and_the_sum_is_short(
    tmp_path: Path,
) -> None:
    result = check(
        tmp_path, f"{HEAD}\nfoi,respond,2026-06-01,,,2026-06-29\nfoi,respond,2026-06-01,,,2026-06-30\n"
    )
    disagreement, total = result.stdout.splitlines()
    assert result.exit_code == 1
    assert disagreement.startswith("line 2: foi respond from 2026-06-01: expected 2026-06-29")
    assert "worked out 2026-06-30" in disagreement
    assert total == "1 of 2 dates agree"


@pytest.mark.parametrize(
    ("row", "agrees"),
    [
        ("corporate,stage1_respond,2026-06-01,2026-06-02,2026-06-03,", True),
        ("corporate,stage1_respond,2026-06-01,2026-06-02,2026-06-03,2026-06-15", False),
        ("dp-complaint,acknowledge,2026-06-18,,,", True),
        ("no-such,acknowledge,2026-06-18,,,", True),
        ("foi,respond,2026-06-01,2026-06-03,,", True),
        ("foi,respond,2026-06-01,,,", False),
        ("foi,respond,yesterday,,,", False),
        ("foi,respond,2026-06-01,,2026-06-03,", False),
        ("foi,respond,2026-06-01,,,someday", False),
        ("foi,,2026-06-01,,,", False),
        ("foi,respond", False),
    ],
)
def test_given_a_row_that_is_refused_when_it_is_checked_then_only_an_empty_date_agrees_and_a_bad_row_never(
    tmp_path: Path, row: str, agrees: bool
) -> None:
    result = check(tmp_path, f"{HEAD}\n{row}\n")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        (0, "1 of 1 dates agree") if agrees else (1, "0 of 1 dates agree")
    )


def test_given_a_file_from_a_spreadsheet_when_it_is_checked_then_marks_quotes_and_empty_lines_do_no_harm(
    tmp_path: Path,
) -> None:
    text = (
        "\ufeffwhy,expected_due,pause_to,pause_from,base_date,clock,regime\r\n"
        '"said ""no"", then\r\nyes",2026-06-30,,,2026-06-01,respond,foi\r\n'
        "\r\n,,,,,,\r\n"
        " , 2026-06-08 ,,, 2026-06-01 , stage1_acknowledge , corporate \r\n"
    )
    result = check(tmp_path, text.encode())
    assert (result.exit_code, result.stdout) == (0, "2 of 2 dates agree\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks the column regime"),
        (
            b"regime,clock,base_date\nfoi,respond,2026-06-01\n",
            "lacks the column pause_from, pause_to, expected_due",
        ),
        (HEAD.encode() + b"\n", "has no dates to check"),
        (HEAD.encode() + b'\nfoi,respond,"2026-06-01,,,', "can't be read"),
        (HEAD.encode() + b"\nfoi,\xff\xfe,2026-06-01,,,\n", "can't be read"),
    ],
)
def test_given_a_file_that_is_none_when_it_is_checked_then_it_exits_2_and_says_why(
    tmp_path: Path, content: bytes, words: str
) -> None:
    result = check(tmp_path, content)
    assert result.exit_code == 2
    assert words in result.stderr


def test_given_no_such_file_or_more_than_a_file_when_it_is_checked_then_it_exits_2(tmp_path: Path) -> None:
    missing = run("--check", str(tmp_path / "none.csv"))
    assert (missing.exit_code, "can't be read" in missing.stderr) == (2, True)
    more = run("foi", "--check", str(OURS))
    assert (more.exit_code, "nothing else" in more.stderr) == (2, True)
