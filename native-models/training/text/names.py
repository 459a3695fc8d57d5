"""Names that nobody has seen: products, places, makers and nonsense words from a syllable grammar.

Because they are new in every brief, the only way to write them is to copy them.
"""

import random

_ONSETS = "b br c ch cl d dr f fl g gl gr h j k kl kr l m n p pl pr qu r s sc sh sk sl sn st str t th tr v w y z".split()
_VOWELS = "a e i o u a e i o ai ea ee ia io oa oo ou y".split()
_CODAS = ["", "", "", "", "l", "m", "n", "r", "s", "t", "x", "ck", "nd", "rk", "lt", "st", "ng", "ll", "p", "d"]
_ENDINGS = "a o is en er ix ly io ia um el ine ora ano eta ique et on us ette ari ode".split()
_ACCENTS = {"a": "áàäåã", "e": "éèêëę", "i": "íïî", "o": "óöøô", "u": "úüů", "c": "çč", "n": "ñń", "s": "šś", "z": "žż", "l": "ł", "y": "ý"}

_NAME_WORDS = (
    "Oat Bread Works Studio Supply House Field Garden Press Bike Line Room Kitchen Market Post Club Lab Loop Bank Way Box Lamp Sound "
    "Table Harbour Mill North River Stone Wood Leaf Cloud Spring Night Day Light Craft Roast Fold Path Grove Yard Bay Hill Corner "
    "Common Second Little Bright Green Blue Red White Honest Slow Open Good Daily Plain Kind Early Wild Still Clear True "
    "Wren Otter Heron Fox Hare Finch Maple Alder Birch Juniper Fern Clover Thistle Ember Flint Cobalt Copper Linen Paper Salt Pepper "
    "Tandem Compass Anchor Kettle Ladder Lantern Pebble Button Ribbon Saddle Thimble Bramble Meadow Orchard Summit Valley Drift"
).split()

FIRST_NAMES = (
    "Ada Aino Alma Amir Anja Anouk Aron Asha Basil Bea Bela Bruno Carla Celia Chidi Clara Dana Dario Dina Edda Elif Elio Emil Esra Eva "
    "Fadi Fay Femi Finn Flora Gita Greta Hana Hugo Ida Ilse Imani Ines Iris Ivo Jana Joao Jonas Jules June Kai Karim Kaya Kofi Lars Lea "
    "Leo Lila Lina Liv Lola Luca Luis Mael Maja Malik Mara Marek Mina Mira Moss Nadia Nils Nina Noa Nora Olga Omar Oskar Otis Paco Pia "
    "Priya Rafa Rosa Ruben Ruth Sadie Sami Sara Selma Silas Sofia Sven Tara Theo Tilda Tomas Uma Vera Viktor Wanda Yara Yusuf Zoe"
).split()


def _syllable(rng: random.Random) -> str:
    return rng.choice(_ONSETS) + rng.choice(_VOWELS)


def make_word(rng: random.Random) -> str:
    """A pronounceable lower-case nonsense word of 3 to 11 letters."""
    word = "".join(_syllable(rng) for _ in range(rng.choice((1, 1, 2, 2, 3))))
    if rng.random() < 0.45:
        return word + rng.choice(_CODAS[4:])
    return (word[:-1] if rng.random() < 0.5 and len(word) > 3 else word) + rng.choice(_ENDINGS)


def make_place(rng: random.Random) -> str:
    """A place name."""
    return make_word(rng).capitalize()


def make_product(rng: random.Random) -> str:
    """A product or company name of one to three words, now and then odd in case or script."""
    shape = rng.random()
    if shape < 0.34:
        name = make_word(rng).capitalize()
    elif shape < 0.56:
        name = f"{make_word(rng).capitalize()} {rng.choice(_NAME_WORDS)}"
    elif shape < 0.72:
        name = f"{rng.choice(_NAME_WORDS)} {make_word(rng).capitalize()}"
    elif shape < 0.84:
        name = " ".join(rng.sample(_NAME_WORDS, 2))
    elif shape < 0.9:
        name = f"{make_word(rng).capitalize()} & {make_word(rng).capitalize()}"
    elif shape < 0.95:
        name = make_word(rng).capitalize() + rng.choice(_NAME_WORDS)
    else:
        name = f"{make_word(rng).capitalize()} {rng.choice(_NAME_WORDS)} {rng.choice(_NAME_WORDS)}"
    return _decorate(rng, name)[:36].strip()


def _decorate(rng: random.Random, name: str) -> str:
    """Odd spellings that real briefs have: accents, all capitals, lower case, numbers, signs."""
    roll = rng.random()
    if roll < 0.08:
        return "".join(rng.choice(_ACCENTS[c]) if c in _ACCENTS and rng.random() < 0.5 else c for c in name)
    if roll < 0.11:
        return name.upper()
    if roll < 0.14:
        return name.lower()
    if roll < 0.17:
        return f"{name} {rng.randrange(2, 100)}"
    if roll < 0.19:
        return name.replace(" ", rng.choice(("-", ".", "'")), 1)
    return name


def make_person(rng: random.Random) -> str:
    """First name and an invented family name."""
    return f"{rng.choice(FIRST_NAMES)} {make_word(rng).capitalize()}"
