"""Concept sentences, the same twelve themes as in `personas.py`.

Slots: {p} product, {w} what it is, {a} audience, {h} short audience, {f} {g} facts, {F} {G} facts with a capital letter.
Headlines of different themes never coincide, which keeps the headlines of one brief apart.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConceptTheme:
    """One idea for a campaign."""

    titles: tuple[str, ...]
    headlines: tuple[str, ...]
    closers: tuple[str, ...]


def _theme(titles: str, headlines: str, closers: str) -> ConceptTheme:
    split = lambda text: tuple(part.strip() for part in text.split("|"))
    return ConceptTheme(split(titles), split(headlines), split(closers))


THEMES: tuple[ConceptTheme, ...] = (
    _theme("Facts first | The short list | In black and white | Proof on the table | What it says",
           "{F}. That is {p}. | {p}: {f} | The facts about {p} | {p}, in so many words | Read it once: {f} | {p} says it as it is | One fact: {f} | Look closer at {p} | {F}. Full stop. | {p} has nothing to add",
           "No more needs to be said. | Read it, check it, decide. | The rest is up to you. | That is the whole story."),
    _theme("An ordinary day | Tuesday, as usual | Part of the day | Every morning again | The daily thing",
           "{p} fits your day | Monday starts with {p} | A good day has {p} in it | {p}, every day again | Your week, with {p} | Between breakfast and bed: {p} | Good morning, {p} | Same day, better with {p} | {p} for days like this | Any day is a {p} day",
           "It fits the day you already have. | Tomorrow is a good day for it. | A small part of the day, well done. | Some habits are worth keeping."),
    _theme("You asked | The short answer | Question and answer | Good question | One question less",
           "What is {p}? | You asked. {p} answers. | Why {p}? {F}. | Have you met {p}? | What if it were {p}? | The answer is {p} | Any questions? Ask {p}. | And what does {p} do? | Who needs {p}? You do. | Did you know? {F}.",
           "Ask us anything else. | That is the short answer. | One question less. | You ask, we answer."),
    _theme("Less noise | The calm choice | Nothing extra | One thing well | Turn it down",
           "Less noise. More {p}. | {p}. Nothing else. | All you need: {p} | {p} keeps it calm | Enough said: {p} | Quietly good: {p} | {p} leaves out the rest | Just {p} | Take a breath, take {p} | No fuss, only {p}",
           "Nothing extra, nothing missing. | The rest can wait. | That is enough. | It does one thing and does it well."),
    _theme("Try it once | A first taste | No strings | Test week | See for yourself",
           "Try {p} once | Give {p} a week | {p}: see for yourself | Test it. Keep it. {p}. | Once is enough to know {p} | Borrow an opinion. Try {p}. | {p}, on trial | Find out with {p} | Try first, decide later: {p} | Put {p} to the test",
           "Try it and see how it feels. | You can decide later. | If it fits, it stays. | Once is all it takes to know."),
    _theme("Made for you | This one is yours | At last | Your kind of thing | By your side",
           "{p}, made for {h} | For {h}: {p} | {p} is on your side | At last, {p} | {p} thought of you | Dear {h}, this is {p} | This one is for {h} | {p} knows your day | Yours: {p} | {p} belongs to {h}",
           "Made with you in mind. | You will notice the difference. | It was your turn. | Because your day is not like the others."),
    _theme("Open doors | Nothing to hide | Our word | See how it works | Plain dealing",
           "{p} has nothing to hide | {p} keeps its word | Come and see {p} | What {p} promises, it does | You can count on {p} | {p}, open to all | Look inside {p} | {p} stands by it | Said and done: {p} | Hold {p} to its word",
           "We say what we do and do what we say. | Come and see for yourself. | No small print, no surprises. | Ask us, and we will show you."),
    _theme("The first step | Begin here | Day one | Start small | A good beginning",
           "Start with {p} | {p} is your first step | Begin here: {p} | Day one with {p} | Small start, {p} | {p} for a good beginning | Ready? {p} is. | Step one: {p} | Start small. Start {p}. | It begins with {p}",
           "One small step is enough for now. | You learn the rest on the way. | Start where you are. | The beginning is easier than it looks."),
    _theme("How it is made | By hand and head | The making of it | Good work | Where it comes from",
           "{p} is made with care | How {p} is made | Somebody made this: {p} | Good work, {p} | Behind {p} are people | The making of {p} | {p}, built to stay | Know where {p} comes from | Work you can see: {p} | {p} takes pride in it",
           "You can tell that somebody cared. | Good work takes its time. | Now you know where it comes from. | Made properly, down to the detail."),
    _theme("Time back | Ten minutes more | Done by noon | Short way | On the way",
           "{p} gives you time back | Done. Thanks to {p}. | Less waiting, more {p} | {p} saves the detour | The short way: {p} | No time? {p}. | {p} is done before you know it | One step: {p} | More evening with {p} | {p}, and off you go",
           "Use the time for something better. | Done, and on to the next thing. | One thing less to think about. | Your evening starts earlier."),
    _theme("Better together | One for everyone | Bring a friend | The long table | Pass it on",
           "{p} is better together | Share {p} | {p} for all of us | Bring a friend to {p} | One more for {p} | Pass on {p} | Together with {p} | {p} brings us together | Room for everyone at {p} | {p} and good company",
           "Bring somebody along. | Good things are there to be shared. | There is room for one more. | Tell a friend."),
    _theme("Something new | Find out | A small surprise | Look again | For the curious",
           "Curious? Meet {p}. | Say hello to {p} | {p} is something else | Surprise: {p} | Look again. It is {p}. | New to you: {p} | Discover {p} | {p}? Yes, {p}. | Here comes {p} | You have not met {p} yet",
           "You will want to tell somebody. | Go on, have a look. | It is different, and that is the point. | Some surprises are worth it."),
)

OPENERS = (
    "{p} is made for {a}.", "{p} is there for {a}.", "For {a}, there is {p}.", "{p} was made with {a} in mind.", "Good news for {a}: {p}.",
    "{p} is for {a}.", "{p} keeps {a} in mind.", "{p} belongs with {a}.",
    "{p} suits {a}.", "{p} has {a} in mind.", "From us to {a}: {p}.", "{p} works for {a}.", "{p} does its work for {a}.",
)
WHAT_OPENERS = (
    "{p}: {w} for {a}.", "{p}, {w} for {a}.", "For {a}: {w}.", "{p} means {w} for {a}.", "This is {p}: {w} for {a}.", "{p} for {a}: {w}.",
    "Meet {p}, {w} for {a}.",
)
FACT_LINES = (
    "{F}.", "{F}. {G}.", "{F}, {g}.", "Worth knowing: {f}.", "What you get: {f}, {g}.", "The reason is short: {f}.", "What counts: {f}.",
    "In short: {f}, {g}.", "And: {f}.", "The detail that matters: {f}.", "It comes down to this: {f}.", "Also good to know: {f}.", "Simply put: {f}.",
    "Two reasons: {f}, {g}.", "The difference: {f}.", "{F}, and that is a start.", "Why it works: {f}.",
)
TONE_CLOSERS = {
    "warm": ("We are glad you are here.", "Come by, you are welcome.", "It feels like home.", "With kind regards from us."),
    "playful": ("Go on, we will not tell.", "Your turn!", "Smiling is allowed.", "Ready, steady, yes."),
    "bold": ("Take it.", "No excuses.", "Go for it.", "Make it count."),
    "calm": ("Take your time.", "All in good time.", "One thing after another.", "Slow is fine."),
    "elegant": ("Beautifully simple.", "A matter of taste.", "Less, but better.", "Made to be looked at twice."),
    "fresh": ("Fresh start included.", "Open the window.", "A breath of fresh air.", "As fresh as it gets."),
    "energetic": ("Let's go.", "Up and out.", "Off you go!", "Move first, think later."),
    "quiet": ("Quiet on purpose.", "No big words.", "It speaks softly.", "Listen closely."),
    "expert": ("Ask those who know.", "Thought through to the end.", "Precise by habit.", "We know our trade."),
    "friendly": ("See you soon.", "Drop in any time.", "Nice to meet you.", "We saved you a seat."),
    "honest": ("That is all we claim.", "We would tell you otherwise.", "No tricks.", "True today and tomorrow."),
    "plain": ("That is it.", "Plain and clear.", "Nothing to explain.", "As simple as that."),
    "witty": ("You read this far, so why not?", "Even the neighbours agree.", "Your future self says thanks.", "No further jokes needed."),
    "modern": ("Made for now.", "Ready for the next years.", "This is how it works today.", "Time to move on."),
}
CALLS_BY_GOAL = {
    "book": ("Book a place", "Book your time", "Save a date", "Pick a day"), "visit": ("Plan a visit", "Come by", "Visit us", "Drop in"),
    "come": ("Come by", "Join us", "See you there", "Drop in"), "order": ("Order yours", "Order a first one", "Place an order"),
    "try": ("Try it once", "Give it a try", "Try {p}"), "taste": ("Taste it", "Have a taste", "Try a bite"), "test": ("Test it", "Take a test", "Try it out"),
    "subscri": ("Subscribe", "Start a subscription", "Get it regularly"), "member": ("Join us", "Become a member", "Be part of it"),
    "sell": ("Get yours", "Find yours", "See the range", "Shop now"), "buy": ("Get yours", "Shop now", "Find yours"),
    "switch": ("Make the switch", "Switch over", "Change now"), "donat": ("Give a little", "Support us", "Lend a hand"),
    "volunteer": ("Lend a hand", "Join in", "Help with us"), "ask": ("Ask us", "Ask for an offer", "Talk to us"), "call": ("Call us", "Talk to us"),
    "repair": ("Bring it in", "Have it mended", "Mend it"), "learn": ("Start a lesson", "Learn more", "Take lesson one"),
    "ticket": ("Get a ticket", "Save a seat", "Be there"), "rent": ("Rent one", "Borrow one", "Reserve yours"), "client": ("Talk to us", "Get in touch"),
    "download": ("Get the app", "Download it"), "save": ("Start saving", "Set a goal"), "fill": ("Save a place", "Come along", "Be there"),
    "bring": ("Bring it along", "Come back", "Join in"),
}
CALLS = ("See how it works", "Learn more", "Find out more", "Start here", "Take a look", "Get started", "Discover {p}", "Meet {p}", "See more", "Have a look", "Go to {p}", "Find {p}")
