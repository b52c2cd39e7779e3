"""A memo: a Markdown file with its blocks, what they held, what they hold now, and what is wrong."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path

from ruralsyn.cli.block_request import check_place, in_block_words
from ruralsyn.cli.block_texts import BlockTexts, keys_of
from ruralsyn.cli.memo_files import folder_of, is_markdown
from ruralsyn.cli.new_block import NewBlock, with_new_block
from ruralsyn.cli.streams import write_standard_output
from ruralsyn.dataset.files import STANDARD_INPUT, read_bytes, shown_name
from ruralsyn.errors import DataError, OutputError, Problem, RuralsynError
from ruralsyn.memo.blocks import Block, blocks_in, is_current, with_contents
from ruralsyn.memo.changes import HERE, changes_in
from ruralsyn.memo.lines import Lines

EDITED = (
    "a person has edited this block since it was made. Move the edit out of the block, or overwrite it with "
    "--force."
)


class Memo:
    """A file with its blocks. Nothing is written before `write`."""

    def __init__(self, name: str, texts: BlockTexts, *, force: bool, new: NewBlock | None = None) -> None:
        """`force` also takes blocks that a person has edited; `new` is a block to put into the file."""
        self.name = name
        self.faults: list[Problem] = []
        """What keeps blocks from being made."""
        self.edits: list[Problem] = []
        """The blocks that a person has edited, unless they are taken by force."""
        self.data = b""
        """What is in the file, unless it cannot be read."""
        self.blocks: list[Block] = []
        self._stuck: set[int] = set()
        """Where the blocks begin that are edited or cannot be made."""
        self._texts = texts
        self._force = force
        self._lines = Lines("")
        try:
            self._read(new)
        except DataError as error:
            self._add_faults(error.problems)
        keys = keys_of(block.request for block in self.blocks)
        self.new = [self._text(block, key) for block, key in zip(self.blocks, keys, strict=True)]
        """The new text of each block, or the old one if no new one can be made."""

    def _read(self, new: NewBlock | None) -> None:
        self.data = read_bytes(self.name)
        text = self._decoded()
        if text is None and new is None:
            return
        if text is None:
            raise DataError("", (Problem((), NOT_TEXT, rule="file"),))
        self._lines = Lines(text if new is None else with_new_block(text, new))
        self.blocks, problems = blocks_in(self._lines)
        self._add_faults(problems)

    def _decoded(self) -> str | None:
        """The text of the file, with its byte order mark; None if it is no text and seems to have no blocks.

        Raises DataError for a file with blocks that is not in UTF-8, and for one that is not Markdown.
        """
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            # Without the bytes that UTF-16 has between the letters.
            has_blocks = b"ruralsyn:" in self.data.replace(b"\0", b"").lower()
            if not has_blocks and (is_markdown(self.name) or self.name == STANDARD_INPUT):
                return None
            line = self.data.count(b"\n", 0, error.start) + 1
            raise DataError("", (Problem((), NOT_TEXT, line=line, rule="file"),)) from None

    def _text(self, block: Block, key: str) -> str:
        try:
            text = self._texts.text(block.request, key, folder_of(self.name))
            check_place(block.request, inline=block.inline)
        except RuralsynError as error:
            self._add_faults([Problem((), in_block_words(error), line=block.line, rule="block")])
            self._stuck.add(block.start)
            return block.text
        if block.edited and block.text != text and not self._force:
            message = f"{EDITED} It has {changes_in(block.text, text, HERE)}."
            self.edits.append(Problem((), message, shown_name(self.name), block.line, rule="edited"))
            self._stuck.add(block.start)
        return text

    def _add_faults(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.faults += [problem._replace(file=shown_name(self.name)) for problem in problems]

    @property
    def problems(self) -> list[Problem]:
        """What keeps the file as it is, in the order of lines."""
        return sorted((*self.faults, *self.edits), key=lambda problem: problem.line or 0)

    @cached_property
    def stale(self) -> list[tuple[Block, str]]:
        """The blocks that do not hold what they ask for, each with its new text.

        Those that a person has edited and those that cannot be made are not among them.
        """
        return [
            (block, text)
            for block, text in zip(self.blocks, self.new, strict=True)
            if block.start not in self._stuck and not is_current(block, text)
        ]

    @property
    def old(self) -> str:
        """The text of the file as it is."""
        return self.data.decode("utf-8", "replace")

    @cached_property
    def text(self) -> str:
        """The text of the file with new blocks, edited ones too; the old one if a block cannot be made."""
        return self.old if self.faults else with_contents(self._lines, self.blocks, self.new)

    def write(self) -> None:
        """Write the file if anything in it has changed, whole or not at all.

        What goes wrong becomes a fault.
        """
        if self.problems:
            return
        new = self.text.encode() if self.blocks else self.data
        if self.name == STANDARD_INPUT:
            write_standard_output(new, on_terminal=False)
        elif new != self.data:
            try:
                self._replace(new)
            except OutputError as error:
                message = str(error).removeprefix(f"{Path(self.name)}: ")
                self._add_faults([Problem((), message, rule="file")])

    def _replace(self, new: bytes) -> None:
        """Replace the file. Raises OutputError if it cannot be written, or has been changed meanwhile."""
        from ruralsyn.cli.files import replace_file

        with suppress(DataError):
            if read_bytes(self.name) == self.data:
                replace_file(Path(self.name), new)
                return
        raise OutputError("has been changed while its blocks were made. Run the command again.")


NOT_TEXT = "is not text in UTF-8. Name a Markdown file, saved as UTF-8."
