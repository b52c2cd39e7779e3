"""Faults of files: each is told once with its line, and none follows from another."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ruralsyn import DataError, load
from ruralsyn.cli.validate import problems_of
from ruralsyn.dataset.loading import bundled_path, examine
from ruralsyn.dataset.model import Locator
from ruralsyn.dataset.validation import locators_exist
from ruralsyn.errors import MOST_FAULTS, Problem

THIRTY = Path(__file__).parents[1] / "data" / "thirty-faults.toml"
SOURCE = '[briefs.own]\ntitle = "Own"\n'
CASE = f'{SOURCE}[cases.own]\ncountry = "peru"\ntitle = "Own case"\nsource = ["own"]\n'


def planted(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for words in line.split("# !! ")[1:]:
            yield number, words.strip()


def test_thirty_faults_get_thirty_messages_on_their_lines() -> None:
    expected = list(planted(THIRTY.read_text(encoding="utf-8")))
    _, problems = examine(THIRTY)
    found = [(problem.line, str(problem)) for problem in problems]
    for (line, words), (found_line, message) in zip(expected, found, strict=False):
        assert (found_line, words in message) == (line, True), f"{message}\nand not {line}: {words}"
    assert len(found) == len(expected) >= 30


def faults_of(tmp_path: Path, text: str, *others: str) -> tuple[Problem, ...]:
    paths = []
    for number, content in enumerate((text, *others)):
        paths.append(tmp_path / f"file-{number}.toml")
        paths[-1].write_text(content, encoding="utf-8")
    return examine(*paths)[1]


def test_two_files_with_one_record_are_both_named(tmp_path: Path) -> None:
    (problem,) = faults_of(tmp_path, CASE, f"\n\n{CASE.replace('briefs.own', 'briefs.other')}")
    first, second = tmp_path / "file-0.toml", tmp_path / "file-1.toml"
    assert str(problem).startswith(f"{second}:5: cases.own: is already in {first}:3;")


def test_the_file_that_is_at_fault_is_blamed(tmp_path: Path) -> None:
    wrong = CASE.replace('"peru"', '"atlantis"')
    more = '[cases.own.effects.savings]\ndirection = "increase"\nsource = ["own/p. 3"]\n'
    (problem,) = faults_of(tmp_path, wrong, more)
    assert (problem.file, problem.line) == (str(tmp_path / "file-0.toml"), 4)
    (problem,) = faults_of(tmp_path, more, CASE.replace('title = "Own case"\n', ""))
    assert (problem.file, problem.line) == (str(tmp_path / "file-1.toml"), 3)
    (problem,) = faults_of(tmp_path, CASE, more.replace("increase", "rise"))
    assert (problem.file, problem.line) == (str(tmp_path / "file-1.toml"), 2)


@pytest.mark.parametrize("only", [False, True])
def test_what_a_file_says_of_itself_is_checked_in_that_file(tmp_path: Path, only: bool) -> None:
    fine, wrong = tmp_path / "fine.toml", tmp_path / "wrong.toml"
    fine.write_text('[dataset]\ntitle = "Fine"\n', encoding="utf-8")
    wrong.write_text(f'{CASE}[dataset]\ntittle = "Wrong"\n', encoding="utf-8")
    for files in ((wrong,), (fine, wrong), (wrong, fine)):
        (problem,) = examine(*files, only=only)[1]
        assert str(problem) == f"{wrong}:8: dataset.tittle: is not a field here; did you mean `title`?"


def test_an_id_that_is_the_name_of_another_record_is_told_of_the_record(tmp_path: Path) -> None:
    other = CASE.replace(SOURCE, "").replace("cases.own", "cases.own-case").replace("Own case", "Other")
    (problem,) = faults_of(tmp_path, CASE + other)
    assert (problem.path, problem.line) == (("cases", "own-case"), 7)
    (problem,) = faults_of(tmp_path, f'{CASE}{other}aliases = ["x", "OWN"]\n'.replace("own-case", "b"))
    assert problem.path == ("cases", "b", "aliases")


@pytest.mark.parametrize("doi", ["https://doi.org/10.1/x", "doi:10.1/x", "none"])
def test_a_doi_has_no_address(tmp_path: Path, doi: str) -> None:
    (problem,) = faults_of(tmp_path, CASE.replace(SOURCE, f'{SOURCE}doi = "{doi}"\n'))
    assert (problem.path, problem.line) == (("briefs", "own", "doi"), 3)
    assert faults_of(tmp_path, CASE.replace(SOURCE, f'{SOURCE}doi = "10.1/x"\n')) == ()


def test_names_without_letters_are_no_shared_names(tmp_path: Path) -> None:
    other = CASE.replace(SOURCE, "").replace("cases.own", "cases.other")
    text = CASE.replace("Own case", "🌾") + other.replace("Own case", "🐐")
    assert faults_of(tmp_path, text) == ()


def test_a_section_without_paragraphs_is_told_once(tmp_path: Path) -> None:
    text = CASE.replace('["own"]', '["own/s/1"]') + '[briefs.own.sections.s]\ntitle = "S"\nparagraphs = 0\n'
    (problem,) = faults_of(tmp_path, text)
    assert problem.path == ("briefs", "own", "sections", "s", "paragraphs")


def test_a_file_adds_effects_to_a_case_of_another(tmp_path: Path) -> None:
    more = '[cases.mexico-proinpro.effects.savings]\ndirection = "increase"\nsource = ["own/p. 3"]\n'
    path = tmp_path / "more.toml"
    path.write_text(SOURCE + more, encoding="utf-8")
    dataset = load(path)
    assert list(dataset.cases["mexico-proinpro"].effects) == ["savings"]
    assert dataset.file_of("effects", "mexico-proinpro.savings") == str(path)
    assert dataset.file_of("cases", "mexico-proinpro") is None


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    more = '[cases.own.effects.savings]\ndirection = "increase"\nsource = ["own/p. 3"]\n'
    assert faults_of(tmp_path, more, CASE) == ()
    first, second = tmp_path / "file-0.toml", tmp_path / "file-1.toml"
    dataset = load(first, second)
    assert list(dataset.cases["own"].effects) == ["savings"]
    assert dataset.file_of("effects", "own.savings") == str(first)
    assert dataset.file_of("cases", "own") == str(second)


def test_a_hundred_faults_are_printed_and_the_rest_counted(tmp_path: Path) -> None:
    path = tmp_path / "many.toml"
    path.write_text("".join(f"[cases.c{'x' * n}]\n" for n in range(80)), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert len(caught.value.problems) == 160
    lines = str(caught.value).splitlines()
    assert len(lines) == 1 + MOST_FAULTS + 1
    assert lines[-1] == "… and 60 more."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"x = " + b"[" * 5000, "nested too deeply"),
        (b"a." * 800 + b"b = 1", "a: is not a field here"),
        (b"x = " + b"9" * 5000, "cannot be read"),
        (b"year = 0x" + b"f" * 5000, "is not a field here"),
        (b"\n\nname = \"\xff\"", ":3: is not text in UTF-8"),
        (b"\xff\xfe[\x00c\x00", "is not text in UTF-8"),
        (b"a = 1\r\nb == 2\r\n", ":2: is not valid TOML"),
        (b"[cases\n", ":1: is not valid TOML"),
        (b"cases = 3", "should be a table, not a whole number"),
        (b"[cases]\nx = 3", ":2: cases.x: should be a table"),
        (b"[[cases]]\nx = 3", ":1: cases: should be a table, not an array of tables"),
        (b"  [cases.x]  # indented", ":1: cases.x.country: is missing"),
        (b"[cases.x]\ncountry.name = 'peru'", ":2: cases.x.country: should be text, not a table"),
        (b"# \xe2\x80\xa8\n[cases.x]\ntitle = 3", ":3: cases.x.title: should be text"),
        (b"[cases.x]\nsummary = '''\nkey = 1\n'''\ntitle = 3", ":5: cases.x.title: should be text"),
        (b"[cases.x]\ntitle = 1.5", "should be text, not a number with a decimal point"),
        (b"[cases.x]\ntitle = 1979-05-27", "should be text, not a date"),
        ("[cases.x]\ntitle = '\ufdd0'".encode(), "invisible character U+FDD0"),
        ("[cases.x]\ntitle = 'a\u202eb'".encode(), "invisible character U+202E"),
        (b"[cases.x]\ntitle = \"a\\u001b[31mb\"", "invisible character U+001B"),
        (b"[briefs.x]\ntitle = 'x'\nsections.y = { title = 'y', paragraphs = 0 }", "should be 1 or more"),
    ],
)  # fmt: skip
def test_broken_files_are_told(tmp_path: Path, text: bytes, words: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(text)
    with pytest.raises(DataError) as caught:
        load(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"# nothing\n", b"\xef\xbb\xbf" + CASE.encode()])
def test_an_empty_file_and_marks_of_editors_are_no_faults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert load(path).files.names == (str(path),)


def test_what_is_no_file_is_told_and_nothing_hangs(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, words in (
        (pipe, "it is a device or a pipe"),
        (Path("/dev/zero"), "it is a device or a pipe"),
        (tmp_path, "it is a folder"),
        (tmp_path / "none", "No such file"),
        ("a\x00b", "no file can have this name"),
    ):
        with pytest.raises(DataError, match=words):
            load(path)


def test_a_very_large_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.toml"
    path.write_text(CASE, encoding="utf-8")
    monkeypatch.setattr("ruralsyn.dataset.files.MOST_BYTES", 50)
    monkeypatch.setattr("ruralsyn.dataset.loading.bundled_path", lambda: path)
    with pytest.raises(DataError, match="is larger than"):
        load()


def test_accents_have_one_spelling(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(CASE.replace("Own case", "Nin\u0303os"), encoding="utf-8")
    assert load(path).cases["own"].title == "Ni\u00f1os"


def test_standard_input_is_a_file_too() -> None:
    command = [
        sys.executable,
        "-m",
        "ruralsyn",
        "cases",
        "--data",
        "-",
        "--columns",
        "case,file",
        "-f",
        "csv",
    ]
    done = subprocess.run(command, input=CASE, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "own,standard input"


def mutated(text: str, random_: random.Random) -> str:
    """The text with a few lines or characters changed, as a slip of the hand or a broken editor leaves it."""
    lines = text.splitlines(keepends=True)
    for _ in range(random_.randint(1, 3)):
        place, other = random_.randrange(len(lines)), random_.randrange(len(lines))
        line = lines[place]
        start = random_.randrange(len(line))
        sign = random_.choice('"[]=.\\{}#\n\u2028é0-')
        lines[place] = random_.choice(
            (
                "",
                lines[other] + line,
                line[:start] + sign + line[start:],
                line[:start] + line[start + 1 :],
                line.replace('"', random_.choice(("", "'", "3"))),
            )
        )
        lines = "".join(lines).splitlines(keepends=True)
    return "".join(lines)


NUMBER = int(os.environ.get("RURALSYN_MUTATIONS", "400"))
"""How many broken files are tried; a thorough run sets 20000."""


MORE = """
[cases.own.effects.savings]
direction = "increase"
sample = 30
source = ["own/p. 3"]
[cases.own.findings.x]
levels = ["local"]
role = "enabler"
text = "One."
source = ["own"]
[countries.kenya]
iso2 = "KE"
[outcomes.milk]
name = "Milk"
domain = "income"
desired = "increase"
"""


@pytest.mark.parametrize(("seed", "only"), [(CASE + MORE, False), (THIRTY.read_text("utf-8"), True)])
def test_mutated_files_end_in_messages(tmp_path: Path, seed: str, only: bool) -> None:
    path = tmp_path / "own.toml"
    random_ = random.Random(20)
    faulty = 0
    for _ in range(NUMBER // 2):
        path.write_text(mutated(seed, random_), encoding="utf-8")
        problems = problems_of([str(path)], only=only)
        faulty += bool(problems)
        assert {problem.file for problem in problems} <= {str(path), str(bundled_path())}
        assert not any("\n" in str(problem) for problem in problems)
    assert faulty > NUMBER // 5


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('title = "Cash\nyear = 2016', 1, 'a text is not closed: put a quotation mark (") at its end'),
        ("title = 'Cash\nyear = 2016", 1, "a text is not closed"),
        ("title = 'Cash\"", 1, "a text is not closed"),
        ("a = 1\ntitle = Cash", 2, 'a text needs quotation marks (") around it'),
        ("title = “Cash”", 1, 'use straight quotation marks (") in place of “'),
        ("title =", 1, "the value is missing behind the ="),
        ('source = ["a"\n\n[cases.x]\n', 3, "a list is not closed"),
        ("[cases.x]\n[cases.x]\n", 2, "this head is there already"),
        ("a = 1\na = 2\n", 2, "this field is there already"),
        ("title\n", 1, "a field needs a name, =, and a value"),
        ("[cases.x\n", 1, "a head ends with ]"),
        ('title = "Cash" for all', 1, "something stands behind the value"),
        ('title = "C:\\cash"', 1, "write each backslash twice"),
    ],
)
def test_faults_of_toml_are_told_in_plain_words(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    (problem,) = problems_of([str(path)])
    assert (problem.line, words in problem.message) == (line, True), problem.message


def test_a_case_that_is_misspelt_is_told_as_such(tmp_path: Path) -> None:
    effect = '[cases.owne.effects.savings]\ndirection = "increase"\nsource = ["own"]\n'
    (problem,) = faults_of(tmp_path, CASE + effect)
    assert (problem.line, problem.path) == (7, ("cases", "owne"))
    assert problem.message == "is not in any file, only a part of it is; did you mean `own`?"


def test_two_files_can_define_one_country_alike(tmp_path: Path) -> None:
    kenya = '[countries.kenya]\niso2 = "KE"\n'
    assert faults_of(tmp_path, kenya, kenya) == ()
    # Alike is what the fields say, not how they are written.
    assert faults_of(tmp_path, kenya, '[countries.kenya]\niso3 = "KEN"\nname = "Kenya"\n') == ()
    assert faults_of(tmp_path, '[countries.peru]\niso2 = "PE"\n') == ()
    (problem,) = faults_of(tmp_path, kenya, kenya.replace("iso2", 'note = "Here."\niso2'))
    assert problem.message.endswith("file-0.toml:1; say the same in both, or give one of them another id")


def test_words_that_people_write_are_known(tmp_path: Path) -> None:
    effect = '[cases.own.effects.savings]\ndirection = "no change"\nsource = ["own"]\n'
    (problem,) = faults_of(tmp_path, CASE + effect)
    assert problem.message.endswith("did you mean none?")
    (problem,) = faults_of(
        tmp_path, CASE + '[cases.own.findings.x]\nrole = "reason"\ntext = "One."\nsource = ["own"]'
    )
    assert "mechanism, enabler, obstacle, result, context" in problem.message


def test_many_wrong_ids_are_not_all_compared_with_all_records(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def get_close_matches(value: str, known: Collection[str], n: int, cutoff: float) -> list[str]:
        assert (n, cutoff) == (1, 0.7)
        compared.extend([value] * len(known))
        return [next(iter(known))]

    monkeypatch.setattr("difflib.get_close_matches", get_close_matches)
    monkeypatch.setattr("ruralsyn.dataset.validation.MOST_COMPARED", 100)
    bundled = load()
    first, *_ = bundled.briefs
    places = [Locator(f"wrong-{number % 80}") for number in range(160)]
    cases = {key: replace(case, source=tuple(places)) for key, case in bundled.cases.items()}
    faults = list(locators_exist(replace(bundled, cases=cases)))
    advised = {fault.message for fault in faults if f"did you mean `{first}`?" in fault.message}
    # Two sources to compare with: each id once, until the comparisons are used up.
    assert (len(compared), len(advised), len(faults)) == (100, 50, 160 * len(cases))


def test_what_is_no_record_beside_a_misspelt_one_is_told(tmp_path: Path) -> None:
    problems = faults_of(tmp_path, '[cases]\nx = 3\n[cases.kenia.effects.savings]\ndirection = "increase"\n')
    assert {problem.path for problem in problems} == {
        ("cases", "x"),
        ("cases", "kenia"),
        ("cases", "kenia", "effects", "savings", "source"),
    }


def test_a_file_that_may_stand_alone_gets_that_advice(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[dataset]\ntitle = "Own"\n[domains.finance]\nname = "Money"\n', encoding="utf-8")
    with pytest.raises(DataError, match="add --only-data"):
        load(path)
    assert load(path, only=True).domains["finance"].name == "Money"
