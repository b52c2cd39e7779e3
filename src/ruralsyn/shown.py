"""What Jupyter, Quarto and other notebooks show of an object, and what a Python shell prints."""

from __future__ import annotations

from ruralsyn.lazy import imported


class Shown:
    """An object that shows itself in a notebook as the formats of the command line show it."""

    def _repr_html_(self) -> str:
        """A part of a page, which changes nothing outside of it."""
        return self._in_notebook("ruralsyn.export.notebook:html_of")

    def _repr_markdown_(self) -> str:
        """The same as Markdown, which Quarto prefers."""
        return self._in_notebook("ruralsyn.export.notebook:markdown_of")

    def __repr__(self) -> str:
        # All fields of a dataset are megabytes, and a shell prints each result.
        text = f"<{type(self).__name__}: {self._brief()}>"
        # A terminal would obey the control characters that a title may have.
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)

    def _brief(self) -> str:
        """What it is, in a few words."""
        raise NotImplementedError

    def _in_notebook(self, renderer: str) -> str:
        text: str = imported(renderer)(self)
        return text
