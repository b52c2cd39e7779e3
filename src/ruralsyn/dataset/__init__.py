"""The dataset: the types of its records, and how its files are read and checked."""
