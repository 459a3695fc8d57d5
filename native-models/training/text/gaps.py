"""Gap sentences, the same twelve themes as in `personas.py`. Slots: {p} {w} {a} {h} {f} {g} {n} and {goal} (a verb phrase)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GapTheme:
    """One thing that is missing in a market."""

    titles: tuple[str, ...]
    observations: tuple[str, ...]
    opportunities: tuple[str, ...]


def _theme(titles: str, observations: str, opportunities: str) -> GapTheme:
    split = lambda text: tuple(part.strip() for part in text.split("|"))
    return GapTheme(split(titles), split(observations), split(opportunities))


THEMES: tuple[GapTheme, ...] = (
    _theme("Facts that stay hidden | Proof nobody shows | The missing evidence | Claims without proof for {h}",
           "Many {a} hear promises and rarely see the proof. | Most offers tell {h} how good they are and leave out why. | For {a} the facts come too late or not at all.",
           "{p} can lead with one fact: {f}. | {p} can put the proof first: {f}. | Let {p} speak in facts: {f}, {g}."),
    _theme("No place in the day | The ordinary Tuesday | A habit waiting to happen | Room in the routine",
           "Most {a} already have a routine, and few offers fit into it. | The days of {a} are full, yet nobody talks about ordinary days. | Campaigns show big moments; {h} live small ones.",
           "{p} can become part of a normal day: {f}. | Show {p} on an ordinary morning, with one detail: {f}. | {p} can fit the week as it is: {f}."),
    _theme("The unanswered question | Questions left open | What nobody explains | An answer for {h}",
           "Many {a} have one question, and nobody answers it in plain words. | The first question of {a} is simple, and the answers are long. | Most pages explain everything but what {h} ask first.",
           "{p} can answer in one line: {f}. | Let {p} begin with the answer: {f}. | {p} can turn the question into a headline and reply: {f}."),
    _theme("Too much noise | The calm space | Less to choose from | Quiet is free",
           "Most {a} see a hundred messages a day and remember none. | Everything around {h} is loud, so nothing is heard. | For {a} choosing has become work.",
           "{p} can be the calm choice: {f}. | Let {p} say one thing and stop: {f}. | {p} can leave everything out but this: {f}."),
    _theme("Afraid of a wrong choice | The cost of trying | A way to test it | Decide later",
           "Many {a} are interested but do not want to commit yet. | A wrong choice costs {h} money and patience. | For {a} the step from interest to purchase is too big.",
           "{p} can make the first try small: {f}. | Let people test {p} and tell them: {f}. | {p} can take the risk out of it: {f}."),
    _theme("Nobody talks to {h} | Meant for others | The forgotten group | Seen at last",
           "Most offers are made for everybody, and {a} feel left out. | When {a} look around, the pictures show other people. | {p} knows {a}, while others only guess.",
           "{p} can speak to {h} directly: {f}. | Let {p} show one real day of {h}. | {p} can say it openly: made for {h}, {f}."),
    _theme("Trust has to be earned | Promises wear thin | The second look | Open books",
           "Many {a} were let down before and now look twice. | For {a} a friendly tone is no longer enough. | Most {a} believe what they can see and little else.",
           "{p} can open the doors and show: {f}. | Let {p} name what it does and what it does not: {f}. | {p} can earn trust with two lines: {f}, {g}."),
    _theme("The hard first step | No way to begin | Beginners wait outside | Starting feels big",
           "Many {a} would like to begin and do not know where. | The subject looks big to {a}, so they put it off. | Most offers for {h} start in the middle.",
           "{p} can offer a first step for today: {f}. | Let {p} make the start small and friendly: {f}. | {p} can guide {h} through the first day."),
    _theme("The untold origin | Hands nobody sees | Where it comes from | The story behind it",
           "Few {a} know where such things come from or who makes them. | Most offers hide the work behind them, and {h} notice. | For {a} the making matters, yet it is never shown.",
           "{p} can show how it is made: {f}. | Let the work speak for {p}: {f}. | {p} can name people and places: {f}."),
    _theme("No minute to spare | Time is the real price | Too many steps | Quick for once",
           "Most {a} have little time, and most offers take more of it. | For {a} every extra step is a reason to stop. | The week of {a} is full before it starts.",
           "{p} can save steps and say so: {f}. | Let {p} give time back: {f}. | {p} can be done before people think about it: {f}."),
    _theme("Made for one alone | Better together | A reason to share | Nobody brings a friend",
           "Many {a} decide together, yet offers speak to one person. | Good things travel by word of mouth among {a}. | Most {a} think of others first, and nobody helps with it.",
           "{p} can give people something to share: {f}. | Let {p} invite two at a time: {f}. | {p} can become a topic among {h}."),
    _theme("Nothing new to find | More of the same | Room for a surprise | Curiosity goes hungry",
           "Many {a} are curious, and the choice around them looks the same. | For {a} it has been a long time since the last surprise. | Most offers for {h} repeat each other.",
           "{p} can make people curious with one detail: {f}. | Let {p} show what nobody expects: {f}. | {p} can invite {h} to find out."),
)

ANY_OPPORTUNITIES = (
    "{p} can {goal} with one plain fact: {f}.", "{p} can {goal} by talking to {h} in plain words.", "To {goal}, {p} only needs to show this: {f}.",
    "{p} can {goal} and mention it early: {f}.",
)
PERSONA_OPENERS = ("{n} is not alone: ", "As {n} says, ", "Like {n}, ")
