/** Arabic, Persian, Turkish, Indian and cross-language forms of given names; spellings of East Asian surnames. */

export const ARABIC: readonly string[] = `
mohammed muhammad mohamed mohammad muhammed mohamad mohamad mehmed muhamed mohd md mohamet mehmet moe mo
ahmed ahmad ahmet achmed achmad
mahmoud mahmud mahmood mahmut
mustafa mostafa moustafa mustapha mostapha
ali aly alee
hassan hasan hasson
hussein husain hussain hossein husein huseyin houssein hosein
khaled khalid halid chaled
omar umar omer
othman osman uthman usman otman
ibrahim ebrahim brahim abraham
ismail ismael esmail ismaeel
youssef yousef yusuf youssouf yousuf joseph yosef jusuf yussuf
yaqub yakub yaqoub jacob
yahya yehia yahia
abdullah abdallah abdulla abdellah
abdulrahman abdelrahman abdurrahman abderrahman abdalrahman
abdulaziz abdelaziz abdalaziz aziz
abdulkarim abdelkarim karim
abdulqadir abdelkader abdulkadir abdelqader kader
abdelhamid abdulhamid hamid
karim kareem kerim
kamal kamel kemal
jamal gamal djamal cemal
tariq tarek tarik tareq
rashid rachid rasheed rasit
said saeed sayed saied sait
salim selim saleem
salah saleh salih
samir sameer
nasser naser nasir nassir
nabil nabeel
murad mourad murat
bilal belal
faisal faysal feisal
fouad fuad fuat
hisham hicham hesham
hamza hamzah
anwar anouar enver
walid waleed oualid
yasin yassine yaseen yassin
yasser yasir yaser
ziad ziyad zyad
zakaria zakariya zakarya
adel adil
amin ameen
amir ameer emir aamir
ayman aymen aiman
badr bader
bashir bachir beshir
marwan marouane
mahdi mehdi
malik malek
musa moussa mousa moses
isa issa eissa
idris idriss edris
haroun harun haron
daoud dawud david davud
suleiman sulayman soliman suleyman sulaiman slimane
rami ramy
sami samy
wael wail
fatima fatma fatimah fatemeh fatimeh fadma
aisha aicha ayesha aysha ayse aische
khadija khadijah hatice khadidja
maryam mariam meryem maria miriam myriam
zainab zeinab zaynab zeynep zineb
layla leila laila leyla leyle
nour noor nur nura
huda houda hoda
amina aminah emine
amira ameera emira
hanan hanane
iman eman imane
karima kareema
khalida halida
latifa lateefa latife
mona muna mouna
nadia nadya
najat nagat necat
noura nora noora
rania raniya
reem rim
salma selma
samira sameera
sara sarah
sawsan susan sausan
souad suad
yasmin yasmine jasmin yasmeen jasmine
zahra zohra zehra
dina deena
dalal dalel
farid fareed ferid
farida fareeda feride
hala halah
jamila djamila cemile gamila
wafa wafaa vefa
fahad fahd
mansour mansoor mansur
saud saoud
saad saed
sultan
bandar
nawaf
mishal meshal mishaal
meshari mishari
majed majid maged
talal
khalaf
ghanem ghanim
hazem hazim
haytham haitham
issam isam essam
jaafar jafar gaafar
jihad gehad
qasim kassem qasem kasim
mazen mazin
mukhtar mokhtar
muhannad mohanad
nizar
osama usama oussama
raed raid
riad riyad riadh
saif sayf seif
tamer
taha
thamer thamir
wisam wissam
yazan
yazid yazeed
zaid zayd
abeer abir
afaf
ahlam
amal
areej arij
asma asmaa
azza
basma
bushra bouchra
fadia fadya
ghada
haifa hayfa
hayat
hind
ibtisam ebtisam
ilham elham
inas enas
khawla khaoula
lubna loubna
maha
manal
marwa marwah
maysa
nahla
najla
nawal naoual
nisreen nisrin
noha nuha
rabab
raghad
randa
rasha racha
rawan
razan
sahar
samia samya
sana sanaa
shaima chaima shaimaa
siham seham
sumaya soumaya
widad ouidad
yousef joessef youcef
rukhsana ruksana roxana
fathima fatima fatema fati
abdulqadir abdulqadeer
bashir basheer
rafiq rafique rafik
nasreen nasrin
parveen parvin
siddiq sadiq siddique
imran emran
shahid shaheed
umar umer omar
muhammad md
abdelrahman abdulrahman abdo
abdallah abdullah abdo
magdy magdi majdi
ziad ziyad zeyad
ibrahim hima
mohamed mohammed hamada
ahmed ahmad hamada
amira mira
`
  .trim()
  .split('\n');

/** Family names of Arabic speakers, the article left out; spellings of one name stand together. */
export const ARABIC_SURNAMES: readonly string[] = `
otaibi utaibi oteibi alotaibi
harbi
ghamdi ghamedi
zahrani zehrani
shehri shahri
qahtani kahtani gahtani
dosari dossari dawsari dousari
mutairi mutayri motairi
shammari shamari shummari
anazi enezi anzi
juhani johani
maliki
tamimi temimi
hashimi hashemi hachimi
ansari
qurashi quraishi qureshi kureshi koreshi
subaie subaiei
rashidi
balawi
omari umari
najjar nadjar
haddad hadad
khoury khouri khuri
mansour mansoor
masri misri
shami chami
halabi
khatib khateeb
sayegh sayigh
hamdan
hamdi
zaidi zaydi
jaber jabir
qasim kassem kasim qassem gassim kacem
saleh salih
shukri choukri shoukri
bakri
nouri noori nuri
jabouri jubouri juburi
dulaimi dulaymi
saadi saadi
kurdi
turki
shaikh sheikh cheikh
mahmoudi
benali
bouzid bouzidi
cherif sharif shareef
alaoui alawi
idrissi idrisi
tazi
fassi
naciri nasiri`
  .trim()
  .split('\n');

export const TURKISH: readonly string[] = `
mehmet memo mehmed
mustafa musti
ibrahim ibo
ismail ismo smail
suleyman sulo
huseyin huso hoso
hasan haso
abdullah apo abdul
abdurrahman apo
ramazan ramo
osman osi
murat muri
fatma fato fatos
ayse ayso
emine emi
hatice hatce
zeynep zeyno
elif elo
serkan serko
cemil cemo
kemal kemo
yusuf yuso
mahmut maho
mustafa mistik
mehmet memo
oguzhan oguz
alpaslan alp
emrecan emre
sukru suko
bulent bulo
gulsum gulsun
saliha salo
muhammed muhammet mami
mustafakemal mustafa`
  .trim()
  .split('\n');

/** Yoruba, Igbo and other African names, which are sentences, and what their bearers are called. */
export const AFRICAN: readonly string[] = `
oluwasegun segun
oluwaseun seun
oluwafemi olufemi femi
oluwatobi oluwatobiloba tobi
oluwaseyi oluseyi seyi
oluwatosin tosin
oluwakemi olukemi kemi
oluwadamilola damilola dami
oluwabukola olubukola bukola bukky
olufunke olufunmike funke
olufunmilayo funmilayo funmi
olumide mide
olusola sola
oluwole wole
babatunde tunde
babajide jide
adebayo bayo
adewale wale
adekunle kunle
adeola ola
aderonke ronke
adetokunbo tokunbo toks
ayodele ayo dele
bamidele dele
temitope temi tope
titilayo titi
yetunde yetty
kehinde kenny
taiwo taye
abimbola bimbo bola
omolara lara
morenike nike
chukwuemeka emeka
chukwuma chuma
chukwudi chudi
chukwuebuka ebuka
chinedu nedu
chinonso nonso
chidiebere chidi
chiamaka amaka
chinyere nyere
chioma oma
chidinma dinma
adaeze ada
ifeanyi ify
ifeoma ify
ikechukwu ike iyke
kelechi kele kc
kosisochukwu kosi
nkechinyere nkechi
nnamdi nnam
obinna obi
obiageli oby
ogechukwu oge
onyinyechukwu onyinye onyi
uchenna uche
uzoamaka uzo
nneka nne
kwabena kobby
kwame kwamena
akosua esi
abubakar abu
aminu amin
wanjiku shiku
wanjiru shiro
wambui shui
njoroge njoro
nyambura shiko
thandiwe thandi
nokuthula thuli
sibusiso sbu
nomvula nomvu`
  .trim()
  .split('\n');

/** One name in the languages of Europe: weaker than a short form, since a family may use both. */
export const CROSS_LANGUAGE: readonly string[] = `
johannes john jean juan giovanni joao jan ivan ioannis giannis yannis johan hans jovan janos
joseph jose giuseppe josef jozef youssef yusuf
michael michel miguel michele mikhail michal mihai mikael
peter pierre pedro pietro pyotr piotr petr petros pieter
paul pablo paolo paulo pavel pawel pavlos
andrew andreas andre andres andrea andrzej andrei andrey anders
james jacques jaime giacomo jakub jakob jacob diego santiago tiago jacopo iakovos
alexander alexandre alejandro alessandro aleksandr aleksander alexandru alexandros iskander
nicholas nicolas nikolaus nikolai nicola mikolaj nikolaos nicolae nikolas miklos
stephen stefan etienne esteban stefano stepan szczepan stefanos estevao stephan
george georg georges jorge giorgio georgy jerzy jiri giorgos gheorghe yuri
francis francois francisco francesco franz franciszek frantisek ferenc
anthony antoine antonio anton antoni antonios
louis luis luigi ludwig ludwik lajos
charles carlos carlo karl karol carl karel karoly
henry henri enrique enrico heinrich henryk henrique hendrik
william guillaume guillermo guglielmo wilhelm willem guilherme vilem
matthew matthieu mateo matteo matthias mateusz matvei mateus mathieu matej
thomas tomas tommaso tomasz tomaz
lawrence laurent lorenzo lorenz wawrzyniec laurentius
philip philippe felipe filippo philipp filip
frederick frederic federico friedrich fryderyk frederico
lucas luc luca lukas lukasz lucas loukas
mark marc marco marcos markus marek
martin martino martim marcin
vincent vicente vincenzo vinzenz wincenty
christopher christophe cristobal cristoforo christoph krzysztof
gregory gregoire gregorio gregor grzegorz grigory
edward edouard eduardo edoardo eduard
benedict benoit benito benedetto
catherine katharina catalina caterina ekaterina katarzyna katerina catarina katarina
elizabeth elisabeth isabel elisabetta elzbieta elizaveta alzbeta erzsebet
mary marie maria mariya maryam miriam
margaret marguerite margarita margherita margarete malgorzata margarida marketa
helen helene elena helena eleni ilona
anne anna ana hannah anya
anna ganna
joan jeanne juana giovanna johanna joanna joana jana
julia julie giulia yulia
sophia sophie sofia zofia
theresa therese teresa terezia tereza
alice alicia alicja alisa
dorothy dorothea dorotea dorota dorothee
susan suzanne susana susanna zuzanna zuzana
agnes ines agnese agnieszka anezka
eva eve ewa
barbara varvara
lucy lucie lucia luzie
natalie natalia natalya nathalie
rachel raquel rachele
rose rosa roza
stephanie estefania stefania stefanie
victoria vittoria viktoria vitoria wiktoria
david davide dawid daoud
daniel daniele danilo
gabriel gabriele
raphael rafael raffaele rafal
simon simone szymon simao semyon
sebastian sebastien sebastiano sebastiao
theodore theodor teodoro fyodor
eugene eugen eugenio yevgeny
sean john shane
sinead jane
hamish james
seamus james
micheal michael
maire mary moira
padraig patrick
cathal charles
eoghan owen
eoin john
grainne grace
mairead margaret
siobhan joan
eilis elizabeth
brid bridget
diarmuid dermot
kourosh cyrus
dariush darius
`
  .trim()
  .split('\n');

/** Romanisations of one surname, and its character where there is one, for Chinese, Korean and Vietnamese. */
export const SURNAME_SPELLINGS: readonly string[] = `
wang wong ong heng
li lee lei
zhang chang cheung teo
liu lau low liew
chen chan tan chin
yang yeung yong
huang wong ng ooi
zhao chao chiu
wu ng goh
zhou chow chou
xu hsu tsui
sun suen
zhu chu
ma mah
hu woo
guo kwok kuo
lin lam lim
he ho
gao ko kao
luo law lo
zheng cheng tay
liang leung neo
xie tse hsieh
song sung
tang tong
han hahn
feng fung
deng tang
cao tso tsao
zeng tsang
xiao siu hsiao
cai choi tsai chua
pan poon pun
yuan yuen
jiang kong chiang
ye yip yeh
lu loo luk
ding ting
kim gim ghim
yi lee rhee ri i lee
bak park pak bag
choe choi
jeong jung chung chong
gang kang
jo cho
yun yoon youn
jang chang
im lim rim yim
o oh
seo suh
sin shin
gwon kwon
hwang whang
an ahn
ryu yoo yu ryoo
hong houng
jeon jun chun
go ko koh
mun moon
son sohn
bae pae
baek paik baik paek
heo hur huh
nam nahm
sim shim
no roh noh
ha hah
gwak kwak
seong sung
cha tcha
ju joo
u woo
gu koo ku
na ra rah
min minn
yu yoo
fang
jin
wei
shi shih
yao yiu
fan
xiong hsiung
hao
bai pai
cui tsui
kang
mao
qiu chiu
qin chin
shen sum
hou
shao
meng
long lung
duan
lei
qian
qiao
gong kung
wen
bang
byun byeon
chae
ham
hyun hyeon
won
yeom yum
nguyen nguyeng
pham fam
hoang huynh
vu vo
ito itou itoh
sato satou satoh
kato katou katoh
saito saitou saitoh
ono oono ohno
goto gotou gotoh
kondo kondou
endo endou
ota oota ohta
okubo ookubo ohkubo
inoue inouye
yuki yuuki
yoko youko
shun syun
jiro jirou
taro tarou
kotaro koutarou
ryo ryou
sho shou
yusuke yuusuke
yuta yuuta
shota shouta
daisuke
kosuke kousuke
kohei kouhei
yohei youhei
yuko yuuko`
  .trim()
  .split('\n');

/** `Han reading Han reading …` */
function readingsOf(table: string): ReadonlyMap<string, string> {
  const words = table.trim().split(/\s+/);
  const rows = words.flatMap((word, at): [string, string][] => (at % 2 === 0 ? [[word, words[at + 1]!]] : []));
  return new Map(rows);
}

/** Readings of Japanese surnames written in Han, which the Chinese reading would miss. */
export const JAPANESE_SURNAMES =
  readingsOf(`佐藤 sato 鈴木 suzuki 高橋 takahashi 髙橋 takahashi 田中 tanaka 伊藤 ito 渡辺 watanabe 渡邊 watanabe 渡邉 watanabe
  山本 yamamoto 中村 nakamura 小林 kobayashi 加藤 kato 吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi
  松本 matsumoto 井上 inoue 木村 kimura 林 hayashi 斎藤 saito 斉藤 saito 齋藤 saito 清水 shimizu 山崎 yamazaki
  森 mori 池田 ikeda 橋本 hashimoto 阿部 abe 石川 ishikawa 山下 yamashita 中島 nakajima 石井 ishii 小川 ogawa
  前田 maeda 岡田 okada 長谷川 hasegawa 藤田 fujita 後藤 goto 近藤 kondo 村上 murakami 遠藤 endo 青木 aoki
  坂本 sakamoto 福田 fukuda 太田 ota 西村 nishimura 藤井 fujii 金子 kaneko 岡本 okamoto 藤原 fujiwara
  中野 nakano 三浦 miura 原田 harada 中川 nakagawa 松田 matsuda 竹内 takeuchi 小野 ono 田村 tamura
  中山 nakayama 和田 wada 石田 ishida 森田 morita 上田 ueda 原 hara 内田 uchida 柴田 shibata 酒井 sakai
  宮崎 miyazaki 横山 yokoyama 高木 takagi 安藤 ando 宮本 miyamoto 大野 ono 小島 kojima 谷口 taniguchi
  今井 imai 工藤 kudo 高田 takada 増田 masuda 丸山 maruyama 杉山 sugiyama 村田 murata 大塚 otsuka 新井 arai
  小山 koyama 平野 hirano 藤本 fujimoto 河野 kono 上野 ueno 野口 noguchi 武田 takeda 松井 matsui 千葉 chiba
  菅原 sugawara 岩崎 iwasaki 久保 kubo 木下 kinoshita 佐野 sano 野村 nomura 松尾 matsuo 菊地 kikuchi
  菊池 kikuchi 杉本 sugimoto 市川 ichikawa 古川 furukawa 大西 onishi 島田 shimada 水野 mizuno 桜井 sakurai
  高野 takano 吉川 yoshikawa 山内 yamauchi 西田 nishida 飯田 iida 菊 kiku 川口 kawaguchi 東 higashi`);

/** The same of given names. */
export const JAPANESE_GIVEN_NAMES =
  readingsOf(`太郎 taro 一郎 ichiro 次郎 jiro 二郎 jiro 三郎 saburo 健太 kenta 健一 kenichi 健 ken 大輔 daisuke 翔太 shota
  翔 sho 拓也 takuya 直樹 naoki 和也 kazuya 達也 tatsuya 哲也 tetsuya 誠 makoto 隆 takashi 浩 hiroshi
  博 hiroshi 宏 hiroshi 剛 tsuyoshi 学 manabu 豊 yutaka 茂 shigeru 勇 isamu 清 kiyoshi 進 susumu 徹 toru
  浩二 koji 浩一 koichi 裕太 yuta 雄太 yuta 雄一 yuichi 祐介 yusuke 裕介 yusuke 大樹 daiki 大地 daichi
  陽太 yota 悠斗 yuto 蓮 ren 陸 riku 海斗 kaito 颯太 sota 悠真 yuma 花子 hanako 恵子 keiko 陽子 yoko
  洋子 yoko 裕子 yuko 優子 yuko 由美子 yumiko 久美子 kumiko 幸子 sachiko 和子 kazuko 京子 kyoko 順子 junko
  智子 tomoko 直子 naoko 明美 akemi 由美 yumi 真由美 mayumi 美咲 misaki 愛 ai 葵 aoi 結衣 yui 陽菜 hina
  美穂 miho 香織 kaori 恵 megumi 彩 aya 麻衣 mai 舞 mai 桜 sakura さくら sakura 優 yu 凛 rin 萌 moe 楓 kaede
  千尋 chihiro 薫 kaoru 翼 tsubasa 光 hikaru 明 akira 彰 akira 昭 akira 晃 akira 亮 ryo 涼 ryo 聡 satoshi
  智 satoshi 修 osamu 稔 minoru 実 minoru 正 tadashi 忠 tadashi 真 makoto 純 jun 潤 jun 淳 jun 悟 satoru`);

/** Chinese and Korean surnames of two characters; any other has one. */
export const TWO_CHARACTER_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 司徒 夏侯 端木 南宫 南宮 황보 남궁 선우 제갈 독고 사공'.split(
    ' ',
  ),
);

/** Korean surnames as their bearers write them in Latin letters. */
export const KOREAN_SURNAMES: ReadonlyMap<string, string> = new Map(
  `김 kim|이 lee|리 lee|박 park|최 choi|정 jung|강 kang|조 cho|윤 yoon|장 jang|임 lim|림 lim|한 han|오 oh|서 seo|신 shin|권 kwon
  |황 hwang|안 ahn|송 song|류 ryu|유 yoo|전 jeon|홍 hong|고 ko|문 moon|양 yang|손 son|배 bae|백 baek|허 heo|노 noh|남 nam
  |심 shim|하 ha|곽 kwak|성 sung|차 cha|주 joo|우 woo|구 koo|민 min|진 jin|나 na|지 ji|엄 um|채 chae|원 won|천 chun|방 bang
  |공 kong|현 hyun|함 ham|변 byun|염 yum|여 yeo|추 choo|도 do|소 so|석 seok|선 sun|설 seol|마 ma|길 gil|연 yeon|위 wi|표 pyo
  |명 myung|기 ki|반 ban|왕 wang|옥 ok|육 yook|인 in|맹 maeng|제 je|모 mo|남궁 namgung|황보 hwangbo|선우 sunwoo|제갈 jegal`
    .split('|')
    .map((pair): [string, string] => {
      const [syllable, spelling] = pair.trim().split(' ');
      return [syllable!, spelling!];
    }),
);

/** Characters of names that are written in several forms, simplified, traditional or Japanese, to one of them. */
export const HAN_VARIANTS: ReadonlyMap<string, string> = new Map(
  `陈陳 张張 刘劉 杨楊 黄黃 吴吳 赵趙 孙孫 马馬 罗羅 郑鄭 谢謝 许許 冯馮 邓鄧 萧蕭 蒋蔣 叶葉 苏蘇 吕呂 卢盧 钟鍾鐘 谭譚 陆陸 贾賈 韦韋
  邹鄒 阎閻闫 龙龍竜 万萬 顾顧 汤湯 龚龔 贺賀 赖賴頼 庞龐 钱錢 严嚴厳 乔喬 聂聶 鲁魯 骆駱 岳嶽 华華 丽麗 强強 伟偉 东東 国國 军軍 红紅
  兰蘭 凤鳳 宝寶 荣榮栄 庆慶 义義 礼禮 贤賢 学學 晓曉暁 梦夢 娇嬌 颖穎 莹瑩 莲蓮 云雲 艳艷艶 飞飛 鹏鵬 涛濤 杰傑 刚剛 胜勝 辉輝 峰峯 宁寧
  静靜 洁潔 琼瓊 维維 绍紹 纯純 绮綺 绣繡 纪紀 经經経 绪緒 继繼 续續 缘緣縁 庄莊荘 连連 达達 远遠 运運 进進 迁遷 选選 逊遜 丰豐豊 临臨
  为為爲 举舉 乐樂楽 习習 书書 亚亞亜 亿億 从從 仓倉 仪儀 优優 会會 传傳伝 伦倫 侠俠 侨僑 俭儉 儿兒児 兴興 养養 冈岡 冲衝 净淨 凯凱
  创創 剑劍剣 劲勁 励勵 动動 医醫 卫衛 历歷 双雙 发發 叙敘 号號 启啓啟 员員 响響 唤喚 园園 围圍 图圖 团團 圆圓円 圣聖 场場 坚堅 坛壇
  执執 声聲 处處 备備 头頭 夺奪 奋奮 奖獎奨 妇婦 妈媽 婴嬰 宪憲 宫宮 宽寬 宾賓 对對対 寻尋 导導 寿壽 将將 尔爾 尘塵 尧堯尭 岁歲 岚嵐
  岛島嶋嶌 岭嶺 带帶 帅帥 师師 广廣広 庐廬 应應 归歸 录錄 忆憶 怀懷 怜憐 恒恆 恳懇 恺愷 惠恵 愿願 战戰 户戶戸 扬揚 抚撫 护護 拥擁 择擇
  挚摯 断斷 无無 旧舊 时時 昆崑 显顯 晋晉 晔曄 晖暉 术術 机機 权權 条條 来來 极極 枢樞 枣棗 标標 栋棟 树樹 桥橋 桦樺 梁樑 楼樓 欢歡
  欧歐 毕畢 汉漢 沣灃 泽澤沢 泾涇 浅淺 济濟済 浓濃 涌湧 润潤 渊淵渕 渔漁 湾灣 满滿満 滨濱浜 澜瀾 灏灝 灵靈 灿燦 炀煬 炜煒 炼煉 烁爍
  烨燁 焕煥 爱愛 独獨 献獻 玛瑪 环環 玺璽 珑瓏 珲琿 琏璉 瑶瑤 璎瓔 电電 画畫 畅暢 皑皚 盖蓋 真眞 硕碩 确確 祎禕 祯禎 禄祿 离離 种種
  积積 稳穩 窦竇 竞競 笃篤 笔筆 简簡 绅紳 绿綠 翘翹 聪聰 肃肅 腾騰 艺藝 节節 芦蘆 苍蒼 荆荊 莱萊 萨薩 蓝藍 蔼藹 见見 观觀 规規 览覽
  誉譽 计計 讯訊 论論 访訪 证證 诚誠 诗詩 诞誕 询詢 详詳 语語 诸諸 诺諾 谅諒 谊誼 谦謙 谨謹 贝貝 贞貞 贡貢 贵貴 费費 资資 赐賜 赞贊
  赟贇 轩軒 轶軼 辅輔 辽遼 迈邁 鉴鑒 钊釗 钧鈞 钦欽 钢鋼 钰鈺 铁鐵鉄 铃鈴 铉鉉 铎鐸 铭銘 银銀 锋鋒 锐銳 锡錫 锦錦 镇鎮 镕鎔 镜鏡 长長
  门門 闻聞 阁閣 阳陽 雾霧 霁霽 韩韓 韵韻 项項 顺順 颂頌 颜顏顔 风風 饶饒 驰馳 驹駒 骁驍 骄驕 骅驊 骏駿 骐騏 骞騫 鲍鮑 鲜鮮 鸣鳴 鸥鷗
  鸾鸞 鸿鴻 鹃鵑 鹤鶴 鹭鷺 龄齡 辺邊邉 齐齊斉斎齋斋 高髙 崎﨑 桜櫻樱 塩鹽盐 关關関 徳德 龟龜亀 实實実 富冨 桧檜 槙槇 滝瀧 壮壯 黑黒
  弥彌 薫薰 蔵藏 譲讓让 遥遙 郎郞 曽曾`
    .trim()
    .split(/\s+/)
    .flatMap((forms) => {
      const [usual, ...others] = [...forms];
      return others.map((form): [string, string] => [form, usual!]);
    }),
);

/** Vietnamese surnames, which stand first: `only` where the word is hardly anything else, `also` where it is a word or name elsewhere. */
export const VIETNAMESE_SURNAMES: ReadonlyMap<string, 'only' | 'also'> = new Map([
  ...'nguyen tran pham huynh'.split(' ').map((name) => [name, 'only'] as const),
  ...'le hoang phan vu vo dang bui do ho ngo duong ly dinh trinh dao mai lam truong doan ta ha'
    .split(' ')
    .map((name) => [name, 'also'] as const),
]);
