"""How a decoded frame is shown: turned, cropped, in sRGB, without combs."""
