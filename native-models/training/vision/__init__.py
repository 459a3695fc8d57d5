"""The starter vision encoder: pictures and captions in one space."""
