import { describe, expect, it } from 'vitest';
import { CLIENT_PROBLEMS, PROBLEMS } from '../../lib/api/problem.ts';
import messages from '../../locales/en.json' with { type: 'json' };

const messageOf = (code: string): unknown =>
  `problem.${code}`.split('.').reduce<unknown>((level, key) => (level as Record<string, unknown> | undefined)?.[key], messages);

describe('every problem', () => {
  it.each([...Object.keys(PROBLEMS), ...Object.keys(CLIENT_PROBLEMS)])('%s is said in a sentence, and then what to do or why', (code) => {
    expect(messageOf(code)).toEqual(expect.stringMatching(/^[A-Z].*[.:] .+\.$/));
  });
});
