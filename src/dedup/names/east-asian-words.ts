/** What stands beside names in Chinese, Japanese and Korean letters, and is none: relatives, trades, labels. */

const W = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Relatives, as people call their own, to a word that other languages' relatives are told by. */
export const EAST_ASIAN_KIN: ReadonlyMap<string, string> = new Map([
  ...W('妈妈 媽媽 妈 媽 老妈 老媽 母亲 母親 お母さん おかあさん かあさん 母 ママ 엄마 어머니 어머님').map((word) => [
    word,
    'mama',
  ]),
  ...W('爸爸 爸 老爸 父亲 父親 お父さん おとうさん とうさん 父 パパ 아빠 아버지 아버님').map((word) => [word, 'papa']),
  ...W('奶奶 外婆 姥姥 阿嬤 阿嬷 嫲嫲 婆婆 おばあちゃん おばあさん ばあちゃん 祖母 할머니 외할머니').map((word) => [
    word,
    'grandma',
  ]),
  ...W('爷爷 爺爺 外公 姥爷 姥爺 阿公 公公 おじいちゃん おじいさん じいちゃん 祖父 할아버지 외할아버지').map((word) => [
    word,
    'grandpa',
  ]),
  ...W('姑姑 姨妈 姨媽 阿姨 舅妈 婶婶 おばさん 叔母 이모 고모 외숙모').map((word) => [word, 'aunt']),
  ...W('叔叔 舅舅 伯伯 姑父 姨父 おじさん 叔父 삼촌 외삼촌 고모부 이모부').map((word) => [word, 'uncle']),
  ...W('哥哥 哥 大哥 弟弟 お兄ちゃん 兄 弟 형 오빠 남동생').map((word) => [word, 'bruder']),
  ...W('姐姐 姐 妹妹 お姉ちゃん 姉 妹 누나 언니 여동생').map((word) => [word, 'schwester']),
  ...W('老公 先生 旦那 夫 남편 신랑').map((word) => [word, 'hubby']),
  ...W('老婆 太太 嫁 妻 아내 와이프').map((word) => [word, 'wifey']),
] as [string, string][]);

/** Behind a child's name: its mother or father. */
export const EAST_ASIAN_PARENT =
  /^(.{1,6}?)(?:的|の|네)?\s*(?:妈妈|媽媽|爸爸|妈|媽|ママ|パパ|お母さん|お父さん|엄마|아빠|어머니|아버지|어머님|아버님|맘)$/u;

const TRADES =
  W(`司机 司機 房东 房東 教练 教練 老师 老師 医生 醫生 牙医 牙醫 律师 律師 会计 會計 中介 物业 物業 保姆 钟点工 保洁 快递 快遞 外卖 外賣 维修 水电工 电工 水管工
  装修 裝修 家教 邻居 鄰居 同事 同学 同學 客户 客戶 房屋中介 理发师 发型师 月嫂 门卫 保安 师傅 師傅 大家 大家さん 管理人 歯医者 美容師 美容院 運転手 先生 塾 집주인 기사 기사님 택배
  택배기사 선생님 과외 과외선생님 의사 치과 변호사 부동산 미용실 세탁소 이웃 옆집 경비실 원장 원장님 학원 담임 담임선생님 코치 트레이너 동료 거래처`);

/** What people do for a living, alone or beside a name. */
export const EAST_ASIAN_TRADES: ReadonlySet<string> = new Set(TRADES);

/** Where a number rings, and whether it is the newest. */
export const EAST_ASIAN_LABELS: ReadonlySet<string> = new Set(
  W(
    '公司 单位 單位 家 家里 手机 手機 新 新号 新號 旧号 舊號 微信 工作 会社 自宅 実家 携帯 新しい 職場 회사 집 직장 새번호 새로운번호 휴대폰 핸드폰 카톡',
  ),
);

/** Chinese surnames of one character that most people of China, Taiwan and Hong Kong have. */
export const CHINESE_SURNAMES: ReadonlySet<string> = new Set(
  `王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒
  熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍申尤毕畢聂聶柴焦向柳邢岳齐齊梅庄莊涂祝耿
  `.replace(/\s+/g, ''),
);
