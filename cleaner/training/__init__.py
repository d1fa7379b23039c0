"""Training of the shipped models: a corpus folder in, weights and a card out. Needs the extra `train` (LightGBM)."""
