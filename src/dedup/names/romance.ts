/** Given names that mean one person in French, Spanish, Italian and Portuguese use. */

export const FRENCH: readonly string[] = `
jean jeannot
jeanbaptiste jb
jeanpierre jp
jeanmarie jm
jeanclaude jc
jeanfrancois jf
alexandre alex sacha
alexandra alex sandra
alexis alex
antoine tony toinou titou
anne annie nanou
anneelise annelise
annesophie anneso
benjamin ben benji
benoit ben
bertrand bert
catherine cathy kate cath
caroline caro line
cecile cec
charles charlie charly
charlotte charlie lolotte
christian chris
christine chris cricri
christophe chris tophe kiki
claudine clo
corinne coco
daniel dani dany
danielle dany
dominique dom domi
elisabeth babeth lise elise lisette
emmanuel manu
emmanuelle manu
etienne titi
fabrice fab
fabien fab
florence flo
florian flo
francis franky
francois fanfan
francoise fanfan soizic
frederic fred fredo
frederique fred
gabriel gaby gab
gabrielle gaby
genevieve ginette viviane
georges jojo
gerard gege
gilbert gil
gregoire greg
gregory greg
guillaume guigui will
guy guyot
henri riri
isabelle isa zabou belle
jacqueline jacquie
jacques jacquot
jerome jej
joseph jojo jo
josephine jo fifi
julien juju
julie juju
laurence lolo
laurent lolo
leonard leo
louis loulou louison
louise loulou lou
ludovic ludo
lucien lulu
madeleine mado madelon
marcel marco
margaux margot
marguerite margot
marie maie manon
mariefrance mf
mathieu matt mat matthieu
mathilde mathou
maxime max
maximilien max
melanie mel
michel mimi michou
michele mimi micheline
mireille mimi
monique momo
nathalie nath nat
nicolas nico
nicole nico nini
olivier oliv
pascal pasc
patrice pat
patricia pat patou
patrick pat
philippe phil fifi
pierre pierrot
quentin quent
raphael raph
raymond ray
robert bob bobby
samuel sam
sandrine sand
sebastien seb bastien
severine sev
sophie soso
stephane steph
stephanie steph
suzanne suzette suzie
sylvie syl
therese tess
theophile theo
theodore theo
thibault thib thibaut titi
thierry titi
thomas tom
valentin val
valerie val
veronique vero
victor vic toto
vincent vince
virginie vivi
xavier xav
yves yvon
guillaume gui guigui
christophe tof
emilie emi mimi
raymond momo
gaetan gaet
bernadette dette nadette
murielle mumu muriel
ghislaine ghis
stephane stef
stephanie stef fanie
frederique frede
benedicte bene
raymonde momonde
marcelline marcelle
yannick yann
gwenaelle gwenael gwen
angelique angie
sandrine sandra
clemence clem
noemie noe
laetitia titia
elodie elo
delphine delph
fatoumata fatou
mamadou mams
mohamed mohammed momo
jerome jeje
annesophie anso
cedric ced
`
  .trim()
  .split('\n');

export const SPANISH: readonly string[] = `
jose pepe pepito chepe
josefa pepa fina
joseluis pepelu
josemaria chema
josemanuel chema
juan juanito juancho
juana juanita
juanjose juanjo
juancarlos juanca
francisco paco pancho fran curro kiko paquito quico cisco panchito kico
francisca paca paqui paquita
ignacio nacho iñaki inaki nachito
manuel manolo manu lolo
manuela manoli manola
jesus chus suso chuy
maria mari mariquita maruja
mariajose marijo coque
mariateresa maite
mariacarmen maricarmen mamen
carmen carmela mamen carmina menchu
concepcion concha conchita conchi
dolores lola loli lolita
mercedes merche meche mecha mechi
milagros mila
montserrat montse
pilar pili pilarin
rosario charo
consuelo chelo
guadalupe lupe lupita
antonio tono antonito toni antuan
antonia toni tona
alberto beto
roberto beto rober betito
enrique quique kike
eduardo edu lalo
fernando nando fer
fernanda fer nanda
alejandro alex jandro ale sandro
alejandra ale alex sandra jana
alfonso fonso poncho
alfredo fredo
andres andresito
angel angelito
angeles angelines nines
beatriz bea betty
carlos charly carlitos
catalina cata
cristina cris
cristobal tobal
daniel dani
david davo
diego dieguito santiago
domingo mingo
elena nena lena
encarnacion encarna
esperanza espe
federico fede
felipe pipe
gabriel gabi gabo gabito
gabriela gabi
gonzalo gonza
gregorio goyo
guillermo guille memo willy
gustavo gus tavo
isabel isa chabela belen chavela
javier javi
joaquin ximo quino
jorge jorgito
julian juli
lorenzo lencho
luis lucho luisito
luisa lucha
marcos marquitos
margarita marga rita mago
mateo teo
miguel migue mike
miguelangel migue
nicolas nico niko
patricia patri
pedro perico
rafael rafa
ramon moncho
raul rulo
ricardo richi ricky
salvador salva
santiago santi yago
sebastian sebas seba
sergio checo
susana susi
teresa tere
tomas tomy
vicente chente
victoria vicky
victor vic
veronica vero
encarnacion encarna encarni
inmaculada inma
remedios reme
rosario charo chari
mercedes merche
antonia tona
manuela manoli
eduardo lalo edu
fabiola fabi faby
consuelo consu
rocio rochi chio
eugenia gena maru
mauricio mau
santiago chago
alejandra jandra
graciela chela
rosario chayo
soledad sole chole
ximena xime
camilo cami
purificacion puri
bernardo berna
hector tito
ernesto neto
gerardo gera yayo
rodolfo fito rolo
adolfo fito
arturo turi
octavio tavo
leticia lety leti
rosamaria rosy
rosa rosy rosita
monica moni
lorena lore
carolina caro
florencia flor flopi
valentina valen
facundo facu
agustin agus
agustina agus
lucia lu luchi
martin tincho
matias mati
maximiliano maxi
jorgelina jor
josefina jose jo
magdalena magda malena
candelaria cande
candela cande
constanza coni
emiliano emi
emilia emi
hortensia tencha
gertrudis tula
refugio cuca cuquita
socorro coco
esteban teban
evaristo varo
eusebio chebo
xavier javier xavi javi
josep jose pep
roberto tito
yolanda yoli
natividad nati
josefa pepi
macarena maca
jeronimo jero
trinidad trini
mariajose majo
mariadolores lola loli madolores
mariadelcarmen macarmen mamen maricarmen
`
  .trim()
  .split('\n');

export const ITALIAN: readonly string[] = `
giuseppe beppe peppe pino giuse beppino
giuseppina pina giusy
giovanni gianni nanni vanni gio
giovanna gianna vanna
gianluca luca
giancarlo carlo gianca
giampaolo paolo
francesco franco checco cesco fra ciccio
francesca franca fra
antonio toni tonino nino anto
antonella nella
antonietta etta
salvatore totò toto salvo turi
domenico mimmo mico nico
vincenzo enzo cenzo
lorenzo renzo enzo lollo
alessandro sandro ale alex
alessandra sandra ale
alessia ale
andrea andre
bartolomeo meo
bernardo nardo
carlo carletto
caterina rina cate
cristina cri
daniele dani
daniela dani
davide dado
eduardo dodo edo
edoardo edo
elisabetta betta elisa lisa betti
emanuele lele manu
enrico chicco rico
ernesto erne
federico fede chicco
federica fede
ferdinando nando
filippo pippo
filomena mena
fortunato nato
gabriele gabri lele
gaetano tano
giacomo mino jack
giorgio gio
giulia giuli
giulio giuli
gregorio greg
ignazio nazio
leonardo leo nardo
luigi gigi gino
luigia gina
luciano lucio
maddalena lena
margherita rita marghe
maria mariella mari
mariangela angela
massimo max
massimiliano max massi
matteo teo matte
michele miche lele
michela miche
nicola nico
nicolo nico
paolo paolino
pasquale lino pasqualino
pietro piero
raffaele lele raffa
raffaella raffa
riccardo ricky ricca
roberto robi roby berto
roberta robi roby
rosaria sara
sebastiano seba
sergio ser
simone simo
stefano ste
stefania ste
teresa terry
tommaso tommy maso
umberto berto
valentina vale
valerio vale
veronica vero
vittorio vito
domenico mimmo
giuseppe peppe
salvatore turi toto salvo
francesco ciccio checco
raffaele lello
margherita rita
tommaso tommy tomy
concetta cettina
giuseppina pinuccia giusi peppina pinetta
elisabetta betty lisetta
francesco cecco
pierluigi gigi pigi
giancarlo giangi
giambattista titta
giovanna gio
guglielmo memo
margherita marga ghita
calogero lillo
carmela carmelina lina
raffaele raf
lodovico vico
lorenza renza enza
vincenza enza
emanuela manu
fabrizio fabri bicio
tommaso tommi masino
beatrice bice
teresa teresina resi
aurelio lelio
annunziata nunzia nunziatina
antonio toto
francesca franci cesca
concetta tina cetta
rosalia lia
loredana lory
eleonora nora ele
raffaella lella
carmelo melo
`
  .trim()
  .split('\n');

export const PORTUGUESE: readonly string[] = `
jose ze zezinho
joao joaozinho jo
joaquim quim
antonio toni to tonho toninho
francisco chico xico paco
francisca chica chiquinha
manuel manel maneco
maria mia mariazinha
carlos carlinhos caca
eduardo edu dudu duda du
eduarda duda
luis lula
luiz lula luis
fernando nando
fernanda nanda fe
roberto beto
alberto beto
humberto beto
gilberto giba beto
alexandre alex xande
alexandra xana
leonardo leo
ricardo rica
rodrigo digo
rafael rafa
rafaela rafa
gabriel biel gabi
gabriela gabi
guilherme gui
henrique rick
gustavo guga
marcelo celo marcelinho
mateus teus
miguel migas
nuno nuninho
paulo paulinho
pedro pedrinho
sebastiao tiao bastiao
tiago ti
beatriz bia
ana aninha
isabel bela belinha
isabela bela isa
catarina cata
carolina carol
conceicao sao ceica
cristina cris tina
filipa pipa
helena lena
juliana ju
leticia le
luciana lu
margarida guida
mariana mari
patricia pat
raquel quel
susana su
teresa teresinha
vitoria vivi
manuel nelo nel
joao joca
jose zeca
antonio toze
catarina cati
luis lulu
margarida magui
isabel belita isa
francisco kiko chiquinho
goncalo goncas
leticia lele
raimundo mundinho
terezinha tete teca
aparecida cida cidinha
mariaaparecida cida
irene nene
ronaldo naldo naldinho
reinaldo naldo
edinaldo naldo
geraldo ge
josefa zefa
severino biu
raimunda munda mundica
regina re
renata re
rosangela ro
rosana ro
rogerio roger
vinicius vini
thiago tiaguinho
felipe lipe
murilo mu
caroline carol
jessica je
priscila pri
fabiana fabi
tatiana tati
viviane vivi
adriana dri adri
sandra sandrinha
leandro le
wanderley wando
wagner waguinho`
  .trim()
  .split('\n');
