"""The words of the rules on documents (TSK001-TSK013): what is found while values are made.

Rules on what a document says have their words in `tulevaisuus.rules`.
"""

from tulevaisuus.findings.finding import MessageTemplate
from tulevaisuus.findings.localization import LocalizedText

NOT_JSON = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="rivillä {line}, sarakkeessa {column} teksti lakkaa olemasta JSONia: siellä on {found}; "
        "tarkista pilkut, lainausmerkit ja sulkeet",
        sv="på rad {line}, kolumn {column} upphör texten att vara JSON: där står {found}; "
        "kontrollera komman, citattecken och parenteser",
        en="the text stops being JSON at line {line}, column {column}, where {found} stands; "
        "check commas, quotes and brackets",
    ),
)
NOT_UTF8 = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="rivillä {line}, sarakkeessa {column} tavut eivät ole UTF-8:aa; tallenna tiedosto "
        "UTF-8-muodossa",
        sv="på rad {line}, kolumn {column} är byten inte UTF-8; spara filen som UTF-8",
        en="the bytes are not UTF-8 at line {line}, column {column}; save the file as UTF-8",
    ),
)
NOT_A_NUMBER = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="rivillä {line}, sarakkeessa {column} on {found}, joka ei ole JSON-luku; jätä "
        "tuntematon arvo pois",
        sv="på rad {line}, kolumn {column} står {found}, som inte är ett JSON-tal; utelämna ett "
        "okänt värde",
        en="line {line}, column {column} has {found}, which is no JSON number; leave an unknown "
        "value out",
    ),
)
LONE_SURROGATE = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="rivillä {line}, sarakkeessa {column} on puolikas merkki (yksinäinen sijaismerkki); "
        "kirjoita merkki kokonaan",
        sv="på rad {line}, kolumn {column} finns ett halvt tecken (ett ensamt surrogat); skriv "
        "hela tecknet",
        en="line {line}, column {column} has half a character (a lone surrogate); write the whole "
        "character",
    ),
)
DUPLICATE_KEY = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="kenttä ”{key}” on samassa objektissa useammin kuin kerran, ja vain viimeinen luetaan; "
        "poista muut",
        sv="fältet ”{key}” finns mer än en gång i samma objekt, och bara det sista läses; ta bort "
        "de andra",
        en='field "{key}" stands more than once in the same object, and only the last is read; '
        "remove the others",
    ),
)
TOO_LARGE = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="dokumentti on suurempi kuin {limit} tavua; jaa se osiin tai anna suurempi raja "
        "(Limits.bytes)",
        sv="dokumentet är större än {limit} byte; dela det eller ange en högre gräns "
        "(Limits.bytes)",
        en="the document is larger than {limit} bytes; split it or pass a higher limit "
        "(Limits.bytes)",
    ),
)
TOO_DEEP = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="rivillä {line}, sarakkeessa {column} sisäkkäisyys ylittää {limit} tasoa "
        "(Limits.depth); poista ylimääräiset sulkeet",
        sv="på rad {line}, kolumn {column} är nästlingen djupare än {limit} nivåer (Limits.depth); "
        "ta bort överflödiga parenteser",
        en="at line {line}, column {column} the nesting goes deeper than {limit} levels "
        "(Limits.depth); remove the surplus brackets",
    ),
)
TOO_MANY_DIGITS = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="rivillä {line}, sarakkeessa {column} luvussa on yli {limit} merkkiä (Limits.digits); "
        "tarkista luku",
        sv="på rad {line}, kolumn {column} har talet fler än {limit} tecken (Limits.digits); "
        "kontrollera talet",
        en="at line {line}, column {column} a number has more than {limit} characters "
        "(Limits.digits); check the number",
    ),
)
TOO_MANY_ITEMS = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="dokumentissa on yli {limit} arvoa; jaa se osiin tai anna suurempi raja (Limits.items)",
        sv="dokumentet har fler än {limit} värden; dela det eller ange en högre gräns "
        "(Limits.items)",
        en="the document has more than {limit} values; split it or pass a higher limit "
        "(Limits.items)",
    ),
)
BROKEN_FILE = MessageTemplate(
    "TSK001",
    LocalizedText(
        fi="pakattu tiedosto katkeaa tai on vioittunut rivin {line} jälkeen; hae se uudelleen",
        sv="den packade filen tar slut eller är skadad efter rad {line}; hämta den på nytt",
        en="the compressed file breaks off or is damaged after line {line}; fetch it again",
    ),
)
WRONG_TYPE = MessageTemplate(
    "TSK002",
    LocalizedText(
        fi="tässä on {found}, kun odotetaan: {expected}; korjaa arvo, sitä ei muunneta",
        sv="här står {found}, men det väntade är: {expected}; rätta värdet, det omvandlas inte",
        en="found {found} where {expected} is expected; correct the value, nothing is converted",
    ),
)
REJECTED_BY_CONVERTER = MessageTemplate(
    "TSK002",
    LocalizedText(
        fi="arvo ei kelvannut: {problem}",
        sv="värdet godtogs inte: {problem}",
        en="the value was refused: {problem}",
    ),
)
MISSING_FIELD = MessageTemplate(
    "TSK003",
    LocalizedText(
        fi="pakollinen kenttä ”{field}” puuttuu; lisää se",
        sv="det obligatoriska fältet ”{field}” saknas; lägg till det",
        en='required field "{field}" is missing; add it',
    ),
)
EMPTY_PERIOD = MessageTemplate(
    "TSK003",
    LocalizedText(
        fi="ajanjaksolla ei ole alkua eikä loppua; anna ainakin toinen tai jätä jakso pois",
        sv="perioden har varken början eller slut; ange åtminstone det ena eller utelämna perioden",
        en="the period has neither start nor end; give at least one of them or leave the period "
        "out",
    ),
)
UNKNOWN_FIELD = MessageTemplate(
    "TSK004",
    LocalizedText(
        fi="kenttää ”{field}” ei ole; tunnetut kentät ovat {known}",
        sv="fältet ”{field}” finns inte; de kända fälten är {known}",
        en='there is no field "{field}"; the known fields are {known}',
    ),
)
UNKNOWN_FIELD_NEAR = MessageTemplate(
    "TSK004",
    LocalizedText(
        fi="kenttää ”{field}” ei ole; tarkoititko ”{suggestions}”?",
        sv="fältet ”{field}” finns inte; menade du ”{suggestions}”?",
        en='there is no field "{field}"; did you mean "{suggestions}"?',
    ),
)
UNKNOWN_CODE = MessageTemplate(
    "TSK005",
    LocalizedText(
        fi="koodia ”{found}” ei tunneta; käytä jotakin näistä: {known}",
        sv="koden ”{found}” är okänd; använd någon av dessa: {known}",
        en='code "{found}" is unknown; use one of {known}',
    ),
)
UNKNOWN_CODE_NEAR = MessageTemplate(
    "TSK005",
    LocalizedText(
        fi="koodia ”{found}” ei tunneta; tarkoititko ”{suggestions}”?",
        sv="koden ”{found}” är okänd; menade du ”{suggestions}”?",
        en='code "{found}" is unknown; did you mean "{suggestions}"?',
    ),
)
BAD_FORMAT = MessageTemplate(
    "TSK006",
    LocalizedText(
        fi="tässä on {found}, kun odotetaan: {expected}; korjaa muoto",
        sv="här står {found}, men det väntade är: {expected}; rätta formen",
        en="found {found} where {expected} is expected; correct the form",
    ),
)
NO_SUCH_DAY = MessageTemplate(
    "TSK006",
    LocalizedText(
        fi="päivää {found} ei ole kalenterissa; korjaa päivä",
        sv="dagen {found} finns inte i kalendern; rätta dagen",
        en="there is no day {found} in the calendar; correct the day",
    ),
)
NO_SUCH_MONTH = MessageTemplate(
    "TSK006",
    LocalizedText(
        fi="kalenterissa ei ole päivää, joka on {start} + {later}; tarkista kuukausien määrä",
        sv="i kalendern finns ingen dag som är {start} + {later}; kontrollera antalet månader",
        en="there is no day in the calendar that is {start} + {later}; check the number of months",
    ),
)
BAD_CHECK_DIGIT = MessageTemplate(
    "TSK006",
    LocalizedText(
        fi="Y-tunnuksen {found} tarkistusnumero on väärä; tarkista tunnus YTJ:stä",
        sv="kontrollsiffran i FO-numret {found} är fel; kontrollera numret i FODS",
        en="the check digit of business id {found} is wrong; look the id up in the Business "
        "Information System (YTJ)",
    ),
)
SURROGATE_IN_TEXT = MessageTemplate(
    "TSK006",
    LocalizedText(
        fi="tekstissä on puolikas merkki (yksinäinen sijaismerkki); kirjoita merkki kokonaan",
        sv="texten har ett halvt tecken (ett ensamt surrogat); skriv hela tecknet",
        en="the text has half a character (a lone surrogate); write the whole character",
    ),
)
FOREIGN_FORMAT = MessageTemplate(
    "TSK007",
    LocalizedText(
        fi="kentän ”format” arvo on {found}, kun odotetaan ”{expected}”; tarkista, että tiedosto "
        "on oikea",
        sv="fältet ”format” är {found}, men det väntade är ”{expected}”; kontrollera att filen är "
        "rätt",
        en='field "format" is {found} where "{expected}" is expected; check that it is the right '
        "file",
    ),
)
UNREADABLE_VERSION = MessageTemplate(
    "TSK007",
    LocalizedText(
        fi="version paikalla on {found}, kun odotetaan: {expected}; korjaa kenttä",
        sv="som version står {found}, men det väntade är: {expected}; rätta fältet",
        en="the version is {found} where {expected} is expected; correct the field",
    ),
)
NEWER_VERSION = MessageTemplate(
    "TSK007",
    LocalizedText(
        fi="dokumentin versio on {found}, mutta tämä kirjasto lukee versiota {supported}; päivitä "
        "tulevaisuus",
        sv="dokumentets version är {found}, men detta bibliotek läser version {supported}; "
        "uppdatera tulevaisuus",
        en="the document has version {found}, but this library reads version {supported}; upgrade "
        "tulevaisuus",
    ),
)
NO_SUCH_VERSION = MessageTemplate(
    "TSK007",
    LocalizedText(
        fi="dokumentin versiota {found} ei ole julkaistu; vanhin luettava on {supported}",
        sv="dokumentets version {found} har inte publicerats; den äldsta läsbara är {supported}",
        en="version {found} was never released; the oldest that can be read is {supported}",
    ),
)
DOWNGRADE = MessageTemplate(
    "TSK007",
    LocalizedText(
        fi="dokumentti luettiin versiosta {found}, jonka uudet kentät katoaisivat versiossa "
        "{supported}; päivitä tulevaisuus tai hyväksy häviö (downgrade=True)",
        sv="dokumentet lästes från version {found}, vars nya fält skulle gå förlorade i version "
        "{supported}; uppdatera tulevaisuus eller godta förlusten (downgrade=True)",
        en="the document was read from version {found}, whose new fields would be lost in version "
        "{supported}; upgrade tulevaisuus or accept the loss (downgrade=True)",
    ),
)
DUPLICATE_ID = MessageTemplate(
    "TSK008",
    LocalizedText(
        fi="avain {key} on luettelossa jo aiemmin; anna jokaiselle oma avain",
        sv="nyckeln {key} finns redan tidigare i listan; ge var och en sin egen nyckel",
        en="key {key} already stands earlier in the list; give each its own key",
    ),
)
STRAY_ROW = MessageTemplate(
    "TSK009",
    LocalizedText(
        fi="riviä, johon tämä kuuluisi, ei ole: {key}; lisää se tai korjaa tämä",
        sv="den rad som denna hör till finns inte: {key}; lägg till den eller rätta denna",
        en="there is no row that this one belongs to: {key}; add it or correct this one",
    ),
)
PERIOD_REVERSED = MessageTemplate(
    "TSK011",
    LocalizedText(
        fi="jakso päättyy {end}, ennen alkuaan {start}; vaihda tai korjaa päivät",
        sv="perioden slutar {end}, före sin början {start}; byt plats på dagarna eller rätta dem",
        en="the period ends on {end}, before it begins on {start}; swap or correct the days",
    ),
)
AMOUNT_OUT_OF_RANGE = MessageTemplate(
    "TSK012",
    LocalizedText(
        fi="tässä on {found}, kun odotetaan: {expected}; korjaa määrä tai jätä tuntematon pois",
        sv="här står {found}, men det väntade är: {expected}; rätta beloppet eller utelämna ett "
        "okänt",
        en="found {found} where the amount is to be {expected}; correct it, or leave an unknown "
        "amount out",
    ),
)
EMPTY_TEXT = MessageTemplate(
    "TSK013",
    LocalizedText(
        fi="teksti on tyhjä; kirjoita se tai jätä koko kenttä pois",
        sv="texten är tom; skriv den eller utelämna hela fältet",
        en="the text is empty; write it, or leave the whole field out",
    ),
)
