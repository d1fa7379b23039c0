"""Judges: a `Page` in, a `Judgement` out. A judge knows nothing of formats."""
