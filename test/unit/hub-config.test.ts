import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { Fault } from '../../server/fault.ts';
import { createLog } from '../../server/log.ts';

describe('the configuration', () => {
  it('is what is given in code, else in the environment, else a default', () => {
    const config = readConfig({ PORT: '8000', HOST: '0.0.0.0', OIDC_ISSUER: '' }, { PORT: 0 });
    expect(config).toMatchObject({ port: 0, host: '0.0.0.0', databaseUrl: null, oidc: { issuer: null } });
    expect(readConfig({}).port).toBe(7420);
  });

  it('has a public address without a slash at its end', () => {
    expect(readConfig({ PENNON_PUBLIC_URL: 'https://hub.example/' }).publicUrl).toBe('https://hub.example');
  });

  it('allows the hosts inside that it names, and none where it names none', () => {
    expect([...readConfig({}).serviceHosts]).toEqual([]);
    expect([...readConfig({ PENNON_SERVICE_HOSTS: ' CRM.intern.example:8443  127.0.0.1 [::1]:80 ' }).serviceHosts]).toEqual(['crm.intern.example:8443', '127.0.0.1', '[::1]:80']);
  });

  it.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'many' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ PENNON_PUBLIC_URL: 'hub.example' }, 'PENNON_PUBLIC_URL'],
    [{ OIDC_ISSUER: 'file:///etc/passwd' }, 'OIDC_ISSUER'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ PENNON_SERVICE_HOSTS: 'https://crm.example/' }, 'PENNON_SERVICE_HOSTS'],
    [{ PENNON_SERVICE_HOSTS: '10.0.0.0/8' }, 'PENNON_SERVICE_HOSTS'],
  ])('names the setting that is wrong: %j', (env, name) => {
    expect(() => readConfig(env as Record<string, string>)).toThrow(Fault);
    expect(() => readConfig(env as Record<string, string>)).toThrow(`The setting ${name} is wrong:`);
  });
});

describe('the log', () => {
  const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
    let text = '';
    write(createLog('info', { write: (line: string) => (text += line) } as unknown as NodeJS.WritableStream));
    return text;
  };

  it('keeps names, addresses and tokens out, also where they are handed to it', () => {
    const secret = { email: 'ada@example.test', name: 'Ada', token: 'pnt_secret', password: 'pw', authorization: 'Bearer x' };
    const text = logged((log) => log.info({ ...secret, person: secret, code: 'kept' }, 'said'));
    expect(text).toContain('"code":"kept"');
    for (const value of ['ada@example.test', 'pnt_secret', '"pw"', 'Bearer x']) expect(text).not.toContain(value);
  });

  it('keeps what the database says of a row out of an error', () => {
    const error = Object.assign(new Error('Key (email)=(ada@example.test) already exists'), { code: '23505' });
    const text = logged((log) => log.error({ err: error }, 'failed'));
    expect(text).toContain('23505');
    expect(text).not.toContain('ada@example.test');
  });
});
