"""ruralsyn: what two policy briefs report on rural programmes in Latin America and Africa, as data.

`load()` returns the dataset; `Filter` and the `select_` functions choose records from it:

    >>> import ruralsyn
    >>> dataset = ruralsyn.load()
    >>> finance = ruralsyn.select_effects(dataset, ruralsyn.Filter(domains=("finance",)))
    >>> len(finance)
    8

`request()` returns what a command shows, as typed values:

    >>> table = ruralsyn.request("effects", domains=["finance"])
    >>> ruralsyn.rows_of(table)[0]["outcome"]
    'savings'

A row of `FORMATS` turns it into text:

    >>> ruralsyn.FORMATS["markdown"].render(table).splitlines()[1]
    '## Effects: Finances and risks'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# For type checkers, which do not run `__getattr__` below.
if TYPE_CHECKING:
    from ruralsyn.cli.request import request
    from ruralsyn.dataset.loading import load
    from ruralsyn.dataset.model import (
        Basis,
        Benefit,
        Brief,
        Case,
        Contact,
        Country,
        Dataset,
        DatasetInfo,
        Design,
        Desired,
        Direction,
        Discrepancy,
        Domain,
        Effect,
        Entry,
        Files,
        Finding,
        Lesson,
        Locator,
        Organisation,
        Outcome,
        Programme,
        Project,
        Recommendation,
        RiskOfBias,
        Section,
        Sign,
    )
    from ruralsyn.errors import DataError, OutputError, Problem, RuralsynError, UsageError
    from ruralsyn.evidence.filters import Filter, resolve
    from ruralsyn.evidence.selection import (
        Selection,
        select_cases,
        select_effects,
        select_findings,
        select_lessons,
        select_programmes,
        select_recommendations,
    )
    from ruralsyn.export.frames import to_pandas, to_polars
    from ruralsyn.page.bibliography import Bibliography
    from ruralsyn.page.content import Content, Sentence
    from ruralsyn.page.document import Document, Table
    from ruralsyn.page.grid import Grid
    from ruralsyn.render.citation_styles import STYLES
    from ruralsyn.render.data import rows_of
    from ruralsyn.render.formats import FORMATS

__version__ = "0.1.0"

__all__ = [
    "FORMATS",
    "STYLES",
    "Basis",
    "Benefit",
    "Bibliography",
    "Brief",
    "Case",
    "Contact",
    "Content",
    "Country",
    "DataError",
    "Dataset",
    "DatasetInfo",
    "Design",
    "Desired",
    "Direction",
    "Discrepancy",
    "Document",
    "Domain",
    "Effect",
    "Entry",
    "Files",
    "Filter",
    "Finding",
    "Grid",
    "Lesson",
    "Locator",
    "Organisation",
    "Outcome",
    "OutputError",
    "Problem",
    "Programme",
    "Project",
    "Recommendation",
    "RiskOfBias",
    "RuralsynError",
    "Section",
    "Selection",
    "Sentence",
    "Sign",
    "Table",
    "UsageError",
    "__version__",
    "load",
    "request",
    "resolve",
    "rows_of",
    "select_cases",
    "select_effects",
    "select_findings",
    "select_lessons",
    "select_programmes",
    "select_recommendations",
    "to_pandas",
    "to_polars",
]


_MODULES = (
    "errors",
    "dataset.model",
    "dataset.loading",
    "evidence.filters",
    "evidence.selection",
    "page.document",
    "page.grid",
    "page.bibliography",
    "page.content",
    "render.citation_styles",
    "render.data",
    "render.formats",
    "cli.request",
    "export.frames",
)
"""The modules that define the public names, in the order in which they are searched.

The search imports the modules one after the other, so those that import little come first.
"""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line starts without most of them (PEP 562)."""
    if name in __all__:
        for module in _MODULES:
            found = getattr(import_module(f"ruralsyn.{module}"), name, None)
            if found is not None:
                # Kept in the module, so that Python finds it without this function next time.
                return globals().setdefault(name, found)
    raise AttributeError(f"module 'ruralsyn' has no attribute {name!r}")


def __dir__() -> list[str]:
    # Completion in a Python shell also offers the names that are not imported yet.
    return sorted({*globals(), *__all__})
