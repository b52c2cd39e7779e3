"""The reference list of a document, with one line for each work."""

from __future__ import annotations

from ruralsyn.page.document import References


def reference_list(block: References) -> list[str]:
    """The references in APA style, one line each, in the order of a reference list."""
    # Imported here: only documents with references need the citation styles.
    from ruralsyn.render.citation_styles import apa_lines

    return apa_lines(block.references)
