/** Names and words in Hebrew letters, which leave vowels out, by the spelling that their bearers use in Latin letters. */

/** `letters latin`, with `|` between. Given names of men and women who differ by a letter stand apart. */
const GIVEN_NAMES = `אברהם avraham|אבי avi|אביב aviv|אביבה aviva|אביגיל avigail|אבנר avner|אדם adam|אהוד ehud|אהרון aharon|אהרן aharon|אודי udi
|אוהד ohad|אופיר ofir|אור or|אורי uri|אוריאל uriel|אורית orit|אורלי orly|אורן oren|אורנה orna|אטי eti|אילן ilan|אילנה ilana
|אילת ayelet|איילת ayelet|איתי itay|איתמר itamar|איתן eitan|אלה ela|אלון alon|אלונה alona|אלי eli|אליהו eliyahu|אליעזר eliezer
|אלישבע elisheva|אלכס alex|אלמוג almog|אמיר amir|אמנון amnon|אנה anna|אסנת osnat|אסף asaf|אסתי esti|אסתר ester|אפרים efraim
|אפרת efrat|אריאל ariel|אריה arie|אריק arik|ארז erez|אתי eti|בועז boaz|בן ben|בנימין binyamin|בני beni|ברוך baruch|ברכה bracha|ברק barak
|בת-שבע batsheva|גבי gabi|גבריאל gavriel|גד gad|גדי gadi|גדעון gideon|גיא guy|גיל gil|גילה gila|גילי gili|גל gal|גלי gali|גלית galit|גלעד gilad
|דב dov|דבורה dvora|דוד david|דודו dudu|דודי dudi|דור dor|דורון doron|דורית dorit|דליה dalia|דן dan|דנה dana|דני danny|דניאל daniel
|דניאלה daniela|דפנה dafna|דקלה dikla|דרור dror|הדס hadas|הדסה hadassa|הדר hadar|הילה hila|הילל hillel|הלל hillel|ורד vered|זאב zeev|זהבה zehava
|זיו ziv|חביבה haviva|חגי hagai|חגית hagit|חוה hava|חיים chaim|חן chen|חנה hana|חני hani|חנן hanan|טל tal|טלי tali|טליה talia|טובה tova
|יאיר yair|יגאל yigal|יהודה yehuda|יהודית yehudit|יהונתן yehonatan|יהושע yehoshua|יואב yoav|יואל yoel|יובל yuval|יוני yoni|יונתן yonatan
|יוסי yossi|יוסף yosef|יורם yoram|יחזקאל yehezkel|יעל yael|יעלי yaeli|יעקב yaakov|יפה yafa|יפית yafit|יצחק yitzhak|ירדן yarden|ירון yaron
|ישי yishai|ישראל israel|כרמל carmel|כרמית carmit|לאה lea|לבנה levana|ליאור lior|ליאורה liora|ליאת liat|לילך lilach|לימור limor|לינוי linoy
|ליה lia|מאור maor|מאיה maya|מאיר meir|מוטי moti|מוריה moria|מורן moran|מור mor|מוריס moris|מזל mazal|מיטל meital|מיכאל michael|מיכל michal
|מיקי miki|מיקה mika|מירב merav|מירה mira|מירי miri|מרים miriam|מירית mirit|מישה misha|מלכה malka|מנחם menachem|מני meni|מעין maayan
|מרב merav|מרדכי mordechai|מרגלית margalit|מרינה marina|משה moshe|מתן matan|נאוה nava|נגה noga|נדב nadav|נועה noa|נועם noam|נורית nurit
|ניב niv|ניר nir|נירה nira|נעמה naama|נעמי naomi|נחום nahum|נחמה nechama|נטע neta|נטלי natali|ניסים nissim|ניצן nitzan|נמרוד nimrod|נתן natan
|נתנאל netanel|סיגל sigal|סיגלית sigalit|סימה sima|סיון sivan|סיוון sivan|סמדר smadar|ספיר sapir|סער saar|סתיו stav|עדי adi|עדן eden|עדנה edna
|עודד oded|עומר omer|עופר ofer|עופרה ofra|עוז oz|עידו ido|עידן idan|עידית idit|עינב einav|עינת einat|עירית irit|עליזה aliza|עמוס amos|עמי ami
|עמיר amir|עמית amit|עמיחי amihai|ענבל inbal|ענבר inbar|ענת anat|ערן eran|פיני pini|פנחס pinchas|פנינה pnina|צבי tzvi|צביה tzvia|צביקה tzvika
|צילה tzila|ציפי tzipi|ציפורה tzipora|קובי kobi|קרן keren|ראובן reuven|רבקה rivka|רועי roi|רואי roi|רוית ravit|רונית ronit|רון ron|רוני roni
|רונן ronen|רות rut|רותי ruti|רותם rotem|רז raz|רחל rachel|רחלי racheli|רינה rina|רינת rinat|רמי rami|רן ran|רעות reut|רפאל rafael|רפי rafi
|שאול shaul|שגיא sagi|שגית sagit|שולמית shulamit|שולי shuli|שושנה shoshana|שושי shoshi|שי shai|שיר shir|שירה shira|שירי shiri|שירלי shirli
|שלומי shlomi|שלומית shlomit|שלמה shlomo|שלום shalom|שמואל shmuel|שמוליק shmulik|שמעון shimon|שני shani|שפרה shifra|שקד shaked|שרה sara
|שרונה sharona|שרון sharon|שרית sarit|תהילה tehila|תום tom|תומר tomer|תמי tami|תמר tamar|תמרה tamara|תקוה tikva|תרצה tirza
|מוחמד mohammed|מחמוד mahmoud|מחמד mohammed|אחמד ahmad|עלי ali|חסן hassan|חוסיין hussein|איברהים ibrahim|יוסוף yusuf|פאטמה fatima|סאלח saleh
|ולדימיר vladimir|סרגיי sergei|אלכסנדר alexander|דימה dima|יבגני evgeny|אולגה olga|ילנה yelena|סבטלנה svetlana|נטליה natalia|טטיאנה tatiana
|אינה inna|אירנה irena|איגור igor|בוריס boris|ויקטור victor|לאוניד leonid|מיכאיל mikhail|אנטולי anatoly|יורי yuri|גנאדי gennady`;

const SURNAMES = `כהן cohen|לוי levi|מזרחי mizrahi|פרץ peretz|ביטון biton|דהן dahan|אברהמי avrahami|פרידמן friedman|מלכה malka|אזולאי azoulay|כץ katz
|יוסף yosef|עמר amar|אוחיון ohayon|חדד hadad|גבאי gabay|אדרי edri|לוין levin|טל tal|קליין klein|חן chen|שפירא shapira|חזן hazan|משה moshe
|אשכנזי ashkenazi|סגל segal|גולן golan|בכר bachar|אלבז elbaz|רוזן rosen|רוזנברג rosenberg|רוזנטל rosenthal|גולדברג goldberg|גולדשטיין goldstein
|גרינברג greenberg|וייס weiss|שוורץ schwartz|שטרן stern|ברגר berger|פישר fisher|הופמן hoffman|קפלן kaplan|הורוביץ horowitz|רבינוביץ rabinovich
|אברמוביץ abramovich|רובינשטיין rubinstein|וולף wolf|זילברמן silberman|זילבר silber|בלום blum|מילר miller|שרעבי sharabi|צרפתי tzarfati|ממן maman
|סויסה suissa|אוחנה ohana|בוזגלו bouzaglo|אלקיים elkayam|חיון hayun|יצחקי yitzhaki|שלום shalom|סבן saban|נחום nahum|נגר nagar|סלע sela|הראל harel
|שגב segev|ברק barak|נאור naor|רון ron|לביא lavi|אלון alon|הלוי halevi|הלפרין halperin|ליברמן lieberman|קורן koren|סימן siman|חורי khoury
|חמדאן hamdan|סעיד said|אגבריה agbaria|עמאש amash|זועבי zoabi|ויינשטיין weinstein|אפשטיין epstein|פלדמן feldman|פרנקל frenkel|אדלר adler|שמש shemesh
|חסון hasson|תורגמן turgeman|אסולין asulin|שטרית shitrit|אטיאס atias|פינטו pinto|טולדנו toledano|אלמוג almog|אופיר ofir|בן-דוד bendavid|דיין dayan`;

/** Relatives, titles and trades, by words that the other tables know. */
const WORDS = `אמא ima|אימא ima|אבא aba|סבתא savta|סבא saba|דודה doda|של shel|מרת mrs|גברת mrs|הרב rabbi|אינסטלטור plumber|חשמלאי electrician|טכנאי handyman
|מוסך garage|רופא vrach|רופאה vrach|רופאת vrach|שיניים dentist|וטרינר vet|גננת kita|גן kita|מטפלת nanny|בייביסיטר babysitter|עורך-דין lawyer|מורה teacher|המורה teacher
|שכן neighbour|שכנה neighbour|שכנים neighbour|מספרה hairdresser|ספר hairdresser|מונית taxi|קוסמטיקאית beautician|מאמן trainer|עבודה work|נייד mobile|בית home|חדש new|משפחת familie|משפחה familie`;

const table = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines.split('|').map((line): [string, string] => {
      const [letters, latin] = line.trim().split(' ');
      return [letters!, latin!];
    }),
  );

const [given, surnames, words] = [table(GIVEN_NAMES), table(SURNAMES), table(WORDS)];

/** The Latin spelling of a word in Hebrew letters where it is a known one; what may be given name and surname is read as the former. */
export const hebrewName = (word: string): string | undefined =>
  words.get(word) ?? given.get(word) ?? surnames.get(word);
