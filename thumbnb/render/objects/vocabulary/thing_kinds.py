"""Kinds of drawn things: those as large as a house, and those in the sky."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LANDMARKS = frozenset(
    {
        "bank", "barn", "big-ben", "bridge", "capitol", "carousel", "castle", "church", "colosseum",
        "eiffel-tower", "glass-villa", "golden-gate-bridge", "greek-temple",
        "greenhouse", "haunted-house", "house", "iceberg", "igloo", "lighthouse",
        "mount-fuji", "nuclear-plant", "oil-rig",
        "pisa-tower", "pyramids", "skyscraper", "statue-of-liberty", "storefront", "sydney-opera",
        "taj-mahal", "torii-gate", "tower-crane", "volcano", "waterslide", "white-house",
        "log-cabin", "wind-turbine", "windmill",
        "dinosaur-skeleton", "mushroom-cloud", "satellite-dish",
    }
)  # fmt: skip
"""As large as a house: others stand before them."""

AIRBORNE = frozenset(
    {
        "airplane", "balloon", "bat", "cloud", "drone", "eagle", "fighter-jet", "fireworks",
        "helicopter", "hot-air-balloon", "lightning", "meteor", "moon", "parrot", "phoenix",
        "planet", "rain-cloud", "rainbow", "satellite", "sky-lantern", "star", "storm-cloud", "sun",
        "ufo", "vulture", "airship", "eclipse", "propeller-plane", "spaceship", "flying-bird",
        "dying-star", "space-station",
    }
)  # fmt: skip
"""In the sky: above what they are named with."""

AROUND = frozenset({"energy-aura", "window-frame"})
"""What is around somebody drawn, and no thing beside them."""

SHINING = frozenset(
    {
        "energy-blast", "fireball",
        "bunsen-burner", "candle", "crystal-ball", "disco-ball", "energy-aura", "explosion", "fire",
        "fireworks", "ghost", "glowing-eyes", "laser", "light-bulb", "lightning", "magic-wand",
        "moon", "phoenix", "portal", "potion", "ring-light", "siren", "spotlight", "star", "sun",
        "torch", "eclipse", "mushroom-cloud", "lantern",
    }
)  # fmt: skip
"""What gives light itself: no place dims it."""

LIT = frozenset(
    {
        "fireplace", "haunted-house", "jack-o-lantern", "lamp", "lighthouse", "robot",
        "street-lamp", "ufo", "volcano",
    }
)  # fmt: skip
"""What has lamps or lit windows in it: these stay bright in the dark."""

ANIMATE = frozenset(
    {
        "kaiju", "mech", "nightmare", "tentacles", "alien", "baby-dragon", "block-creature",
        "ghost-girl", "golem", "skeleton", "troll", "bear", "bull", "cat", "chicken", "cow",
        "dinosaur",
        "dragon", "duck", "elephant", "fox", "frog", "ghost", "giraffe", "gorilla", "hamster",
        "horse", "koala", "lion", "monkey", "monster", "mouse", "mummy", "octopus", "owl", "panda",
        "penguin", "pig", "puppy", "rabbit", "robot", "robot-dog", "shadow-figure", "shark",
        "sheep", "squirrel", "zombie", "vulture", "polar-bear", "flying-bird",
    }
)  # fmt: skip
"""What can do somebody's work: a robot teacher is a robot."""

EATEN = frozenset(
    {
        "apple", "avocado", "banana", "beer", "birthday-cake", "bread", "burger", "burrito",
        "carrot", "champagne", "cheese", "chicken-leg", "chocolate", "cocktail", "coffee", "cookie",
        "cupcake", "curry", "donut", "egg", "fries", "hot-dog", "ice-cream", "juice", "milk",
        "mushroom", "orange", "pancakes", "pizza", "popcorn", "ramen", "salad", "soda", "spaghetti",
        "steak", "strawberry", "sushi", "taco", "tomato", "waffles", "watermelon", "wedding-cake",
        "wine", "milkshake", "omelette", "roast-turkey", "soup", "vegetables", "whole-fish",
        "skewers", "hot-sauce", "pizza-peel",
    }
)  # fmt: skip
"""Food and drink: of two that go together, one is the smaller."""

_CODE = re.compile(r"twemoji-([0-9a-f]{4,5})")
_FOOD = (range(0x1F32D, 0x1F330), range(0x1F345, 0x1F380), range(0x1F950, 0x1F970),
         range(0x1F9C0, 0x1F9CC), range(0x1FAD0, 0x1FADA))  # fmt: skip


def is_food(name: str) -> bool:
    """Whether a drawing, ours or of the long tail, is of food or drink."""
    found = _CODE.fullmatch(name)
    return name in EATEN or bool(found and any(int(found[1], 16) in codes for codes in _FOOD))


HELD = EATEN | frozenset(
    {
        "missing-poster", "staff", "american-football", "apron", "arrow-down", "arrow-up", "axe",
        "trident", "baby", "baby-bottle", "backpack", "ball", "balloon", "banknote", "banknotes",
        "barcode",
        "baseball", "basketball", "beach-ball", "binoculars", "bitcoin", "blanket", "blueprint",
        "bomb", "bone", "book", "books", "bow-and-arrow", "bowling", "briefcase", "broom", "bucket",
        "calculator", "calendar", "camera", "candle", "car-key", "cash-stack", "cast-iron-pan",
        "chainsaw", "charging-cable", "chess-king", "chess-knight", "cigar", "circuit-board",
        "clapperboard", "clothes-iron", "coin", "coins", "comb", "compass", "computer-mouse",
        "cooking-pot", "cream-jar", "credit-card", "crown", "crystal-ball", "cutting-board",
        "diamond", "diaper", "dice", "document", "doll", "dollar-sign", "drill", "drone",
        "dumbbell", "earbuds", "easter-egg", "electric-guitar", "empty-wallet", "envelope",
        "final-notice", "fish", "fishing-rod", "flask", "foldable-phone", "folder", "football",
        "for-sale-sign", "frying-pan", "game-controller", "gavel", "gift", "gold-bars", "golf",
        "graphics-card", "guitar", "gun", "hair-dryer", "hammer", "hamster", "handbag", "handcuffs",
        "hanger", "hard-drive", "headphones", "heart", "helmet", "high-heel", "hose", "hoverboard",
        "jack-o-lantern", "jacket", "jar", "joystick", "jump-rope", "kettle", "kettlebell", "key",
        "keyboard", "knife", "knight-helmet", "laptop", "laser", "leaf", "license-plate",
        "light-bulb", "lipstick", "lock", "magic-hat", "magic-wand", "magnet", "magnifying-glass",
        "makeup", "map", "mask", "medal", "megaphone", "message-in-a-bottle", "microphone", "milk",
        "money-bag", "mouse", "mousetrap", "nail", "nail-polish", "needle-and-thread", "newspaper",
        "notebook", "open-box", "package", "paddle", "paint-bucket", "paint-roller", "paintbrush",
        "painting", "palette", "passport", "pencil", "perfume", "phone", "piggy-bank", "pill",
        "pillow", "plank", "playing-cards", "poker-chips", "popcorn", "potion", "potted-plant",
        "protest-sign", "pumpkin", "puppet", "qr-code", "rabbit", "remote-control", "rifle", "ring",
        "rolling-pin", "roman-shield", "rope", "rose", "rubiks-cube", "saw", "saxophone",
        "scissors", "screw", "screwdriver", "seashell", "seedling", "selfie-stick", "serum-bottle",
        "shield", "ship-wheel", "shovel", "skateboard", "skull", "smart-speaker", "smartwatch",
        "sneaker", "soccer-ball", "sold-sign", "spark-plug", "spatula", "spell-book", "spider",
        "star", "steering-wheel", "stopwatch", "sunflower", "sunglasses", "surfboard", "swimsuit",
        "sword", "syringe", "t-shirt", "tablet", "tape-measure", "tarot-cards", "teddy-bear",
        "tennis-racket", "thermometer", "ticket", "tnt", "toolbox", "tooth", "torch", "toy-bricks",
        "toy-car", "trophy", "trumpet", "tulip", "twemoji-1f526", "umbrella", "usb-stick", "vase",
        "vinyl-record", "violin", "virus", "volleyball", "vr-headset", "wallet", "water-bottle",
        "watering-can", "webcam", "whistle", "witch-hat", "wizard-hat", "wooden-sign", "wrench",
        "wristwatch", "yarn", "yoga-mat", "camera-lens", "flash-cards", "pharaoh-mask", "lantern",
        "glass-of-water", "honey-frame", "penalty-card", "scalpel",
    }
)  # fmt: skip
"""What somebody can hold up with a hand."""

SIGNS = frozenset(
    {
        "barcode", "calendar", "check-mark", "checklist", "clock", "cross-mark", "cursor",
        "exclamation-mark", "heart", "hourglass", "light-bulb", "magnifying-glass", "play-button",
        "puzzle-piece", "qr-code", "question-mark", "speech-bubble", "stop-sign", "stopwatch",
        "target", "thumbs-up", "trophy", "warning-sign",
    }
)  # fmt: skip
"""Drawings that say something about the others: they come after what the prompt is about."""

RIDDEN = frozenset(
    {
        "ambulance", "bulldozer", "bus", "camper-van", "car", "car-side", "cargo-ship",
        "cement-mixer", "excavator", "fire-truck", "fishing-boat", "forklift", "go-kart", "jet-ski",
        "limousine", "pickup-truck", "police-car", "race-car", "sailboat", "tank", "taxi",
        "tractor", "train", "truck", "yacht",
    }
)  # fmt: skip
"""Vehicles: wide rather than high."""

GROWING = frozenset({"fir-tree", "tree"})
"""What shows that a scene is outdoors, though it names no place."""

WITHERING = frozenset(
    {"cherry-tree", "fir-tree", "leaf", "potted-plant", "rose", "sunflower", "tree", "tulip"}
)
"""Plants: what was not cared for has withered."""

RUSTING = frozenset(
    {
        "bicycle", "bulldozer", "bus", "camper-van", "car", "car-side", "cargo-ship",
        "cement-mixer", "engine", "fishing-boat", "forklift", "go-kart", "motorcycle",
        "pickup-truck", "scooter", "ship", "tractor", "train", "truck",
    }
)  # fmt: skip
"""Machines: what was not cared for has rusted."""

HEAVENLY = frozenset(
    {"black-hole", "dying-star", "earth", "mars", "eclipse", "meteor", "moon", "planet", "sun"}
)
"""Bodies of the sky: a painting of space shows no planet of its own behind them."""

IN_GROUND = frozenset({"crashed", "buried"})
"""States in which a thing lies in the ground."""

IN_SKY = frozenset({"cloud", "eclipse", "moon", "planet", "rainbow", "star", "sun"})
"""What belongs to the sky of a place: it takes no room from what stands there."""

_FOUND_IN = {
    "meadow": (
        "baby-dragon "
        "bear bee big-ben bridge bull butterfly camper-van castle cherry-tree chicken church "
        "colosseum cow deer dragon duck eagle eiffel-tower fox frog goat golden-gate-bridge "
        "greek-temple hamster hedgehog horse hot-air-balloon house ladybug lighthouse monkey "
        "mount-fuji nuclear-plant parrot pig pisa-tower power-line puppy rabbit rainbow sheep "
        "snail snake solar-panel statue-of-liberty sydney-opera taj-mahal tank tiger tractor "
        "beehive honey-frame unicorn volcano wind-turbine windmill wolf capitol white-house"
    ),
    "graveyard": (
        "bat ghost gravestone skeleton haunted-house jack-o-lantern mummy skull zombie zombie-hand"
    ),
    "street": (
        "billboard ambulance bicycle bus fire-truck motorcycle police-car scooter skyscraper taxi "
        "traffic-light e-scooter fire-hydrant bank storefront street-lamp protest-sign"
    ),
    "road": "car car-side pickup-truck truck cement-mixer limousine",
    "racetrack": "checkered-flag go-kart race-car",
    "underwater": (
        "dolphin fish jellyfish mermaid octopus seahorse shark starfish submarine turtle whale"
    ),
    "beach": "beach-ball beach-umbrella crab hammock palm-tree sandcastle seashell surfboard",
    "ocean": (
        "galleon pirate-ship "
        "iceberg message-in-a-bottle sailboat sailing-ship ship cargo-ship fishing-boat jet-ski "
        "tentacles oil-rig yacht"
    ),
    "snow": "igloo penguin twemoji-1f43b-200d-2744-fe0f skis snowman snowflake polar-bear",
    "desert": "cactus pyramids saguaro",
    "forest": (
        "crocodile dinosaur fire fir-tree gorilla koala log-cabin mushroom owl panda squirrel tent"
    ),
    "space": (
        "alien astronaut-helmet black-hole dying-star earth meteor moon planet rocket "
        "satellite star ufo spaceship space-station"
    ),
    "kitchen": (
        "apron avocado banana blender bread burger cast-iron-pan cheese coffee-machine "
        "cooking-pot cupcake donut dough egg fridge fries frying-pan hot-dog kettle knife "
        "microwave pancakes pizza ramen rolling-pin salad spaghetti steak sushi taco toaster "
        "air-fryer burrito curry oven sink waffles cutting-board omelette soup vegetables "
        "roast-turkey milkshake dirty-dishes fridge-full fridge-empty spatula"
    ),
    "music": "dj-turntable drums electric-guitar guitar microphone piano saxophone",
    "gym": "barbell boxing-glove dumbbell jump-rope muscle yoga-mat kettlebell treadmill",
    "sports": "american-football baseball basketball soccer-ball whistle",
    "laboratory": (
        "atom brain bunsen-burner dna flask microscope robot neuron white-blood-cell blood-cell "
        "tesla-coil"
    ),
    "classroom": "blackboard whiteboard",
    "library": "chess-king book books bookshelf",
    "restaurant": "pizza-oven",
    "hospital": "scalpel heart-organ lungs pill stethoscope syringe wheelchair",
    "corridor": "ghost-girl shadow-figure",
    "dark-forest": "glowing-eyes golem nightmare troll",
    "block-world": "block-creature",
    "alley": "body-outline police-tape",
    "city": "kaiju mech",
    "living-room": (
        "cat fireplace piggy-bank potted-plant robot-vacuum sofa carpet remote-control "
        "rocking-chair smart-speaker cabinet cage fish-tank house-of-cards"
    ),
    "bathroom": "bathtub cream-jar serum-bottle toilet",
    "bedroom": "bed wardrobe bunk-bed crib pillow blanket clothes-pile",
    "christmas-room": "christmas-tree",
    "ice-rink": "ice-hockey",
    "sky": (
        "airplane cloud drone fighter-jet helicopter lightning rain-cloud storm-cloud "
        "sun propeller-plane airship eclipse"
    ),
    "airport": "passport suitcase",
    "cave": "treasure-chest",
    "savanna": "elephant giraffe leopard lion rhino vulture zebra",
    "farm": "pumpkin barn greenhouse",
    "courtroom": "gavel scales",
    "supermarket": "shopping-cart",
    "garage": "engine toolbox wrench drill tire hammer saw plank workbench screwdriver spark-plug",
    "skatepark": "skateboard",
    "prison": "handcuffs",
    "trading-floor": "bar-chart chart-falling chart-rising arrow-up arrow-down",
    "vault": (
        "banknote banknotes cash-stack coins dollar-sign gold-bars money-bag safe coin bitcoin"
    ),
    "office": (
        "handshake final-notice calculator chip computer-mouse foldable-phone graphics-card "
        "headphones keyboard laptop document folder briefcase lamp monitor phone printer router "
        "smartwatch speaker tablet typewriter camera envelope evidence-board "
        "camera-lens error-window flash-cards"
    ),
}

_USUAL_PLACES = {name: place for place, names in _FOUND_IN.items() for name in names.split()}


def usual_place(names: Iterable[str]) -> str | None:
    """Return where the first of some drawn things that has a place is found.

    What is as large as a house counts first, what is in the sky last.
    """
    ordered = sorted(names, key=lambda name: (name in AIRBORNE, name not in LANDMARKS))
    places = (place for name in ordered[:2] if (place := _USUAL_PLACES.get(name)))
    return next(places, None)
