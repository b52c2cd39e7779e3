"""Markdown files that hold generated blocks: where the blocks are, and what changes in them."""
