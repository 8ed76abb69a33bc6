"""What can be painted, by the name the lexicon gives it. Films and backdrops are made of them."""

from thumbnb.render.subjects.painted.aurora import Aurora
from thumbnb.render.subjects.painted.card import Card
from thumbnb.render.subjects.painted.chart import Chart
from thumbnb.render.subjects.painted.city import City
from thumbnb.render.subjects.painted.code import Code
from thumbnb.render.subjects.painted.code_rain import CodeRain
from thumbnb.render.subjects.painted.desert import Desert
from thumbnb.render.subjects.painted.forest import Forest
from thumbnb.render.subjects.painted.gadget import Laptop, Phone, Robot
from thumbnb.render.subjects.painted.gaming import Gaming
from thumbnb.render.subjects.painted.mountains import Mountains
from thumbnb.render.subjects.painted.ocean import Ocean
from thumbnb.render.subjects.painted.office import Office
from thumbnb.render.subjects.painted.rocket import Rocket
from thumbnb.render.subjects.painted.space import Space
from thumbnb.render.subjects.painted.stadium import Stadium
from thumbnb.render.subjects.painted.stage import Stage
from thumbnb.render.subjects.painted.studio import Studio
from thumbnb.render.subjects.painted.table import Burger, Coffee, Pizza
from thumbnb.render.subjects.painted.waves import Waves
from thumbnb.render.subjects.place import Place, place_classes
from thumbnb.render.subjects.subject import Subject

__all__ = ["SUBJECTS", "Place", "Subject"]

_PAINTED: dict[str, type[Subject]] = {
    "abstract": Waves,
    "aurora": Aurora,
    "burger": Burger,
    "card": Card,
    "chart": Chart,
    "city": City,
    "code": Code,
    "code-rain": CodeRain,
    "coffee": Coffee,
    "desert": Desert,
    "forest": Forest,
    "gaming": Gaming,
    "laptop": Laptop,
    "mountains": Mountains,
    "music": Stage,
    "ocean": Ocean,
    "office": Office,
    "phone": Phone,
    "pizza": Pizza,
    "robot": Robot,
    "rocket": Rocket,
    "space": Space,
    "sports": Stadium,
    "studio": Studio,
}

SUBJECTS: dict[str, type[Subject]] = {**_PAINTED, **place_classes(_PAINTED)}
"""By name: subjects painted by rules, and places drawn as data."""
