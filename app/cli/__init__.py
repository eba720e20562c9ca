"""The command line. Importing it loads neither Qt nor the engine; each command loads its own."""
