"""Many inputs: which files are read, where each output goes, and the run over them."""
