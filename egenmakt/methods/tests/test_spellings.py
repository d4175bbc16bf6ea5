"""One name in many spellings is found, whichever of them stands in the register."""

import csv
from pathlib import Path

import pytest

from egenmakt.methods.matching import SHORT, NameIndex, fold

# Names that a receptionist would call the same, put together by hand; most borne in Sweden first.
SPELLINGS = """
christina kristina cristina krystyna kristiina krisztina hristina · karl carl · thomas tomas
tomasz tuomas toomas tomás thomaz · mikael michael micael michal mickael mikail mikhail michail
mihail micheal mikel mikhael mihael · oscar oskar · viktor victor wiktor vicktor · linnéa linnea
linéa linnèa · marcus markus · monica monika monicka moniqa mónika · filip philip philippe phillip
filiph philipp filipe fhilip filipp philipe · lucas lukas lukasz lucaz lukaz · alice alicia alise
alis · jacob jakob yakob yacob jakov jakop jacop · josefin josefine josephine josefina joséphine
josephin josephina josefiné · mohammad mohamed mohammed mohamad muhammad muhammed mahamed muhamed
mohamud muhamad muhamet muhammet mouhamad mohamoud mahamad mohamd maxamed mouhammad mouhamed
mohmad mahammad mhamad mahammed mouhammed · elisabeth elisabet elizabeth elzbieta elizabeta
elizabet elisabeta elizaveta elisavet elisabetta elizabete elsabet · mattias mathias matthias
matias matyas · niklas niclas nicklas nichlas · erik eric erick eryk eirik · rickard richard
rikard ricard rickhard rikhard · isabelle isabella isabell isabel izabella izabelle izabela
izabell izabel isabela isobel · ahmad ahmed ahmet amed · klara clara · jenny jennie jenni yenny ·
anneli annelie annelee · rebecca rebecka rebeca rebeka rebekka rebekah · per pär pehr peer pähr ·
christoffer kristoffer christopher kristofer christofer cristoffer christoph christophe cristopher
cristofer kristopher · helen helene helén heléne heléna héléne hellen helené hélène hélene ·
anette annette anett annett anneth annethe anethe annet · christer krister crister · gustav gustaf
gustaw · sara sarah saara sarra · annika annica annicka anika anica annikka anniqa anicka ·
charlotte charlotta charlott · karolina carolina karoliina · christian kristian cristian krystian
kristijan kristjan krisztian christiaan cristhian krisztián · johnny jonny joni johny jonnie
johnnie jhonny jonni jony johni johnni · claes klas clas klaes claés · jonathan jonatan yonatan
yonathan · victoria viktoria wiktoria viktorija wictoria viktoriia vicktoria viktoriya viktória ·
peter petter pether péter pieter · ludvig ludwig ludwik · nathalie natalie natali nathali nataly
nathalié nathaly · karin carin · matilda mathilda · katarina catharina catarina katharina
chatarina ekaterina katerina kateryna katariina jekaterina caterina ecaterina catherina ·
madeleine madelene madelen madeléne madelein madelén madlen madlin madeline madelené madlene
madleen madeléine · erika erica · hanna hannah hana · maja maya maija maia · patrik patrick patric
patryk · marie mari marié · kristin christine christin kristine cristin cristine · wilma vilma
whilma willma · therese therése terese theres thérese theresé terése therés teres thérèse thereze
terés therece · isak isac isaac ishak isaak izak izac isack issak · mikaela michaela micaela
mickaela · sofie sophie sofi · maryam mariam miriam mirjam maryan meryem maryama mariama myriam
meriam meriem mariem merjem marjam miryam meryam maryem mariyam mirian · john jon jhon · joakim
joachim joacim joackim joaquim · nellie nelly nelli neli · inez ines inés inès · valter walter
walther · edvin edwin · johanna joanna joana yohana yohanna johana johannah · britta brita · lea
leah leia léa · martin mårten marthin maarten márton marten · margareta margaretha margaret
margareth margarete · sofia sophia zofia sofija sofiya sofiia zsófia zsofia sofhia sofya · olof
olov olav olaf · lilly lily lillie lili lilli · kent kenth · ester esther estera · laila leila
leyla lejla layla lajla · carina karina · casper kasper caspar kaspar cazper · ingegerd ingegärd ·
märta marta martha märtha martta · kenneth kennet cenneth · wilmer vilmer willmer · emelie emily
emilie emmelie emeli emely emmeli emili emelié emmely emilié emmilie · hassan hasan hassen · ronny
ronnie roni rony ronni · jasmine jasmin yasmin yasmine yasemin yasamin yasmeen jazmine yasaman
jazmin yasameen yassmin yasmen yasmiin · irene iréne irén irené · ulrika ulrica ulrike ullrika ·
wilhelm vilhelm willhelm · nadia nadja nadya nadiya nadija nadiia · susanne susann suzanne
sussanne suzann susanné suzane · daniela daniella danijela · veronica veronika weronica weronika
veronicka · katrin catrin cathrine catrine cathrin katrine kathrin kathrine chatrine chatrin ·
kurt curt curth kurth · theodor teodor theodore théodore · josef joseph yousef yusuf youssef yosef
yousif josip jozef yousuf jusuf yusef yosief iosif yussuf yosuf youcef yuusuf yosif josif jousef
yossef yousof yoseph yusif józef · ville wille · nicolas nicholas nikolaos nikolas nikolaus
nicolás nickolas nicolaas nicolaus · alexandra aleksandra alessandra alexsandra oleksandra
alexzandra · nour noor nor nur nuur · edith edit · george georg georges · henrik henric henryk
hendrik henrick · ellie elly elli · kajsa cajsa kaisa caisa · jimmy jimmie jimmi jimi · marko
marco · andreas andréas andreaz · love lowe · maria marija mariia mariya marya mariah maría mária
· fredrik fredric fredrick frederik frederick frederic friedrich frédéric fredrich · abdullah
abdullahi abdallah abdulahi abdalla abdulla abdulah abdellah abdillahi abdollah abdala abdella
abdula abdilahi abdalah abdulaahi · fatima fatma fatemeh fatema fatimah fatime fatuma fateme
fatemah fatmeh fatouma fathima fatmé · marianne mariann mariane maryanne marieanne · paulina
pauline paulin · tony toni tonny tonni · khaled khalid kalid halit halid kaled khaalid · selma
salma · ellinor elinor eleonor elenor ellenor eleanor elinore elionor ellionor · alexander
aleksandar aleksander alexandre aleksandr oleksandr alexandar alexsander alexandr alexzander ·
angelica angelika angélica angeliqa andzelika anzhelika anjelica · thea tea théa theia · jessica
jessika jessicka yessica jesica · matteo matheo mateo mathéo · göran goran jöran · gabriella
gabriela gabrijela · dennis denis deniz denniz deniss · loui louie louis · edward edvard eduard
edouard edwar · elena jelena olena yelena · kalle calle · lisa liza · abdirahman abdulrahman
abdurahman abdelrahman abdurrahman abdalrahman abdulrhman abderrahmane abdirahmaan abderrahman
abdourahman · bernt berndt bernd bernth · noomi naomi naemi nomi noemi noomie noémi · mark marek
marc · artur arthur arturo · sandra zandra · molly mollie molli · mona muna mouna · mahdi mehdi ·
mustafa mostafa moustafa mustapha mustafe moustapha · sylvia silvia sylwia silvija szilvia ·
solveig solvig solweig solvieg solvej solvei · ingemar ingmar · zainab zeinab zeynep zaynab zeynab
saynab zinab seynab zenab zeineb zineb zaineb zeyneb · ralf ralph · viveka viveca wiveca wiveka
vivika vivica · elliot elliott eliot eliott ellioth · jose josé · stefan stephan steffan stefhan ·
hussein hossein hussain hüseyin husein hussen hussien hosein hossain huseyin husain houssein ·
tommy tommie thommy tommi tomi tomy thommie · kerstin kersti kjerstin kärstin · sabina sabine
zabina · ammar amar · judith judit yodit · zahra sahra zahraa zehra sahro zahrah zahara · viggo
wiggo · carolin karolin · lilian lillian liliane · vivianne vivian viviann wivianne viviane ·
susanna suzana zuzanna susana zsuzsanna suzanna zuzana susannah · matteus mateusz matheus mattheus
· melissa melisa · harry harri · freddy freddie fredy freddi · tyra thyra · teresa theresa tereza
therésa · tord thord · isa issa essa · caroline karoline · hiba heba hibo hibaq · david dawid
dawit davit dávid · valdemar waldemar · asma asmaa esma asmae · adam adem ádám · emanuel emmanuel
amanuel immanuel · iman eman imane eiman imaan · malek malik malick · evelina ewelina eveliina ·
tatiana tatjana tetiana tatyana tetyana tatsiana · tilda thilda · zacharias zackarias zakarias
sakarias sackarias zekarias sacharias · agneta agnetha · marika marica · hamid hamed hameed ·
aisha asha aicha aysha ayesha ajsa aishah aesha aycha · marita maritha · elias ilyas ilias elyas
eliaz ilyaas eliyas iljas elijas · luka luca · robert roberth róbert · jonas yonas joonas younas ·
omar omer ömer umar umer oumar · camilla kamilla kamila camila · nora norah · nicolina nikolina
nickolina · eddie eddy eddi · teresia theresia terezia terezija · leon léon león · andrei andrej
andrey andrii andriy · vera wera · frans franz · seyed syed sayed seyyed · tarek tarik tareq tariq
· filippa philippa filipa · pawel pavel pavlo · danny dani dany danni dannie · eleonora eleonore
elenora ellinora elinora · tore thore · nils niels · lovisa louisa lowisa loviza louiza · olivia
oliwia · yasin yassin yassine jasin yaseen yacine · isra israa esra esraa · henry henri · ottilia
othilia otilia · rakel rachel rahel raquel · mats matz mads · majid majed maged majeed magid ·
daniel danial danijel daniil danyal daniyal dániel daniell danjel danil · stephanie stefanie
stéphanie stefani stephany steffanie stephani stefany · firas feras · tove towe · yaser yasir
yasser yassir yaasir · nasrin nesrin nisreen nisrin nasreen nesrine nesreen nisrine nessrin
nassrin · huda hoda houda · konstantinos constantin konstantin constantine constantinos · anton
anthon antoni · saleh salih · ibrahim ebrahim ibrahem ibraheem ibrahima · bert berth · fouad fuad
foad fuat fuaad · zoe zoey zoë zoé zoie · birgit brigitte · patricia patrycja patrizia patricija ·
miroslav miroslaw · bernhard bernard · ramadan ramazan · jeanette janette jeannette jeanett ·
andré andre andrée andreé · mahmoud mahmood mahmod mahmud mahmut mahamud mahamoud · jörgen jürgen
jørgen jurgen · ismail ismael esmail esmaeil ismaeel · anwar enver anwer anvar anuar anouar ·
diana dijana diyana dianna · irina iryna · johannes yohannes yohanes · halima halimo halime
halimeh haleema · ursula urszula · klaus claus · haidar haider hayder haydar heidar hajdar ·
elvira elwira · elham ilham · catherine katherine katharine · naser nasir nasser naseer nassir ·
emilia emelia emilija · conny connie konny · nathaniel natnael natanael nathanael nataniel ·
nikolaj nikolai nicolai nikolay nicolaj · tobias thobias tobiaz · johan johann yohan · robin
robbin robyn · bilal belal bilaal billal · konrad conrad · fadumo faduma faadumo fadma · margret
margreth margrethe margrét margrit · noura nura nuura · jakub yacoub yakup yaqub yacqub yakub
yakoub jakup · janet janeth janett yanet · rayan rayaan reyan rayyan rajan · katrina katriina
catrina cathrina · christiana cristiana kristiana
"""
GROUPS = [group.split() for group in SPELLINGS.split("·")]


@pytest.fixture(scope="module")
def names(shared: Path) -> list[str]:
    """Every given name in the files."""
    found: dict[str, None] = {}
    for path in sorted((shared / "sweden").glob("given_names_*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            found |= dict.fromkeys(row["name"].casefold() for row in csv.DictReader(rows))
    return list(found)


def recall(names: list[str], groups: list[list[str]]) -> float:
    """The share of other spellings that find the one person of their group among the first five.

    Everybody else in the register bears a name of the files that is not of the group, neither
    alone nor as a part. Queries of three letters are beginnings and ask for nothing else.
    """
    index = NameIndex[str]()
    words = {name: set(fold(name).split()) for name in names}
    for name in names:
        index.put(name, names=[name])
    found = []
    for kept, *others in groups:
        spellings = {fold(name) for name in (kept, *others)}
        away = [name for name in names if spellings & words[name]]
        for name in away:
            index.drop(name)
        index.put(kept, names=[kept])
        for query in others:
            if len(fold(query)) > SHORT:
                found.append(kept in [hit.id for hit in index.find(query, limit=5).hits])
        for name in away:
            index.put(name, names=[name])
    return sum(found) / len(found)


def test_the_groups_are_real_spellings_and_share_none(names: list[str]) -> None:
    spellings = [name for group in GROUPS for name in group]
    assert len(GROUPS) >= 200
    assert min(map(len, GROUPS)) > 1
    assert set(spellings) <= set(names)
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("half", [0, 1], ids=["tuned on", "held out"])
def test_nine_in_ten_spellings_find_the_other(names: list[str], half: int) -> None:
    assert recall(names, GROUPS[half::2]) >= 0.9
