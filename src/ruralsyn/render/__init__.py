"""The formats. Each turns content from `ruralsyn.page` into text or a picture and depends on nothing else."""
