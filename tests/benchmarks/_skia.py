"""skia-python drawing what a viral preset does with a person, for comparison.

The like, not the same: a gradient, a sunburst and dots, a person cut out with glow, shadow and
outline, a headline with a stroke and a shadow, a vignette. Left out is what Skia has no part in:
planning, legibility, grading, sharpening and judging. It draws on the processor, as the compositor
does. Glow, shadow and outline are its image filters, which work at full size.
"""

from __future__ import annotations

import math

import numpy as np
import skia

YELLOW, AMBER, INK = skia.Color(255, 214, 10), skia.Color(245, 150, 0), skia.Color(12, 12, 20)
RAYS, STEP = 24, 14


def draw(person, size, words=("I LEFT EARTH", "FOREVER")):
    """Draw a person (an RGBA image) and words; returns levels (height, width, 4)."""
    width, height = size
    surface = skia.Surface(width, height)
    canvas, middle = surface.getCanvas(), (width * 0.7, height * 0.5)
    k = height / 720
    ground = skia.GradientShader.MakeRadial(middle, width * 0.7, [YELLOW, AMBER])
    canvas.drawPaint(skia.Paint(Shader=ground))
    rays, dots = (
        skia.Paint(AntiAlias=True, Color=0x40FFFFFF),
        skia.Paint(AntiAlias=True, Alphaf=0.2),
    )
    for ray in range(RAYS):
        path = skia.Path().moveTo(*middle)
        for turn in (ray, ray + 0.5):
            angle = 2 * math.pi * turn / RAYS
            path.lineTo(middle[0] + math.cos(angle) * width, middle[1] + math.sin(angle) * width)
        canvas.drawPath(path, rays)
    for y in range(0, height // 2, round(STEP * k)):
        for x in range(0, width // 2, round(STEP * k)):
            canvas.drawCircle(x, height - y, max(0.0, (1 - (x + y) / height) * 5 * k), dots)
    image = skia.Image.fromarray(np.asarray(person), skia.kRGBA_8888_ColorType)
    at = skia.Rect.MakeXYWH(width * 0.45, height * 0.08, height * 0.98, height * 0.98)
    for effect in (
        skia.ImageFilters.DropShadowOnly(0, 0, 26 * k, 26 * k, skia.ColorWHITE),
        skia.ImageFilters.DropShadowOnly(-14 * k, 10 * k, 26 * k, 26 * k, skia.ColorBLACK),
        skia.ImageFilters.ColorFilter(
            skia.ColorFilters.Blend(skia.ColorWHITE, skia.BlendMode.kSrcIn),
            skia.ImageFilters.Dilate(round(7 * k), round(7 * k)),
        ),
        None,
    ):
        paint = skia.Paint(AntiAlias=True, ImageFilter=effect)
        sampling = skia.SamplingOptions(skia.CubicResampler.Mitchell())
        canvas.drawImageRect(image, at, sampling, paint)
    font = skia.Font(skia.Typeface("sans-serif", skia.FontStyle.Bold()), 96 * k)
    for line, text in enumerate(words):
        x, y = 40 * k, (330 + 120 * line) * k
        soft = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 10 * k)
        canvas.drawString(text, x + 6 * k, y + 8 * k, font, skia.Paint(Color=INK, MaskFilter=soft))
        stroke = skia.Paint(AntiAlias=True, Color=INK, Style=skia.Paint.kStroke_Style)
        stroke.setStrokeWidth(18 * k)
        canvas.drawString(text, x, y, font, stroke)
        canvas.drawString(text, x, y, font, skia.Paint(AntiAlias=True, Color=skia.ColorWHITE))
    shade = skia.GradientShader.MakeRadial(
        (width / 2, height / 2), width * 0.65, [0x00000000, 0x80000000]
    )
    canvas.drawPaint(skia.Paint(Shader=shade))
    return surface.toarray()
