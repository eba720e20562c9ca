"""Training and its reference model; everything here needs the extra ``train`` (torch)."""
