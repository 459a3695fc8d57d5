"""Brief material for the corpus: forty-four invented fields of business.

Each field holds phrases separated by ' | '. Slots in braces are filled by `briefs.fill_slots`, so that places,
numbers and makers are new in every brief and have to be copied. Fields used for measuring are in `heldout.py`
and must not appear here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """Phrases for one field: what is offered, to whom, why, and facts about it."""

    name: str
    whats: tuple[str, ...]
    audiences: tuple[str, ...]
    goals: tuple[str, ...]
    facts: tuple[str, ...]


def _field(name: str, whats: str, audiences: str, goals: str, facts: str) -> Field:
    split = lambda text: tuple(part.strip() for part in text.split("|"))
    return Field(name, split(whats), split(audiences), split(goals), split(facts))


FIELDS: tuple[Field, ...] = (
    _field("dairy", "yoghurt from small farms in clay pots | kefir in reusable bottles | mild cheese cut to order | butter churned every {day}",
           "parents who pack lunch boxes | people who shop at the market | breakfast lovers in {place} | older couples who cook simply",
           "make people taste it in the shop | win a place in the weekly basket | get families to switch from the usual brand",
           "milk from {n} farms near {place} | no thickener | pots are washed and filled again | cows graze from {month} to {month2} | made without flavouring | keeps for {n} days | collected every morning"),
    _field("coffee", "filter coffee roasted in small batches | coffee beans by subscription | cold brew in cans | coffee kiosk on a cargo bike",
           "office teams with a shared kitchen | students who study late | home baristas | commuters on foot",
           "get people to order a first bag | bring more people to the kiosk before work | turn tasters into subscribers",
           "roasted on {day} | beans from one farm in {place} | ground to order | bags go into the compost | grower named on every bag | delivered by bike | light roast only"),
    _field("bread", "sourdough bread baked overnight | wholegrain rolls for freezing | gluten free bread in slices | neighbourhood bakery with a long counter",
           "families who eat early | people with a sensitive stomach | hikers who carry their lunch | neighbours within walking distance",
           "sell the loaves of the night before noon | make people come back on weekdays | fill the shop on {day}s",
           "flour from a mill in {place} | rests for {n} hours | four ingredients | baked in a stone oven | yesterday's bread at half price | no sugar in the dough | open from six"),
    _field("snacks", "roasted chickpeas in paper bags | fruit bars without added sugar | seed crackers | dried apple rings",
           "climbers and walkers | children who come home hungry | people who work in shifts | drivers on long routes",
           "get the first bag into people's hands | place the bags next to the till | replace the usual crisps at work",
           "roasted, never fried | packed in {place} | pears and apples, nothing else | fits in a jacket pocket | bag made of paper | salted lightly | grown by {n} farmers"),
    _field("soft drinks", "rhubarb soda in glass bottles | sparkling water with herbs | ginger drink for mixing | iced tea with little sugar",
           "hosts of summer parties | people who skip alcohol | café owners | cyclists on hot days",
           "be the first choice for people who drive home | get cafés to list it | make people try it cold",
           "rhubarb from {place} | half the sugar of common soda | bottle deposit | brewed for {n} hours | no colouring | mint from our own garden | best served cold"),
    _field("meal kits", "dinner boxes for two | soup kits with dried vegetables | cooking boxes for beginners | lunch jars for the office",
           "couples with little time | students in shared flats | people who cook for the first time | colleagues who eat together",
           "get people to cook the first box | make subscribers stay after the first month | replace delivery on weekdays",
           "ready in {n} minutes | recipes on one page | vegetables from farms near {place} | box goes back to the courier | pause any week | one pot is enough | portions for one or two"),
    _field("restaurant", "a lunch place with three dishes a day | a noodle bar with an open kitchen | a vegetarian restaurant by the river | supper club in a former garage",
           "people who work nearby | friends who share plates | travellers who arrive late | guests who do not eat meat",
           "fill the tables at lunch | get guests to book for {day} | make neighbours come in once",
           "menu changes every {day} | kitchen open until {n} | vegetables from {place} | bread baked in the house | one long table | tap water is free | children eat for half"),
    _field("grocery", "a grocery shop without packaging | vegetable boxes from the region | an online market of small producers | corner shop with late hours",
           "households that waste little | cooks who plan the week | people without a car | newcomers to the quarter",
           "win regular customers for the weekly box | get people to bring their own jars | make people shop on weekdays",
           "bring your own jar | prices per gram | farmers named on the shelf | boxes packed on {day} | {n} producers from {place} | no minimum order | open until ten"),
    _field("accounting software", "invoicing software for freelancers | bookkeeping app for small shops | expense tracking for teams | payroll tool for family businesses",
           "freelancers who hate paperwork | shop owners who do their own books | founders of small teams | craftspeople with one employee",
           "get people to send their first invoice | win users before the tax year ends | move people away from spreadsheets",
           "first invoice in {n} minutes | data stored in {place} | export to any tax office | no card needed to start | help by phone on weekdays | works offline | cancel in two clicks"),
    _field("project software", "a planning board for small studios | a shared calendar for crews | task lists that print on paper | time tracking without timers",
           "studio managers | crews who work outside | volunteers in clubs | teams in two time zones",
           "make teams plan one week with it | get trial users to invite a colleague | replace the meeting on {day}",
           "one page for the whole week | works on old phones | prints on one sheet | free for teams up to {n} | no notifications after six | made in {place} | import from any calendar"),
    _field("security software", "a password manager for families | backup service for photographers | a private mail service | parental control for home routers",
           "parents with school children | photographers with full drives | people who value privacy | small offices without an administrator",
           "get families to set it up together | make people do a first backup | earn trust with people who were hacked",
           "code open to everyone | servers in {place} | encrypted before upload | no tracking | restore with one button | audited every {month} | works on {n} devices"),
    _field("learning app", "a language app with short stories | a maths app for evening classes | typing course in the browser | an app to learn sign language",
           "adults who learn after work | parents who learn with children | nurses from abroad | people who left school early",
           "make people finish the first lesson | bring learners back after a break | get companies to offer it to staff",
           "lessons of {n} minutes | spoken by people from {place} | no adverts | works without internet | mistakes are explained | teachers answer questions | first chapter is free"),
    _field("banking", "a bank account for couples | savings account with clear rules | account for clubs | business account for sole traders",
           "couples who share a flat | people who save for the first time | treasurers of small clubs | sole traders",
           "win people who compare accounts | make savers set a first goal | get clubs to move their account",
           "no monthly fee | open in {n} minutes | branch in {place} | interest paid every month | cards without plastic | a person answers the phone | fees on one page"),
    _field("insurance", "bike insurance by the month | household insurance for renters | travel insurance for long trips | insurance for musical instruments",
           "cyclists in the city | renters with little furniture | travellers on long trips | members of amateur orchestras",
           "explain what is covered in one minute | get renters to ask for an offer | win cyclists before {month}",
           "cancel every month | claims answered within {n} days | theft covered day and night | no small print | contract on two pages | offices in {place} | old bikes welcome"),
    _field("energy", "green power from local turbines | solar panels for balconies | heat pumps for old houses | energy advice at home",
           "renters with a balcony | owners of old houses | households with high bills | village cooperatives",
           "get people to ask for a visit | make renters order a first panel | win households before winter",
           "turbines near {place} | set up in {n} minutes | plugs into any socket | price fixed for {n} months | advice free of charge | panels made in {place} | no drilling needed"),
    _field("telecom", "a phone plan without contract | internet for villages | a simple phone for seniors | data plan for campers",
           "grandparents who like buttons | villages with slow internet | campers and van travellers | people who call more than they stream",
           "make people switch without worry | get villages to sign up together | win seniors through their families",
           "keep your number | cancel any day | large keys | battery lasts {n} days | help line in {place} | one price for all | no hidden cost"),
    _field("running", "running shoes that can be resoled | a running club for beginners | running socks from wool | running vests with lights",
           "beginners who run alone | people who run after dark | trail runners | runners who come back after injury",
           "make beginners come to the first run | sell the first pair in shops | get runners to repair instead of replace",
           "sole replaced in {n} days | sewn in {place} | wool from {place} | no membership fee | every pace welcome | seen from afar | tested on wet stone"),
    _field("cycling", "a city bike with two gears | cargo bikes to rent | bike lights without batteries | helmets that fold",
           "parents who ride to school | commuters who leave the car | couriers | people who cycle all winter",
           "get people to take a test ride | make rental the habit on {day} | sell lights before autumn",
           "frame welded in {place} | test ride at any shop | carries {n} kilos | belt instead of chain | light runs on motion | spare parts for {n} years | folds flat"),
    _field("gym", "a small gym with set hours | a climbing hall for families | swimming lessons for adults | a yoga room above the market",
           "people who never liked gyms | families with energy | adults who cannot swim | office workers with stiff backs",
           "get people through the door once | fill the quiet hours | turn trial visits into memberships",
           "groups of {n} | trainer always present | no mirrors | first visit free | warm pool | mats provided | open from seven in {place}"),
    _field("outdoor gear", "tents that can be mended | rain jackets from recycled nylon | camping stoves for wind | backpacks for day walks",
           "families on their first camping trip | hikers who go in any weather | scouts and youth groups | people who walk alone",
           "sell tents early in the year | make people repair their gear | bring hikers into the shop in {place}",
           "patches included | tested in wind at {place} | weighs less than {n} kilos | zips replaced for free | waterproof seams | spare poles in every shop | made from old nets"),
    _field("rail travel", "night trains across the north | train passes for young people | scenic train to the coast | luggage service for rail travellers",
           "travellers who avoid flying | students on summer break | retired couples | families with bulky bags",
           "fill the beds in {month} | make people take the train once | sell passes before summer",
           "leaves at {n} in the evening | arrives before breakfast | beds with doors | bikes travel along | {n} stops from {place} to {place2} | refund up to one day before | breakfast on board"),
    _field("hotel", "a guest house with nine rooms | cabins by the lake | a hostel in an old school | farm holidays with breakfast",
           "couples on short trips | groups of friends | families with small children | walkers on long routes",
           "fill rooms outside the season | get guests to book directly | make guests stay a second night",
           "breakfast until eleven | {n} minutes from the station | no television | bread from {place} | dogs welcome | lake in front of the door | kitchen for guests"),
    _field("city tours", "walking tours at dusk | kayak tours through the canals | food walks in small groups | tours for people in wheelchairs",
           "weekend visitors | locals who know the main sights | wheelchair users and friends | school classes",
           "fill the tours on weekdays | win locals as guests | get visitors to book before they arrive",
           "groups of up to {n} | guides grew up in {place} | step free route | rain covers included | ends at a café | pay what you can | starts at the old bridge"),
    _field("school", "an evening school for adults | a forest kindergarten | tutoring in small groups | a summer school for makers",
           "adults who want a certificate | parents of curious children | pupils who fell behind | teenagers who like to build",
           "get people to visit an open day | fill the places for {month} | make parents ask for a trial lesson",
           "classes of {n} | starts in {month} | teachers with work experience | lessons outdoors | first hour free | near the station in {place} | no homework on weekends"),
    _field("books", "a bookshop with a reading room | audio books by local voices | picture books in two languages | a book subscription for crime readers",
           "readers who buy by feeling | commuters with headphones | families with two languages | fans of slow crime stories",
           "bring readers into the shop | make people listen to one chapter | win families through schools",
           "picked by {n} booksellers | read by voices from {place} | printed on thin paper | one book a month | swap books you have read | open late on {day} | first chapter free"),
    _field("music lessons", "piano lessons at home | a choir for people who think they cannot sing | drum school in a cellar | guitar lessons online",
           "adults who start late | children with short patience | shy singers | people who played as children",
           "get beginners to a first lesson | fill the choir before {month} | bring people back to their instrument",
           "no audition | instrument on loan | lessons of {n} minutes | concert in {place} every {month} | no sheet music needed | pay per lesson | groups of {n}"),
    _field("instruments", "ukuleles from leftover wood | repair of brass instruments | second hand pianos | drum pads for flats",
           "school bands | families who want music at home | neighbours with thin walls | collectors of odd instruments",
           "sell the first ukulele to beginners | bring old instruments back to life | get schools to order a set",
           "wood from {place} | tuned before delivery | repair within {n} days | played with headphones | guarantee of {n} years | trade in your old one | built by two people"),
    _field("gardening", "seeds for balconies | raised beds from larch | garden tools to borrow | compost by subscription",
           "balcony gardeners | families with a new garden | neighbours who share tools | people who grow their first tomato",
           "sell seeds before {month} | make people grow one thing | get streets to share a tool shed",
           "seeds from {place} | grows in half shade | no peat | sown until {month} | tools for {n} days | delivered in sacks | flowers for bees"),
    _field("houseplants", "houseplants that survive dark rooms | plant care by post | pots from recycled glass | an office plant service",
           "people who forget to water | offices without daylight | first flat owners | gift givers",
           "sell one plant to people who gave up | win offices as clients | make repotting a spring habit",
           "water every {n} days | grown in {place} | replaced if it wilts | card with care notes | pots from one glass maker | no plastic | safe for cats"),
    _field("furniture", "shelves without screws | tables made to measure | second hand chairs, restored | beds for small rooms",
           "people in small flats | families who move often | offices with a tight budget | friends of old wood",
           "get people into the showroom | make movers choose furniture that moves along | sell the last {n} chairs",
           "ash from {place} | built up in {n} minutes | oiled, not painted | parts can be replaced | fits through any door | made to the centimetre | taken back after use"),
    _field("lighting shop", "desk lamps that can be mended | paper lamps | candles from rapeseed wax | lamp repair by post",
           "people who read at night | offices with long evenings | couples who furnish a first home | makers of quiet rooms",
           "make people swap one lamp | sell lamps in the dark months | bring back old lamps",
           "bulb can be changed | folded by hand in {place} | burns for {n} hours | cable of cotton | wax without palm oil | repair price told first | warm light"),
    _field("home repair", "a handyman service by the hour | window repair for old houses | a repair café on {day}s | tool rental with advice",
           "renters with small repairs | owners of old houses | people who live alone | neighbours who like to mend",
           "get people to call before things break | fill the repair café | win landlords as clients",
           "arrives within {n} days | price told before work | cleans up after | {n} craftspeople in {place} | old parts reused | coffee while you wait | no travel fee"),
    _field("phone repair", "phone repair while you wait | refurbished phones | repair kits for phones | battery exchange by post",
           "people with a cracked screen | students on a budget | parents who buy a first phone | people who keep phones for years",
           "make repair the first thought | sell refurbished phones to students | get people to change the battery",
           "done in {n} minutes | parts kept in {place} | guarantee of {n} months | data stays on the phone | tools included | price list in the window | old phones taken back"),
    _field("clothing", "work trousers that last | linen shirts in four cuts | knitwear from leftover yarn | clothes to rent for babies",
           "people who work with their hands | parents of fast growing babies | people who own few clothes | colleagues without a dress code",
           "get people to try one piece | make repair part of buying | win parents before birth",
           "sewn in {place} | knees are double | buttons of nut | washed at {n} degrees | mended for free | linen from {place} | sizes for tall people"),
    _field("shoes", "leather shoes made to order | children's shoes by subscription | vegan boots | shoe repair by post",
           "people who stand all day | parents whose children grow fast | vegans in cold places | people with wide feet",
           "sell boots before the first snow | get parents to measure feet | bring worn shoes back",
           "last made for your foot | swap when feet grow | sole sewn, not glued | cork from {place} | wide sizes | back within {n} days | half sizes too"),
    _field("soap and care", "solid soap without perfume | shampoo bars | hand cream for workers | a refill station for soap",
           "people with sensitive skin | travellers with hand luggage | gardeners and bakers | households without plastic",
           "make people try one bar | get shops to place a refill station | replace plastic bottles in the bath",
           "boiled in {place} | no perfume | lasts for {n} washes | tin included | rapeseed oil from {place} | refill in any bottle | tested by bakers"),
    _field("pharmacy", "a pharmacy with a night desk | vitamin packs by season | medicine delivery by bike | hearing checks in the shop",
           "night workers | people who care for parents | older people on their own | parents with a feverish child",
           "let people know the night desk is open | make people check their hearing | win carers as customers",
           "open all night | delivered within {n} hours | advice in {n} languages | no appointment | bikes leave from {place} | large print leaflets | check takes {n} minutes"),
    _field("pets", "dry food for older dogs | a cat hotel | dog training in the park | leashes from old climbing rope",
           "owners of old dogs | people who travel and have cats | first time dog owners | city dogs and their people",
           "get owners to try a small bag | fill the cat hotel in {month} | make new owners book a course",
           "meat from {place} | groups of {n} dogs | daily photo | no grain | vet visits every {day} | rope from climbing halls | own room for each cat"),
    _field("toys", "wooden building sets | puzzles of old maps | a toy library | board games for two",
           "grandparents who look for gifts | families with little space | couples who play at night | children who build all day",
           "sell sets before the holidays | win members for the toy library | make couples play on weekdays",
           "beech from {place} | pieces for {n} years of play | drawn by {person} | rules on one page | borrow for {n} weeks | no batteries | spare pieces for free"),
    _field("events", "a small film festival | a night market for makers | a poetry evening in a laundrette | an open air dance",
           "film lovers who sit outside | makers and their friends | people who have never read aloud | dancers of all ages",
           "sell the tickets for {day} | bring new faces to the market | get people to read one poem",
           "on the roof of {place} | {n} films in {n2} days | free entry | bring a blanket | live music from eight | stalls for {n} makers | in every weather"),
    _field("charity", "a food bank on wheels | a mentoring programme | river clean ups | a fund for school meals",
           "people with one free evening | companies that want to help | neighbours by the river | former pupils",
           "win volunteers for {month} | get people to donate monthly | make companies give a day",
           "{n} meals a week | trained in one evening | gloves provided | costs published every {month} | active in {place} | no long commitment | tea afterwards"),
    _field("logistics", "parcel delivery by cargo bike | moving boxes to rent | storage rooms by the week | a courier for fragile goods",
           "small online shops | people who move house | flat sharers without a cellar | galleries and framers",
           "win online shops for a trial week | get movers to rent instead of buy | fill the new rooms in {place}",
           "delivered the same day | boxes for {n} days | lift in the building | padded crates | pickup until {n} | insured up to the door | no cardboard"),
    _field("farming", "soil tests for small farms | weather stations for orchards | a milk robot for family farms | seed drills on loan",
           "growers with small fields | orchard owners | young farmers | cooperatives",
           "get growers to test one field | sell stations before {month} | win farms in {place} as references",
           "result in {n} days | runs on sun | warns of frost | dealer in {place} | spare parts the next day | no subscription | made for hilly land"),
    _field("printing", "business cards on seed paper | a print shop for zines | photo books in linen | posters by screen print",
           "small studios | people who publish their own stories | families with too many photos | bands on tour",
           "win studios for a first order | make people print one year of photos | sell print runs to bands",
           "printed in {place} | from {n} copies | inks without solvent | bound by hand | proof before print | paper that grows | ready in {n} days"),
)

ANY_FACTS: tuple[str, ...] = (
    "made in {place}", "answers within {n} hours", "open on {day}s", "run by {person}", "founded in {place}", "{n} years of practice",
    "family business", "one price for everyone", "no deposit", "ships in paper", "sold only in {place}", "tested with {n} people",
    "made from {material}", "packed by hand", "also on {day}", "with {material} from {place}", "lasts {n} years", "no {material}",
    "comes in {n} colours", "built with {material}", "checked twice", "costs {n} euros", "{word} included", "made with {word}",
)

ANY_AUDIENCES: tuple[str, ...] = (
    "people in {place}", "{word} fans", "young {group}", "older {group}", "{group} in {place}", "{group} who {habit}", "busy {group}",
    "{group} and {group2}", "{group} with {thing}", "{group} without {thing}", "local {group}", "{group} near {place}",
)

GROUPS = ("parents nurses students builders cooks teachers drivers gardeners painters neighbours singers families managers carers beginners "
          "writers farmers bakers walkers dancers tailors designers readers travellers couples retailers clubs landlords dentists "
          "swimmers sailors collectors engineers midwives").split()
HABITS = ("work at night | live alone | move often | share a kitchen | start early | travel by train | cook on weekends | like old things | "
          "read the label | plan ahead | walk to work | have two jobs | mend their things | shop online | save for a house | study at home | "
          "keep a garden | sleep badly | play in a band | look after others | are new in town | never have time | want less plastic").split(" | ")
THINGS = ("small children | a garden | a small budget | long commutes | dogs | big plans | old bikes | a tight schedule | bad knees | "
          "a car | a garage | spare time | an office | two homes | allergies").split(" | ")
MATERIALS = ("oak wool cotton clay cork linen steel glass paper hemp copper bamboo felt rye barley honey sea salt birch wax slate brass "
             "nettle maize leather stone tin straw silk lentils plums hazelnuts algae quince spelt lime cedar rubber zinc").split()
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TONES = ("warm plain playful bold calm elegant fresh energetic quiet expert friendly honest dry witty confident gentle serious curious "
         "simple modern direct optimistic poetic").split()
AVOIDED = ("cheap | miracle | best | revolutionary | guaranteed | luxury | perfect | number one | unique | ultimate | hurry | limited | "
           "premium | hack | sale | magic | free | easy | simple | new | quick | always | never | only | trust | today | small | honest | "
           "plain | quiet | real | first | good").split(" | ")
