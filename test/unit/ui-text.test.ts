import { beforeEach, describe, expect, it } from 'vitest';
import { t, useMessages } from '../../components/ui/text.ts';

const asked: string[] = [];
const catalogue: Readonly<Record<string, string>> = {
  banner_signIn: 'Sign in',
  switch_to: '$2, instead of $1: $2',
};

beforeEach(() => {
  asked.length = 0;
  useMessages((name, substitutions) => {
    asked.push(name);
    return (catalogue[name] ?? '').replace(/\$(\d)/g, (_, at: string) => substitutions[Number(at) - 1] ?? '');
  });
});

describe('a text', () => {
  it('is asked of the browser once, whatever stands in it', () => {
    expect([t('banner.signIn'), t('banner.signIn')]).toEqual(['Sign in', 'Sign in']);
    expect([t('switch.to', 'Inbound', 'Outbound'), t('switch.to', 3, 4)]).toEqual(['Outbound, instead of Inbound: Outbound', '4, instead of 3: 4']);
    expect(asked).toEqual(['banner_signIn', 'switch_to']);
  });

  it('takes what it is given as it is: no substitution in a substitution, nor a pattern', () => {
    expect(t('switch.to', '$2', '$& $1')).toBe('$& $1, instead of $2: $& $1');
  });

  it('has nothing where nothing was given, and is its key where there is none', () => {
    expect(t('switch.to')).toBe(', instead of : ');
    expect([t('no.such'), t('no.such')]).toEqual(['no.such', 'no.such']);
  });

  it('comes from the catalogue of the page, also where that is said later', () => {
    expect(t('banner.signIn')).toBe('Sign in');
    useMessages(() => 'Anmelden');
    expect(t('banner.signIn')).toBe('Anmelden');
  });
});
