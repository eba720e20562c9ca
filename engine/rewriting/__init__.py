"""Rewriting: actions as readable files, long texts piece by piece, and guards over the results."""
