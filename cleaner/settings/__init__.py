"""Settings: what the command line, the environment and settings files say, made into the options for each file."""
