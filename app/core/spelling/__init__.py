"""Spelling with Hunspell dictionaries, without Qt: words, dictionaries, the process that checks."""
