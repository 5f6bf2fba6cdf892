/** Given names that mean one person in German, English, Dutch and Nordic use: full forms, short forms, pet names. */

/** One class a line, folded. A name may stand in several classes; two names are related when they share one. */
export const ENGLISH: readonly string[] = `
robert rob bob bobby robbie bert
william will bill billy willy willie liam wm
richard rich rick ricky dick richie
james jim jimmy jamie jem jas
john jon johnny johnnie jack jackie jonny
jonathan jon jonny john johnathan jonathon
joseph joe joey jo jos
michael mike mick mickey mikey micky mitch
matthew matt matty mathew
andrew andy drew
anthony tony antony ant
thomas tom tommy thom tomas
charles charlie chuck chas chaz charley carl
edward ed eddie ted teddy ned ward eddy
edmund ed eddie ted ned
edwin ed eddie
theodore ted teddy theo
henry harry hank hal
harold harry hal
george georgie geo
francis frank frankie fran
franklin frank frankie
frederick fred freddie freddy rick fredric frederic
alfred alf alfie fred
albert al bert albie
alexander alex al sandy alec xander lex sasha
alan al allan allen
benjamin ben benny benji
benedict ben
daniel dan danny dani
david dave davy davey davie
christopher chris topher kit christy
christian chris
stephen steve steven stevie ste
peter pete
patrick pat paddy rick
philip phil phillip pip
paul paulie
samuel sam sammy
solomon sol
nicholas nick nicky nico nicolas nic
nathaniel nat nate nathan
nathan nat nate
gregory greg gregg
geoffrey geoff jeff jeffrey
gerald gerry jerry
gerard gerry
jeremy jerry jez jem
jerome jerry
joshua josh
kenneth ken kenny
lawrence larry laurie lawrie laurence loz
leonard len leo lenny lennie
leonardo leo
louis lou louie lewis
martin marty mart
maurice mo morris
raymond ray
reginald reg reggie
ronald ron ronnie ronny
donald don donnie
douglas doug
russell russ
stanley stan
terence terry terrence
timothy tim timmy
tobias toby
vincent vince vinny
victor vic
walter walt wally
zachary zach zack zac
abraham abe bram
adam ad
arthur art artie
arnold arnie
augustus gus august
bernard bernie barney
bradley brad
bartholomew bart
clifford cliff
clinton clint
cornelius neil corny
desmond des
dominic dom nick
dennis denny den
eugene gene
ernest ernie ern
gabriel gabe
gilbert gil bert
herbert herb bert herbie
howard howie
hubert bert hugh
ignatius iggy
isaac ike zac
jacob jake jay
jackson jack
jason jay
leslie les
lucas luke luc
luke lucas
maximilian max
maxwell max
mitchell mitch
montgomery monty
mortimer mort
norman norm
oliver ollie olly
oscar ossie
percival percy
randolph randy
roger rog rodge
roderick rod rick
rodney rod
rupert rup
sebastian seb bas
sidney sid sydney
simon si
spencer spence
tyler ty
wesley wes
elizabeth liz lizzie beth betty eliza bess bessie betsy libby elsie lisa liza lizbeth elisabeth ellie lily
margaret maggie meg peggy marge margie greta daisy rita madge margo maisie mags peg
katherine kate kathy katie kat kitty kathryn catherine cathy cate cath katy kay katharine kath
mary molly polly maria marie mae mamie may
ann anne annie nan nancy anna nanny
anna ann anne annie
hannah anna nan
susan sue susie suzie suzy susanna suzanne susannah
rebecca becky becca bex becks
deborah debbie deb debra debs
barbara barb babs barbie bobbie
patricia pat patty trish tricia patsy trisha
jennifer jen jenny jenn jenna
jessica jess jessie
christine chris chrissy tina christina christy kristine
kathleen kathy kath kat katie kate
christina chris tina christy chrissie kristina
kristin kris kristen
stephanie steph stefanie
samantha sam sammie
alexandra alex sandra sandy lexi sasha lexie ali
alexis alex lexi
victoria vicky vicki tori vic
veronica ronnie vera nica
virginia ginny ginger
josephine jo josie josey
joanna jo joanne joan
joan joanie
judith judy judi jude
julia julie jules
juliet julie jules juliette
jacqueline jackie jacqui
kimberly kim kimberley
laura laurie lori
eleanor ellie nora nell nelly ella elle
ellen ellie nell nelly
helen nell nelly helena lena
evelyn evie eve
emily em emmy emmie
emma em emmy
amelia amy millie mia
amanda mandy
miranda mandy randi
pamela pam
penelope penny
philippa pippa pip
priscilla cilla
rachel rach rae rachael
roberta bobbie robbie
rosemary rose rosie
rose rosie
rosalind roz ros
sarah sally sadie sara
sandra sandy
sophia sophie sofia
teresa terry tess tessa theresa terri tracy
tabitha tabby
valerie val
vivian viv vivien vivienne
wilhelmina willa mina minnie billie
winifred winnie fred
abigail abi abby gail abbie
adelaide addie ada
agnes aggie nessie
angela angie
antonia toni
arabella bella
beatrice bea trixie bee beatrix
bridget bridie biddy
caroline carrie carol caro carolyn
carol carrie carole
cassandra cass cassie sandra
charlotte lottie charlie lotte char lotti
clara clare claire
constance connie
cynthia cindy
dorothy dot dottie dolly dora
diana di diane
dianne di
edith edie
florence flo florrie flossie
frances fran fanny frankie francie
gabrielle gabby gabi
georgina georgie gina
georgia georgie
geraldine gerry
gertrude gertie trudy
gillian gill jill
gwendolyn gwen
harriet hattie harry
henrietta hettie etta
imogen immy
isabella bella izzy isabel isabelle belle
isabel izzy bella isobel
jane janey jenny janie
janet jan
janice jan
jean jeanie
lillian lily lil
linda lin lindy
lindsay lin
lorraine lori
louise lou lulu
lucille lucy lu
lucinda lucy cindy
lucy lu
madeline maddie maddy madeleine
marilyn mari
marjorie marge margie
martha marty mattie patty
matilda tilly mattie tilda
maureen mo
melanie mel
melissa mel missy lissa
mercedes mercy
mildred millie
millicent millie
minerva minnie
miriam mimi
molly mol
natalie nat
nicole nicky nikki nic
nicola nicky nikki nic
olivia liv livvy ollie
paula polly
phyllis phyl
prudence pru
sylvia syl
theodora dora thea
tiffany tiff
ursula ursie
yvonne vonnie
zoe zo
padraig paddy padraic podge
bernadette bernie berni detta
gwendoline gwen gwendolyn gwenda
bronwen bron bronwyn
siobhan shiv chevonne shavon
niamh neve neeve
caoimhe keeva
brid bridget brigid bridie breda biddy
roisin rosie rosaleen
eilis eilish
ciaran kieran keiran
dorothy dodie
penelope pen
josephine posy
rosemary romy
millicent milly
winifred win freda
marjorie midge
geraldine geri
jacqueline jacky jax
gillian jilly
lynette lyn lynne
clementine clem clemmie
henrietta hetty hattie
harriet hetty
rupert roo rupe
archibald archie
douglas dougie
malcolm mal
alistair ali alasdair alastair
rhiannon rhi
lakeisha keisha
tamika mika
shaniqua nique
terrence tee
thaddeus thad
ezekiel zeke
jedediah jed
octavia tavi
cordelia delia
cecilia cece celia cissy
evangeline evie
theodora theo
loretta lori retta
rochelle shelly
michelle shelly mich chelle
marcella marcie
marguerite margie peg
cathal charlie cahal
seamus shay
micheal mick mikey
tadhg teige
geraint ger
latoya toya
diarmuid dermot
mairead maggie peig
sean shaun shawn
eoin owen eoghan
rhys reece
gareth gaz
barnaby barney
augustine gus
hugh huw hughie
graham graeme
dafydd david dai
susannah susanna sukie
eleanor elinor
catriona trina
aoife eefa
siobhan chevonne shivaun
`
  .trim()
  .split('\n');

export const GERMAN: readonly string[] = `
johannes hans johann hannes jo hansi joh johan
hansjurgen hajo
hanspeter hape
joachim jochen achim jo joachin
jurgen jorg juergen georg
georg schorsch jorg
josef sepp jupp joseph beppo seppi pepi
friedrich fritz fredi friedel frieder fred
wilhelm willi willy helmut will
hildegard hilde hilla
heinrich heinz heiner hein heini henry
karlheinz kalle charly kalli
karl kalle charly carl karli
franz franzl
franziska franzi fanny ziska sissi
maximilian max maxi
maximiliane maxi
alexander alex sascha xander
alexandra alex sandra sascha
andreas andi andy anderl
andrea andi
anton toni
antonia toni antje
antonie toni
bernhard bernd hardy bernt benno
bernd berni
benjamin benni ben benny
christian chris krischan
christoph chris stoffel christof
christina chris tina christel stina tine
christine chris tine tina stine christel
christiane chris christel jane
kristina tina kris
daniel dani
daniela dani danny
dieter didi diether
dietrich dieter dirk
dorothea doro dora thea dorle
dorothee doro
eberhard ebi hardy
eduard edi ede
eleonore lore nora elli
elisabeth lisa elli sissi lisbeth liesel elsbeth else ilse betty elise lilli elsa sisi liesl lisl
ernst erni
erwin erwie
eva evi evchen
felix fe
ferdinand ferdi ferdl fernando
florian flo flori
gabriele gabi gaby
gerhard gerd gerdi hardy gert
gerda gerdi
gertrud trude gerti traudl trudi
gisela gisi gila
gottfried friedel
gunther gunter guenther
gustav gustl
hannelore hanne lore hannelo
hanna hanni johanna hannah
hermann hermi manni
hubert hubsi bertl
ingeborg inge ingrid
irmgard irmi
isabella bella isa isi
isabell isa bella isabel
jakob jaki jockel
janina nina
johanna hanna hanne jo hanni
jonas joni
jonathan joni jona
julia jule juli
juliane jule jana
julian juli jule
karin kari
karoline karo line carolin lina
carolin caro lina caroline
katharina kathi kati katja trine rina käthe kathe kathrin katrin
katrin kati kathrin
klaus niklas nikolaus claus
kornelia conny nelly
cornelia conny nele nelly
kurt kurti
lennart lenny
leonhard leo hardy lenni
leonie leo
ludwig lutz luggi wiggerl
lukas luki luca lucas
magdalena lena leni magda magdi
manfred manni fred mani
margarete grete gretel gretchen marga rita greta margret margarethe
margarita rita
marianne nanni mari
maria mia mitzi mizzi marie ria
martina tina
martin maddin
matthias matze matthes mats hias matti
mathilde thilde tilda tilly
melanie melli mel
michael michi michel mischa micha
michaela michi ela micha
monika moni
nadine nadi
nicole nicki
nikolaus niko klaus nick nikola
niklas nick nik
oliver olli oli
oskar ossi
ottilie otti tilly
patrick pat
peter pit pitt
petra peti
philipp phil flip
rainer rainier reiner
rebekka bekki becky
reinhard reini hardy
reinhold reini
renate reni nate
richard richi
robert robby robi bert
roland rolli
rosemarie rosi romy
rosa rosi rosel
rudolf rudi rolf
ruprecht rupert
sabine bine biene
sabrina brina
samuel sam sami
sandra sandy
sebastian basti bastian wastl
siegfried siggi sigi
sigrid sigi
siegmund sigi
simone simi moni
sophie soffi fifi sofie
sofia sofie sophia sophie
stefan steffen stef stephan steff
stefanie steffi stephanie
susanne susi sanne suse
tatjana tanja
theodor theo
theresa resi tessa resl therese
theresia resi
thomas tom tommy
tobias tobi tobs
torsten thorsten
ulrich uli ulli
ulrike uli ulli rike ulla
ursula uschi ulla ursel
ute uta
valentin valti vali
veronika vroni
victoria vicky viki
viktoria vicki viki vicky
vinzenz vinz
volker volki
walburga wally burgi
walter walti walther
waltraud traudl traudi
werner werni
wilhelmine minna mine mina
wolfgang wolfi wolf wolle
yvonne yvi
xaver xaverl xavi
alois loisl alo luis
annemarie anne mie
anneliese anne liese
anna anni anne annchen annika
angelika geli angie
angela geli angie
arnold noldi
astrid asti
august gustl gustav
babette babsi
barbara babsi barbel barb
beate bea
birgit biggi gitte
brigitte gitte biggi gitti
caecilie cilli
erika eri
erich erik
kathi katharina
lieselotte lilo lotte liselotte
charlotte lotte lotti charly
friederike rike fritzi friedel
frederik freddy fred
fabian fabi
jannik jan jannis
jan johannes
emanuel manu
emil emi
manuel manu manolo
manuela manu ela
marcel marci
markus marc mark
marlene leni marleen lene
helene lene leni lena hella
helena lena
vanessa nessi nessa
laura lauri
leon leo
nathalie natti
pascal passi
raphael raffi rafa
ralf ralph
adelheid heidi
kunigunde gundi
walburga burgl
leopold poldi
korbinian korbi
rosamunde rosi
reinhilde hilde
mechthild mecki
gundula gundi
annegret gret anne
friedlinde linde
dietlinde linde
gottlieb gottl
burkhard burki
ottmar otti
konstantin constantin konsti kosta
bernhard berni
benedikt benedict bene
dominik dominic domi
elisabeth elisabet lisi
jaqueline jacqueline jacky
friederike frieda
wilhelmine helma minna
beatrix beatrice trixi
hansjurgen hansjuergen haju
marieluise malu
`
  .trim()
  .split('\n');

export const DUTCH_NORDIC: readonly string[] = `
johannes jan hans joop johan hannes jo
johannes jan jansje
jan johan johannes jantje
willem wim pim bill
wilhelmina mina wil willy mien minke
cornelis kees cor cees nelis
cornelia corrie nel cor
hendrik henk rik hein henny
hendrika riek hennie rika
gerrit gert ger
gerardus gerard ger gerrit
jacobus jaap koos jacob cobus ko
jacoba coba
pieter piet peer
petrus piet peter
petronella nel nelly petra
antonius toon ton anton tonny
theodorus theo dorus
franciscus frans
francisca cisca
adrianus adriaan arie ad
adriana jana
leonardus leo leen
lambertus bert bertus
bartholomeus bart meeus
nicolaas nico klaas
dirk dick diederik
maria marie mieke ria marijke mia riet
margaretha greet griet marga gre
elisabeth els liesbeth betje elly bets lies
catharina trijntje toos tineke karin carin ina
christina stien tineke
johanna jo hanna annie jopie
geertruida truus geert trudy
jacqueline jacq
mathijs thijs matthijs ties
martinus martijn tinus
marinus rinus
sebastiaan bas
alexander sander lex
rutger rudi
ruud rudolf
maarten maart
floris flor
erik eric rik
olav olaf ole
kristoffer kris stoffer
kristian kris
lars lasse
anders andreas
bjorn bjoern
magnus mans
nils niels nisse
per peter petter
karin katarina
margareta greta
mikael mikke micke
soren soeren
jens johannes
jorgen jorn
katarina kajsa karin
birgitta brita gitte
kristina stina kicki kia tina
kristiina tiina kirsti
per pelle peppe
peter pelle petter
gustav gurra gusten gosta
gustaf gurra gusten gosta
anders ante
birgitta gittan bitte
johan janne jojje
jan janne
joakim jocke
bengt benke bengan
karl kalle
carl calle
fredrik fredde frippe
mattias matte
magnus mange
mats matte
olof olle
ulf uffe
sven svenne
stefan steffe
tomas tompa
thomas tompa
tobias tobbe
henrik henke
hans hasse
robert robban
patrik patte
rolf roffe
roger rogge
kristian krille
christer krille
margareta maggan
marianne mian
elisabet lisbeth lisa bettan
katarina kattis katta
gunilla gulla
barbro babs
susanne sussi
charlotte lotta
matilda tilda
josefin josse
jonas jonte
johannes juhani juha jussi hannu
juhani juha jussi
katariina kaisa kati katri
maria marja maija mari
johanna hanneke joke janneke hanna jans
cornelia corrie corry cora
margaretha margriet greetje gretha
elisabeth lijsbeth liesje
catharina katrien trijn
wilhelmus wim willem
antonia toos tonnie
hubertus bert huub
albertus bert ab
gijsbert bert gijs
theodora dora thea
jacobus sjaak
josephus jos sjef`
  .trim()
  .split('\n');
