"""The widgets: each stands alone, is composed by its traits, and takes keywords only.

Everything a widget shows it is told through traits; every trait is listed in its
class's text. Requests run on the client's thread, so a widget's own callbacks never wait.
"""

from __future__ import annotations

from thumbnb.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, {"Note": "note"})
