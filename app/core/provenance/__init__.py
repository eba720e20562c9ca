"""Where each part of a text came from: typed, pasted, or accepted from the model."""
