"""The command `refresh`: makes the blocks of Markdown files anew, in place, or says which are stale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from difflib import unified_diff
from functools import cached_property
from pathlib import Path

from ruralsyn.cli.block_request import read_request
from ruralsyn.cli.block_texts import BlockTexts, keys_of
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.cli.memo_files import folder_of, memo_files, read_memo, shown_name
from ruralsyn.cli.own_data import data_files
from ruralsyn.cli.streams import remark, write_standard_output
from ruralsyn.dataset.files import STANDARD_INPUT
from ruralsyn.errors import DataError, OutputError, Problem, RuralsynError, UsageError
from ruralsyn.evidence.names import FEW, nearest, suggestion
from ruralsyn.memo.blocks import Block, blocks_in, is_current, opening, with_block, with_contents
from ruralsyn.memo.changes import changes_in
from ruralsyn.memo.headings import headings_in
from ruralsyn.memo.lines import Lines
from ruralsyn.page.text import visible
from ruralsyn.record import Record

_HYPHENS = re.compile(r"--([a-z][\w-]*)")
LONGEST_REQUEST = 80


def run_refresh(
    *names: str,
    check: bool,
    diff: bool,
    add: str | None,
    after: str | None,
    force: bool,
    data: tuple[str, ...],
    only_data: bool,
) -> int:
    """Make the blocks of the files anew, and print a line for each that changed. Returns the exit code.

    With `check` or `diff` no file changes, and the exit code is 1 if a block is stale. Raises UsageError for
    options that cannot be used together, and DataError with every fault: a file with a fault stays as it is.
    """
    _check_options(names, check=check, add=add, after=after, data=data)
    texts = BlockTexts(data or data_files(), only=only_data)
    files = memo_files(names)
    addition = _addition(add, after, texts, files)
    memos = [Memo(name, texts, force=force, addition=addition) for name in files]
    only_looks = check or diff
    if not only_looks:
        for memo in memos:
            memo.write()
    _print(memos, check=check, diff=diff)
    _say_without_blocks(names, memos)
    problems = tuple(problem for memo in memos for problem in memo.problems)
    if problems:
        raise DataError(_stay(memos), problems)
    return int(only_looks and any(memo.stale for memo in memos))


def _stay(memos: Sequence[Memo]) -> str:
    """What becomes of the files with a fault; empty if none of them could be read."""
    faulty = [memo for memo in memos if memo.problems and memo.data]
    if len(faulty) == 1:
        return f"{shown_name(faulty[0].name)} stays as it was, because of what follows."
    return f"{len(faulty)} files stay as they were, because of what follows." if faulty else ""


def _check_options(
    names: Sequence[str], *, check: bool, add: str | None, after: str | None, data: Sequence[str]
) -> None:
    if STANDARD_INPUT in names and len(names) > 1:
        raise UsageError("'-' is standard input, which goes to standard output; name no other file with it.")
    if STANDARD_INPUT in names and STANDARD_INPUT in (data or data_files()):
        raise UsageError("standard input cannot be both the file and its data.")
    if after is not None and add is None:
        raise UsageError("--after says where --add puts a block. Use both.")
    if check and add is not None:
        raise UsageError("--check changes nothing, so it takes no --add. --diff shows what --add would do.")


class Addition(Record):
    """A block to put into a file: what it asks for, and the heading that it follows; empty for the end."""

    request: str
    after: str


def _addition(
    request: str | None, after: str | None, texts: BlockTexts, files: Sequence[str]
) -> Addition | None:
    """The block to put into the files. Raises UsageError or DataError if it cannot be made."""
    if request is None:
        return None
    # Made once before any file has it, because its line is in none of them yet.
    for name in files:
        texts.text(request.strip(), "", folder_of(name))
    return Addition(request.strip(), after or "")


class Memo:
    """A file with its blocks: what they held, what they hold now, and what is wrong."""

    def __init__(self, name: str, texts: BlockTexts, *, force: bool, addition: Addition | None) -> None:
        """`force` also takes blocks that a person has edited."""
        self.name = name
        self.problems: list[Problem] = []
        self._texts = texts
        self._force = force
        self._read(addition)
        self.new = self._made()
        self.problems.sort(key=lambda problem: problem.line or 0)

    def _read(self, addition: Addition | None) -> None:
        self.data, self.old, self._lines, self.blocks = b"", "", Lines(""), list[Block]()
        try:
            self.data, self.old = read_memo(self.name)
            self._lines = Lines(self.old if addition is None else _added(self.old, addition))
            self.blocks, problems = blocks_in(self._lines)
            self.problems += problems
            if addition and not problems and len(self.blocks) == len(blocks_in(Lines(self.old))[0]):
                self.problems.append(Problem((), NO_PLACE, rule="block"))
        except DataError as error:
            self.problems += error.problems
        self.problems = [problem._replace(file=shown_name(self.name)) for problem in self.problems]

    def _made(self) -> list[str]:
        """The new text of each block. What is wrong with one of them becomes a problem."""
        folder = folder_of(self.name)
        keys = keys_of(block.request for block in self.blocks)
        return [self._text(block, key, folder) for block, key in zip(self.blocks, keys, strict=True)]

    def _text(self, block: Block, key: str, folder: Path) -> str:
        try:
            text = self._texts.text(block.request, key, folder)
            _check_place(block)
        except RuralsynError as error:
            self._fault(block, _in_block_words(error))
            return block.text
        if block.edited and block.text != text and not self._force:
            self._fault(block, f"{EDITED} {changes_in(block.text, text)}.")
        return text

    def _fault(self, block: Block, message: str) -> None:
        self.problems.append(Problem((), message, shown_name(self.name), block.line, rule="block"))

    @cached_property
    def stale(self) -> list[tuple[Block, str]]:
        """The blocks that do not hold what they ask for, each with its new text."""
        pairs = zip(self.blocks, self.new, strict=True)
        return [(block, text) for block, text in pairs if not is_current(block, text)]

    @cached_property
    def text(self) -> str:
        """The text of the file with new blocks; the old one if anything is wrong."""
        return self.old if self.problems else with_contents(self._lines, self.blocks, self.new)

    def write(self) -> None:
        """Write the file if anything in it has changed, whole or not at all."""
        from ruralsyn.cli.files import replace_file

        if self.name == STANDARD_INPUT:
            if not self.problems:
                write_standard_output(self.text.encode(), on_terminal=False)
        elif self.text != self.old:
            try:
                self._check_unchanged()
                replace_file(Path(self.name), self.text.encode())
            except OutputError as error:
                message = str(error).removeprefix(f"{Path(self.name)}: ")
                self.problems.append(Problem((), message, shown_name(self.name)))

    def _check_unchanged(self) -> None:
        """Raise OutputError if somebody has changed the file since it was read."""
        with suppress(DataError):
            if read_memo(self.name)[0] == self.data:
                return
        raise OutputError("has been changed while its blocks were made. Run the command again.")


NO_PLACE = (
    "a block cannot be put at the end: what is not closed there, such as code or HTML, would show it as "
    "text. Close it, or say with --after which heading the block follows."
)
EDITED = (
    "a person has edited this block since it was made. Move the edit out of the block, or overwrite it with "
    "--force. Made anew, it would change:"
)


def _check_place(block: Block) -> None:
    """Raise UsageError for what cannot stand in running text."""
    asked = read_request(block.request)
    if block.inline and "|" in block.request:
        raise UsageError("a comment in running text cannot have |, which ends the cell of a table.")
    if block.inline and not asked.inline:
        values = " or ".join(row.name for row in COMMANDS.values() if row.gives == "sentence")
        raise UsageError(
            f"{asked.row.name} gives more than a value, so both comments go on lines of their own. "
            f"In running text, use {values}."
        )


def _in_block_words(error: RuralsynError) -> str:
    """What is wrong with a block, in the words of blocks, on one line."""
    if isinstance(error, DataError) and error.problems:
        more = len(error.problems) - 1
        others = f" `ruralsyn validate` lists {more} more." if more else ""
        return f"the data cannot be used: {error.problems[0]}{others}"
    return " ".join(_HYPHENS.sub(r"\1", str(error)).split())


def _added(text: str, addition: Addition) -> str:
    """The text with a block. Raises DataError if the heading is not there, or several times."""
    lines = Lines(text)
    if not addition.after:
        return with_block(lines, addition.request, len(text))
    headings = headings_in(lines)
    found = [heading for heading in headings if heading.is_called(addition.after)]
    if len(found) == 1:
        return with_block(lines, _with_level(addition.request, found[0].level), found[0].end)
    if found:
        where = " and ".join(str(heading.line) for heading in found)
        message = f"has the heading '{addition.after}' on lines {where}. Make one of them different first."
    else:
        texts = [heading.text for heading in headings]
        near = suggestion(nearest(addition.after.lstrip("# "), texts))
        every = f"Its headings are {', '.join(texts)}." if 0 < len(texts) <= FEW else ""
        message = f"has no heading '{addition.after}'. {near or every}"
    raise DataError("", (Problem((), message.strip(), rule="block"),))


def _with_level(request: str, level: int) -> str:
    """The request for a block below a heading of this level, unless it says itself what headings it has."""
    asked = read_request(request)
    has_level = any(option.name == "heading_level" for option in asked.row.all_options)
    if not has_level or {"heading_level", "title"} & asked.options.keys() or level in (1, 6):
        return request
    return f"{request} heading-level={level + 1}"


# Printing ---------------------------------------------------------------------------------------------------


def _print(memos: Sequence[Memo], *, check: bool, diff: bool) -> None:
    """Print the differences, a line for each stale block, and how many blocks there are."""
    lines = [line for memo in memos for line in _difference(memo)] if diff else []
    if check or not diff:
        sound = [memo for memo in memos if not memo.problems]
        lines += [line for memo in sound for line in _changes(memo, check=check)]
        lines += _total(memos, check=check)
    text = "".join(f"{visible(line)}\n" for line in lines)
    if [memo.name for memo in memos] == [STANDARD_INPUT] and not (check or diff):
        for line in lines:  # Standard output has the text.
            remark(line)
    else:
        write_standard_output(text, on_terminal=False)


def _difference(memo: Memo) -> Iterator[str]:
    """The differences of a file as `diff -u` prints them."""
    name = shown_name(memo.name)
    # `patch` takes a name up to the first blank, unless a tab follows.
    tab = "\t" if " " in name else ""
    old, new = map(_diff_lines, (memo.old, memo.text))
    return unified_diff(old, new, f"{name}{tab}", f"{name} (made anew){tab}", lineterm="")


def _diff_lines(text: str) -> list[str]:
    """The lines of a text for `diff -u`, which says of a last line whether its end is missing."""
    *lines, last = re.split(r"\r\n|\r|\n", text)
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines


def _changes(memo: Memo, *, check: bool) -> Iterator[str]:
    """A line for each block that is stale or was made anew, with what changed."""
    for block, text in memo.stale:
        request = " ".join(block.request.split())
        short = request if len(request) <= LONGEST_REQUEST else f"{request[: LONGEST_REQUEST - 2]} …"
        where = f"{shown_name(memo.name)}:{block.line}: {short}"
        if not block.text or not block.made:
            yield f"{where} {'is not made yet' if check else 'is made'}."
        else:
            yield f"{where} {'is stale' if check else 'is made anew'}: {_what(block, text)}."


def _what(block: Block, text: str) -> str:
    if block.inline and len(block.text) + len(text) < SHORT_VALUES:
        return f"{block.text} is now {text}"
    return changes_in(block.text, text)


SHORT_VALUES = 40
"""Two values that are shorter than this together are told whole."""


def _total(memos: Sequence[Memo], *, check: bool) -> list[str]:
    """How many blocks there are, and how many changed."""
    sound = [memo for memo in memos if not memo.problems]
    blocks, stale = sum(len(memo.blocks) for memo in sound), sum(len(memo.stale) for memo in sound)
    if not blocks:
        return []
    files = sum(bool(memo.blocks) for memo in sound)
    faulty = len(memos) - len(sound)
    left = f" {_number(faulty, 'file')} with faults." if faulty else ""
    changed = f"{stale} {'stale' if check else 'made anew'}" if stale else "all current"
    return [f"{_number(blocks, 'block')} in {_number(files, 'file')}, {changed}.{left}"]


def _number(number: int, noun: str) -> str:
    # In digits, as in logs of other programs.
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _say_without_blocks(names: Sequence[str], memos: Sequence[Memo]) -> None:
    """Say that the one file that a person named has no blocks, or that a folder has no files."""
    if not memos:
        remark(f"{', '.join(names)}: no file here ends in .md, .qmd or .Rmd.")
    # Of several files, such as those of a commit, most may have none.
    for memo in memos if len(names) == 1 else ():
        if memo.name in names and not memo.blocks and not memo.problems:
            remark(
                f"{shown_name(memo.name)} has no blocks. A block begins with {opening('…')}; "
                "`ruralsyn help refresh` shows how to put one in."
            )
