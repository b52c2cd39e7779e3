"""The dataset: what its records are, and how they are read and checked."""
