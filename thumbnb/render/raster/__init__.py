"""Painting with numbers: canvas, stencils, brushes, a pen for illustrations."""
