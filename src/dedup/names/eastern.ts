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
amir ameer emir
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
wafa wafaa vefa`
  .trim()
  .split('\n');

export const TURKISH: readonly string[] = `
mehmet memo mehmed
mustafa musti
ibrahim ibo
ismail ismo
suleyman sulo
huseyin huso
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
mahmut maho`
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
eugene eugen eugenio yevgeny`
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
