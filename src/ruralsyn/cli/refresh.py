"""The command `refresh`: makes the blocks of Markdown files anew, in place, or says which are stale."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ruralsyn.cli.block_texts import BlockTexts
from ruralsyn.cli.memo import Memo
from ruralsyn.cli.memo_files import ENDINGS, folder_of, memo_files
from ruralsyn.cli.new_block import NewBlock
from ruralsyn.cli.own_data import data_files
from ruralsyn.cli.refresh_lines import changes, difference, total
from ruralsyn.cli.streams import remark, write_standard_output
from ruralsyn.dataset.files import STANDARD_INPUT, shown_name
from ruralsyn.errors import DataError, UsageError
from ruralsyn.memo.blocks import opening
from ruralsyn.page.text import visible


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
    _check_options(names, check=check, add=add, after=after, data=data or data_files())
    texts = BlockTexts(data or data_files(), only=only_data)
    files = memo_files(names)
    new = None if add is None else _new_block(add, after, texts, files)
    memos = [Memo(name, texts, force=force, new=new) for name in files]
    if not (check or diff):
        for memo in memos:
            memo.write()
    _print(memos, check=check, diff=diff)
    _say_without_blocks(names, memos)
    problems = tuple(problem for memo in memos for problem in memo.problems)
    if problems:
        raise DataError(_kept(memos), problems)
    return int((check or diff) and any(memo.stale for memo in memos))


def _check_options(
    names: Sequence[str], *, check: bool, add: str | None, after: str | None, data: Sequence[str]
) -> None:
    """Raise UsageError for options that cannot be used together."""
    if STANDARD_INPUT in names and len(names) > 1:
        raise UsageError("'-' is standard input, which goes to standard output; name no other file with it.")
    if STANDARD_INPUT in names and STANDARD_INPUT in data:
        raise UsageError("standard input cannot be both the file and its data.")
    if after is not None and add is None:
        raise UsageError("--after says where --add puts a block. Use both.")
    if check and add is not None:
        raise UsageError("--check changes nothing, so it takes no --add. --diff shows what --add would do.")
    missing = [name for name in names if name != STANDARD_INPUT and not os.path.lexists(name)]
    if add is not None and missing:
        hint = "Put all words of --add between quotation marks. " if len(names) > 1 else ""
        raise UsageError(f"there is no file '{missing[0]}'. {hint}Nothing has changed.")


def _new_block(add: str, after: str | None, texts: BlockTexts, files: Sequence[str]) -> NewBlock:
    """The block to put into the files. Raises UsageError or DataError if it cannot be made."""
    # Made once before any file has it, because its line is in none of them yet.
    for name in files:
        texts.text(add.strip(), "", folder_of(name))
    return NewBlock(add.strip(), after or "")


def _print(memos: Sequence[Memo], *, check: bool, diff: bool) -> None:
    """Print the differences, a line for each stale block, and how many blocks there are."""
    lines = [line for memo in memos for line in difference(memo)] if diff else []
    if check or not diff:
        told = [memo for memo in memos if check or not memo.problems]
        lines += [line for memo in told for line in changes(memo, check=check)]
        lines += total(memos, check=check)
    if [memo.name for memo in memos] == [STANDARD_INPUT] and not (check or diff):
        for line in lines:  # Standard output has the text.
            remark(line)
    else:
        write_standard_output("".join(f"{visible(line)}\n" for line in lines), on_terminal=False)


def _kept(memos: Sequence[Memo]) -> str:
    """Which files stay as they are; empty if none of them could be read."""
    names = [shown_name(memo.name) for memo in memos if memo.problems and memo.data]
    if not names:
        return ""
    who = names[0] if len(names) == 1 else f"{len(names)} files"
    return f"{who} cannot be made anew and {'stays' if len(names) == 1 else 'stay'} as before:"


def _say_without_blocks(names: Sequence[str], memos: Sequence[Memo]) -> None:
    """Say that there are no blocks, or no files."""
    if not memos:
        remark(f"{', '.join(names)}: no file here ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.")
    elif not any(memo.blocks or memo.problems for memo in memos):
        # Of the files of a commit, most may have none.
        who = f"{shown_name(memos[0].name)} has" if len(memos) == 1 else f"{len(memos)} files have"
        remark(
            f"{who} no blocks. A block begins with {opening('…')}; `ruralsyn help refresh` shows how to put "
            "one in."
        )
