"""Fifty briefs from fields that the corpus does not know, for measuring only. One line: product | what | audience | goal | tone | avoid | facts."""

from .briefs import Brief

_ROWS = """
Lumen Oat | oat drink in returnable glass bottles | city families who cook at home | make people try the first bottle | warm, plain | cheap, miracle | made from Baltic oats; bottle goes back to any shop; no added sugar
Hivework | honey from rooftop beehives | neighbours who garden | sell the first jars of spring | honest, warm | pure, superfood | 14 hives on one roof; extracted cold; jar deposit of 50 cents
Queen's Corner | chess club for late starters | adults who never learned chess | fill the beginners table | friendly, witty | genius | Tuesdays at seven; boards provided; no rating needed
Kilnhouse | pottery workshop with shared kilns | hobby potters without a kiln | rent out the free wheels | calm | therapy, guru | two kilns on site; clay by the kilo; shelves for drying
Molarium | a dental practice for anxious patients | people who avoid the dentist | get patients to a first talk | calm, gentle | pain, fear | talk before treatment; same dentist each visit; appointments after work
Nordlicht Museum | a museum of light and glass | weekend families in Hamburg | bring families in during winter | playful | boring | touch allowed; free on first Sundays; workshop for children
Taxfern | tax advice by video call | nurses with second jobs | win clients before the deadline | plain, serious | loophole | fixed price; answer in two days; former tax officers
Sorrel & Ash | smoked tofu from a village smokehouse | grill fans who eat less meat | get onto the grill this summer | bold | fake, substitute | smoked over ash wood; soy from Austria; ready in six minutes
Pillarbox | handwritten letter service | people who miss someone | sell letters before Mother's Day | poetic, warm | spam | written with a fountain pen; posted the same day; seal of wax
Vantage Glide | paragliding school in the Alps | office workers who dream of flying | book tandem flights | energetic | danger, extreme | tandem with a pilot; 12 minutes in the air; video included
Brickfold | modular houses from clay bricks | young couples with a small plot | get couples to visit the model house | modern, direct | cheap | built in nine weeks; bricks without cement; cool in summer
Ferrybird | harbour ferry by subscription | commuters across the bay | replace the car on weekdays | fresh | traffic | leaves every 15 minutes; bikes ride free; coffee on deck
Quillon | fencing lessons for teenagers | teenagers who dislike team sports | fill the Thursday group | bold, playful | violence | masks to borrow; first month free; tournament in June
Aquaponica | lettuce grown with fish | chefs in small kitchens | get chefs to order weekly | expert | organic | harvested the same morning; 90 percent less water; roots still on
Lullaby Lane | sleep coaching for babies | exhausted new parents | get parents to a first call | gentle, honest | cry it out | no crying methods; home visits in Leeds; midwife on call
Stellaroom | a planetarium in a shipping container | schools without buses | bring the stars to schoolyards | curious | educational | set up in one hour; room for 25 pupils; shows in four languages
Korkenzieher | wine bar for people who know nothing about wine | curious beginners | make people taste three wines | witty, plain | bouquet, expert | three glasses for ten euros; no wine list; bread included
Windrose Maps | hand drawn hiking maps | walkers who get lost | sell maps in village shops | calm, plain | app, digital | waterproof paper; drawn by two sisters; every spring marked
Hearwell | hearing aids with rechargeable batteries | grandparents who love concerts | get people to take a hearing test | warm, direct | deaf, old | charges overnight; test takes 20 minutes; adjusted at home
Saddlebrook | horse riding for adults | adults who rode as children | bring riders back | friendly | luxury | calm horses; groups of four; boots to borrow
Glasswing | window cleaning with rainwater | shop owners on the high street | win ten shops as regular clients | direct | chemical | only rainwater; before opening hours; price per window
Tidepool | swim goggles with your prescription | short sighted swimmers | sell the first hundred pairs | fresh, plain | nerd | lenses ground in Kiel; ready in five days; straps can be replaced
Mothlight Cinema | a cinema with one hall | people who love old films | fill Monday nights | poetic, dry | blockbuster | 35 mm projector; 64 seats; soup before the film
Rentaroo | baby carriers to rent | parents of newborns | make renting the first choice | warm | bargain | cleaned after every rental; advice by a trainer; swap any time
Oddfellow Bikes | tricycles for grown-ups | older people with bad balance | get people to a test ride | friendly, confident | disabled, old | three wheels; basket for two crates; test rides on Saturdays
Sandgrain | sandblasting for old radiators | owners of period houses | get photos of radiators sent in | plain | dirt | pickup in Dresden; primer included; back in eight days
Thermalis | a public bath with warm springs | tired people in winter | sell evening tickets | calm, elegant | wellness | 36 degrees all year; open until midnight; no phones inside
Inkwell & Daughters | tattoo removal with honest advice | people who regret a tattoo | get people to a free consultation | honest | shame | first consultation free; doctor on site; says no when needed
Rooftop Radio | a neighbourhood radio station | people who cook with the radio on | find new listeners and hosts | energetic, warm | mainstream | hosts from 12 countries; no adverts; studio open on Fridays
Lingonberry Legal | legal help for tenants | tenants with a cold flat | get tenants to send their lease | direct, calm | sue, fight | letter checked in a day; flat fee of 40 euros; lawyers speak Turkish
Petrichor | rain barrels made of oak staves | gardeners in dry regions | sell barrels before summer | calm, plain | hipster | holds 200 litres; oak from old wine casks; tap made of brass
Clockmakers' Yard | repair of wall clocks | heirs of old clocks | bring stopped clocks to the workshop | quiet, expert | vintage | estimate by post; three clockmakers; two year guarantee
Bright Side Opera | short operas in a supermarket | shoppers after work | fill twenty chairs on Thursdays | playful, bold | high culture | 25 minutes long; free of charge; singers from the academy
Fieldnote | weather balloons for schools | science teachers | get teachers to book a launch | curious, direct | nerd | reaches 30 kilometres; camera on board; parachute is recycled
Halvorsen Ice | ice blocks cut from a lake | bars with good cocktails | get bars to order for the weekend | cool, dry | frozen | crystal clear; melts slowly; cut in February
Mendable | an insurance free bike courier for medicines in villages | villagers far from a doctor | win two villages as partners | plain | rural | delivers in a day; cooled bag; prescription checked
Ravel | knitting evenings in a bar | people who want to use their hands | fill twelve seats every Wednesday | witty, warm | granny | wool included; first drink free; mistakes welcome
Ötzi's Pantry | dried meals for mountain huts | hut wardens in the Alps | replace canned soup | direct | astronaut | 400 grams a meal; carried up by drone; cooked in ten minutes
Pine & Paragraph | speech writing for weddings | shy best men | sell speeches before the wedding season | witty | hilarious | one interview; two drafts; read aloud together
Urban Ark | animal shelter with a café | people who cannot keep a pet | get guests to sponsor an animal | warm, honest | sad | cake pays for food; 31 cats; quiet hour at noon
Semaphore | flags and banners sewn to order | sailing clubs | win clubs before the regatta | bold, plain | cheap | sewn in Rostock; any size; colours hold for years
Gravel & Grace | funeral music played live | grieving families | be found in time | quiet, gentle | death, event | cello or trumpet; any piece on request; reply within hours
Zipline Prague | a zipline over the river | groups of colleagues | sell group tickets in autumn | energetic | adrenaline | 300 metres long; harness for children; open in rain
Compostela | walking coaches for pilgrims | first time pilgrims | sell the spring course | calm, honest | spiritual | six walks; shoes checked; packing list by a doctor
Nightshift Bakery Radio | playlists for bakers | people who start work at three | get bakers to subscribe | dry, witty | influencer | four hours without talking; chosen by bakers; two euros a month
Amberline | reading glasses from recycled fishing nets | readers over fifty | sell a second pair | elegant, plain | old, elderly | frames from fishing nets; three strengths; case of felt
Skylark Surveys | drone surveys of church roofs | parish councils | get parishes to book a survey | serious, plain | spy | no scaffolding; report in a week; roof photos in detail
Tümpel | a swimming pond without chlorine | families in the suburbs | sell season tickets | fresh, friendly | chemical | cleaned by plants; shallow end for toddlers; ice cream from the farm
Hexa Bolt | screws sorted by hand for restorers | furniture restorers | become the place to ask first | expert, dry | hardware | 900 kinds in stock; brass and steel; sold singly
Parlour Robotics | a robot that folds laundry | large families | let families see it working | modern, playful | future, smart | folds a basket in 30 minutes; runs without internet; repaired at home
"""


def held_out_briefs() -> list[Brief]:
    """The fifty briefs, in order."""
    rows = [[cell.strip() for cell in line.split("|")] for line in _ROWS.strip().splitlines()]
    return [
        Brief(product, what, audience, goal, tone, [word.strip() for word in avoid.split(",")], [fact.strip() for fact in facts.split(";")])
        for product, what, audience, goal, tone, avoid, facts in rows
    ]
