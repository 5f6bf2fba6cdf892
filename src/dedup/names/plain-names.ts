/** Given names without short forms of their own, from many countries. */

/** Spellings of one name stand together. Names that differ by a letter (`Lea`, `Lena`, `Tim`, `Tom`) are two people's. */
export const PLAIN_NAMES: readonly string[] =
  `lea leah|lia|lina|linn|lynn|lena|nina|tina|dina|gina|mina|mia|maja maya|maia|mara|mira|myra|nora norah|nola|cora kora
  |clara klara|carla karla|carlo|marla|merle|mila|milla|milo|nele|nelly|neele|jule|jana|jane|jan|jann|jon|joan|juna|june
  |luna|una|ina|ida|ada|eda|elsa|else|ella|ela|emma|irma|alma|selma|thelma|telma|wilma|vilma|hilda|hulda|gerda|berta bertha
  |martha marta|marthe|mona|moana|rona|ronja|sonja sonia sonya|tonja|anja|katja|nadja nadia|nadine|janine|sabine sabina
  |silke|silka|silvia sylvia|silvio|silas|elke|elka|heike|heiko|meike maike|maik|mike|ulrike|frauke|wiebke|antje|antja
  |birte|birthe|dörte|karin carin|karen|karina carina|corina korinna corinna|marina|martina|bettina|regina|regine|renate
  |renata|renato|rosa|rose|rosi|rita|ruth|rut|ute|uta|udo|uwe|ulf|rolf|ralf ralph|alf|olaf olav|gustav|detlef|dirk|dick
  |erik eric erich|erika erica|ines inez|iris|doris|dora|dara|sara sarah|zara|lara|laura|lauro|tara|kara|mario|maria|marie
  |marion|marian|mirjam|mark marc|mirko|marko marco|markus marcus|marius|marinus|martin|marvin|melvin|kevin|kelvin|calvin
  |colin|collin|robin|rubin|ruben|reuben|tobin|tim|tom|tam|timo|tomo|kim|jim|jack|jake|luke lukas lucas luca|lucia|lucie lucy
  |luis louis|luise louise|luisa louisa|leon|leona|leonie|leo|theo|thea|tea|bea|ben|bent|bernt bernd|bernhard|gerhard|eberhard
  |gernot|gerd gert|gerda|kurt curt|knut|arne|arno|arnd arndt|anne|anna|ana|hanna hannah|hanne|johanna|johann|hans|hannes
  |jens|jonas|jona jonah|lars|lasse|lennart|leif|sven swen|svenja|sten|steen|bjorn|birger|inge|inga|ingo|ingrid|astrid
  |sigrid|sigurd|kari|kai kay|kaya|maj|mai|may|moritz|maurice|fritz|felix|alice|elise|elisa|eliza|elia elias|tobias|tabea
  |chloe|zoe zoey|noah|noa|noel|joel|noelle|axel|alex|ariel|arielle|adele|odile|odette|colette|yvette|yvonne|ivonne|yves
  |gilles|giles|guy|gus|remi remy|rene|renee|andre|andree|aimee|amy|emy|cecile|cecilia|camille|camilla|camilo|emile|emilie
  |emily|emilia|emilio|emil|jamil|jamila|kamil|kamila|celine|selina|serena|irena irene|ireen|alina|elina|evelina|evelyn|eva
  |eve|ava|iva|ivan|ivana|ivo|igor|oleg|olga|oxana oksana|roxana|tatjana tatiana|larissa|clarissa|vera|wera|viktor victor
  |viktoria victoria|vadim|wadim|maxim|denis dennis|denise|deniz|diana|diane|dana|dane|dan|don|dean|ron|roy|ray|rex|max|mac
  |nils niels|neil|neal|nick|rick|erin|aaron|baron|byron|darren|warren|loren|lauren|laurent|florent|florian|fabian|fabien
  |julian|julien|julia|julie|juliane|juliana|juliette|lilian|lillian|lilli lilly lily|milly|molly|polly|holly|hollie|haley
  |hayley|kelly|kerry|kerri|jerry|terry|barry|harry|gary|cary|mary|rosemary|marcel|marcela|marcelo|marcello|fabio|fabia
  |fabrice|fabricio|patrice|patricio|mauro|maura|mauricio|bruno|bruna|nuno|hugo|ugo|paola|paolo|carolina|caroline|carola
  |aldo|ado|waldo|rosario|rosalia|amalia|amelia|aurelia|aurelio|ofelia|delia|celia|cecil|ayse ayshe|ayla|aylin|aysun|aynur
  |gul|gulay|gulsen|nuray|nurcan|serkan|erkan|furkan|volkan|hakan|okan|ozkan|orhan|erhan|ferhan|burhan|tarkan|turan|turhan
  |emre|emrah|sema|seda|sevda|selma|selim|selin|salim|selcuk|onur|ugur|umut|umit|cem|can|cenk|wang|wei|fang|fei|ming|ning
  |ying|jing|jun|jin|lin|li|hui|hao|hong|yan|yang|akira|akiko|aiko|keiko|reiko|meiko|mariko|noriko|yoriko|yuki|yuko|yumi
  |kumi|kenji|kenzo|kenta|kota|shota|hana|mana|kana|minsu|minji|minjun|jiho|jihoon jihun|jiyoung|jimin|sumin|amit|amrit|anita
  |anil|sunil|sunita|kavita|kavya|divya|priya|ravi|rani|raju|rajan|ranjan|sanjay|ajay|vijay|anjali|anjana|arjun|arun|varun
  |tarun|karan|kiran|lan|lien|linh|minh|binh|thanh|thao|trang|trung|hung|huong|hanh|tuan|tuyen|zuzana|zuzanna|hana|jakub|jan
  |milan|milena|dusan|dragan|goran|zoran|boban|bojan|bojana|nikola|nikolina|ivica|ivka|mate|mato|ante|anto|jure|luka|duje
  |philip philipp phillip filip|herman hermann|oskar oscar|susanne suzanne|miriam mirjam myriam|karsten carsten|matteo mateo
  |christian cristian kristian|gabriela gabriella|veronika veronica weronika|brian bryan|mathilde matilde|viktor victor wiktor
  |arthur artur|henri henry|monika monica|raphael rafael|natalie nathalie|frieda frida|anthony antony|raffaella rafaela|jakob jacob
  |guenter guenther gunter gunther`
    .split('|')
    .map((line) => line.trim().replaceAll('ö', 'o'));
