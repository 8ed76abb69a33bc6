"""What an image shows: faces, cut-outs, how it fills a frame."""
