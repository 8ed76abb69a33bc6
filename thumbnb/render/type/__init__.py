"""Words on the image: fonts, typesetting, legibility."""
