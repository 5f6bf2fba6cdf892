/** Given names without short forms of Scandinavia, Iceland, Frisia, the Baltic, Central Europe, Greece and the Balkans, and of today's children. */

/** Spellings of one name stand together, as in `PLAIN_NAMES`. */
export const NORTHERN_NAMES: readonly string[] =
  `thore tore|levke|femke|fenja|finja|ronja|svea|swantje|wiebke wibke|insa|imke|maike|mareike|merle|jelle|jelke|eike|sonke soenke
  |momme|momke|malte|hauke|focke|focko|tjark|tjorven|onno|ubbo|enno|okko|uwe|arend|tonjes|tomma|beeke|gesche|gesa|geske|trientje
  |antje|hinrich|hinnerk|ole|ove|owe|boje|broder|harm|harro|haro|hero|hilke|hiske|frauke|folkert|fokko|jann|janna|jannik yannick
  |jannis|jonna|jorik|jule|keno|kea|keike|lasse|linus|linnea|mats|mathis mattis matthis|matti|mattes|matteo|neele nele|niklas
  nicklas|nils|piet|rieke|rike|rena|silja|silje|stine|tade|tammo|teelke|thies|tilo thilo|till|tilda|tjade|wiebe|wilko|wilma
  |yella|elske|engelke|ebba|edda|elin|elna|emmi|enna|enya|fiete|fine|finn fynn|finnja|finley|fritzi|frida frieda|greta|gretchen
  |hedi|henni|henning|hennes|henrike|hendrik|henrik|ida|ilvy|inga|inken|jarne|jaron|jasper|jella|jesper|joris|jost|joost|junis
  |justus|kalle|karlo|kian|kjell|klara|korbinian|kilian|lennox|levi|levin|liam|lian|liana|lilo|linda|lino|lio|lion|lotta|luan
  |luke|mads|mailin|malin|malina|maline|marit|marlon|marlene|marie|mattea|mia|milan|milas|milena|mina|minna|mio|mira|mira|moana
  |nea|nilas|nilo|nora|pepe|phil|pia|pina|quirin|rafael|ragna|rasmus|rufus|ruben|runa|samira|samu|sander|selma|sina|sontje
  |sverre|tamme|tessa|theda|thea|tomke|tuula|vincent|xaver|yara|yaro|zoe|zoey|aaron|adele|adrian|alba|alina|amelie|anouk|arian
  |amy|emil|emilia|emma|ben|bela|bruno|carl|constantin|dean|diego|elea|eleni|elias|elisa|ella|elli|ellie|enno|eva|ferdi
  |fabio|flora|florin|gian|giulia|hannah|helena|jamie|jana|jara|jannes|jayden|joel|jona|jonah|jonas|jonathan|jordan|josie
  |julian|karim|kenan|kimi|lara|larissa|laurin|lea|leander|leandro|leano|leni|lenia|lenja|lenn|lenni lenny|leo|leopold|leni
  |ayden aiden|brayden|cayden kayden|hayden|jaden|zayden|harper|madison|addison|maddison|avery|riley|kylie|kaylee kayleigh|hailey
  haylee|bailey|ashlyn|brooklyn|brianna|breanna|autumn|aubrey|audrey|peyton|payton|paisley|presley|piper|parker|hunter|tanner
  |tucker|chase|chance|colton|cole|cody|cooper|carter|carson|connor conner|dalton|devin|devon|drake|easton|ezra|gavin|gage|grayson
  |greyson|jace|jaxon jackson jaxson|jase|kaden|kayla|kendall|kennedy|kinsley|landon|lincoln|luca|mackenzie|mckenzie|makayla
  mikayla|mckenna|maverick|nevaeh|nolan|oakley|preston|quinn|reagan|remington|ryder|ryker|sawyer|savannah|serenity|sierra
  |skylar skyler|sloane|stella|sutton|sydney|taylor|trinity|trevor|tristan|wyatt|weston|xander|zachary|zane|lorraine|gerald
  |geraldine|sigridur|sigurdur|sigurjon|sigrun|gudrun|gudmundur|gudbjorg|gudjon|gudny|gudni|hrafn|hrafnhildur|hildur|hulda
  |helgi|helga|halldor|halldora|hallgrimur|hafdis|haukur|heida|hekla|hjalti|hjordis|holmfridur|ingibjorg|ingi|inga|ingolfur|jon
  |jona|johann|johanna|johannes|katrin|ketill|kolbrun|kristjan|kristin|kristinn|kristrun|lara|lilja|linda|loftur|magnus|margret
  |oddur|olafur|olof|ragnar|ragnheidur|runar|rosa|sara|sif|sigga|snorri|solveig|stefan|stefania|steinunn|steinar|svanhildur
  |sveinn|sverrir|thora|thorarinn|thordis|thordur|thorgeir|thorhallur|thorsteinn|thorunn|tryggvi|unnur|valgerdur|valur|vigdis
  |viktor|aegir|aesa|agust|agusta|alda|alma|andri|ari|arna|arnar|arni|arny|asdis|asgeir|aslaug|asta|asthildur|atli|audur|baldur
  |baldvin|bergthora|bergur|birgir|birna|bjarki|bjarni|bjork|bjorn|bragi|bryndis|brynja|brynjar|dagny|dagur|david|edda|egill|einar
  |eirikur|elin|elisabet|erla|erlingur|erna|eva|eyglo|eythor|freyja|freyr|fridrik|gerdur|gisli|grettir|gunnar|gunnlaugur|gylfi
  |aino|aada|aleksi|anni|anniina|arto|eemeli|eetu|eeva|elina|eliisa|essi|esa|hanna|hanne|heidi|henna|iida|iiro|ilari|inka|irja
  |isto|janne|jarkko|jarmo|jenni|jere|joni|jouni|juho|jussi|kaarina|kaisa|katja|kimmo|kirsti|laura|lauri|leila|lotta|maarit|maija
  |mari|mervi|miika|mikael|milla|mirja|mirka|nelli|niko|nina|noora|oona|otso|paula|petri|petteri|piia|pirkko|paivi|raimo|reijo
  |roosa|saara|sakari|sami|sanna|santeri|satu|seija|seppo|sini|sirkka|suvi|taina|tapio|tarja|tarmo|teemu|teija|teppo|tero|tiia
  |tiina|timo|toni|tuija|tuomas|tuomo|tytti|ulla|urho|vappu|veera|veijo|veikko|vesa|viivi|ville|vilma|virpi
  |aiga|agris|aivars|andris|anete|arta|baiba|dace|edgars|egils|elina|gunars|guntis|ilze|inese|inga|ivars|janis|juris|kristaps|lauma
  |liga|maris|normunds|raimonds|santa|uldis|valdis|zane|algirdas|audra|aurelija|darius|egle|gediminas|giedre|ingrida|jonas|jurgita
  |kestutis|laima|linas|mantas|mindaugas|ona|rasa|rimantas|ruta|saulius|tomas|vaida|vytautas|zivile|ants|epp|heli|indrek|jaan
  |kaarel|kadri|kaja|katrin|kersti|kristjan|liis|maarja|madis|mait|margus|mart|peeter|priit|rein|riina|siim|signe|tarmo|tiit
  |toomas|tonu|triin|urmas|uku|andras|attila|akos|agnes|antal|aranka|arpad|balazs|balint|barnabas|bence|bela|bernadett|boglarka
  |botond|csaba|csilla|csenge|dalma|denes|dezso|dorina|dora|edina|edit|eniko|erika|ervin|erzsebet|eszter|etelka|eva|fanni|ferenc
  |flora|gabor|gabriella|gellert|geza|gergely|gitta|gyongyi|gyorgy|gyula|hajnalka|henrietta|hedvig|ibolya|ildiko|ilona|imre|istvan
  |iren|ivett|janos|jeno|jolan|jozsef|judit|julianna|kalman|karoly|katalin|kinga|klara|kornel|krisztian|krisztina|lajos|lajosne
  |laszlo|lenke|levente|lilla|lorand|marcell|margit|marton|maria|matyas|melinda|mihaly|miklos|monika|nandor|noemi|nora|norbert
  |orsolya|pal|peter|piroska|reka|rozalia|rudolf|sandor|sarolta|szabolcs|szilard|szilvia|tamas|terez|tibor|timea|tihamer|tunde
  |valeria|vilmos|viktoria|virag|zita|zoltan|zsanett|zsofia|zsolt|zsombor|zsuzsanna|adela|adina|adrian|alexandru|alin|alina|ana
  |anca|andreea|angela|aurel|aurelia|bogdan|camelia|carmen|catalin|catalina|ciprian|claudiu|constantin|corina|cornel|cornelia
  |corneliu|cosmin|costel|costin|cristi|cristian|cristina|dan|dana|daniela|daria|delia|diana|dorel|dorin|dorina|doru|dragos|dumitru
  |ecaterina|elena|emil|eugen|eugenia|felicia|flavius|florentina|florin|florina|gabriela|george|georgeta|georgiana|gheorghe|gigel
  |grigore|horatiu|horia|ileana|ilie|ilinca|ioan|ioana|ion|ionel|ionela|ionut|irina|iulia|iulian|iuliana|laurentiu|lavinia|liliana
  |liviu|livia|loredana|luminita|lucian|madalina|magda|manuela|marcel|maricica|marian|mariana|marilena|marin|marina|marinela|marius
  |mihaela|mihai|mihnea|mircea|mirela|monica|nadia|nicoleta|nicolae|nicu|octavian|ovidiu|paul|petre|petru|petrica|radu|raluca|raul
  |razvan|remus|roxana|ruxandra|sanda|sebastian|sergiu|silviu|silvia|simona|sorin|sorina|stefan|stelian|teodor|tiberiu|titus|traian
  |tudor|valentin|valentina|valeriu|vasile|vasilica|veronica|victor|viorel|viorica|vlad|vladut|aleksandar|ana|andjela|biljana|boris
  |branislav|branka|branko|danijel|danijela|dejan|dragana|dragica|dusan|dusica|gordana|igor|ivana|jasmina|jasna|jelena|jovan|jovana
  |katarina|ljiljana|ljubica|ljubomir|marija|marijana|marko|milica|milos|milorad|milutin|mirjana|miroslav|mladen|nada|natasa|nebojsa
  |nemanja|nenad|nevena|olivera|petar|predrag|radmila|radoslav|rajko|sanja|sasa|senka|sinisa|slavica|slavko|slobodan|snezana|sonja
  |srdjan|stanka|stevan|stojan|suzana|svetlana|tanja|tijana|uros|vesna|vladan|vladimir|vojislav|vuk|zdravko|zeljka|zeljko|zivko
  |zlata|zlatko|zorica|zorka|zvonimir|zvonko|afroditi|agapi|alexandros|anastasia|anastasios|andreas|andriana|angeliki|antonis
  |apostolos|ares|argyro|aristea|aristidis|artemis|aspasia|athanasia|athanasios|charalampos|chara|christina|christos|chrysa|chrysoula
  |despina|dimitra|dimosthenis|dionysia|dionysios|efstathia|efstathios|efterpi|eftychia|efthymia|efthymios|eirini irini|eleftheria
  |eleftherios|eleni|elpida|emmanouil|evangelia|evangelos|evanthia|evdokia|evgenia|evi|fani|foteini fotini|fotis|galini|garyfallia
  |georgia|giorgos georgios|giannoula|ilias|ioanna|ioannis giannis|iro|kalliopi|konstantina|konstantinos|kyriaki|kyriakos|lambros
  |leonidas|loukia|magdalini|manolis|marianthi|marios|maria|markella|michail|miltiadis|myrto|nektarios|niki|nikoleta|nikos|odysseas
  |olga|orestis|panagiota|panagiotis|pantelis|paraskevi|parthena|pavlina|pavlos|periklis|persefoni|petroula|petros|polyxeni|prodromos
  |rania|rodanthi|sofia|sokratis|sotiria|sotiris sotirios|spyridoula|spyros spyridon|stamatia|stamatis|stavroula|stavros|stelios
  stylianos|styliani|thanasis|themis|theodora|theodoros|theofilos|thodoris|thomai|triantafyllia|tryfon|vaia|varvara|vasilia|vasiliki
  |vasilis vasileios|xenia|zacharias|zografia|zoi|iker|ainhoa|aitor|amaia|ander|aritz|asier|begona|gorka|idoia|inigo|itziar|joseba
  |jon|koldo|leire|maite|maitane|markel|mikel|miren|nerea|oihane|unai|uxue|xabier|arnau|biel|carme|gemma|jaume|jordi|laia|meritxell
  |montse|mireia|neus|nuria|oriol|pau|pere|roger|sergi|xavi|brais|uxia|xiana|kauane|kauan|kaua|kaique|caua|davi|enzo|yasmin|ludmila
  |rosangela|rosana|rosilene|rosimeire|edilson|edson|edna|ednaldo|elaine|eliane|eliana|elisangela|ivone|ivonete|janaina|jandira
  |josiane|josefa|juliano|juliana|jurema|keila|kelly|kleber|laercio|leia|lucilene|luciene|luzia|maicon|marilia|marilene|marinalva
  |marlene|marli|mauricio|mayara|moacir|nadir|neide|neusa|nilton|nilza|odair|osmar|osvaldo|raimundo|reginaldo|rivaldo|robson
  |romildo|ronaldo|rosalina|sidnei|silvana|simone|solange|sueli|tamires|tatiane|terezinha|valdemar|valdir|valdirene|valeria
  |vanderlei|vanessa|vania|wellington|wesley|willian|zilda|zelia
  |kristof|endre|erno|borbala|emese|fruzsina|gyorgyi|oszkar|zalan|nikolett|aniko|zivorad|svetozar|cedomir|ratko|momcilo|srdan srdjan|lazar
  |dusanka|andelija andjelija|stanislava|verica|sofija|teodora|darko|josip|hrvoje|kresimir|davor|damir|drazen|radovan|rade|veljko|ognjen
  |vukasin|strahinja|lucija|dijana|emina|lejla|amela|senad|edin|mirza|heidrun|anke|ubaldo|simonetta|lucrezia|fiammetta|fulvia|fabrizia
  |ermelinda|iolanda|natividad|macarena|jeronimo|hernan|borja|ezequiel|baltasar|casimiro|cipriano|eulalia|fuensanta|gumersindo|herminia
  |isidro|leocadia|barnaby|oisin|cillian killian|catriona caitriona|maelle|fatoumata fatoumatta|solene|gwenaelle|huguette|angelique|mamadou`
    .split('|')
    .map((line) => line.trim().replace(/\s+/g, ' '));
