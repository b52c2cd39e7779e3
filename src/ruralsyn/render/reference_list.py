"""The reference list of a document, a line for each work."""

from __future__ import annotations

from ruralsyn.page.document import References


def reference_list(block: References) -> list[str]:
    """The references in the style of reference lists, which only documents with references need to import."""
    from ruralsyn.render.citation_styles import apa_lines

    return apa_lines(block.references)
