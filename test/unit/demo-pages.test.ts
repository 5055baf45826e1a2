import { describe, expect, it } from 'vitest';
import { demoPages } from '../../server/demo/pages.ts';

describe('the demo CRM', () => {
  const visits: number[] = [];
  const app = demoPages(() => visits.push(1));

  it.each(['/demo/', '/demo/customers/20418', '/demo/tariffs'])('is one page, at %s too', async (path) => {
    const answer = await app.request(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('Harbour Mutual');
  });

  it.each([
    ['/demo/app.js', 'text/javascript; charset=utf-8'],
    ['/demo/style.css', 'text/css; charset=utf-8'],
    ['/demo/mark.svg', 'image/svg+xml'],
  ])('serves %s as what it is, once', async (path, type) => {
    visits.length = 0;
    const answer = await app.request(path);
    expect(answer.headers.get('content-type')).toBe(type);
    const again = await app.request(path, { headers: { 'if-none-match': answer.headers.get('etag') as string } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(visits).toEqual([]);
  });

  it('runs no script and shows no style of its own within the page', async () => {
    const answer = await app.request('/demo/');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await answer.text()).not.toMatch(/<script(?![^>]*src=)|<style| on\w+=| style=/);
  });

  it.each(['/demo/../people.ts', '/demo/%2e%2e/people.ts', '/demo/..%2fpeople.ts'])('gives nothing beside its folder: %s', async (path) => {
    expect(await (await app.request(path)).text()).not.toContain('DEMO_PASSWORD');
  });

  it('finds customers by what an agent has at hand', async () => {
    const script = new URL('../../server/demo/crm/customers.js', import.meta.url).href;
    const { find } = (await import(script)) as { find: (query: string) => { id: string }[] };
    for (const query of ['camille', 'BESSON', '20418', 'HM-204-11', '+33199004712', '01 99 00 47 12', '0033 1 99 00 47 12']) {
      expect(find(query).map(({ id }) => id)).toEqual(['20418']);
    }
    expect(find('leon')).toEqual([]);
    expect(find('').length).toBeGreaterThan(10);
  });
});
