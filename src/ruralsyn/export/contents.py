"""What an export holds: the selected tables, and what a reader has to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import PurePath

from ruralsyn.dataset.model import Dataset, Effect, Finding, Sign
from ruralsyn.evidence.citing import references
from ruralsyn.evidence.filters import FIELDS, Filter, describe
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.export.tables import Exported, exported_tables, links
from ruralsyn.page.bibliography import Reference
from ruralsyn.page.text import visible
from ruralsyn.page.wording import listed
from ruralsyn.render.citation_styles import apa_lines
from ruralsyn.views.answers import cases_answer, effects_answer, once
from ruralsyn.views.map_notes import general_cautions, selection_cautions
from ruralsyn.views.notes import confounding_caution, dataset_name

Files = dict[str, bytes]
"""The files that an export consists of, by their names."""


class Contents:
    """The selection that an export holds. Each part is made when it is first used."""

    def __init__(self, selection: Selection, name: str, command: str) -> None:
        self.selection = selection
        self.name = name
        """The name of the file or folder that it goes to, without the folders above it."""
        # A name that is not in UTF-8 is none that a file can hold.
        self.command = visible(command)
        """The command line that makes the export."""
        self.missing: dict[str, str] = {}
        """Parts that a format left out, each with the reason."""

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def dataset(self) -> Dataset:
        """The data from which the selection is made."""
        return self.selection.dataset

    @cached_property
    def tables(self) -> tuple[Exported, ...]:
        """The tables of records and vocabulary."""
        return exported_tables(self.selection)

    @cached_property
    def links(self) -> tuple[Exported, ...]:
        """The tables with the items of lists."""
        return tuple(links(self.tables))

    @cached_property
    def filter(self) -> str | None:
        """The filter in words; None if everything is selected."""
        return describe(self.dataset, self.selection.chosen)

    @property
    def title(self) -> str:
        """The title of the data; of bundled data with further files, also the names of these files."""
        files, title = self.dataset.files, self.dataset.dataset.title
        if files.bundled and files.names:
            title = f"{title}, with {listed(PurePath(name).name for name in files.names)}"
        return visible(title)

    @property
    def description(self) -> str | None:
        """What the data is. The description of the bundled data would be wrong of further records."""
        files = self.dataset.files
        several = len(files.names) + files.bundled > 1
        return None if several else self.dataset.dataset.description

    @property
    def source(self) -> str:
        """The data and its version in a few words."""
        return visible(dataset_name(self.dataset))

    @cached_property
    def licences(self) -> tuple[str, ...]:
        """The licences of the bundled data, if it is there, and of further files that name one."""
        files = self.dataset.files
        infos = ((self.dataset.dataset,) if files.bundled else ()) + files.described
        return tuple(dict.fromkeys(visible(info.licence) for info in infos if info.licence))

    @property
    def _unlicensed(self) -> bool:
        """Whether a further file names no licence."""
        files = self.dataset.files
        return sum(bool(info.licence) for info in files.described) < len(files.names)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The works to cite: the sources, and the data."""
        return references(self.dataset)

    @cached_property
    def citations(self) -> tuple[str, ...]:
        """The works to cite in the style of APA 7, one in each line."""
        return tuple(apa_lines(self.references))

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """What the selection says, in sentences that may be quoted alone."""
        # A sentence would claim a filter that does not reach the records for all that it counts.
        found = (
            cases_answer(_reached(self.selection, "cases")),
            effects_answer(_reached(self.selection, "effects")),
        )
        return tuple(visible(sentence) for sentence in found if sentence)

    @cached_property
    def cautions(self) -> tuple[str, ...]:
        """What to keep in mind when the data is used."""
        return tuple(visible(caution) for caution in self._cautions())

    def about(self) -> Iterator[tuple[str, str]]:
        """What the export is, in pairs of a heading and a text."""
        yield "Title", self.title
        yield "Data", self.source
        yield from (("Answer", answer) for answer in self.answers)
        yield "Filter", self.filter or "none"
        yield "Command", self.command
        yield from (("Licence", licence) for licence in self.licences)
        yield from (("Cite", line) for line in self.citations)
        yield from (("Keep in mind", caution) for caution in self.cautions)

    def _cautions(self) -> Iterator[str]:
        dataset, selection = self.dataset, self.selection
        yield worded(dataset, "{Directions_only}")
        yield from _sign_cautions(selection.effects)
        yield from _shared_statements(selection.findings)
        yield from general_cautions(dataset)
        yield (
            "An empty value means that nothing is known or that nothing applies, never zero. On the map, "
            "`not-reported` and `not-evaluated` do not mean that there was no effect."
        )
        yield from filter(None, (confounding_caution(dataset, selection.cases),))
        yield from selection_cautions(selection.chosen)
        if self.licences and self._unlicensed:
            yield UNLICENSED
        if self.filter:
            yield FILTERED


def _reached(selection: Selection, kind: str) -> Selection:
    """The selection with only the filters that can select records of a kind."""
    active = selection.chosen.active()
    chosen = {name: value for name, value in active.items() if FIELDS[name].selects(kind)}
    return Selection(selection.dataset, Filter(**chosen))


def _sign_cautions(effects: Collection[Effect]) -> Iterator[str]:
    """What the columns `sign` and `simulated` mean for whoever counts effects."""
    unprinted = sum(effect.sign is not Sign.PRINTED for effect in effects)
    if unprinted:
        yield (
            f"{unprinted} of the {len(effects)} effects have no printed sign. The column `sign` says how the "
            "direction of each is known; where it is `unresolved`, the direction is only the one recorded."
        )
    if any(effect.simulated for effect in effects):
        yield "Effects whose `simulated` is true are simulations. They are in no count."


def _shared_statements(findings: Sequence[Finding]) -> Iterator[str]:
    """Why there are more rows than findings, for whoever counts them."""
    number = len(once(findings))
    if number < len(findings):
        yield (
            f"The {len(findings)} rows of findings are {number} findings: one that several cases share has a "
            "row for each of them, with the same `statement`."
        )


UNLICENSED = "A licence holds for the data that names it. Not all of the further files name one."

FILTERED = (
    "The filter chooses the records that it can be read from: by domain, for example, effects and the map, "
    "but not cases and findings. What no filter can be read from, such as vocabulary, is all there. The "
    "numbers of effects and findings in the table of cases are those of the whole case."
)
