"""Builders: what is kept of a page, as the blocks of a `Document`."""
