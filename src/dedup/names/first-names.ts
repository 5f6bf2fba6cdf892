/** First names that many people bear, whether or not they stand in a class. */
import { isGivenName } from './given-names.ts';

const FIRST_NAMES: ReadonlySet<string> = new Set(
  `mary patricia jennifer linda elizabeth barbara susan jessica karen sarah lisa nancy sandra betty ashley emily kimberly
  margaret donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura cynthia amy kathleen angela
  shirley brenda emma anna pamela nicole samantha katherine christine helen debra rachel carolyn janet maria catherine
  heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith andrea hannah megan
  cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella
  julia grace amber denise danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla alexis lori marie
  tiffany tracy gina crystal wendy dawn connie paula tina erin holly shannon robin peggy sally monica erica vanessa
  gemma fiona siobhan niamh aoife imogen poppy daisy freya isla chloe zoe ellie hazel ivy ruby scarlett violet willow
  james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony mark donald
  steven andrew paul joshua kenneth kevin brian timothy ronald george jason edward jeffrey ryan jacob nicholas gary eric
  jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry
  tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy christian walter keith austin roger
  terry sean gerald carl dylan harold jordan jesse bryan lawrence arthur gabriel bruce logan billy joe alan juan elijah
  willie albert wayne randy vincent mason roy ralph bobby russell bradley philip eugene liam oliver owen callum ewan
  hamish alistair graham nigel trevor clive rupert hugh duncan gareth rhys dafydd declan cormac conor finn brendan
  angelika annegret anneliese astrid beate birgit brigitte brunhilde christa christel cornelia dagmar doerte edeltraud
  elfriede elisabeth erika franziska frieda friederike gabriele gertrud gisela gudrun hannelore heidemarie heidi helga
  henriette herta hildegard ilse imke ingeborg irmgard isolde jutta kaethe karla katharina kathrin kerstin kirsten
  kunigunde leonie lieselotte lotte luise manuela margarete margit margot marianne marlene mathilde mechthild melanie
  miriam monika nadine nicole petra ramona rebekka renate rosemarie rosa roswitha sabine saskia sibylle sieglinde
  sigrid silke simone sonja stefanie susanne svenja tanja theresia traute ulrike ursula uta vera verena waltraud wiebke
  achim alfred andreas armin arnold benedikt bernd berthold bertram bruno burkhard carsten christoph clemens dieter
  dietmar dietrich eberhard eckhard egon ekkehard emil erich ernst erwin eugen ewald fabian ferdinand florian franz
  friedhelm friedrich fritz georg gerd gerhard gottfried guenter guenther gunter gunther gustav hans harald hartmut heiko
  heiner heinrich heinz helmut hendrik herbert hermann holger horst hubert ingo jens joachim jochen johannes jonas
  josef juergen jurgen julian karl karsten kaspar klaus konrad konstantin kurt lothar ludwig lukas manfred marcel
  markus martin matthias maximilian michael moritz niklas norbert olaf oskar otto peter philipp rainer ralf reiner
  reinhard reinhold roland rolf rudolf ruediger sebastian siegfried simon stefan steffen sven theodor thorsten tobias
  torsten udo ulrich uwe valentin viktor volker waldemar walter werner wilhelm winfried wolfgang wolfram xaver
  agathe agnes aline amandine amelie anais anne annick antoinette arlette aurelie aurore beatrice benedicte bernadette
  brigitte camille caroline catherine cecile celine chantal charlene christelle christiane claire claudine clemence
  colette corinne danielle delphine dominique edith elise elodie emilie estelle eugenie eve fanny florence francoise
  gaelle genevieve germaine ghislaine helene henriette ingrid isabelle jacqueline jeanne jeannine joelle josephine
  josiane julie juliette karine laetitia laure laurence lea liliane lucie lydie madeleine maeva magali manon margaux
  marguerite marianne marie marine marion martine maryse mathilde melanie mireille monique morgane muriel myriam
  nathalie nicole noemie odette odile pascale pauline perrine raymonde regine renee romane rosalie sabrina sandrine
  severine simone solange sophie stephanie suzanne sylvie therese valerie veronique violette virginie viviane yolande
  yvette yvonne adrien alain alexandre alexis antoine armand arnaud arthur aurelien baptiste basile bastien benoit
  bernard bertrand cedric christophe clement cyril damien denis didier emmanuel etienne fabien fabrice francois
  frederic gaston gauthier georges gerard germain gilbert gilles gregoire guillaume gustave guy henri herve hubert
  hugues jacques jean jeremy jerome joel jonathan joseph julien laurent leon lionel loic louis luc lucien marc marcel
  mathieu maurice maxime michel nicolas noel octave olivier pascal patrice patrick paul philippe pierre quentin
  raphael raymond regis remi remy rene robert roger romain samuel sebastien serge simon stephane sylvain theo thibault
  thierry thomas tristan valentin victor vincent xavier yann yannick yves
  alba alicia amparo ana angeles aurora beatriz blanca carla carmen carolina catalina cecilia claudia concepcion
  cristina daniela dolores elena elvira encarnacion esperanza esther eva fatima gloria graciela guadalupe ines inmaculada
  irene isabel josefa juana julia laura leticia lidia lorena lourdes lucia luisa luz magdalena manuela marcela margarita
  maribel marina marta mercedes milagros miriam monica montserrat natalia nieves noelia nuria olga paloma patricia paula
  pilar raquel rocio rosa rosario ruth sandra sara silvia sofia soledad sonia susana teresa valentina valeria veronica
  victoria virginia ximena yolanda adrian agustin alberto alejandro alfonso alfredo alonso alvaro andres angel antonio
  arturo benito carlos cesar cristian daniel diego domingo eduardo emilio enrique ernesto esteban eugenio federico felipe
  felix fernando fermin francisco gabriel gerardo german gonzalo guillermo gustavo hector hugo ignacio ismael ivan jaime
  javier jesus joaquin jorge jose josep juan julian julio leonardo lorenzo luis manuel marcelo marcos mariano mario
  martin mateo mauricio maximo miguel nicolas octavio oscar pablo pascual pedro rafael ramiro ramon raul ricardo roberto
  rodrigo ruben salvador santiago sergio tomas vicente victor
  alessandra alessia angela anna antonella arianna assunta barbara beatrice bianca carla caterina chiara cinzia
  claudia concetta cristina daniela debora donatella elena eleonora elisa emanuela emma enrica erica fabiola federica
  fiorella flavia francesca gabriella giada gianna ginevra giorgia giovanna giulia giuliana giuseppina grazia greta
  ilaria immacolata irene isabella ivana laura letizia lidia liliana loredana lorena luciana lucia luisa maddalena
  manuela mara margherita maria marianna marina marta martina matilde melissa michela milena mirella monica nadia
  nicoletta noemi ornella paola patrizia raffaella rita roberta rosa rosalba rosanna sabrina sara serena silvana silvia
  simona sofia sonia stefania teresa tiziana valentina valeria vanessa veronica viola vittoria alberto aldo alessandro
  alessio alfonso andrea angelo antonio armando arturo attilio augusto bruno carlo carmelo cesare ciro claudio corrado
  cosimo cristian daniele dario davide diego domenico edoardo elio emanuele emilio enrico enzo ernesto ettore eugenio
  fabio fabrizio federico felice ferdinando filippo flavio francesco franco gabriele gaetano gennaro giacomo giancarlo
  gianfranco gianluca gianni gino giorgio giovanni giulio giuseppe guglielmo guido ivano jacopo lorenzo luca luciano
  luigi manuel marcello marco mario massimo matteo maurizio mauro michele mirko nicola oreste paolo pasquale piero
  pietro raffaele renato riccardo roberto rocco romano ruggero salvatore samuele sandro sergio silvio simone stefano
  tommaso umberto valerio vincenzo vito vittorio
  adriana alexandra aline amanda andreia antonia barbara bruna camila catarina celia cintia conceicao debora denise
  edite eduarda fabiana fernanda filipa filomena flavia francisca gabriela helena heloisa isabela jessica joana jussara
  larissa leonor leticia livia luana luciana madalena mafalda marcia mariana marisa marlene matilde monica natalia
  patricia priscila rafaela regina renata rita rosangela sandra sonia tatiana telma vera vitoria afonso alexandre
  anderson andre armando arnaldo augusto bernardo caio cristiano davi diogo duarte edson eduardo fabio felipe filipe
  flavio gilberto guilherme gustavo helder henrique heitor joao joaquim jorge leandro leonardo luan lucas luiz marcelo
  marcio matheus miguel murilo nelson nuno otavio paulo pedro rafael renato rodrigo rogerio rui sergio thiago tiago
  vasco vinicius vitor wagner wilson
  aaltje anneke annelies anouk antje bianca carolien cornelia daphne dirkje elske esmee femke fleur floor geertje
  gerda greetje hanneke hendrika ilse ineke ingrid irma jacqueline janneke jantje joke jolanda judith karin katinka
  lieke lies loes lotte maaike marieke marijke marjolein marloes mieke mirjam nienke petra renske roos sanne saskia
  sietske sofie suzanne tineke trijntje wendy wilhelmina willemijn yvonne arjan arjen arnoud bart bas bert boudewijn
  bram cees cornelis daan dirk eelco ewout floris frans freek frits gerard gerrit gijs govert hans hein hendrik henk
  herman huub ivo jaap jacob jan jasper jelle jeroen joep johan joost joris jurriaan kees klaas koen laurens leendert
  lodewijk maarten marijn martijn matthijs menno michiel niels pieter piet reinier rens rik rob roel ruben rutger ruud
  sander sjoerd stefan stijn teun thijs tijmen tom willem wim wouter
  agata agnieszka aleksandra alicja aneta aniela anna barbara beata bogumila bozena celina danuta dominika dorota edyta
  elzbieta emilia ewa ewelina genowefa grazyna halina hanna helena irena iwona izabela jadwiga janina joanna jolanta
  julia justyna kamila karolina katarzyna kinga krystyna lidia lucyna magdalena malgorzata maria marta maryla mariola
  marzena milena monika natalia patrycja paulina renata sylwia teresa urszula wanda weronika wieslawa zofia zuzanna adam
  adrian aleksander andrzej antoni artur bartosz bogdan boleslaw cezary czeslaw damian daniel dariusz dawid dominik
  edward filip franciszek grzegorz henryk ireneusz jacek jakub jan janusz jaroslaw jerzy jozef kacper kamil karol
  kazimierz konrad krzysztof leszek lukasz maciej marcin marek mariusz mateusz michal mieczyslaw mikolaj miroslaw
  norbert pawel piotr przemyslaw radoslaw rafal robert roman ryszard sebastian slawomir stanislaw stefan szymon tadeusz
  tomasz wieslaw wiktor witold wladyslaw wojciech zbigniew zdzislaw zygmunt
  anastasia anastasiya antonina daria darya ekaterina elizaveta evgenia evgeniya galina irina kira ksenia lidia lyudmila
  ludmila margarita marina nadezhda natalia natalya nina oksana olga polina raisa svetlana sofia sofya taisia tamara
  tatiana tatyana valentina varvara vera veronika yana yulia zinaida zoya aleksandr aleksei alexei anatoly andrei anton
  arkady artem boris bogdan denis dmitri dmitry egor evgeny fyodor gennady georgy gleb grigory igor ilya ivan kirill
  konstantin leonid maksim mikhail nikita nikolai oleg pavel pyotr roman ruslan sergei stanislav stepan timur vadim
  valery vasily viktor vitaly vladimir vladislav vyacheslav yaroslav yegor yevgeny yuri taras oleksandr mykola andriy
  dagny elin emilie frida gro gunhild guri hedda hilde idun ingunn ingvild kirsti kristin liv marit ragnhild siv solveig
  sunniva tone torunn trine turid unni agneta birgitta britt carina cecilia ebba elisabet emma eva gunilla gunnel
  helena ingegerd kerstin kristina lena linnea lisbeth lovisa maj malin margareta marianne monica pernilla siri ulla
  viveka anders arvid bengt bertil bjorn borje christer erik fredrik goran gosta gunnar hakan hans henrik ivar jan
  johan jorgen karl kjell kristian lars leif lennart magnus mats mikael morten nils ola olav oskar ove par per pontus
  ragnar roald rune sigurd sindre stein stellan stig svante sverre terje thor tore torbjorn trond tomas ulf aino
  aleksi anneli antti eero eija eino hannu heikki helmi ilkka jaakko jari jukka juha kaija kalle kari katri kirsi
  lauri leena markku marja matti merja mika mikko minna niina outi paavo paivi pekka pentti pirjo raija riitta risto
  sakari salla sami satu seppo sirpa tapio tarja teemu timo tuija tuomas tuula veikko ville
  aisha ali amal amina amira bilal fadi fatima fatma hadi hala hamza hasan hassan hiba huda hussein ibrahim imane
  jamal karim khadija khaled khalid laila leila lina layla mahmoud malak mariam maryam mohamed mohammed muhammad
  mustafa nabil nada nadia noor nour omar osama rana rania rashid reem saad said salma samir sana sara tarek tariq
  walid yasmin yasmine yousef youssef yusuf zahra zainab zeinab ahmet aysegul aysel ayten aziz baris berna beyza
  burak busra cansu ceren deniz derya dilek ebru eda elif emine engin ercan esra fatih filiz gamze gizem gokhan gonca
  gulcan hacer halil hande hatice huseyin ilknur ismail kemal kerem mehmet melek meltem merve meryem metin murat nesrin
  nihat nilgun nurten osman ozge ozlem pelin pinar ramazan recep rukiye sebnem sedat selma serap serdar sevgi sibel
  suleyman sultan tolga tugba tulay ufuk yasemin yasin yilmaz yusuf zehra zeynep aditya akash anand ananya aarav
  abhishek aishwarya deepa deepak divya gaurav gopal harish ishaan kavitha krishna lakshmi manish manoj meena mohan
  mukesh neha nikhil pooja prakash pradeep prasad rahul rajesh rakesh ramesh rekha ritu rohan rohit sandeep sangeeta
  shreya sneha sunita suresh swati usha vikram vinod vivek yash
  ajit amrita anand anish anjum anupam aparna archana arti arvind asha ashish ashok ashwin asif bala balbir baldev balwinder
  bhavna bhupinder bindu chetan chitra daljit darshan dharmendra dilip dinesh ganesh geeta girish gopi govind gurdeep harbhajan hardeep
  harjit harmeet harsh hemant hema indira ishita jagdish jagjit jasbir jaspreet jaswinder jatin jayant jyoti kamala kanchan kavya kishore
  kulwinder kunal kuldeep lakshman lalit leela madhu madhavi mahesh malini manjit manjunath mayank meera mohit monika mukul nalini
  namrata narendra naresh naveen navneet neelam nehal nidhi nilesh niraj nirmala nisha nishant nitin pallavi pankaj paramjit parvati
  piyush prabha prakriti pramod pranav pratibha praveen preeti prem priti puneet radha raghav rajendra rajeev rajiv rajni ranjit rashmi
  ravindra reena renuka richa rina ritika rupa sachin sagar sahil sakshi saloni samarth sangita sanjana sanjeev sapna saroj satish
  saurabh savita seema shalini shankar sharad shilpa shivani shobha shruti shweta siddhartha simran sonali sonam subhash sudha sudhir
  sukhdev sukhwinder suman sumit surekha surinder surya sushma swapna tanvi tejas trisha uday umesh urmila vaibhav vandana vasudha veena
  venkat vidya vikas vimal vinay vineet vipin vishal vivaan yogesh
  aamir adnan aftab arshad asma ayesha azhar bushra danish ehsan fahad faiza farah farhan farida farooq faraz ghulam hina humaira ijaz
  imran iqbal irfan irum javed junaid kamran kashif mahnoor maliha mehwish moin mubashir muneeb naila naveed nazia nida nosheen owais
  qasim rabia rafiq raheel rizwan rubina rukhsana saad sadaf sadia saima sajid samina sana sehrish shabana shabnam shafiq shahbaz shahid
  shahida shaista shakeel shazia shoaib sohail sumaira tabassum tahira talha tanveer tayyaba ubaid umair usman uzma waqar waseem yasir
  zahid zeeshan zubair
  alihan alper altan anil aras arda arzu asli ata atilla ayca aykut ayla aylin aynur aysen aysin aysun ayten bahar banu basak batuhan begum
  belgin bengi beren berk berkay berna betul bilge birol birsen bugra burcin burcu caner cagla cagri ceyda cihan cigdem damla defne demet
  deniz didem doruk duygu ece ecem efe ege ekrem ela elvan emel emrah ender ercument erdal erdem eren erhan erkan erol esin eylul ezgi
  fahri faruk ferda ferhat feride feyza figen firat fusun gonul guler gulden gulen gulizar gullu gulsah gulten gunay gunes gurkan
  hakki haldun haluk handan harun hilal hulya ilhan ilker inci ipek irem isil izzet kaan kadir kamil kenan kubra leman levent mahir
  mehtap melda melih melis mert mete mine mirac muge muhittin mujde munevver musa mustafa muzaffer naciye nalan nazan nazli nebahat
  necati necla neslihan nesli nevin nilay nimet nizamettin nur nuran nuray nurcan nurgul nuri nursel oguz okan oktay olcay onur orcun
  oya oznur ozan ozcan ozgur ozgun perihan reyhan ridvan sabri sadik saniye savas secil seda seher sema semih semra sena senem serkan
  serpil servet sevda sevil sevim sevinc seyhan sezen sezgin simge sinan sinem songul suat sude suheyla sukran sunay taner tarik tayfun
  taylan tekin tulin tuna tuncay tunc turgut turkan ulku umit umut unal utku ugur vedat volkan yagmur yalcin yavuz yeliz yeter yigit
  yonca zafer zeki zerrin zuhal
  aggelos agapi aggeliki angelos areti argyro aris artemis athina aristea avgoustos chara chariklia dafni danai despina eirini eleana
  eleftheria elisavet ermioni evanthia evdokia faidra filippos fragkiskos fotis galini georgina iason ifigenia ioulia iraklis isidora
  kalliopi kleanthis kleio kyriaki kyriakos leonidas loukia magdalini marilena markella marios melina myrto nefeli nektaria nektarios
  nikoletta odysseas olympia orestis pandora pavlos pelagia periklis persefoni polyxeni prodromos rallou stamatia stefania thalia thekla
  themis themistoklis thomai tilemachos triantafyllos varvara vasilia xanthi xenia xenofon zacharias zafeiris zinovia
  abiodun abiola adaobi adebola adedayo adeleke adenike adeyinka afolabi akin akinola amarachi anuoluwapo arinze ayomide azubuike bolanle
  bolaji chiazor chibuike chibuzor chidera chidinma chigozie chijioke chikaodi chima chimamanda chinenye chinonso chinwe chisom chizoba
  chukwuebuka damilare ebele ebuka efosa ekene emmanuela ezinne fisayo folake folarin funmi funke gbenga godswill ifeoluwa ijeoma ikenna
  isioma itunu iyabo jumoke kamsi kayode lekan lola mojisola morayo ndidi ngozi nkem nkiru nonye nwando obioma olabisi olamide olanrewaju
  olayinka olusegun omotola onyeka osaze osas rotimi sade seun segun simisola somto sunkanmi tayo tolu tobechukwu toyin ugochi ugonna
  yemi yewande zikora achieng akinyi anyango atieno awino barasa chebet chege cherono faith gathoni jepkosgei kamau kariuki kimani kipchoge
  kiprop macharia makena mumbi mutua muthoni mwende njeri nyokabi nyawira ochieng odhiambo okoth onyango otieno wafula wairimu wangari
  wangui wanjala wanjiku wanjiru waweru
  ainhoa aitana araceli belinda benito brenda brisa candelaria celeste citlali dayana deyanira dulce edith elvira eloisa esmeralda evelin
  fabricio fausto florencia gilda griselda haydee heriberto hilario imelda itzel ivonne jazmin jimena joana julieta karla karina katia
  leonel liliana lisandro lorenza lourdes luz magali maite maricela mariela marisol maritza melina mireya nahuel nayeli nazario nelida noelia
  norma obdulia ofelia oralia oswaldo perla priscila ramiro renata reynaldo rigoberto rocio romina rosalba rosario roxana ruben sabino
  samanta selene silvestre tatiana ulises vanesa viridiana wenceslao xochitl yamila yanina yolanda yesenia zulema
  aarao adilson aldair alessandra aluisio antonella ariane arlindo benedita bento bernadete brenda carolina cassia celso cesar cleide
  cleusa cristiane cristina daiane dalva damiao danilo dirceu djalma edilson edivaldo elaine eliane elisangela elizete emerson erica
  everton fabiola geovana gerson gilson gislaine givanildo glauco hugo iara inacio iracema isadora italo ivan ivone janaina jairo
  jeferson josiane jucara juliano jurandir kauan keila lais laura leila lidia lorena lucelia luciene luzia maicon manuela marilene marli
  marlon mauricio micaela michele milene milton mirela neide neusa nilza noemi odete osvaldo otavio pamela poliana raissa ramon raul
  rejane robson romulo rosana rose rosilene samara selma sheila silvana silvio simone solange stefany suelen sueli talita tania tarcisio
  teresa thais valdir valeria valmir vanda vanessa vania vilma wallace wanderson wellington wesley wilma yara zelia zilda
  annika anneke janneke elly hanne lieke joanna
  adva amit amitai asaf aviad avigdor ayala batya bella carmit dganit dikla einat eitan elad eldad elinor erez gal galia gefen gilad
  hadar hadas hagar hagit idan ido inbal irit itai itamar kfir keren kinneret lihi limor lior liron maayan malka matan maor meirav meital
  michal mor moran nadav naama neta nir nirit nitzan nofar nurit oded ofer ofir ofra ohad omri oren orit orli osnat oz pazit peleg raz
  rotem roy ronen sagi sapir segev shai shaked shani sharon shira shiran shirli sigal sivan stav tal tali tomer tsvia tzvia tzippi uri vered
  yaara yael yair yarden yaron yigal yoav yotam yuval zohar`
    .trim()
    .split(/\s+/),
);

/** True for a folded word that people are called by: it is no slip of another name. */
export const isFirstName = (name: string): boolean => FIRST_NAMES.has(name) || isGivenName(name);
