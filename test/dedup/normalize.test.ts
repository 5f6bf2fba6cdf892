import { describe, expect, it } from 'vitest';
import { normalizeAddress } from '../../src/dedup/normalize/address.ts';
import { normalizeBirthday } from '../../src/dedup/normalize/date.ts';
import { normalizeEmail } from '../../src/dedup/normalize/email.ts';
import { isCoupleName } from '../../src/dedup/normalize/joint-name.ts';
import { normalizeName } from '../../src/dedup/normalize/name.ts';
import { normalizeOrganization } from '../../src/dedup/normalize/organization.ts';
import { normalizePhone, subscriberKey } from '../../src/dedup/normalize/phone.ts';
import { cleanText } from '../../src/dedup/normalize/text.ts';

const EMPTY = {
  family: '',
  given: '',
  additional: '',
  prefix: '',
  suffix: '',
  formatted: '',
  nicknames: [],
  phoneticGiven: '',
  phoneticFamily: '',
  maiden: '',
};

describe('phones', () => {
  it('are no longer than numbers are: a hostile text is not searched for an extension', () => {
    expect(normalizePhone(`030 12345${','.repeat(180)}`, ['DE'], [])).toMatchObject({ number: '+493012345' });
    expect(normalizePhone(`030 12345${','.repeat(200)}`, ['DE'], [])).toBeUndefined();
  });

  it.each([
    ['0171 5550123', '+491715550123'],
    ['+49 (0)171 555-0123', '+491715550123'],
    ['0049 171 5550123', '+491715550123'],
    ['tel:+49-171-5550123', '+491715550123'],
    ['+49 0171 5550123', '+491715550123'],
    ['491715550123', '+491715550123'],
    ['０１７１ ５５５０１２３', '+491715550123'],
    ['+1 (212) 555-0188', '+12125550188'],
    ['030 555019 ext. 12', '+4930555019;ext=12'],
    ['+39 06 5550 1234', '+390655501234'],
  ])('reads %s in a German book as %s', (text, number) => {
    expect(normalizePhone(text, ['DE'], [])?.number).toBe(number);
  });

  it('reads Argentinian mobiles as they are dialled at home and from abroad', () => {
    for (const [national, abroad] of [
      ['0351 15-618-4470', '+54 9 351 618-4470'],
      ['011 15 5418-2093', '+54 9 11 5418-2093'],
      ['02966 15 42-1187', '+54 9 2966 42-1187'],
    ] as const)
      expect(normalizePhone(national, ['AR'], [])).toEqual(normalizePhone(abroad, ['AR'], []));
    expect(normalizePhone('011 4811-2200', ['AR'], [])?.number).toBe('+541148112200');
  });

  it('knows switchboards, placeholders and mobiles', () => {
    expect(normalizePhone('0911 555018-0', ['DE'], ['work'])).toMatchObject({ shared: true, work: true });
    expect(normalizePhone('0000000', ['DE'], [])?.shared).toBe(true);
    expect(normalizePhone('0171 5550123', ['DE'], [])?.use).toBe('mobile');
    expect(normalizePhone('212 555 0188', ['US'], ['home'])?.use).toBe('fixed');
    expect(normalizePhone('212 555 0188', ['US'], ['cell'])?.use).toBe('mobile');
    expect(normalizePhone('x', ['DE'], [])).toBeUndefined();
  });

  it('gives national and international spellings one subscriber key', () => {
    expect(subscriberKey('+491715550123')).toBe(subscriberKey('01715550123'));
  });
});

describe('mail', () => {
  it.each([
    ['Anna.Berg+list@GoogleMail.com', 'annaberg@gmail.com'],
    ['mailto:Anna.Berg@post.example', 'anna.berg@post.example'],
    ['Anna Berg <anna.berg@post.example>', 'anna.berg@post.example'],
  ])('reads %s as the mailbox %s', (text, mailbox) => {
    expect(normalizeEmail(text)?.mailbox).toBe(mailbox);
  });

  it('tells office and family mailboxes from personal ones', () => {
    for (const address of ['info@a.example', 'familie.berg@a.example', 'no-reply@a.example', 'die.bergers@a.example'])
      expect(normalizeEmail(address)?.role, address).toBe(true);
    expect(normalizeEmail('anna@a.example')?.role).toBe(false);
    expect(normalizeEmail('nothing')).toBeUndefined();
  });
});

describe('birthdays (RFC 6350 §6.2.5)', () => {
  it.each([
    ['19810402', { year: 1981, month: 4, day: 2 }],
    ['1981-04-02T00:00:00Z', { year: 1981, month: 4, day: 2 }],
    ['--0402', { year: 0, month: 4, day: 2 }],
    ['1604-04-02', { year: 0, month: 4, day: 2 }],
    ['2.4.1981', { year: 1981, month: 4, day: 2 }],
  ])('reads %s', (text, day) => {
    expect(normalizeBirthday(text)).toEqual(day);
  });

  it('reads nothing from nothing', () => {
    expect(normalizeBirthday('soon')).toBeNull();
    expect(normalizeBirthday('0000-00-00')).toBeNull();
  });
});

describe('names', () => {
  it.each([
    ['titles', { family: 'Ohlendorf', given: 'Prof. Dr. Wiebke' }, ['wiebke'], ['ohlendorf']],
    ['particles', { family: 'van der Meer', given: 'Joost' }, ['joost'], ['meer']],
    ['diacritics', { family: 'Żółkiewska', given: 'Łucja' }, ['lucja'], ['zolkiewska']],
    ['Cyrillic', { family: 'Иванов', given: 'Пётр' }, ['petr'], ['ivanov']],
    ['surname first', { family: 'Ohlendorf, Wiebke' }, ['wiebke'], ['ohlendorf']],
    ['Han', { family: '王', given: '伟' }, ['wei'], ['wang']],
    ['Japanese readings', { formatted: '佐藤 健太' }, ['kenta'], ['sato']],
    ['a Japanese surname alone', { given: '石川' }, [], ['ishikawa']],
    ['Japanese the western way round', { given: '葵 松本' }, ['aoi'], ['matsumoto']],
    ['Chinese the western way round', { formatted: '怡凯 吴' }, ['yikai'], ['wu']],
    ['a particle and a surname alone', { formatted: 'De Vries' }, [], ['vries']],
    ['Hangul', { formatted: '김민준' }, ['minjun'], ['kim']],
    ['Hangul as Koreans write it', { formatted: '이영희' }, ['younghi'], ['lee']],
    ['Arabic letters', { given: 'يوسف', family: 'منصور' }, ['youssef'], ['mansour']],
    ['a relative', { formatted: 'Onkel Hans' }, ['hans'], []],
    ['a relative without a name', { formatted: 'Mama' }, [], []],
    ['a phone label', { given: 'Wiebke Ohlendorf Handy' }, ['wiebke'], ['ohlendorf']],
    ['mojibake', { family: 'MÃ¼ller', given: 'JÃ¶rg' }, ['jorg'], ['muller']],
  ])('reads %s', (_, fields, given, family) => {
    const name = normalizeName({ ...EMPTY, ...fields });
    expect([name.given, name.family]).toEqual([given, family]);
  });

  it('sets suffixes, nicknames and phonetic fields apart', () => {
    expect(normalizeName({ ...EMPTY, family: 'Falkner', given: 'Georg', suffix: 'jun.' }).suffix).toBe('jr');
    expect(normalizeName({ ...EMPTY, family: 'Falkner', given: 'Georg', formatted: 'Georg Falkner Sr.' }).suffix).toBe(
      'sr',
    );
    expect(normalizeName({ ...EMPTY, family: 'Falkner', given: 'Georg (Schorsch)' }).nicknames).toEqual(['schorsch']);
    const kana = { ...EMPTY, family: '東', given: '翔太', phoneticFamily: 'あずま', phoneticGiven: 'しょうた' };
    expect(normalizeName(kana)).toMatchObject({ family: ['azuma'], given: ['shota'], han: '东翔太' });
  });

  it('knows couples', () => {
    for (const text of ['Alois & Resi', 'ALOIS UND RESI Brunnhuber', 'Pedro y Ana'])
      expect(isCoupleName(text), text).toBe(true);
    for (const text of ['Andreas Underberg', 'Marie-Luise', 'R. Brunnhuber'])
      expect(isCoupleName(text), text).toBe(false);
  });
});

describe('companies, addresses, text', () => {
  it('drops legal forms', () => {
    expect(normalizeOrganization('Sägewerk Tannhof GmbH & Co. KG')).toBe('sagewerk tannhof');
    expect(normalizeOrganization('Sägewerk Tannhof e.V.')).toBe('sagewerk tannhof');
    expect(normalizeOrganization('Tannhof Filters Pvt. Ltd.')).toBe('tannhof filters');
    expect(normalizeOrganization('Tannhof Filters Private Limited')).toBe('tannhof filters');
    expect(normalizeOrganization('AG')).toBe('ag');
  });

  it('finds street stem and number in any order', () => {
    const german = normalizeAddress(';;Lindenstraße 12 b;Ulm;;89073;Deutschland', false);
    expect(german).toMatchObject({ street: 'linden', number: '12b', postcode: '89073', city: 'ulm' });
    expect(normalizeAddress(';;12b Linden Street;Ulm;;89073;', false)).toMatchObject({
      street: 'linden',
      number: '12b',
    });
    expect(normalizeAddress(';;;;;;', false)).toBeUndefined();
  });

  it('undoes entities and invisible characters, and leaves good text alone', () => {
    expect(cleanText('Anna&amp;Bert\u200b')).toBe('Anna&Bert');
    expect(cleanText('Ångström Ã')).toBe('Ångström Ã');
  });
});
