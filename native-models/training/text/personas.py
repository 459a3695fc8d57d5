"""Persona sentences, twelve themes; a brief's angle picks the theme, so that siblings differ.

Slots: {p} product, {w} what it is, {a} audience, {h} short audience, {f} and {g} facts, {n} the persona's first name.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonaTheme:
    """One way to be a customer."""

    labels: tuple[str, ...]
    traits: tuple[str, ...]
    needs: tuple[str, ...]
    frustrations: tuple[str, ...]
    quotes: tuple[str, ...]


def _theme(labels: str, traits: str, needs: str, frustrations: str, quotes: str) -> PersonaTheme:
    split = lambda text: tuple(part.strip() for part in text.split("|"))
    return PersonaTheme(split(labels), split(traits), split(needs), split(frustrations), split(quotes))


THEMES: tuple[PersonaTheme, ...] = (
    _theme("the label reader | the fact checker | the close reader | who wants proof",
           "Reads the small lines first and decides after. | Believes what can be checked and skips the rest. | Asks for the facts and remembers them.",
           "Facts before promises | Details that can be checked at a glance | A clear answer to what is inside | Claims with something behind them | Words that mean one thing",
           "Big words with nothing behind them | Details hidden on the last page | Pictures that say more than the offer holds | Having to search for the basics",
           "Show me the facts and I will make up my own mind. | If it is true, you can say it in one line. | I read everything, so write something worth reading. | Tell me what it is, then tell me why."),
    _theme("the creature of habit | with the fixed routine | the steady one | who keeps a rhythm",
           "Has a week that runs on habits and changes one thing at a time. | Likes things that fit a day that is already full. | Keeps what works and rarely looks around.",
           "Something that fits the week as it is | A habit that is easy to keep | The same quality every time | No extra step in the morning | A fixed place in the day",
           "Offers that ask for a whole new routine | Things that change without a word | Good plans that last until Wednesday | Being told to change everything at once",
           "If it fits my Tuesday, it fits my life. | I do not want a new routine, I want a better one. | Once something works, I keep it for years. | Give me one small change, not ten."),
    _theme("the one who asks | full of questions | the careful listener | with the long list",
           "Asks three questions before saying yes. | Wants to understand a thing before paying for it. | Calls, writes and asks until the answer is clear.",
           "Answers in plain words | Somebody to ask before buying | A short list of what to expect | To know what happens if it does not fit | Clear steps from start to end",
           "Answers that go around the question | Pages where the main point is missing | Waiting days for a reply | Feeling silly for asking",
           "I have one question, and nobody answers it. | Explain it the way you would to a friend. | A straight answer wins me over. | I ask because I mean to stay."),
    _theme("tired of noise | the calm chooser | who wants less | the quiet one",
           "Turns down the noise and picks what feels clear. | Prefers one good choice to a wall of options. | Unsubscribes quickly and stays with what is calm.",
           "Fewer choices, better made | A calm tone | One clear reason to choose | To be left in peace after buying | Things that do their job quietly",
           "Too many versions of the same thing | Loud messages at the wrong moment | Choosing for an hour and doubting for a day | Everything shouting at once",
           "Say less and I will hear more. | I want one good choice, not forty. | The calm ones usually know what they do. | Do not shout. I am already looking."),
    _theme("the careful spender | who counts twice | the patient saver | with a budget",
           "Plans what to spend and dislikes surprises. | Compares quietly and buys once. | Tries a little first and comes back when it holds up.",
           "To try before deciding | A price that is clear from the start | Good value for a long time | A way back if it does not fit | No surprise at the end",
           "Costs that show up later | Paying for extras nobody asked for | Having to commit before trying | Things that wear out too soon",
           "Let me try it once and I will tell you if I stay. | I buy once and I buy well. | A clear price is a kind of respect. | I do not mind paying. I mind guessing."),
    _theme("who feels left out | the overlooked one | looking for a fit | the exception",
           "Often feels that offers are made for somebody else. | Looks for signs that a thing was made with people like this in mind. | Has stopped expecting to be asked.",
           "To feel meant | Something made for this very life | Examples that look familiar | A tone that does not talk down | To be asked what matters",
           "Advertising that shows another world | One size for everybody | Being added at the end as a special case | Having to adapt every single time",
           "For once, this sounds like my life. | Nobody asked me before. You did. | I want to see people like me in it. | Made for me? Then show me how."),
    _theme("the sceptic | once disappointed | slow to trust | the second look",
           "Was let down before and now looks twice. | Gives trust slowly and keeps it long. | Watches what a company does, not what it says.",
           "Openness about what it can and cannot do | Somebody who stands behind it | To see how it works | A promise that is kept | Mistakes that are admitted",
           "Excuses in friendly words | Rules that change afterwards | Being a number in a system | Stories that do not match the product",
           "Trust me first, then I will trust you. | I have heard promises. Now I look at what you do. | Say what it cannot do and I will believe the rest. | Show me how it works, nothing more."),
    _theme("the beginner | at the start | new to this | taking a first step",
           "Wants to begin but does not know where. | Is new to the subject and afraid of doing it wrong. | Needs a small first step and a friendly word.",
           "A first step that is small | To be allowed to know nothing | A guide for the first days | Success in the first week | Words without jargon",
           "Experts who talk to experts | A start that takes all evening | Feeling late to the party | Too many decisions on day one",
           "Just tell me where to start. | I am new here, and that should be fine. | The first step is the hardest. Make it small. | I will learn the rest on the way."),
    _theme("who asks how it is made | the lover of craft | curious about origins | the maker at heart",
           "Wants to know who made it and where. | Respects good work and talks about it. | Looks at the seams, the source and the hands behind it.",
           "To know where it comes from | Work that can be seen | Names and places behind the thing | Materials that make sense | A story that is true",
           "Nobody knows who made it | Pretty stories without a place | Things made to be thrown away | Craft used as a decoration",
           "Tell me who made it and I will tell my friends. | Good work shows, even in small things. | I like to know where things come from. | Somebody thought about this. You can see it."),
    _theme("short of time | with the full calendar | between two things | who is always on the way",
           "Has ten minutes between two tasks and uses them well. | Decides on the way and wants it done. | Is organised by need and thankful for every saved step.",
           "To be done in a few minutes | Fewer steps | Something that works the first time | Help that is there when needed | To forget about it afterwards",
           "Forms that never end | Waiting in line for simple things | Having to explain everything twice | Plans that need a plan",
           "Give me back ten minutes and I am yours. | If it takes a manual, it takes too long. | I do not need more time, I need fewer steps. | Done before the coffee is cold. That is what I want."),
    _theme("who shares everything | the host | the one who brings people together | caring for others",
           "Chooses for others as well and likes it when everybody is content. | Brings people to one table and passes on good things. | Thinks of the others first.",
           "Something everybody can agree on | Enough for one more person | A reason to come together | Things that are easy to pass on | To please different tastes",
           "Offers made for one person alone | Having to choose between people | Good things that nobody else knows | Plans that leave somebody out",
           "I like it more when I can share it. | When the others are happy, I am too. | Good things are there to be passed on. | One for me, and one for next door."),
    _theme("the curious one | who tries things | open to new ideas | the early visitor",
           "Tries new things before others do and talks about them. | Gets bored easily and loves a good surprise. | Says yes first and finds out later.",
           "Something to discover | A reason to try it now | A fresh idea, well made | Something worth telling | Room to play",
           "More of the same in a new colour | New things that are only new | Waiting until everybody has it | Ideas that stay on paper",
           "I will try anything once, and good things twice. | Surprise me, but mean it. | I saw it, I tried it, I told everyone. | New is fine. Good is better."),
)

ANY_SUMMARIES = (
    "One of many {a}.", "Speaks for {a}.", "Belongs to {a}.", "Typical of {a}.", "Stands for {a}.", "Thinks like many {a}.",
    "One voice among {a}.", "At home among {a}.",
)
ANY_NEEDS = (
    "To know about this: {f}", "One thing made clear: {f}", "To hear it early: {f}", "The plain fact: {f}", "A reason like this: {f}",
    "Good news in short: {f}", "What counts here: {f}", "{p} without long explanations", "To see {p} in daily life", "A simple way to meet {p}",
)
ANY_FRUSTRATIONS = (
    "Nobody speaks plainly to {h}", "Offers that forget {h}", "Ads that do not know {h}", "Talk that is not meant for {h}",
    "Advice that does not suit {h}", "Few things are made with {h} in mind",
)
ANY_QUOTES = (
    "I heard one thing about {p}: {f}. That was enough.", "My reason is short: {f}.", "I tell my friends about {p}. Why? Well: {f}.",
    "What made me look: {f}. What makes me stay: {g}.", "With {p} I finally know what I get.", "I only asked for one thing, and {p} does it.",
)
