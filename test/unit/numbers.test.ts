/** Reading, checking, writing and hiding telephone numbers. */
import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { checkNumber, formatNumber, maskNumber, readNumber } from '../../lib/numbers/hub.ts';

const ALL = { countries: 'all', premium: true } as const;
const NO_PREMIUM = { countries: 'all', premium: false } as const;

describe('a number as typed', () => {
  it.each([
    ['01 99 00 47 12', 'FR', '+33199004712', 'FR'],
    ['0033 1 99 00 47 12', 'FR', '+33199004712', 'FR'],
    ['+33 (0)1 99 00 47 12', 'DE', '+33199004712', 'FR'],
    ['(+33) 199004712', 'ES', '+33199004712', 'FR'],
    ['tel:+33-1-99-00-47-12;ext=12', 'US', '+33199004712', 'FR'],
    ['01 99 00 47 12 ext 3', 'FR', '+33199004712', 'FR'],
    ['٠١٩٩٠٠٤٧١٢', 'FR', '+33199004712', 'FR'],
    ['030 23125 123', 'DE', '+493023125123', 'DE'],
    ['600 000 000', 'ES', '+34600000000', 'ES'],
    ['054-812-3456', 'IL', '+972548123456', 'IL'],
    ['06 9876 5432', 'IT', '+390698765432', 'IT'],
    ['(212) 555-0123', 'US', '+12125550123', 'US'],
    ['020 7946 0018', 'GB', '+442079460018', 'GB'],
  ])('%s at home in %s is %s of %s', (typed, home, e164, country) => {
    expect(readNumber(typed, home)).toEqual({ e164, country, known: true, premium: false });
  });

  it.each([
    ['+44 1481 712345', 'GG'],
    ['+44 7911 123456', 'GG'],
    ['+7 495 123 45 67', 'RU'],
    ['+7 727 250 0000', 'KZ'],
    ['+1 876 555 1234', 'JM'],
    ['+262 693 12 34 56', 'RE'],
    ['+39 0549 886 377', 'IT'],
    ['+378 0549 886377', 'SM'],
    ['+247 40123', 'SH'],
  ])('%s is of %s, though countries share its code', (typed, country) => {
    expect(readNumber(typed, 'FR')?.country).toBe(country);
  });

  it.each([
    ['+870 773 111 632', 'Inmarsat'],
    ['+881 6 1234 5678', 'Iridium'],
    ['+882 16 12345678', 'an international network'],
    ['+883 5100 12345678', 'an international network'],
    ['+800 1234 5678', 'international freephone'],
    ['+383 44 123 456', 'Kosovo, which the standard has no code for'],
  ])('%s (%s) is of no country, so needs all of them', (typed) => {
    const number = readNumber(typed, 'FR');
    expect(number).toMatchObject({ country: null, known: true, premium: false });
    expect(checkNumber(number, NO_PREMIUM)).toBeNull();
    expect(checkNumber(number, { ...NO_PREMIUM, countries: ['FR', 'SH', 'US'] })).toBe('number.country');
  });

  it.each(['', '+', 'abc', '1-800-FLOWERS', '*72', '0199004712 0699004712', 'call 0199004712', '+999 1234', '+33 1 99', '1'.repeat(500)])(
    '“%s” is none',
    (typed) => expect(readNumber(typed, 'FR')).toBeNull(),
  );

  it('that people of any country have is read at home and abroad', () => {
    for (const country of getCountries()) {
      const example = getExampleNumber(country, examples)!;
      const read = readNumber(example.number, 'ZZ');
      expect(read).toMatchObject({ e164: example.number, known: true });
      expect(readNumber(example.formatNational(), country)).toEqual(read);
    }
  });

  it('without a country code is none where the home country is not known', () => {
    expect(readNumber('01 99 00 47 12', 'ZZ')).toBeNull();
    expect(readNumber('+33 1 99 00 47 12', 'ZZ')?.country).toBe('FR');
  });
});

describe('emergency numbers and short codes', () => {
  const EMERGENCY = ['112', '911', '999', '000', '110', '118', '119', '100', '101', '102', '103', '15', '17', '18', '133', '144', '190', '08', '092'];

  it('are no numbers at home in any country: they would be something else with a country code', () => {
    const read = getCountries().flatMap((home) => EMERGENCY.map((code) => readNumber(code, home)));
    expect(read.every((number) => number === null)).toBe(true);
  });

  it.each([
    ['116117', 'DE'],
    ['11833', 'DE'],
    ['3939', 'FR'],
    ['3617', 'FR'],
    ['118 218', 'FR'],
    ['10111', 'ZA'],
  ])('%s in %s is none', (code, home) => expect(readNumber(code, home)).toBeNull());

  it('are refused with a country code too, unless whatever they may cost is allowed', () => {
    expect(readNumber('+33 112', 'FR')).toBeNull();
    expect(checkNumber(readNumber('+49 11833', 'FR'), NO_PREMIUM)).toBe('number.invalid');
    expect(checkNumber(readNumber('+49 11833', 'FR'), ALL)).toBeNull();
  });
});

describe('a premium-rate number', () => {
  const PREMIUM = [
    ['0899 70 12 34', 'FR'],
    ['0891 70 12 34', 'FR'],
    ['806 123 456', 'ES'],
    ['807 123 456', 'ES'],
    ['0900 1 234567', 'DE'],
    ['0900 123 456', 'CH'],
    ['0930 123456', 'AT'],
    ['0900 12 345', 'BE'],
    ['0906 123456', 'NL'],
    ['899 123456', 'IT'],
    ['0909 879 0123', 'GB'],
    ['1580 123 456', 'IE'],
    ['829 12 345', 'NO'],
    ['0900 123 4567', 'SE'],
    ['70 123 4567', 'PL'],
    ['1900 123 456', 'AU'],
    ['+1 900 555 0123', 'US'],
    ['+7 809 123 4567', 'RU'],
    ['+979 1 2345 6789', 'FR'],
  ] as const;

  it.each(PREMIUM)('%s of %s needs its own right', (typed, home) => {
    const number = readNumber(typed, home);
    expect(number?.premium).toBe(true);
    expect(checkNumber(number, NO_PREMIUM)).toBe('number.premium');
    expect(checkNumber(number, ALL)).toBeNull();
  });

  it.each([
    ['0820 20 12 34', 'FR', 'shared cost'],
    ['0180 5 123456', 'DE', 'shared cost'],
    ['0800 123 456', 'GB', 'freephone'],
    ['+1 800 555 0199', 'US', 'freephone'],
  ])('%s of %s is none: %s', (typed, home) => expect(readNumber(typed, home)?.premium).toBe(false));

  it('of a country that is not allowed is refused for the country', () => {
    expect(checkNumber(readNumber('+1 900 555 0123', 'FR'), { countries: ['FR'], premium: true })).toBe('number.country');
    expect(checkNumber(readNumber('+1 900 555 0123', 'FR'), { countries: ['FR'], premium: false })).toBe('number.country');
  });
});

describe('a range that the numbering plan does not have', () => {
  it('may cost anything: it is refused where premium-rate numbers are', () => {
    const number = readNumber('+34 905 123 456', 'FR');
    expect(number).toMatchObject({ country: 'ES', known: false });
    expect(checkNumber(number, NO_PREMIUM)).toBe('number.invalid');
    expect(checkNumber(number, { countries: ['ES'], premium: true })).toBeNull();
    expect(checkNumber(number, { countries: ['FR'], premium: true })).toBe('number.country');
  });

  it('is of no country where several share its code', () => {
    expect(readNumber('+1 555 123 4567', 'US')).toMatchObject({ country: null, known: false });
  });

  it.each([
    ['06 39 98 20 41', 'FR'],
    ['+44 7700 900123', 'GB'],
  ])('is known all the same where it is kept for fiction: %s', (typed, country) => {
    expect(readNumber(typed, 'FR')).toMatchObject({ country, known: true, premium: false });
  });
});

describe('a number for people', () => {
  it('is written the national way at home, the international one abroad', () => {
    expect(formatNumber('+33199004712', 'FR')).toBe('01 99 00 47 12');
    expect(formatNumber('+33199004712', 'DE')).toBe('+33 1 99 00 47 12');
    expect(formatNumber('+870773111632', 'FR')).toBe('+870 773 111 632');
    expect(formatNumber('camille@example.org', 'FR')).toBe('camille@example.org');
  });

  it('is masked but for its country code and last two digits', () => {
    expect(maskNumber('+33199004712')).toBe('+33 ••••••• 12');
    expect(maskNumber('+12125550123')).toBe('+1 •••••••• 23');
    expect(maskNumber('camille@example.org')).toBe('•••');
    expect(maskNumber('+2902158')).toBe('•••');
  });
});

const home = fc.constantFrom(...getCountries());
const digits = (min: number, max: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const typed = fc.oneof(
  fc.tuple(home, digits(3, 12)).map(([country, rest]) => `+${getCountryCallingCode(country)}${rest}`),
  digits(1, 15),
  fc.string({ unit: fc.constantFrom(...'0123456789 +-().;ext=tl:٠١٢'), maxLength: 24 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const rights = fc.record({
  countries: fc.oneof(fc.constant('all' as const), fc.uniqueArray(home, { maxLength: 5 })),
  premium: fc.boolean(),
});

describe('whatever is typed', () => {
  it('what is read is E.164, and reads the same again anywhere', () => {
    fc.assert(
      fc.property(typed, home, home, (text, here, elsewhere) => {
        const number = readNumber(text, here);
        if (!number) return;
        expect(number.e164).toMatch(/^\+[1-9]\d{3,14}$/);
        expect(readNumber(number.e164, elsewhere)).toEqual(number);
      }),
      { numRuns: 2000 },
    );
  });

  it('what is written for people reads as the same number', () => {
    fc.assert(
      fc.property(typed, home, (text, here) => {
        const number = readNumber(text, here);
        if (!number?.known) return;
        expect(readNumber(formatNumber(number.e164, 'none'), here)?.e164).toBe(number.e164);
      }),
      { numRuns: 2000 },
    );
  });

  it('nothing passes that its country, its price or its range forbids', () => {
    fc.assert(
      fc.property(typed, home, rights, (text, here, may) => {
        const number = readNumber(text, here);
        if (checkNumber(number, may) !== null) return;
        expect(may.countries === 'all' || may.countries.includes(number?.country as never)).toBe(true);
        expect(may.premium || (number?.known && !number.premium)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('more rights never refuse what fewer allow', () => {
    fc.assert(
      fc.property(typed, home, rights, (text, here, may) => {
        const number = readNumber(text, here);
        if (checkNumber(number, may) === null) expect(checkNumber(number, ALL)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('a masked number tells no digit but the country code’s and the last two', () => {
    fc.assert(
      fc.property(typed, home, (text, here) => {
        const number = readNumber(text, here);
        if (!number) return;
        expect(maskNumber(number.e164)).toMatch(/^(•••|\+\d{1,3} •+ \d\d)$/u);
      }),
      { numRuns: 2000 },
    );
  });
});
