"""Senses of words: what is drawn of a prompt, and what only sounds like a thing."""

from __future__ import annotations

import pytest

from thumbnb.render.planning.things.placement import shown_things
from thumbnb.render.prompt.parser import parse_prompt


def drawn(prompt: str) -> set[str]:
    """Give the things drawn and the subjects painted of a prompt."""
    parsed = parse_prompt(prompt)
    return {thing.name for thing in shown_things(parsed.things)} | {*parsed.subjects}


@pytest.mark.parametrize(
    ("prompt", "shown", "left"),
    [
        # Actions.
        ("a family watches in the dark beside a television", "television", "wristwatch"),
        ("a bitcoin coin sinking into the dark ocean", "bitcoin underwater", "coins ocean"),
        ("gold versus bitcoin, gold is heavier", "gold-bars bitcoin", ""),
        ("a house of cards collapsing", "house-of-cards", "house playing-cards"),
        ("an old investor while the stock market burns", "chart-falling", "chart-rising"),
        ("protesters holding signs before the parliament", "protest-sign capitol", "wooden-sign"),
        ("a job interview gone wrong, two nervous women", "boardroom", "cross-mark microphone"),
        ("a CEO on the stage with a robot", "keynote-stage robot", "music"),
        # Hands, screens, arrows, flags.
        ("a hand holding a stack of cash", "hand cash-stack", ""),
        ("a man with a phone in his hand", "phone", "hand"),
        ("an oil barrel with a rising red arrow", "oil-barrel arrow-up", "arrow"),
        ("two chess kings facing each other", "chess-king", "crown"),
        ("the Chinese flag on a ship", "twemoji-1f1e8-1f1f3 ship", "flag"),
        ("tenants protest outside, a landlord with cash", "cash-stack", "twemoji-1faa7"),
        ("a tax officer with a briefcase", "briefcase", "money-bag"),
        ("a man on the couch with a bag of chips", "sofa", "chip"),
        ("a ladder leaning against a bar chart, the top bar is gold", "bar-chart", "gold-bars"),
        ("a waitress counts her tips in a diner", "banknotes", "checklist"),
        ("a scale with a heart on one side", "scales", "bathroom-scale"),
        ("an hourglass with coins instead of sand", "hourglass coins", "desert"),
        ("a journalist with a microphone before the White House", "white-house", "music"),
        ("a young man unlocks the door of a shop", "door storefront", "key"),
        ("a shark swims towards a fishing boat", "shark fishing-boat", "twemoji-1f97d"),
        ("a woman presenting on stage, a robot beside her", "keynote-stage robot", "music"),
        ("empty shelves in a supermarket, a baby", "supermarket baby", "bookshelf"),
        ("an accountant drowning in receipts in a dark office", "twemoji-1f9fe office", "ocean"),
        ("a man pushes a giant coin up a hill", "coin", "coins"),
        # Surfaces and places of business and politics.
        ("a luxury watch and a car key on black marble", "wristwatch car-key black-marble", "car"),
        ("a man stands on a rooftop in the city with a briefcase", "rooftop", "city"),
        ("an abandoned shopping mall with broken escalators", "shopping-mall", "supermarket"),
        ("two candidates in a TV debate studio", "debate-stage", "television megaphone"),
        ("a president at a podium speaking to a crowd", "speech-stage lectern", "podium"),
        ("winners podium with three gold medals", "podium", "lectern"),
        (
            "a man running away from a huge pile of money",
            "cash-stack",
            "sneaker sports soccer-ball",
        ),
        ("a man running away from a bear", "bear", "sneaker sports"),
        ("a girl breathing fresh air next to a horse", "horse", "lungs"),
        ("a knight facing a fire-breathing dragon", "dragon", "lungs fire knight-helmet"),
        ("a woman painting the old car", "car", "palette"),
        ("man building a shed beside a tractor", "tractor", "city"),
        ("running shoes on a wooden box", "sneaker", ""),
        ("yoga on the beach", "lotus beach", ""),
        ("a man fishing on a boat", "fishing-rod", ""),
        # Nouns that say the kind of another.
        ("a giant cheese pizza and a knife", "pizza knife", "cheese"),
        ("rusty old sports car in a forest", "car-side forest", "sports soccer-ball"),
        ("a school bus in the snow", "bus snow", "classroom"),
        ("roasted coffee beans", "coffee", "twemoji-1fad8"),
        ("a chocolate cake with a candle", "birthday-cake candle", "chocolate"),
        ("a man stares at the wall clock", "clock", "paint-roller"),
        # Parts of buildings and what only has a shape.
        ("a ghost behind the window of a castle", "ghost castle", "twemoji-1fa9f"),
        ("abandoned house, police tape across the door", "haunted-house", "door police-car"),
        ("a woman doing push-ups against a wall", "", "paint-roller muscle"),
        ("a red door", "door", ""),
        ("a black hole with a bright ring of light", "black-hole", "ring lamp"),
        ("a cat in a pillar of fire and a wave of smoke", "cat", "wave"),
        ("a backpacker looks over a valley of clouds", "mountains", "cloud"),
        ("a soldier hides behind a brick wall with a shield", "shield", "twemoji-1f9f1"),
        ("a woman stops at a traffic light", "traffic-light", ""),
        ("a train station at night", "train-station", "train twemoji-1f689"),
        ("chicken soup with carrots", "soup carrot", "chicken"),
        # Cells, stars and masks by what they are named with; fans that are no people.
        (
            "a white blood cell attacking a virus inside a blood vessel",
            "white-blood-cell virus bloodstream",
            "prison",
        ),
        ("a black hole swallowing a star", "black-hole dying-star", "star"),
        ("a golden mask in an Egyptian tomb", "pharaoh-mask egyptian-tomb", "mask egypt cave"),
        ("two tesla coils with lightning", "tesla-coil", "car"),
        ("a flock of birds in the sky", "flying-bird sky", "twemoji-1f426"),
        ("a hurricane, an eye in the middle", "hurricane", "tornado eye"),
        ("dry cracked earth with a dead tree", "dead-tree dry-lake", "earth tree"),
        ("a galleon and a pirate ship at sea", "galleon pirate-ship", "sailing-ship"),
        ("an army of robots in a city", "robot", "tank"),
        ("a Viking burial ship on a lake", "sailing-ship", "ship"),
        ("DNA strand cut by scissors", "dna scissors", "beach"),
        ("astronauts repair a space station", "space-station", "satellite spaceship"),
        ("a cell dividing under a microscope", "white-blood-cell microscope", "prison"),
        ("a prisoner in a cell", "prison", "white-blood-cell"),
        ("a spy in a trench coat", "", "jacket battlefield"),
        ("earbuds in open cases", "earbuds", "suitcase open-suitcase"),
        ("a cactus in the desert", "saguaro desert", "cactus"),
        ("a cactus on a desk", "cactus", "saguaro"),
        ("a T-rex skeleton in a museum", "dinosaur-skeleton museum", "skull dinosaur"),
        ("three monitors full of error messages", "monitor error-window", "envelope"),
        # Roles.
        ("a businessman next to a falling chart", "chart-falling", "briefcase"),
        ("a football striker with a trophy", "trophy", "target"),
        ("Roman soldier before the Colosseum", "rome", "book library twemoji-1fa96"),
        ("a teacher beside a robot", "robot", "blackboard"),
        # Ideas.
        ("she scores the winning goal", "sports", "target"),
        ("secret recipe for the best burger", "burger", "frying-pan"),
        ("shocked man looking at his electricity bill", "", "lightning"),
        ("a dragon and a castle, epic boss battle", "dragon castle", "briefcase sword"),
        # Phrases, colours and materials that have the words of things in them.
        ("the price drop of electric cars", "car", "water-drop"),
        ("a man in thick fog over a fishing town", "", "twemoji-1f32b fishing-rod"),
        ("businessman in a navy suit on a bridge", "", "anchor t-shirt golden-gate-bridge"),
        (
            "luxury watch on velvet with gold accents",
            "wristwatch",
            "speech-bubble gold-bars",
        ),
        ("a dragon fruit beside a banana", "banana", "dragon"),
        ("a movie star in front of a trophy", "trophy", "star"),
        ("unpaid electricity bills under a calculator", "calculator", "lightning banknotes"),
        ("a laptop in orange light", "laptop", "orange lamp"),
        ("headphones on a chocolate brown background", "headphones", "chocolate"),
        ("a night club with a disco ball", "disco-ball", "golf"),
        ("a prison cell with a lock", "lock", "dna twemoji-1f9ec"),
        ("a lobster and a swan", "twemoji-1f99e twemoji-1f9a2", "crab duck"),
        ("her biggest fan holds a guitar", "guitar", "fan"),
        ("the rat race, a man before a clock", "clock", "mouse"),
        ("a woman on an old stone bridge", "bridge", "golden-gate-bridge"),
        ("the golden gate bridge", "golden-gate-bridge", "bridge"),
        ("a medieval town with a knight", "old-town knight-helmet", "bow-and-arrow city"),
        ("the burning city of Rome", "colosseum old-town", "city fire"),
        ("friends at a campfire under the stars", "fire", "space star"),
        ("a polar bear on an iceberg", "iceberg", "forest"),
        ("a lake at dawn with a duck", "duck", "aurora"),
        ("a runner covered in mud beside a car", "car", ""),
        ("strawberries in a bowl", "strawberry", "twemoji-1f963"),
        ("a businessman shakes hands with a robot", "robot", ""),
        ("a police officer and a robber before a bank", "bank", "chart"),
        ("a man ice fishing in Finland", "fishing-rod", "twemoji-1f1eb-1f1ee"),
        ("the flag of Finland", "flag", ""),
        ("a man shocked by his electricity bill", "final-notice", "lightning"),
        ("a ghost ship under cherry blossoms", "pirate-ship cherry-tree", "ghost ship"),
        ("a tiny house on wheels", "house", "tire"),
        ("a woman holding a pregnancy test", "", "baby-bottle"),
        ("plastic bottles in the sea", "water-bottle", "trash-can"),
        ("a soccer player with a ball in a stadium", "soccer-ball sports", ""),
        ("a student asleep on a pile of books", "books", "battery"),
        ("the balance of the force, a piece of a statue and a pizza", "pizza", "scales muscle"),
        ("a treasure chest at the bottom of the sea", "treasure-chest underwater", "ocean"),
        ("the Titanic and an iceberg", "ship iceberg", "snow"),
        # Worn, and the right sense.
        ("a woman in a red dress with a handbag", "handbag", "dress"),
        ("a red dress", "dress", ""),
        ("a luxury watch on a marble table", "wristwatch", "smartwatch"),
        ("an apple watch", "smartwatch", ""),
        ("a campfire in the woods", "fire forest", "tent"),
        ("a farmer with a herd of cows", "cow", "oven"),
        ("dad drops a cake while the kids watch in horror", "birthday-cake", "twemoji-231a"),
        ("a full fridge next to an empty fridge", "fridge-full fridge-empty", "fridge"),
        ("a steak on a wooden cutting board", "steak cutting-board", "plank"),
        ("kids around the tree on christmas morning", "christmas-tree", "tree"),
        ("a woman in a bathroom with a serum", "bathroom serum-bottle", "toilet"),
        ("a crocodile leaps out of the river to grab a zebra", "crocodile zebra", "gravestone"),
        ("a lamp painted gold on a table", "lamp", "gold-bars"),
        ("a detective under a lamp in a foggy street", "street-lamp", "lamp"),
        ("a model walking on a runway", "catwalk", "airport"),
        ("a farmer opening the barn door", "barn-inside", ""),
        ("pumpkins and lanterns on a porch", "pumpkin lantern front-porch", "farm"),
        ("a man mowing a huge lawn", "lawn-mower", ""),
        ("a sweater with needles and yarn balls", "yarn", "needle-and-thread ball"),
        ("a potter with a pottery wheel", "pottery-wheel", "tire"),
        ("a dad and a treehouse", "treehouse", "house"),
        ("a chef with a burger with melting cheese", "burger", "cheese"),
        ("a burger dripping with cheese", "burger", "cheese"),
        ("a private jet on a runway at sunset", "airplane airport", "catwalk"),
        ("a megayacht anchored in a turquoise bay", "yacht ocean", ""),
        ("a girl planting a seedling with her grandpa", "seedling", ""),
        ("a huge python wrapped around a man in a zoo", "snake", "laptop"),
        ("a python developer at his desk", "", "snake"),
        ("a man drinks a hot sauce bottle", "hot-sauce", "cocktail"),
        ("a spooky dinner table with candles and a skull", "candle skull", "ghost"),
        ("glass jars and baskets on the shelves", "basket", "bookshelf"),
        ("a bike and a mechanic", "bicycle", ""),
        ("a biker on his bike", "motorcycle", "bicycle"),
        ("herbs in pots on a balcony", "potted-plant balcony", "cooking-pot"),
        ("a guitar leaning on a chair", "guitar twemoji-1fa91", "gaming-chair"),
    ],
)
def test_a_word_is_drawn_in_the_sense_it_has(prompt, shown, left):
    names = drawn(prompt)
    assert {*shown.split()} <= names
    assert not {*left.split()} & names


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("a teacher at a chalkboard full of maths equations", 1),
        ("three cats", 3),
        ("a board of equations", 1),
        ("50 eggs", 5),
        ("two pilots", 1),
    ],
)
def test_only_what_is_counted_is_drawn_so_often(prompt, count):
    assert [thing.count for thing in parse_prompt(prompt).things] == [count]


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("an elegant woman with a designer handbag", ("woman",)),
        ("a football striker before a stadium crowd", ("",)),
        ("a businessman with a briefcase", ("man",)),
        ("a crowd at a concert", ("",) * 7),
        ("a doctor and a nurse", ("", "")),
        ("a judge slams the gavel while an angry CEO stands before her", ("", "")),
        ("a man tears up a contract in front of his boss", ("man", "")),
        (
            "a woman in a blazer negotiating her salary across the table from two managers",
            ("woman", "", ""),
        ),
        ("police arrest a banker in front of a bank", ("", "")),
        ("police officers carry boxes out of a bank", ("", "", "")),
        ("a kid sells lemonade at a stand, a long line of customers", ("child", "", "", "")),
        ("two businessmen on a pile of cash", ("man", "man")),
        ("a realtor in a red blazer shows a tiny apartment to a shocked couple", ("",) * 3),
        ("a man dressed as a pirate for a party", ("man",)),
        ("a woman becomes a millionaire", ("woman",)),
    ],
)
def test_a_job_that_says_the_kind_of_a_thing_is_nobody(prompt, kinds):
    assert parse_prompt(prompt).people.kinds == kinds


def test_what_is_left_out_is_reported_with_its_word():
    parsed = parse_prompt("a ghost behind the window of a castle, final boss fight")
    assert {"window", "final boss"} <= {*parsed.unknown}


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("a cat, a dog and a rabbit", ["cat", "puppy", "rabbit"]),
        ("a cat on a laptop beside a pizza, a key and a clock", ["cat", "laptop", "pizza"]),
        ("a knight with a sword facing a dragon", ["sword", "dragon"]),
        ("a knight with a sword facing a huge fire-breathing dragon", ["dragon", "sword"]),
        ("a wolf and a fox before a castle under the moon", ["wolf", "fox", "castle", "moon"]),
    ],
)
def test_three_things_are_drawn_of_those_that_stand(prompt, names):
    shown = [thing.name for thing in shown_things(parse_prompt(prompt).things)]
    assert shown == names


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("a firefighter before a burning house", [("house", "burning")]),
        ("my house is on fire", [("house", "burning")]),
        ("a phone with a cracked screen", [("phone", "cracked")]),
        ("a broken laptop and a new laptop", [("laptop", "cracked"), ("laptop", "")]),
        (
            "a wilted houseplant next to a healthy one",
            [("potted-plant", "wilted"), ("potted-plant", "")],
        ),
        ("gold bars melting on a table", [("gold-bars", "melting")]),
        ("a rusty old tractor", [("tractor", "rusty")]),
        ("a man tears up a contract before his boss", [("document", "torn")]),
        ("the American flag torn in half", [("twemoji-1f1fa-1f1f8", "torn")]),
        ("a sinking cruise ship", [("ship", "sinking")]),
        ("frozen pizza in a kitchen", [("pizza", "frozen")]),
        ("the burning city of Rome", [("colosseum", "burning")]),
        ("a campfire", [("fire", "")]),
        ("a car and a phone, breaking point", [("car", ""), ("phone", "")]),
    ],
)
def test_things_are_in_the_state_that_is_said_of_them(prompt, things):
    assert [(one.name, one.state) for one in parse_prompt(prompt).named] == things


@pytest.mark.parametrize(
    ("prompt", "word", "held"),
    [
        ("a man with a drill", "drill", True),
        ("a Minecraft player with a sword", "Minecraft", False),
        ("a Minecraft player with a sword", "sword", True),
        ("a trophy on a table, a sad boy", "trophy", False),
        ("a gamer with a headset", "headset", False),
        ("a gamer holding a headset", "headset", True),
    ],
)
def test_in_hand_is_only_what_is_named_after_the_words_for_it(prompt, word, held):
    assert (word in parse_prompt(prompt).held_words) == held


def test_golden_light_tints_nothing_but_its_hour():
    parsed = parse_prompt("a tractor in a field, golden evening")
    assert (parsed.colours, parsed.hours) == ((), ("dusk",))


def test_of_a_frozen_pizza_no_snow_falls():
    assert parse_prompt("a frozen pizza").hours == ()
    assert parse_prompt("a burning house").hours == ("fire",)


def test_the_colour_of_what_is_left_out_is_not_the_images():
    assert parse_prompt("a black hole, bright orange ring of light").colours == ()


@pytest.mark.parametrize(
    ("prompt", "holding"),
    [
        ("a man with a drill", True),
        ("a chart with a red arrow, worried businessman with his head in his hands", False),
        ("a woman holding a fish", True),
        ("a robot with a hat beside a man", False),
    ],
)
def test_only_somebody_named_before_has_a_thing_in_hand(prompt, holding):
    assert parse_prompt(prompt).holding == holding


@pytest.mark.parametrize(
    ("prompt", "act", "done_to"),
    [
        ("a man painting an old cabinet with a roller", "paint", "cabinet"),
        ("a woman watering tomato plants", "water", "plants"),
        ("a vendor flipping a giant omelette", "flip", "omelette"),
        ("a carpenter sanding a dining table", "scrub", "dining table"),
        ("a girl brushing a white horse", "groom", "horse"),
        ("dad drops a birthday cake while the kids watch in horror", "drop", "birthday cake"),
    ],
)
def test_an_act_of_a_home_is_read(prompt, act, done_to):
    found = parse_prompt(prompt).act
    assert found is not None
    assert (found.name, found.word) == (act, done_to)


@pytest.mark.parametrize(
    ("prompt", "colours"),
    [
        ("a man stares at two doors, one red and one blue", ["red", "blue"]),
        ("two pills, one red, the other green", ["red", "green"]),
        ("a prisoner in an orange jumpsuit counts gold bars", [None]),
    ],
)
def test_each_thing_has_its_own_colour(prompt, colours):
    assert [thing.colour for thing in parse_prompt(prompt).things] == colours
