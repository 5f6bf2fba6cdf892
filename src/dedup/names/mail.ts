/** What mailbox names and mail domains say: role mailboxes, public providers, provider spellings. */

/** Two spellings of one provider. */
export const PROVIDER_ALIASES: ReadonlyMap<string, string> = new Map([
  ['googlemail.com', 'gmail.com'],
  ['ya.ru', 'yandex.ru'],
  ['yandex.com', 'yandex.ru'],
  ['me.com', 'icloud.com'],
  ['mac.com', 'icloud.com'],
  ['pm.me', 'proton.me'],
  ['protonmail.com', 'proton.me'],
]);

/** Long names that many people type, so that one letter more, less or otherwise is a slip (`gmial.com`, `outlok.com`). */
export const COMMON_PROVIDERS: readonly string[] = [
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  't-online.de',
];

/** Local parts (without dots and digits at the end) that stand for an office, not for a person. */
export const ROLE_MAILBOXES: ReadonlySet<string> = new Set(
  `info infos information contact contacts kontakt contacto contato contatto office buero bureau mail email post
  team hello hallo hi bonjour hola admin administrator administration webmaster postmaster hostmaster root support
  help helpdesk hilfe service services kundenservice kundendienst customerservice sales vertrieb verkauf ventas
  vendite vendas marketing press presse prensa hr jobs job karriere career careers bewerbung recruiting billing
  invoice invoices rechnung rechnungen buchhaltung accounting accounts compras einkauf order orders bestellung
  shop store booking reservation reservations reservierung reception empfang rezeption zentrale central sekretariat
  secretariat secretary praxis kanzlei verwaltung vorstand redaktion news newsletter abuse security privacy
  datenschutz legal technik it edv noreply donotreply reply welcome biuro sekretariat recepcja poczta sklep
  informacja ufficio segreteria amministrazione oficina secretaria administracion recepcion escritorio geral
  atendimento comercial accueil commercial direction mairie iletisim bilgi destek satis kantoor receptie
  administratie verkoop klantenservice pochta zakaz otdel kadry buh eigyo soumu webmaster gemeinde rathaus schule
  school club verein fans staff everyone all alle invitations mailer member members bounce bounces alerts alert
  updates notify digest calendar messages feedback survey umfrage disposition personal personalabteilung hotline
  helpline dispatch backoffice frontdesk kasse leitung geschaeftsfuehrung geschaftsfuhrung`.split(/\s+/),
);

/** `familie.meier`, `die.meiers`, `the-smiths`, `famille_dupont`: one mailbox of a household. */
export const FAMILY_MAILBOX =
  /^(familie|family|famille|familia|famiglia|fam|rodzina|semya|aile|gezin|haus|home|casa|wir|the\.?family)[._-]?[a-z]*$|^(die|les|los|the)[._-][a-z]+s$/;

/** Providers that anybody may have an address with: the domain says nothing about an employer. */
export const FREE_DOMAINS: ReadonlySet<string> = new Set(
  `gmail.com yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk yahoo.co.jp yahoo.com.br yahoo.ca yahoo.in
  ymail.com rocketmail.com hotmail.com hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.co.uk hotmail.nl
  outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.pt outlook.jp live.com live.de live.fr live.it
  live.nl live.co.uk msn.com icloud.com proton.me aol.com aol.de mail.com email.com gmx.de gmx.net gmx.at gmx.ch
  gmx.com gmx.fr web.de t-online.de freenet.de arcor.de vodafone.de 1und1.de posteo.de posteo.net mailbox.org
  kabelmail.de online.de unitybox.de ewe.net ewetel.net netcologne.de alice-dsl.net tutanota.com tutanota.de
  tuta.io bluewin.ch hispeed.ch sunrise.ch aon.at chello.at inode.at orange.fr wanadoo.fr free.fr sfr.fr
  laposte.net neuf.fr bbox.fr numericable.fr club-internet.fr telefonica.net terra.es movistar.es ono.com
  libero.it virgilio.it tiscali.it alice.it tin.it fastwebnet.it tim.it inwind.it sapo.pt mail.pt netcabo.pt
  uol.com.br bol.com.br terra.com.br globo.com ig.com.br ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl
  upcmail.nl hetnet.nl telenet.be skynet.be proximus.be wp.pl o2.pl onet.pl onet.eu interia.pl interia.eu gazeta.pl
  poczta.onet.pl op.pl vp.pl tlen.pl mail.ru yandex.ru rambler.ru inbox.ru list.ru bk.ru ukr.net i.ua seznam.cz
  centrum.cz email.cz azet.sk freemail.hu citromail.hu abv.bg btinternet.com sky.com virginmedia.com talktalk.net
  ntlworld.com blueyonder.co.uk comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
  earthlink.net optonline.net shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au xtra.co.nz
  qq.com 163.com 126.com sina.com sina.cn sohu.com foxmail.com yeah.net 139.com 189.cn aliyun.com docomo.ne.jp
  ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp naver.com daum.net hanmail.net
  nate.com rediffmail.com mynet.com hotmail.com.tr yandex.com.tr maktoob.com fastmail.com fastmail.fm hey.com
  zoho.com gmx.us runbox.com hushmail.com mail.de mail.ch`.split(/\s+/),
);
