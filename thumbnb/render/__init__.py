"""Pictures from descriptions: a prompt in, pixels out."""

from thumbnb.render.backdrop import backdrop

__all__ = ["backdrop"]
