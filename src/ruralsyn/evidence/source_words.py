"""The words for the sources: those of the briefs, or those that hold for sources of any kind."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property

from ruralsyn.dataset.model import Dataset
from ruralsyn.page.wording import capital
from ruralsyn.record import Record


class SourceWords(Record, kw_only=True):
    """What sentences call the sources, and what they may claim of them."""

    brief: str
    """One source."""
    location: str
    """Where in a source a statement stands."""
    unclassified: str
    """What is said of a case that no source classifies."""
    no_findings: str
    """What is said of a case without findings."""
    reported: str
    """How a synthesis is reported."""
    wanted_fall: str
    """An example of an outcome that is better if it falls."""
    unit: str
    """What a case is."""
    blanks: str
    """What a map marks besides directions."""
    briefs: str
    """Several sources."""
    work: str
    """What kind of work a source is."""
    briefs_grouping: str
    """What the domains come from."""
    brief_counting: str
    """The source of the number of programmes."""
    uncovered: str
    """Why a case has no findings."""
    directions_only: str
    """What is not said of effects."""
    limits: str
    """The same in a report."""
    sizes_unknown: str
    quality_unknown: str
    found: str
    """Which effects there are; a blank follows from it."""
    unnamed: str
    """What the text that supports a sign lacks."""
    but_unnamed: str
    untested: str
    """Why effects say nothing about types of coordination."""
    synergy: str
    included: str
    """Which effects a synthesis includes."""
    heterogeneity: str
    certainty: str
    limitations: str

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The words by their names, and with a capital by their names with a capital."""
        small = {spec.name: str(getattr(self, spec.name)) for spec in fields(self)}
        return small | {name.capitalize(): capital(word) for name, word in small.items()}


BRIEFS = SourceWords(
    brief="brief",
    location="paragraph",
    unclassified="not analysed",
    no_findings="not analysed",
    reported=" and reported following the SWiM guideline (Campbell et al. 2020)",
    wanted_fall="a fall in poverty",
    unit="a combination of programmes in a country",
    blanks=", two kinds of blank cells and marks for cells whose direction depends on a missing sign",
    briefs="briefs",
    work="policy brief",
    briefs_grouping="the general-results brief",
    brief_counting="the institutional brief",
    uncovered="the institutional brief does not cover the case",
    directions_only="the briefs give only the direction of effects. They say nothing about size, "
    "significance or outcomes that did not change.",
    limits="the briefs give only the direction of effects. They say nothing about size, significance, study "
    "design or outcomes that did not change. A blank is not a zero.",
    sizes_unknown="the briefs print no sizes",
    quality_unknown="the briefs do not report sizes, significance or the quality of the evidence",
    found="the briefs list the effects that were found",
    unnamed=", without naming the case",
    but_unnamed=" but does not name the case",
    untested="the cases differ in more than their coordination, and the briefs do not test what difference "
    "coordination made.",
    synergy="'Synergy' is the briefs' word. ",
    included="every effect in the brief",
    heterogeneity="Where the briefs themselves say why effects differ, this is recorded among the lessons "
    "and findings. ",
    certainty="Cannot be assessed: the briefs give no designs, sample sizes, estimates or risk of bias.",
    limitations="There are only two briefs, both from one project. They list the effects that were found, "
    "not those that were looked for. Some effects have no printed sign. Interventions are labelled "
    "inconsistently. Directions say nothing about size or significance. The authors of the dataset decided "
    "which direction is good for the household; the briefs do not say so for every outcome.",
)
"""The words for the bundled data alone."""

ONLY_DIRECTIONS = "only directions are given, not sizes or significance. A blank is not a null result."
"""What data of any kind does not say, in a view and in a report."""

SOURCES = SourceWords(
    brief="source",
    location="place",
    unclassified="not stated",
    no_findings="none",
    reported="",
    wanted_fall="a fall in what is unwanted",
    unit="a study, or a combination of programmes in a country",
    blanks="",
    briefs="sources",
    work="work",
    briefs_grouping="the dataset",
    brief_counting="the source",
    uncovered="the sources do not say how the case coordinated",
    directions_only=ONLY_DIRECTIONS,
    limits=ONLY_DIRECTIONS,
    sizes_unknown="only directions are recorded",
    quality_unknown="they show directions, not sizes or significance",
    found="the data has only the effects that were recorded",
    unnamed="",
    but_unnamed="",
    untested="the cases may differ in more than their coordination, so no difference in effects can be "
    "attributed to it.",
    synergy="",
    included="every effect in the data",
    heterogeneity="",
    certainty="Not assessed here.",
    limitations="The data has only the effects that were recorded, not all that were looked for. Directions "
    "say nothing about size or significance. The dataset decides which direction is good for the household; "
    "the sources need not say so.",
)
"""The words for any other data: they claim only what holds for all data of this form."""


def source_words(dataset: Dataset) -> SourceWords:
    """The words for the sources of a dataset: those of the briefs if no further file is in play."""
    files = dataset.files
    return BRIEFS if files.bundled and not files.names else SOURCES


def worded(dataset: Dataset, text: str, **values: object) -> str:
    """The text with the dataset's words for `{brief}`, `{briefs}` and the others, and with the values.

    The name of a word with a capital, such as `{Brief}`, gives the word with a capital.
    """
    return in_words(source_words(dataset), text, **values)


def in_words(words: SourceWords, text: str, **values: object) -> str:
    """The text with these words and values filled in, as `worded` fills it in."""
    return text.format(**words.by_name, **values)
