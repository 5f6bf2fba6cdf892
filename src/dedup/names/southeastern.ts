/** Given names that mean one person in Hungarian, Greek, Hebrew, Romanian, South Slavic and Icelandic use. */

export const HUNGARIAN: readonly string[] = `
agnes agi agica
andras andris bandi
anna annus panni ancsa
antal toni tonci
balazs balu
bela belus
bernadett detti
daniel dani
david davidka
dorottya dori dorka
edit editke
erika eri
erzsebet bozsi erzsi zsoka bobe
eszter eszti
eva evi evike
ferenc feri ferko
gabor gabi gabika
gabriella gabi
gergely gergo geri
gyorgy gyuri gyurka
gyula gyuszi
ildiko ildi
ilona ilonka ica ilus ili
imre imi
istvan pista pisti isti
janos jani jancsi
jozsef jozsi joci
judit jutka juci
julianna juli julcsi
karoly karcsi
katalin kati kata katinka kato
krisztian krisz krisztike
krisztina kriszti krisz
lajos lali
laszlo laci lacko
levente levi
magdolna magdi
marton marci
maria mari marika mariska manci
margit manci gitta margo
mihaly misi miska
miklos miki
monika moni
orsolya orsi
pal pali
peter peti
piroska piri
robert robi
rozalia rozi
sandor sanyi
szabolcs szabi
szilvia szilvi
tamas tomi
terez terka teri
tibor tibi
viktoria viki
vilmos vili
zoltan zoli
zsofia zsofi
zsuzsanna zsuzsa zsuzsi zsuzsu
boglarka bogi
beata bea
attila ati
balazs bali
bence beni
matyas matyi
endre bandi
andras bandi
botond boti
borbala bori
eniko eni
noemi nori
veronika vera
hajnalka hajni
jeno jenci
`
  .trim()
  .split('\n');

export const GREEK: readonly string[] = `
alexandros alekos alexis alex
aikaterini katerina katina kaiti
anastasia tasia natasa sia
anastasios tasos
andreas andrikos
angeliki aggeliki kiki aggela angela
antonios antonis tonis
apostolos tolis lakis
athanasios thanasis nasos sakis thanos
athanasia nasia soula
charalampos haralampos babis bampis mpampis lampis charis haris
christos chris
chrysoula chrysa
dimitrios dimitris mitsos jimmis takis mimis
dimitra mimi toula
efstathios stathis efstratios
efstratios stratos stratis
evgenia eugenia
evgenios eugenios
stavros stavrakis
stergios stergos
pantelis panteleimon
archontoula archonto
efthymios thymios efthimios
eleftherios lefteris
eleni elena lenio nitsa
emmanouil manolis manos
evangelia eyaggelia evaggelia litsa lia vaggelio vangelio
evangelos evaggelos vangelis vaggelis eyaggelos
foteini fotini foto
georgios giorgos yiorgos yorgos george
georgia gogo gioula
gerasimos makis
gregorios grigoris
ilias lias
ioannis giannis yannis yiannis giannos
ioanna gianna
konstantinos kostas kostis dinos ntinos costas
konstantina konstadina ntina dina nantia
lambros labros
maria maraki mary marika
michail michalis mikes
nikolaos nikos nikolas
panagiotis panos takis panayiotis
panagiota giota yota panayiota
paraskevi vivi voula evi
parthena nena
petros petrakis
sofia sofi
sotirios sotiris
spyridon spyros spiros
stamatios stamatis
stavroula voula roula
stylianos stelios
theodoros thodoris thodoros
theodora dora
vasileios vasilis vassilis vassilios
vasiliki vaso vicky viki koula
zoi zozo`
  .trim()
  .split('\n');

export const HEBREW: readonly string[] = `
avraham avi abraham avrum avremi
yosef yossi yosi joseph yosefa sefi
yitzhak itzik itzhak isaac yitzchak ytzhak
yaakov kobi jacob koby yankel yaacov
moshe moishe moses moshiko
shlomo shlomi solomon momo
shmuel shmulik samuel muli
david dudu dudi dadi
eliyahu eli elijah
mordechai moti motti mordecai
menachem meni mendy
michael miki micha
binyamin benny beni benjamin
rachel rachela rochi
rivka riki rivki rebecca
sarah sara sarit
leah lea
hannah chana hana chani
miriam miri
esther esti ester etti
yehudit judith yudit
yehuda yuda judah udi
yonatan yoni jonathan jonatan
daniel dani danny
shimon simon shimi
reuven ruvi reuben
chaim haim
zeev wolf
tzvi zvi hirsch tzvika
aharon aaron ahron roni
nechama nehama
shoshana shosh susan
tzipora tzipi zipora
avigail gali abigail
tamar tami tammy
yehoshua shuki joshua
yisrael israel srulik
raphael rafi refael
gavriel gabi gabriel
nathaniel netanel nati
elisheva elishva shevi
bracha bruria
dvora devora debora
yael yaeli
ronit roni
ofra ofri
uriel uri
amitai amit`
  .trim()
  .split('\n');

export const ROMANIAN: readonly string[] = `
alexandru alex sandu alecu
andreea deea
constantin costel costi costica dinu
cristian cristi
dumitru mitica dumi
ecaterina catinca cati
elena lenuta ileana leni
florin florinel
gabriela gabi
gheorghe gigi gica ghita george
gabriel gabi
ioan ionel ion ionut nelu
ioana oana ioni
iuliana iuli
maria maricica marioara mia
mihai misu mihaita mihail
mihaela mica ela
nicolae nicu nae
nicoleta nico
petru petrica
stefan fane stefanita
teodor teo
vasile vasilica
victor vicu
viorica vio`
  .trim()
  .split('\n');

export const SOUTH_SLAVIC: readonly string[] = `
aleksandar aca aleksa sasa
dragan gagi
dragana gaga
djordje djoka georgije
ivan ivica
ivana ivanka
jovan joca jova
katarina kata katica
ljubomir ljuba
marija mara marica maja
marijana maja
mihajlo miki
milan mica
miroslav miro
nikola nidza niksa
petar pero pera
slobodan boba bobi
stefan stevo
stevan steva stevica
tomislav tomo
vladimir vlada vlado
zoran zoki
zeljko zeka zele
georgi gosho joro
dimitar mitko dimitur
ivaylo ivo
krasimir krasi
nikolay niki kolyo
plamen plami
stoyan stoycho
todor tosho
vasil vasko
yordan dancho
dorde djordje dole
slobodan sloba boba
zivorad zika
dusan dule dusko
miroslav mika miki
branislav bane
nebojsa nesa
svetozar toza
cedomir ceda
goran goga
predrag pedja peda
momcilo moma
jelena jeca
gordana goca
svetlana ceca
vesna veca
katarina kaca
radmila rada
danijela dana
jasmina jaca
olivera olja
andelija andjelija andja anda
teodora tea
stanislava stana
`
  .trim()
  .split('\n');

export const ICELANDIC: readonly string[] = `
adalsteinn alli
albert alli
bjorn bjossi
bryndis binna
einar einsi
gudmundur gummi mundi
gudrun gunna runa
gunnar gunni
halldor dori
halldora dora
haraldur halli
helga hella
ingibjorg inga
jon nonni
johann joi
johannes joi
katrin kata
kristin stina
kristjan stjani kiddi
kristinn kiddi
magnus maggi
margret magga gretta
olafur oli
ragnheidur ragga
sigridur sigga
sigrun sigga
sigurdur siggi
stefan stebbi
svanhildur svana
sveinn svenni
thorsteinn steini
thorunn tota
thordur doddi
vilhjalmur villi`
  .trim()
  .split('\n');

/** Double names and what they are drawn together to, and a few from India. */
export const DRAWN_TOGETHER: readonly string[] = `
mariateresa maite mayte maritere teresa
mariajose marijose majose
mariacarmen maricarmen mamen
mariadelcarmen maricarmen mamen carmen
mariaisabel maribel
mariadolores marilo
marialuisa marisa
marialuz mariluz
mariamar marimar
mariapilar maripili
mariarosa marirosa
mariaeugenia maru
joseluis joselu
josemaria chema josema
josemanuel josema
josemiguel josemi
josevicente
juanantonio juanan
juancarlos juanca juancar
juanmanuel juanma
juanjose juanjo
juanpablo juampa
juanfrancisco juanfran
luismiguel luismi
carlosalberto carlitos
franciscojavier javi fran
miguelangel
venkatesh venkat
subramanian subbu mani subramaniam
balasubramaniam balu bala
srinivasan srini vasan cheenu
ramakrishnan ramki
krishnan krish
lakshmi lakshmy laxmi
abhishek abhi
siddharth sid
aishwarya aish
gurpreet guri
harpreet harry
lakshmi lachu lakshmy
venkatesh venky
rajesh raju
ramesh ramu
vijay viju
sandeep sandy
anjali anju
manjula manju
nandini nandu
aishwarya aishu
rajalakshmi raji
mohammadreza mamad
fatemeh fati
nazanin nazi
niloufar nilou
zeeshan zishan shani
rukhsana rukhi
zulkifli zul
nurhayati nur
kartika tika
puspita pita
`
  .trim()
  .split('\n');
