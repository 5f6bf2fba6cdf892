/** Words in name fields that are no names: titles, suffixes, particles, notes of a phone's memory. */

/** Academic, noble, military and polite titles, folded, without dots. */
export const TITLES: ReadonlySet<string> = new Set(
  `dr prof professor professorin doktor doctor drs ir ing dipl diplom mag magister mmag dott dottssa dottor dottoressa
  ingenieur ingegnere avv avvocato rag geom arch lic licenciado licda msc bsc ba ma mba phd md dds esq cpa llm llb
  dra sr sra srta senor senora senorita don dona dn dna herr frau hr fr fraulein frl herrn mr mrs ms miss mx sir dame
  madam madame mme mlle mademoiselle monsieur mons m messrs signor signora signorina sig sigra dhr mevr mevrouw meneer
  heer pan pani mgr inz hab lek shri shrimati smt kumari ustaz ustadh hafiz maulana sheikha shaykh gospodin gospozha bay bayan hoca sayin rev reverend pastor pfarrer pater father
  bruder schwester rabbi imam sheikh shaikh haji hajji ustad capt captain major col colonel gen general lt lieutenant
  sgt maj cmdr hon judge univ hc rer nat med phil jur habil oec pol theol ehem baron baroness graf grafin count
  countess earl lord lady duke duchess viscount viscountess prince princess prinz prinzessin furst sensei san sama kun
  ks ksiadz revd rvd maitre stom ozv`
    .trim()
    .split(/\s+/),
);

/** Titles that are also common names or name parts; they count as titles only in the prefix field or before a dot. */
export const AMBIGUOUS_TITLES: ReadonlySet<string> = new Set(
  `sr ma ba ing don dame sir m pan bay san kun count earl duke prince baron graf major judge general gen imam pastor
  pater father lord lady furst prinz princess max md nat pol hon arch don hoca col maj mag rag lic ir`
    .trim()
    .split(/\s+/),
);

/** Generation words to one spelling. */
export const SUFFIXES: ReadonlyMap<string, string> = new Map(
  `jr jr|jun jr|jnr jr|junior jr|jun jr|younger jr|fils jr|hijo jr|filho jr|sr sr|sen sr|snr sr|senior sr|elder sr
  |pere sr|neto iii|sobrinho iii|ifj jr|ifjabb jr|ids sr|idosb sr|idosebb sr|mladsi jr|starsi sr|mlodszy jr
  |starszy sr|mladshiy jr|starshiy sr|jungere jr|juengere jr|altere sr|aeltere sr|ii ii|iii iii|iv iv|2nd ii|3rd iii|4th iv`
    .split('|')
    .map((pair): [string, string] => {
      const [from, to] = pair.trim().split(' ');
      return [from!, to!];
    }),
);

/** Hungarians say it first: `ifj. Barta István`. */
export const LEADING_SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['id', 'sr'],
  ['ids', 'sr'],
  ['idosb', 'sr'],
  ['idosebb', 'sr'],
  ['ifj', 'jr'],
  ['ifjabb', 'jr'],
]);

/** Small words glued to the family name behind them. */
export const PARTICLES: ReadonlySet<string> = new Set(
  `van von vom zu zum zur der den de del della dello dei degli di da das do dos du des la le las los lo ter ten te
  t op het af av al el ul bin ibn ben bint abu abou umm st saint san santa mac mc o d dal dalla y e i und zur`
    .trim()
    .split(/\s+/),
);

/** What people and phones append to a name: `Anna Handy`, `Peter M`, `Oma/H`, `Tom privat`. */
export const LABEL_WORDS: ReadonlySet<string> = new Set(
  `handy mobil mobile mob cell cellphone movil movel portable gsm tel telefon telefono telephone phone tlf privat
  private priv prv personal home zuhause daheim haus casa maison work arbeit buero buro office dienst dienstl
  dienstlich gesch geschaeftlich firma job neu new nuevo nouveau nuovo alt old viejo ancien whatsapp wa sms fax
  festnetz fest fijo fixe casa2 mobil2 handy2 2 1 sim trabajo travail lavoro dom praca kom komorka stary nowy iphone
  uni univ school bureau ufficio oficina biuro iroda munka munkahely suli iskola kantor rumah kampus gereja sekolah posao
  faks novi ured kancelarija gammal skola jadid shaghal bashgah sharkat danshagah maktab mubayal
  notfall emergency ice bro brother sis sister hermano hermana fratello sorella celular trabalho novo werk nieuw thuis jobb douleia vodafone telekom airtel jio turkcell telcel movistar viettel mtn glo safaricom verizon`
    .trim()
    .split(/\s+/),
);

/** Those of them that are hardly anybody's surname, so that the field of surnames does not make them one. */
export const SURNAME_LABELS: ReadonlySet<string> = new Set(
  `handy mobil mobile cellphone movil movel celular gsm tel telefon telefono telephone phone tlf privat work arbeit buero buro
  office dienstlich whatsapp wa sms fax iphone uni univ ufficio biuro iroda munka suli kantor rumah kampus gereja posao faks
  jadid shaghal bashgah sharkat danshagah maktab mubayal trabajo travail lavoro trabalho werk jobb nuevo thuis viejo douleia rabota vodafone telekom airtel jio
  turkcell telcel movistar viettel mtn glo safaricom verizon`
    .trim()
    .split(/\s+/),
);

/** Trades, relatives and forms of address that are surnames, too. */
export const SURNAMES_TOO: ReadonlySet<string> = new Set(
  'bey brat prima primo zia bua kaka usta tata lehrer klempner macon chef kine berber trainer vicar builder sir'.split(
    ' ',
  ),
);

/** Given names that are words for relatives or trades elsewhere: Mami in Japan, Papa in Senegal, Abla in Ghana. */
export const GIVEN_NAMES_TOO: ReadonlySet<string> = new Set(
  'mami papa abla ima aba amma tata tato yoga mae'.split(' '),
);

/** What stands in front of a name to be found first in an emergency, or by whoever sorts. */
export const LEADING_LABELS: ReadonlySet<string> = new Set(
  'ice notfall notfallkontakt emergency sos aa aaa'.split(' '),
);

/** A household instead of a person: `Fam. Meier`, `Famille Dupont`, `Smith Family`. */
export const HOUSEHOLD: ReadonlySet<string> = new Set(
  'familie fam family famille famiglia familia rodzina semya aile ailesi gezin familjen perheen household panstwo'.split(
    ' ',
  ),
);

/** Beside a name in brackets, the name is of somebody else: `Jess (Ben’s wife)`, `Verena (Mama von Emil)`. */
export const KIN_OF: ReadonlySet<string> = new Set(
  `wife husband girlfriend boyfriend son daughter mother father mom mum dad mama papa sister brother friend frau mann
  freund freundin sohn tochter mutter vater bruder schwester femme mari fille mere pere frere soeur ami amie esposa
  marido novia novio hijo hija madre padre hermano hermana moglie marito figlio figlia fratello sorella amico amica`
    .trim()
    .split(/\s+/),
);

/** Slavic words for relatives, behind which the other's name is declined: `муж Светы`, `brat Tomka`. */
export const SLAVIC_KIN: ReadonlySet<string> = new Set(
  'muzh zhena brat sestra syn doch maz zona siostra corka cholovik druzhina'.split(' '),
);

/** Words for somebody's parent: the name beside them is the child's (`Mama von Lukas`, `Lukas Mama`). */
export const PARENTS: ReadonlySet<string> = new Set(
  `mama mami mutti mutter papa papi vati vater mum mummy mom mommy dad daddy maman mamma moeder vader mamo mamusia tato
  tatus annesi babasi pappa mpampas bampas batya ima aba apukaja anyukaja apuka anyuka apa edesanyja edesapja ibunya bapaknya
  mamanya papanya bunda babay madar`
    .trim()
    .split(/\s+/),
);

/** Parents who are given names or surnames elsewhere: only with a particle behind them (`Mãe da Sofia`, `tata od Marka`). */
export const PARENTS_OF: ReadonlySet<string> = new Set('mae pai tata otac majka'.split(' '));

/** Parents behind a child’s name, where it may be any word: none of them is a name (`Ho-yin daddy`, `Parveen’s mother`). */
export const PARENTS_BEHIND: ReadonlySet<string> = new Set('mum mummy mom mommy dad daddy mother father'.split(' '));

/** Mothers as Arabs call them, by the eldest child: `Umm Khaled`. */
export const KUNYAS: ReadonlySet<string> = new Set('umm oum um om'.split(' '));

/** Whose mother, in languages that say it by a word which is part of no surname: Greek, Hebrew, Swahili, Serbian, Polish. */
export const OF: ReadonlySet<string> = new Set('toy tou tis ths ton shel wa od'.split(' '));

/** Behind a given name: politeness, as Turks and Indians and Arabs call each other, or what somebody is to the owner (`Mehmet Abi`, `Ornella suocera`). */
export const HONORIFICS: ReadonlySet<string> = new Set(
  `abi abla teyze amca dayi hala yenge usta hoca hocam bey hanim bhai bhaiya didi ji uncle aunty auntie chacha kaka sahib
  saheb sir maam
  sahab sahiba khala khalu chachi chachu phupho bua baji bhabi bhabhi bhaijan bhaijaan jija mausi kuzen
  eniste baldiz ablam abim teyzem gelin damat brat siostra szwagier szwagierka tesciowa tesc syn corka kuzyn kuzynka
  ciocia wujek synowa suocera suocero cognata cognato zia zio cugina cugino figlia figlio nonna nonno suegra suegro
  cunada cunado prima primo tia tio sobrina sobrino hija hijo sogra sogro cousine soeur frere schwager
  schwagerin schwaegerin schwiegermutter schwiegervater tochter zus broer schoonzus zwager schoonmoeder schoonvader
  sestra svekrov teshcha tetya dyadya neni bacsi khanam`
    .trim()
    .split(/\s+/),
);

/** The same before a given name in one field, where Indonesians and Brazilians say it. */
export const LEADING_HONORIFICS: ReadonlySet<string> = new Set('pak bapak bu ibu mbak seu dona ate kuya'.split(' '));

/** What a relative is called in one's own phone: `Mama` alone says no name, `Onkel Hans` and `Aunt May` say a given one. */
export const KINSHIP: ReadonlySet<string> = new Set(
  `mama mami mutti mutter papa papi vati vater oma omi opa opi onkel tante bruder schwester mum mummy mom mommy dad
  daddy granny grandma grandpa grandad granddad aunt auntie uncle maman mamie mamy papy papi tonton oncle tata tatie
  mamma nonna nonno abuela abuelo abuelita yaya vovo avo moeder vader ome oom opoe mamo mamusia tato tatus babcia
  dziadek ciocia wujek babushka dedushka tyotya tetya dyadya farmor farfar mormor morfar pappa teyze amca dayi abla
  okaasan otousan schatz schatzi hubby wifey
  annem babam ammi abbu amma appa saas sasur tesciowa tesc szwagier szwagierka siostra suocera suocero
  suegra suegro schwiegermutter schwiegervater schwager mummo isoanyo mamulya papulya zona mamochka
  tetka ujak stric strina ujna teta khala khalu khawla khalo amu dayi nagyi nagymama nagypapa nenek kakek eyang dadi nani
  mpampas bampas giagia yiayia pappous papous theia theios baba ded dido babusya batya ima aba savta saba doda tio tia`
    .trim()
    .split(/\s+/),
);
