"""Spelling: slips of the fingers, and words written as they sound."""

from __future__ import annotations

import re
from random import Random

from engine.train.mistakes.words import Words, put

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o",
    "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "x",
}  # fmt: skip
_SOUNDS = (
    ("ie", "ei"), ("ei", "ie"), ("ance", "ence"), ("ence", "ance"), ("ant", "ent"),
    ("ent", "ant"), ("able", "ible"), ("ible", "able"), ("tion", "sion"), ("cc", "c"),
    ("mm", "m"), ("ss", "s"), ("ll", "l"), ("pp", "p"), ("rr", "r"), ("tt", "t"), ("nn", "n"),
    ("ff", "f"), ("l", "ll"), ("s", "ss"), ("t", "tt"), ("c", "s"), ("ally", "aly"),
    ("ely", "ly"), ("ph", "f"), ("wh", "w"), ("gh", "g"), ("kn", "n"), ("sc", "s"), ("ou", "o"),
    ("ea", "ee"), ("ee", "ea"), ("ai", "ia"), ("ure", "er"), ("ough", "ouh"), ("ful", "full"),
    ("dg", "g"), ("ary", "ery"), ("ory", "ary"), ("i", "e"), ("e", "i"), ("a", "e"), ("o", "a"),
)  # fmt: skip
_COMMON = dict(
    pair.split(":")
    for pair in """
definitely:definately separate:seperate receive:recieve believe:beleive necessary:neccessary
accommodate:accomodate occurred:occured occasion:ocassion embarrassed:embarassed weird:wierd
until:untill beginning:begining tomorrow:tommorow tomorrow:tomorow really:realy finally:finaly
business:buisness because:becuase friend:freind government:goverment environment:enviroment
which:wich calendar:calender grammar:grammer argument:arguement privilege:priviledge
immediately:immediatly unfortunately:unfortunatly probably:probaly favourite:favorit
restaurant:restaraunt Wednesday:Wensday February:Febuary library:libary surprise:suprise
different:diffrent interesting:intresting experience:experiance maintenance:maintainance
committee:commitee address:adress success:sucess recommend:recomend across:accross
apparently:apparantly basically:basicly decision:desicion disappointed:dissapointed
disappear:dissapear knowledge:knowlege foreign:foriegn height:heigth independent:independant
language:langauge length:lenght neighbour:nieghbour noticeable:noticable often:offen
perform:preform possible:posible professional:proffesional pronunciation:pronounciation
publicly:publically remember:rember responsible:responsable schedule:schedual sincerely:sincerly
similar:similiar successful:succesful therefore:therefor thought:thougt through:throught
together:togather twelfth:twelth usually:usualy vacuum:vaccum view:veiw writing:writting
written:writen written:writtten their:thier there:ther the:teh and:adn that:taht with:wiht
have:ahve just:jsut about:abuot would:woudl could:coud should:shoud people:poeple
something:somthing always:allways a lot:alot every:evry great:graet again:agian before:befor
answer:anwser question:quesiton children:childrens coming:comming having:haveing making:makeing
hoping:hopeing tried:tryed studied:studyed easily:easyly truly:truely completely:completly
especially:expecially excellent:excelent existence:existance familiar:familar guarantee:garantee
guard:gaurd happened:happend humorous:humourous jewellery:jewelery leisure:liesure
licence:lisence meant:ment minute:minuet opinion:oppinion opportunity:oppurtunity
parliament:parliment persuade:pursuade piece:peice planned:planed possession:posession
preferred:prefered questionnaire:questionaire quiet:queit referred:refered relevant:relevent
rhythm:rythm safety:saftey science:sience secretary:secretery shining:shinning
speech:speach strength:strenght studying:studing supposed:suposed temperature:temperture
tendency:tendancy threshold:threshhold tongue:tounge tried:tryed truth:thruth
unnecessary:unneccesary vegetable:vegtable vehicle:vehical weather:wether
whether:wether yesterday:yesturday
appointment:apointment attached:atached available:availible budget:buget colleague:collegue
customer:costumer delivery:delivary email:emial meeting:meating month:mounth morning:moring
office:offce problem:probelm project:projet received:recieved regards:regrads report:reprot
school:shcool station:staion ticket:tiket travel:travell using:useing waiting:waitting
""".split()
    if pair.count(":") == 1
)


def spelling(words: Words, chance: Random) -> list[Words]:
    """A word misspelt."""
    found: list[Words] = []
    for index, word in enumerate(words):
        low = word.lower
        if low in _COMMON:
            found += [put(words, index, _COMMON[low])] * 2
        if not re.fullmatch(r"[A-Za-z][a-z]{3,}", word.core):
            continue
        name = index and word.core[:1].isupper()
        if not name:
            slip = misspell(low, chance)
            if slip != low:
                found.append(put(words, index, slip))
    return found


def misspell(word: str, chance: Random) -> str:
    """The lower-case ``word`` of four or more letters with one slip, not in the first."""
    place = chance.randrange(1, len(word) - 1)
    kind = chance.random()
    if kind < 0.3:
        ways = [(old, new) for old, new in _SOUNDS if old in word[1:]]
        if ways:
            old, new = chance.choice(ways)
            return word[0] + word[1:].replace(old, new, 1)
    if kind < 0.5:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind < 0.72:
        return word[:place] + word[place + 1 :]
    if kind < 0.84:
        return word[:place] + word[place] + word[place:]
    if kind < 0.94:
        near = _NEAR.get(word[place], word[place])
        return word[:place] + chance.choice(near) + word[place + 1 :]
    near = _NEAR.get(word[place], word[place])
    return word[: place + 1] + chance.choice(near) + word[place + 1 :]
