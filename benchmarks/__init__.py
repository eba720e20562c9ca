"""Development only: Inkling's engine measured beside llama.cpp (``python3 dev.py bench``)."""
