"""All costumes: of work and history, of the stage and of sport."""

from __future__ import annotations

from thumbnb.render.figures.wardrobe.costumes import COSTUMES as _OF_WORK_AND_HISTORY
from thumbnb.render.figures.wardrobe.stage_costumes import STAGE_COSTUMES
from thumbnb.render.figures.wardrobe.work_costumes import WORK_COSTUMES

COSTUMES = {**_OF_WORK_AND_HISTORY, **STAGE_COSTUMES, **WORK_COSTUMES}
"""By name, as ``Figure.clothes`` names them."""
