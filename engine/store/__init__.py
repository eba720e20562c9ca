"""Models on disk: the manifest of one, and the catalogue of all that can be found."""
