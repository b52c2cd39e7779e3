"""The command `answer`: the sentence with which another command answers, alone."""

from __future__ import annotations

from collections.abc import Sequence

from ruralsyn.cli.commands import ANSWERING, Command
from ruralsyn.errors import UsageError
from ruralsyn.evidence.filters import FIELDS, Filter
from ruralsyn.page.content import Content, Sentence
from ruralsyn.page.document import Column, Document, Table
from ruralsyn.page.grid import Grid

COLUMNS = (Column("command", "Command"), Column("answer", "Answer"))


def check_asked(asked: Command, chosen: Filter) -> None:
    """Raise UsageError for a command without a sentence that answers.

    The same for a filter that the command does not take, as on a line of its own.
    """
    if asked.name not in ANSWERING:
        listing = ", ".join(ANSWERING)
        raise UsageError(f"{asked.name} has no answer in a sentence. Those that have are {listing}.")
    for name in chosen.active():
        if name not in asked.fields():
            flag = FIELDS[name].flags[0]
            raise UsageError(
                f"{asked.name} has no option {flag}. `ruralsyn {asked.name} -h` lists the options."
            )


def answer_of(content: Content, words: Sequence[str]) -> Sentence:
    """The sentence above what a command shows. The words are the command and its arguments.

    If nothing matches, it is the text that the command shows for an empty table.

    Raises UsageError if there is no sentence, as on a page of several records.
    """
    if isinstance(content, Grid):
        content = content.table
    said = content.lead if isinstance(content, Table | Document) else ""
    if isinstance(content, Table) and not said:
        said = content.empty
    if not said:
        raise UsageError(f"`ruralsyn {' '.join(words)}` does not begin with a sentence that answers.")
    return Sentence(said, Table("answer", "", COLUMNS, ((words[0], said),)))
