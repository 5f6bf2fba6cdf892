/** Given names without short forms of India, Indonesia, Japan and of speakers of Turkish, Persian and Hebrew. */

/** Spellings of one name stand together, as in `PLAIN_NAMES`. */
export const SOUTHERN_NAMES: readonly string[] =
  `rajesh|rakesh|ramesh|suresh|mahesh|naresh|dinesh|ganesh|mukesh|lokesh|yogesh|jignesh|nilesh neelesh|hitesh|ritesh|mitesh
  |rajan|rajiv rajeev|sanjiv sanjeev|rahul|rohit|mohit|sumit|amit|ankit|ankita|anil|sunil|sushil|sushila|nikhil|nikita|sahil
  |vinod|pramod|manoj|saroj|sanjay|ajay|vijay|jay|jaya|vijaya|sanjana|anjali|anjana|anand|ananda|ananya|arvind aravind|arun
  |aruna|varun|tarun|karun|karuna|kiran|karan|charan|sharan|saran|mohan|sohan|rohan|krishna|krishnan|ramakrishnan|gopal|gopalan
  |govind govinda|hari|harish|girish|satish|ashish|manish|manisha|anish|anisha|nisha|isha|asha|usha|natasha|harsha|harshad
  |varsha|hemant|hemlata|vasant|vasanthi|prashant prasanth|prasad|pradeep pradip|sandeep sandip|kuldeep|deepak dipak|deepa dipa
  |deepika dipika|deepti|swati|jyoti jyothi|priti preeti|priya|supriya|riya|diya|divya|kavya|navya|bhavya|maya|chaya|kaya|vidya
  |sandhya|sudha|radha|medha|megha|mega|meena mina|leena|reena|veena vina|tina|sheena|heena|kavita kavitha|savita savitha|lalita
  lalitha|anita|sunita|vinita vineeta|punita|rita|geeta gita|seeta sita|neeta nita|meeta mita|smita|sangita sangeeta|namita
  |lakshmi laxmi|saraswati saraswathi|parvati parvathi|durga|kamala|vimala|nirmala|sharmila|urmila|mala|shalini|nalini|padmini
  |kamini|yamini|rohini|mohini|ragini|malini|rani|shivani|bhavani|indrani|pooja puja|puneet punit|preetam pritam|gautam|goutam
  |vikram|vikas|vivek|vishal|vishnu|venkatesh|venkat|venkata|subramanian subramaniam|balasubramaniam|srinivasan|srinivas
  |raghunath|raghavan|raghav|madhav|madhavan|madhavi|madhu|manu|tanu|anu|renu|meenu|vinay|abhay|uday|akshay|akash|prakash
  |avinash|kailash|santosh|ashok|alok|anup anoop|arup|swarup|tushar|omkar|shankar|bhaskar|dinkar|prabhakar|kumar|kunal|kamal
  |komal|nirmal|vimal|bimal|parimal|lal|jawahar|indira|indra|chandra|chandrika|rekha|shikha|sneha|neha|rupa roopa|rupali|sonali
  |vaishali|kajal|payal|pallavi|pavan pawan|naveen navin|praveen pravin|nitin|sachin|jatin|yatin|vipin|bipin|ramya|soumya saumya
  |aishwarya|arya|surya|aditya|arjun|nakul|abhishek|siddharth siddhartha|parth|samarth|yash|jash|aakash|tanvi|janvi|manvi|sanvi
  |harpreet|gurpreet|manpreet|jaspreet|amarjeet amarjit|surjeet surjit|gurmeet|harmeet|manmeet|baljeet|ranjit ranjeet|inderjit
  |balbir|ranbir|dalbir|mahendra mahinder|rajendra rajinder|surendra surinder|narendra narinder|devendra davinder|jitendra
  |yogendra|upendra|virendra virender|dharmendra|satyendra|shailendra|gajendra|sushma|rishma|reshma|karishma|sulekha|surekha
  |irfan|imran|ikram|akram|asif|arif|atif|kashif|wasif|nasir|basir|munir|munira|zahir|tahir|shakir|zakir|bashir|javed javaid
  |naveed|waheed|saeeda|shahid|sajid|wajid|majid|khalil|jalil|jamal|bilal|iqbal|shabana|rubina|rukhsana|farhana|farzana|shaheen
  |parveen|nasreen nasrin|yasmeen|tasneem|tabassum|aslam|akbar|asghar|anwar|sarwar|parvez pervez|perwez|tanvir tanveer|zubair
  |budi|budiman|budianto|agus|agung|ahmad|andi|adi|edi|ari|asep|ujang|dedi|didi|dodi|dudi|deni|doni|dian|dina|diana|dewi|dwi
  |tri|sri|eka|catur|panca|putra|putri|putu|wayan|made|nyoman|ketut|gede|kadek|komang|ayu|ayi|indah|intan|lestari|wulan|bulan
  |ratna|ratih|retno|rini|rina|rita|yuni|yuli|yulia|yanti|yanto|yono|joko|djoko|jaka|slamet|sugeng|suharto soeharto|sukarno
  soekarno|suryadi|suryani|suryana|suryanto|supardi|suparman|suparno|supriyadi|supriyanto|sutrisno|sutarno|sutanto|susanto
  |susanti|susilo|susilawati|hendra|hendri|hendro|heru|heri|hadi|hari|indra|iwan|irwan|irawan|setiawan|kurnia|kurniawan
  |kurniawati|wahyu|wahyuni|wahyudi|bambang|gunawan|hartono|hartati|haryanto|haryati|mulyadi|mulyani|mulyono|nurhayati
  |nurul|nuraini|nurjanah|siti|aminah|rahmat|rahmawati|rizki rizky|reza|rendra|rangga|raden|bayu|bagus|dimas|galih|gilang
  |fajar|fitri|fitriani|yudi|yuda|yoga|zainal|zaenal|taufik|tono|tini|titin|tuti|wati|wawan|winarto|winarti|yusuf|umar|usman
  |akira|akiko|akio|aki|ayumi|ayaka|ayako|asuka|asami|chie|chika|chiaki|chiyo|daiki|eiji|eiko|emi|emiko|eri|eriko|fumiko|fumio
  |goro|haruka|haruki|haruko|haruto|hideki|hideo|hideko|hiroki|hiromi|hiroko|hiroyuki|hisako|hitomi|ichiro|jiro|saburo|shiro
  |junko|junichi|kaito|kaoru|katsumi|kazuko|kazuki|kazuo|kazuya|keiichi|keiko|keisuke|keita|kenichi|kenji|kenta|kiyoko|kiyoshi
  |koichi|koji|kumiko|kyoko|mai|maki|makiko|makoto|mamoru|manabu|mariko|masako|masao|masaru|masashi|masato|mayu|mayumi|megumi
  |michiko|michio|midori|mika|miki|mikiko|minako|minoru|misaki|mitsuko|mitsuo|miyuki|miyu|momoko|naoki|naoko|naomi|nobuko|nobuo
  |noriko|osamu|reiko|rie|rika|riku|rina|risa|ryo|ryota|ryuji|ryoko|sachiko|saki|sakura|satoko|satomi|satoru|satoshi|sayaka
  |sayuri|seiji|shigeko|shigeo|shigeru|shinichi|shinji|shiori|shizuka|shizuko|shoji|shota|shun|sota|sumiko|susumu|tadashi
  |takahiro|takako|takashi|takeo|takeshi|takumi|takuya|tamiko|taro|tatsuya|teruko|tetsuo|tetsuya|tomoki|tomoko|tomomi|toru
  |toshiko|toshio|tsuyoshi|yasuko|yasuo|yoichi|yoko|yoshie|yoshiko|yoshio|yui|yuichi|yuji|yuka|yukari|yuki|yukiko|yukio|yuko
  |yumi|yumiko|yusuke|yuta|yutaka|yuto|yuya
  |ahmet|mehtap|meltem|merve|meral|mert|murat|mustafa|nalan|nazan|nazli|necla|nermin|neslihan|nevin|nihal|nihat|nil|nilay|nilgun
  |nilufer|nuri|nuriye|nurdan|nurten|nuray|nurhan|okan|onder|oya|ozan|ozge|ozgur|ozlem|pelin|pinar|recep|sabri|sabriye|sedat
  |selcuk|selda|semra|serap|sercan|serdar|serhat|serpil|sevgi|sevil|sevim|sibel|sinan|sinem|songul|suna|suzan|sule|sengul|senol
  |serife|sukran|sukru|sukriye|tamer|tayfun|tolga|tugba|tulay|tuncay|tunc|turgut|turkan|ufuk|ulku|umran|unal|vedat|veli|volkan
  |yasar|yavuz|yeliz|yesim|yildiz|yilmaz|yonca|yuksel|zafer|zehra|zeki|zekiye|zerrin|zuhal|zulfiye|hasan|huseyin|hulya|husnu
  |hamdi|hamdiye|hayri|hayriye|hayrettin|fikri|fikriye|fikret|ferit|feride|ferhat|fadime|ercan|erdal|erdem|erdogan|erol|ersin
  |ertan|ertugrul|esin|esra|evren|ebru|ece|eda|efe|ege|ekrem|emel|emin|emine|emrah|emre|engin|enver|cagla|cagri|canan|caner
  |cansu|celal|cemal|cengiz|cevdet|cigdem|coskun|arda|arzu|asli|asuman|atilla|ayhan|aynur|aysel|aysun|aytac|aziz|azize|bahar
  |bahri|bahriye|banu|baris|basak|bayram|begum|bekir|belgin|belma|berk|berkan|berrin|beyza|bilge|binnur|birol|birsen|bora|bulent
  |burak|burcin|burcu|busra|dilara|dilek|derya|dogan|duygu|gamze|gizem|gokhan|gonca|gonul|gozde|gul|gulay|gulcan|guler|gulsen
  |gulten|gunes|guven|halil|halime|handan|ilhan|ilkay|ilker|irem|irfan|kader|kadir|kaan|kamuran|kazim|kenan|kerem|kerim|koray
  |kubra|lale|lutfi|lutfiye|levent|mahir|melek|meliha|melike|mine|muge|muharrem|muammer|muzaffer|munevver|nazmi|nazmiye|niyazi
  |babak|behnam|behrouz|bahram|darius|elham|farhad|farideh|farnaz|farshad|farzad|fereshteh|hamed|hooman|kamran|kaveh|keyvan
  |kourosh|ladan|laleh|mahnaz|mahsa|maryam|mehrdad|mina|mitra|mohsen|mojgan|nasrin|nazanin|niloufar|omid|parisa|parvaneh|parviz
  |payam|pouya|rostam|roya|roxana|samira|sepideh|shahin|shahram|shirin|shohreh|simin|soheila|soraya|vahid|zahra|zohreh
  |sujin soojin|sumin soomin|sujeong|suyeon sooyeon|subin soobin|suhyun soohyun|minseo|minjeong|minho|minki|minwoo|mingyu|minkyung
  |minhee|jiyoung jiyeong|jiyeon|jiwon|jiwoo|jihye|jihyun jihyeon|jisoo jisu|jieun|jihee|jimin|jinwoo|jinho|jinyoung|jina|junho
  |junseo|junyoung|seojun|seoyeon|seoyun|seohyun|seungmin|seungho|seunghyun|seungwoo|sungmin|sungho|sunghoon|sangwoo|sanghoon
  |sangmin|hyejin|hyerin|hyunjin|hyunwoo|hyunjung|hyeonju|eunji|eunjung|eunhye|eunkyung|eunyoung|youngho|younghee younghi|youngmi
  |youngja|youngsu youngsoo|yeji|yejin|yerim|yuna yoona|yujin yoojin|dohyun|dongwook|donghyun|dongmin|daeun|dahye|hana|haeun|hajun
  |kyungsoo|kyunghee|miyoung|mikyung|misook|taehyung|taeyang|taemin|woojin|chulsoo cheolsu
  |avi|aviv|aviva|avigail|ayala|amit|amnon|alon|ariel|ariela|arik|asaf|assaf|ayelet|barak|batya|boaz|carmel|chaim haim|chaya haya
  |chana|dafna daphna|dalia|danit|dikla|dina|dorit|doron|dov|dror|dvora devora|efrat|ehud|eitan eytan itai itay|elad|eli|eliezer
  |elisheva|eran|erez|esti|eyal|gad|gadi|gal|galia|galit|gideon|gil|gila|gilad|gili|guy|hadar|hadas|hagit|idit|ido|idan|ilan
  |ilana|inbal|inbar|itamar|keren|lavi|leora liora|lior|liat|lilach|limor|liran|maor|matan|mati|maya|meir|meirav merav|menachem
  |michal|miri|mordechai|moran|moshe|nachman|nadav|naftali|naama|nava|nehama|netta neta|nimrod|nir|nira|nirit|nitzan|noa|noam
  |noga|nurit|oded|ofer|ofir|ofra|ohad|omer|omri|or|oren|orit|orly|orna|osnat|ravit|revital|rina|rivka|roee roi|ronen|roni|ronit
  |rotem|ruti|sapir|sarit|shai|shalom|shani|sharon|shaul|shimon|shira|shiri|shirley|shlomi|shlomit|shlomo|shmuel|shoshana|sigal
  |sigalit|smadar|tal|tali|talia|talya|tamar|tamir|tomer|tova|tzipi|tzvi zvi|uri|uriel|vered|yaakov|yaara|yael|yafit|yair|yakov
  |yarden|yariv|yaron|yehoshua|yehuda|yehudit|yehiel|yigal|yishai|yisrael|yoav|yochanan|yoel|yona|yonatan|yoni|yoram|yossi|yotam
  |yuval|zehava|zeev|ziv|ziva|zohar
  |rajeev rajiv|preeti priti|geeta gita|sanjeev sanjiv|naveen navin|praveen pravin|neeraj niraj|vineet vinit|puneet punit
  |sangeeta sangita|reena rina|veena vina|seema sima|leela lila|manjit manjeet|ranjit ranjeet|harjit harjeet|ajit ajeet|paramjit paramjeet
  |shweta sweta|shobha shoba|kavya kaavya|ashwin ashvin|dharmendra dharmender|rajendra rajender|narendra narender|mahendra mahender
  |surinder surendra|bhupinder bhupendra|sukhwinder sukhvinder|kulwinder kulvinder|ayesha aisha aysha|usman osman usmaan|owais uwais
  |zeeshan zishan|tanveer tanvir|shakeel shakil|javed javaid|naveed navid|rafiq rafeeq|shafiq shafeeq|sohail suhail|junaid junayd
  |filippos philippos|evdokia eudokia|xenofon xenophon|eirini irini|zinovia zenovia|aristea aristaia|fragkiskos frangiskos
  |jimena ximena|jazmin yazmin|vanesa vanessa|katia katya|karina carina|thais tais|lais lays|valdir waldir|osvaldo oswaldo
  |weslei wesley|stefany stefani|givanildo giovanildo|itai itay|roi roy|tzvia tsvia|ido iddo|ofir ophir|yarden iarden
  |olamide lamide|chidinma chidimma|jumoke jumokeh|ezinne ezine|wairimu wairimuh|nyokabi nyokaby
  |eko|teguh|ridwan|endang|kartika|puspita|rahayu|zubaidah zubaida|hasnah hasna|rosnah|citra tjitra|utami|anisa annisa|aulia|nabila nabilah
  |salsabila|rahma rahmah|widya|yuliana|suryo|azlan|hafiz hafidz|faizal faisal|zulkifli zulkifly|amirul|syafiq shafiq|haziq|nurain|izzati
  |athirah|alireza|behzad|siavash siyavash|dariush daryoush|arash|masoud masood masud|peyman payman peiman|mojtaba|iraj|houshang hooshang
  |azadeh azade|farzaneh farzane|pegah|samaneh samane|yasaman|atefeh atefe|shahrzad|golnaz|marjan|hamidreza|amirhossein
  |mohammadreza mohamadreza|ramin|negar|setareh setare|ziba|mahin|nahid|narges|waqas waqqas|adeel adil aadil|salman|khurram khuram
  |nadeem nadim|shahzad shehzad|iqra|hammad|aqeel aqil|fawad|humayun|jamshed jamshid|liaquat liaqat|mudassar|naeem naim
  |rehan raihan|saqib|aliya alia|areeba ariba|fariha|ghazala|huma|javeria|kanwal|noreen naureen|sidra|tehmina tahmina|zunaira
  |hiroshi|daisuke|tsubasa|sosuke sousuke|isamu|noboru|hanako|aoi|kaori|chihiro|hikari|hayato|yamato|tsutomu|nanami|setsuko|chieko
  |sherif sheriff|ashraf|sameh samih|magdy magdi majdi|heba hiba|doaa duaa|nagwa najwa|reham riham|nesma nesmah`
    .split('|')
    .map((line) => line.trim().replace(/\s+/g, ' '));
