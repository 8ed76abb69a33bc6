"""What can be painted, by the name the lexicon gives it. Films and backdrops are made of them."""

from thumbnb.render.subjects.aurora import Aurora
from thumbnb.render.subjects.card import Card
from thumbnb.render.subjects.chart import Chart
from thumbnb.render.subjects.city import City
from thumbnb.render.subjects.code import Code
from thumbnb.render.subjects.desert import Desert
from thumbnb.render.subjects.forest import Forest
from thumbnb.render.subjects.gadget import Laptop, Phone, Robot
from thumbnb.render.subjects.gaming import Gaming
from thumbnb.render.subjects.mountains import Mountains
from thumbnb.render.subjects.ocean import Ocean
from thumbnb.render.subjects.office import Office
from thumbnb.render.subjects.rocket import Rocket
from thumbnb.render.subjects.space import Space
from thumbnb.render.subjects.stadium import Stadium
from thumbnb.render.subjects.stage import Stage
from thumbnb.render.subjects.studio import Studio
from thumbnb.render.subjects.subject import Subject
from thumbnb.render.subjects.table import Burger, Coffee, Pizza
from thumbnb.render.subjects.waves import Waves

__all__ = ["SUBJECTS", "Subject"]

SUBJECTS: dict[str, type[Subject]] = {
    "abstract": Waves,
    "aurora": Aurora,
    "burger": Burger,
    "card": Card,
    "chart": Chart,
    "city": City,
    "code": Code,
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
