/** HTML in every text that people and other systems enter, drawn in the banner and in the Maker: as text, everywhere, and nothing else comes of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { controls, fields, type ProfileDocument, tabById, tabs } from '../../lib/catalogue/index.ts';
import { demoId } from '../../server/demo/identity.ts';
import type { PersonKey } from '../../server/demo/people.ts';
import { resources as demoResources } from '../../server/demo/resources.ts';
import { type TestFrame, type TestPage, until } from './browser.ts';
import { press } from './by-name.ts';
import { type EndToEndHub, startHub } from './hub.ts';
import { accountOf, edit, giveFile, goTo, openMaker, openProfile } from './maker-page.ts';
import { createMarkup, harmIn, textOf, watch } from './markup.ts';
import { CALL_BACK, CAMPAIGN, keptPanels, kinds, namePlaceOf, placesOf, READER, rowIdOf, statesOf, targetOf, writeEverywhere, type Written } from './markup-everywhere.ts';
import { type ImportedFile, peopleFiles, profileFiles } from './markup-files.ts';
import { type Form, formsOf, formsOfRow } from './markup-forms.ts';
import { cardIs, signIn, signOut, sitDown, stateIs, stateOf, useHub } from './person.ts';
import { describeInBrowsers } from './run.ts';
import { createTelephone, type Telephone } from './telephone.ts';

const CRM = '/demo/customers/20418';
const PROFILE = demoId('profile', 'everything');
/** What one chooses from on the ways to transfer. */
const CHOSEN_FROM = {
  'int.transfer.assistedQueue': 'queue.name',
  'int.transfer.blindQueue': 'queue.name',
  'int.transfer.advisor': 'person.name',
  'int.transfer.external': 'transferRule.name',
  'int.transfer.smartRouting': 'transferRule.name',
};
/** What the Maker opens of a kind, where its first is none that says it all. */
const LOOKED_AT: Readonly<Record<string, string>> = { transferRule: 'assistance' };
/** What a profile says of itself. */
const ABOUT = fields.filter(({ type }) => type === 'text').map(({ id }) => `profile.${id}`);
/** What the audit shows of what was done. */
const AUDITED = {
  'profile.publish': ['profile.message', ...ABOUT],
  'person.update': [],
  'team.update': ['team.name', 'team.note'],
  'resource.update': ['form.name', 'form.note', 'form.code'],
};
/** What a connector says of a customer. */
const WHO = ['name', 'address', 'reference', 'language'];
const OPEN = '[data-surface]:popover-open:not(.toast)';

const markup = createMarkup();
let hub: EndToEndHub;
let telephone: Telephone;
let written: Written;
beforeAll(async () => {
  hub = await startHub();
  telephone = createTelephone(hub);
  written = await writeEverywhere(hub, markup);
});
afterAll(() => hub?.stop());

const key = () => ({ 'idempotency-key': crypto.randomUUID() });

/** Somebody signed in by a script, for as long as it takes. */
async function asColleague(who: PersonKey, deed: (command: (path: string, body: object) => Promise<unknown>) => Promise<unknown>): Promise<void> {
  await hub.call(who, 'POST', '/api/session', { browser: 'A script', takeOver: true }, key());
  await deed((path, body) => hub.call(who, 'POST', `/api/${path}`, body, key()));
  await hub.call(who, 'DELETE', '/api/session');
}

describeInBrowsers('HTML in every text', (browser) => {
  let page: TestPage;
  let banner: TestFrame;

  beforeAll(() => useHub(browser(), hub.url));
  // One person has one session: the next browser is to have it.
  afterAll(async () => signOut((await sitDown(browser(), hub.url, READER)).banner));

  /** Waits until a text of each of these places has been drawn, and sees that nothing but text was made of any. */
  async function drawn(where: string, frame: TestFrame, places: readonly string[], selector?: string): Promise<void> {
    let missing = places;
    await until(`${where} to be drawn with markup as text`, async () => {
      const shown = markup.placesIn(await textOf(frame, selector));
      missing = missing.filter((place) => !shown.has(place));
      if (missing.length > 0) throw new Error(`nothing of ${missing.join(', ')}`);
      return true;
    });
    expect(await harmIn(page), where).toEqual([]);
  }

  async function atWork(): Promise<void> {
    ({ page, banner } = await sitDown(browser(), hub.url, READER));
    await page.setWindow(1440, 900);
    await page.bringToFront();
    await Promise.all([watch(page), watch(banner)]);
  }
  /** As the one who may do everything there. */
  async function atMaker(): Promise<void> {
    if ((await stateOf(browser()))?.snapshot?.person.id === demoId('person', READER)) await signOut((await sitDown(browser(), hub.url, READER)).banner);
    page = await openMaker(browser(), hub.url, accountOf('maya'));
    await watch(page);
  }
  /** By a script, since what opens it may stand in "More". */
  const pressIn = async (selector: string) => {
    await banner.waitFor(selector, (of) => document.querySelector(of) !== null, selector);
    await banner.evaluate((of) => document.querySelector<HTMLElement>(of)!.click(), selector);
  };
  const closed = () => banner.waitFor('it to close', (of) => document.querySelector(of) === null, OPEN);
  async function surface(name: string, places: readonly string[]): Promise<void> {
    const opener = `[data-opens="${name}"], [data-control="${name}"]`;
    await pressIn(opener);
    await drawn(name, banner, places, OPEN);
    await pressIn(opener);
    await closed();
  }

  const said = (what: string, most?: number) => markup.of(`interaction.${what}`, most);
  const stateOfVoice = () => banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="flow.voice"]')?.dataset['state']);
  async function accept(more: Parameters<Telephone['offer']>[1]): Promise<string> {
    const customer = { name: said('name'), address: said('address'), reference: said('reference'), language: said('language', 20) };
    const id = await telephone.offer(null, { customer, subject: said('subject'), text: said('text'), ...more });
    await drawn('the offer', banner, ['interaction.name'], `.strip.offer[data-offer="${id}"]`);
    await banner.click('[data-control="offer.accept"]');
    await telephone.obey('answer');
    await cardIs(banner, 'live');
    return id;
  }

  /** One of those that open from the card. */
  async function dialog(control: string, places: readonly string[], part = ''): Promise<void> {
    await banner.click(`[data-control="${control}"]`);
    const opened = `[data-surface="${control}"]:popover-open`;
    await drawn(control, banner, places, `${opened} ${part}`);
    await pressIn(`${opened} [data-close]`);
    await closed();
  }
  /** The first of those that it offers. */
  async function chooseIn(control: string): Promise<void> {
    const opened = `[data-surface="${control}"]:popover-open`;
    await banner.click(`[data-control="${control}"]`);
    await banner.click(`${opened} [data-choice]`);
    await banner.click(`${opened} [data-submit]`);
    // Pressed once more before that, what it opens from would only close it.
    await closed();
  }
  async function details(where: string, places: readonly string[]): Promise<void> {
    await banner.click('[data-open-card]');
    await drawn(where, banner, places, '[data-surface="int.open"]');
    await pressIn('[data-surface="int.open"] [data-close]');
    await closed();
  }
  /** The customers are gone, and nothing of it is left to be done. */
  async function over(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await telephone.report(id, { event: 'ended' });
    await until('the wrap-up of all to be finished', async () => {
      await banner.clickNow('[data-control="int.wrapup.finish"]');
      return banner.evaluate(() => document.querySelector('.strip') === null);
    });
  }

  const closePanel = async () => {
    await pressIn('[data-surface] [data-close]');
    await closed();
  };
  async function back(from: string): Promise<void> {
    await pressIn('.panel-head .back');
    await banner.waitFor(`${from} to go`, (of) => document.querySelector(of) === null, from);
  }
  /** Pressed until it is there: what is read with it may not have been. */
  async function form(opener: string, { verb, places }: Form): Promise<void> {
    const button = `${opener} [data-control="${verb.control}"]`;
    await until(`the form of ${button}`, async () => (await banner.evaluate(() => document.querySelector('.form-view') !== null)) || ((await banner.clickNow(button)) && false));
    await drawn(`the form of ${verb.control}`, banner, places, '.form-view');
    await back('.form-view');
  }
  /** In the panel of campaigns, which is closed again. */
  async function takePart(part: boolean): Promise<void> {
    await pressIn('[data-control="mod.voiceCampaigns"]');
    await banner.click(`[data-campaign="${CAMPAIGN}"] input`);
    await banner.waitFor('the hub to confirm', ([id, wanted]) => document.querySelector<HTMLElement>(`[data-campaign="${id}"]`)?.dataset['part'] === wanted, [CAMPAIGN, String(part)] as const);
    await closePanel();
  }

  test('is taken wherever text is free, and refused where it is none', () => {
    expect(written.refused.toSorted()).toEqual(['crm.address', 'customButton.colour', 'customButton.icon', 'customButton.target']);
  });

  test('is text in the bar and in all that opens from it', async () => {
    page = await browser().openPage(hub.url + CRM);
    await page.setWindow(1440, 900);
    banner = await page.banner();
    // Before anything of it is drawn for the first time.
    await Promise.all([watch(page), watch(banner)]);
    await signIn(browser(), hub.url, banner, READER);
    await page.bringToFront();
    await stateIs(banner, 'core.connection', 'live');
    await drawn('the bar', banner, ['profile.general.name', 'activity.name']);
    await surface('profile', ['profile.general.name']);
    await surface('activity', ['activity.name']);
    await surface('out.voice.smart', ['queue.name']);
    await surface('out.messages.direct', ['smsNumber.name', 'smsTemplate.name']);
    await surface('more', ['customButton.name']);
    await surface('connection', ['person.name', 'profile.general.name']);
    page = await browser().extensionPage('popup.html');
    await drawn('the popup', page, ['person.name', 'profile.general.name']);
  });

  test('is text in the panel of each module, in its list, in an opened row and in each form', async () => {
    await atWork();
    for (const panel of keptPanels) {
      await pressIn(`[data-control="${panel.module}"]`);
      await banner.waitFor(panel.module, (of) => document.querySelector(`[data-module="${of}"] .line`) !== null, panel.module);
      if (panel.ofTab?.endsWith('Campaigns')) await drawn(`the campaigns of ${panel.module}`, banner, [`${tabById.get(panel.ofTab)!.resource}.name`], '.campaigns');
      for (const each of formsOf(panel)) await form('.panel-head', each);
      await banner.type('input[type=search]', 'bold');
      for (const state of statesOf(panel)) {
        const row = `[data-row="${rowIdOf(panel, state)}"]`;
        await drawn(`the list of ${panel.module}`, banner, [namePlaceOf(panel)], row);
        await pressIn(`${row} .line-open`);
        await drawn(`a row of ${panel.module}`, banner, placesOf(panel), '.row-view');
        for (const each of formsOfRow(panel, state)) await form('.row-view .deeds', each);
        await back('.row-view');
      }
      await closePanel();
    }
    await pressIn('[data-control="mod.colleagues"]');
    await drawn('the colleagues', banner, ['person.name'], '.line');
    await closePanel();
    await pressIn('[data-control="mod.evaluations"]');
    await banner.click('[data-control="eval.add"]');
    await banner.waitFor('the grids', (grid) => {
      const select = [...document.querySelectorAll<HTMLSelectElement>('.form-view select')].find(({ options }) => [...options].some(({ value }) => value === grid));
      if (!select) return false;
      select.value = grid;
      return select.dispatchEvent(new Event('input', { bubbles: true })) && select.dispatchEvent(new Event('change', { bubbles: true }));
    }, demoId('evaluationGrid', 'claimCall'));
    await drawn('a new evaluation', banner, ['evaluationGrid.name', ...['section', 'name', 'help'].map((each) => `evaluationGrid.sections.${each}`)], '.form-view');
  });

  test('is text on an interaction: who it is, what was written, and what is chosen from', async () => {
    await atWork();
    await until('the voice flow to be on', async () => (await stateOfVoice()) === 'on' || ((await banner.clickNow('[data-control="flow.voice"]')) && false));
    const written = await accept({ channel: 'email', queueId: demoId('queue', 'motorClaims') });
    await telephone.report(written, { event: 'message', text: said('message') });
    await drawn('the card of an email', banner, ['interaction.name', 'interaction.subject', 'queue.name'], '.strip.card');
    await banner.click('[data-open-card]');
    await banner.type('.note-field textarea', said('note'));
    await drawn('the details of an email', banner, [...WHO, 'subject', 'text', 'message', 'note'].map((each) => `interaction.${each}`), '[data-surface="int.open"]');
    await pressIn('[data-surface="int.open"] [data-close]');

    await dialog('int.qualify', ['queue.dispositions']);
    await banner.click('[data-control="int.script"]');
    await drawn('the scripts', banner, ['mod.scripts.title', 'queue.name'], '.module');
    await closePanel();

    const called = await accept({ channel: 'voice', personId: demoId('person', READER) });
    await details('the details of a call', [...WHO, 'subject'].map((each) => `interaction.${each}`));
    await surface('interactions', ['interaction.name', 'interaction.subject']);
    await asColleague('amira', async () => {
      for (const { id } of controls.filter(({ place }) => place === 'transfer')) {
        await banner.click('[data-opens="int.transfer"]');
        await dialog(id, [CHOSEN_FROM[id as keyof typeof CHOSEN_FROM]]);
      }
      await dialog('int.conference', ['person.name']);
    });
    await dialog('int.toMailbox', ['voiceMailbox.name']);
    for (const [place, answer] of [['refusal', { result: 'failed', why: said('refusal') }], ['answer', { result: 'done', message: said('answer') }]] as const) {
      await stateIs(banner, `int.custom.${CALL_BACK}`, 'ready');
      await banner.click(`[data-control="int.custom.${CALL_BACK}"]`);
      await telephone.obey('run', answer);
      await drawn('the answer to a button', banner, ['customButton.name', `interaction.${place}`], '.toast');
    }
    await over(written, called);
  });

  test('is text on a call with a colleague: who is consulted, and who has joined', async () => {
    await atWork();
    const id = await accept({ channel: 'voice', personId: demoId('person', READER) });
    await banner.click('[data-opens="int.transfer"]');
    await chooseIn('int.transfer.assistedQueue');
    await telephone.obey('consult');
    await cardIs(banner, 'consulting');
    await drawn('who is called', banner, ['queue.name'], '.strip.card .state');
    await telephone.report(id, { event: 'consultAnswered' });
    await banner.click('[data-step="swap"]:not([aria-disabled="true"])');
    await telephone.obey('swap');
    await drawn('who is consulted', banner, ['queue.name'], '.strip.card .state');
    await banner.click('[data-step="cancel"]');
    await telephone.obey('endConsult');
    await cardIs(banner, 'live');
    await asColleague('amira', async () => {
      await chooseIn('int.conference');
      await telephone.obey('conference');
      await dialog('int.conference', ['person.name'], '.hint');
    });
    await banner.click('[data-open-card]');
    await banner.click('.history summary');
    await drawn('what happened on it', banner, ['person.name'], '.history');
    await pressIn('[data-surface="int.open"] [data-close]');
    await closed();
    await over(id);
  });

  test('is text on a call of a campaign: the campaign, its target, and what is known of it', async () => {
    const [campaign, target, note] = ['voiceCampaign.name', 'mod.voiceCampaigns.customer', 'mod.voiceCampaigns.note'];
    await atWork();
    await hub.keep([targetOf(markup)]);
    await takePart(true);
    await drawn('the offer of a target', banner, [campaign, target, note], '.strip.offer');
    await banner.click('[data-control="offer.accept"]');
    const { interactionId } = await telephone.obey('dial');
    await telephone.report(interactionId, { event: 'answered' });
    await cardIs(banner, 'live');
    await drawn('the card of a target', banner, [campaign, target], '.strip.card');
    await details('the details of a target', [campaign, target, note]);
    await dialog('int.qualify', ['voiceCampaign.dispositions']);
    await takePart(false);
    await over(interactionId);
  });

  test('is text between people: what is asked for and why, what was done and why, what is passed on', async () => {
    await atWork();
    await asColleague('amira', async (command) => {
      await command('asks', { control: 'mod.statistics', note: said('ask') });
      await pressIn('[data-control="mod.supervision"]');
      await drawn('supervision', banner, ['person.name', 'queue.name', 'profile.general.name', 'interaction.ask'], '[data-surface="mod.supervision"]');
      await pressIn('[data-surface="mod.supervision"] [data-close]');
      await closed();
    });
    await asColleague('maya', async (command) => {
      await command('commands/sup.toggleFlow', { personId: demoId('person', READER), channel: 'email', on: false, why: said('why') });
      await drawn('a notice', banner, ['person.name', 'interaction.why'], '.toast');
      await command('commands/sup.toggleFlow', { personId: demoId('person', READER), channel: 'email', on: true });
    });
    // Messages, after which nobody pauses.
    await asColleague('elif', async (command) => {
      const interactionId = await telephone.offer(null, { channel: 'messages', personId: demoId('person', 'elif') });
      await until('her to have it', () => command('commands/offer.accept', { interactionId }).then(() => true));
      await telephone.obey('answer');
      await command('commands/int.transfer.advisor', { interactionId, personId: demoId('person', READER), note: said('passed on') });
      await telephone.obey('transfer');
      await banner.click('[data-control="offer.accept"]');
      await telephone.obey('answer');
      await cardIs(banner, 'live');
      await details('what is passed on', ['person.name', 'interaction.passed on']);
      await over((await stateOf(browser()))!.snapshot!.situation.interactions[0]!.id);
    });
    await pressIn('[data-opens="why"]');
    await banner.click('.happened summary');
    await drawn('what happened', banner, ['person.name', 'interaction.why'], '.happened');
    await pressIn('[data-opens="why"]');
    await closed();
  });

  test('is text on every page of the Maker', async () => {
    await atMaker();
    const at = async (hash: string, places: readonly string[], selector = 'main') => {
      await goTo(page, `#/${hash}`);
      await drawn(hash, page, places, selector);
    };
    for (const { kind, attributes } of kinds) {
      const own = attributes.filter(({ id, type }) => type === 'text' && !written.refused.includes(`${kind}.${id}`)).map(({ id }) => `${kind}.${id}`);
      await at(`resources/${kind}`, [`${kind}.name`]);
      await at(`resources/${kind}/${demoId(kind, LOOKED_AT[kind] ?? Object.keys(demoResources[kind as keyof typeof demoResources])[0]!)}`, [`${kind}.name`, ...own], '.record-panel');
    }
    await at(`resources/customButton/${CALL_BACK}`, ['customButton.name', 'customButton.target'], '.record-panel');
    await page.waitFor('its preview', () => document.querySelector('.preview-bar')?.shadowRoot?.textContent.includes('<b>bold</b>') === true);
    await at(`resources/evaluationGrid/${demoId('evaluationGrid', 'claimCall')}`, ['evaluationGrid.sections.section', 'evaluationGrid.sections.name'], '[data-grid-editor]');
    await page.click('.grid-open');
    await drawn('a criterion', page, ['evaluationGrid.sections.help'], '[data-grid-editor]');
    await at('profiles', ['profile.general.name', 'profile.general.reference', 'person.name']);
    await at('people', ['person.name', 'profile.general.name', 'team.name']);
    await at(`people/${demoId('person', 'amira')}`, ['person.name', 'profile.general.name', 'team.name']);
    await at('teams', ['team.name', 'team.note']);
    await at(`teams/${demoId('team', 'Sales')}`, ['team.name', 'team.note', 'person.name']);
    await at('who-can/rec.delete', ['person.name', 'profile.general.name']);
    for (const { id, resource } of tabs) await at(`profiles/${PROFILE}/configuration/${id}`, [`${resource}.name`]);
  });

  test('is text in a profile: what it says of itself, its versions, and each dialog', async () => {
    await atMaker();
    const inDialog = async (action: string, places: readonly string[]) => {
      await page.click(`[data-action="${action}"]`);
      await drawn(`the dialog to ${action}`, page, places, 'dialog');
      await page.press('Escape');
      await page.waitFor('it to close', () => document.querySelector('dialog[open]') === null);
    };
    await openProfile(page, PROFILE);
    await drawn('the settings', page, ABOUT, '.profile-content');
    await openProfile(page, PROFILE, 'people');
    await drawn('who has it', page, ['person.name'], '.profile-content');
    await openProfile(page, PROFILE, 'versions');
    await drawn('the versions', page, ['profile.message', 'profile.schedule', ...ABOUT], '.profile-content');
    await inDialog('refresh', ['person.name']);
    await edit(page);
    await inDialog('publish', ABOUT);
    await page.click('[data-action="preview"]');
    await drawn('the preview', page, ['profile.general.name', 'activity.name'], 'dialog iframe');
  });

  test('is text in the audit, in what was done and in what was before', async () => {
    await atMaker();
    await goTo(page, '#/audit');
    for (const [action, places] of Object.entries(AUDITED)) {
      await page.waitFor('the choice of what was done', (value) => {
        const select = [...document.querySelectorAll<HTMLSelectElement>('.filters select')].find(({ options }) => [...options].some((each) => each.value === value));
        if (!select) return false;
        select.value = value;
        return select.dispatchEvent(new Event('change', { bubbles: true }));
      }, action);
      await page.waitFor(action, (of) => {
        const all = [...document.querySelectorAll<HTMLElement>('main [data-action]')].filter((each) => each.matches('.entry, .entry-more'));
        return all.length > 0 && all.every(({ dataset }) => dataset['action'] === of);
      }, action);
      await page.evaluate(() => document.querySelectorAll('details.entry-more').forEach((each) => ((each as HTMLDetailsElement).open = true)));
      await drawn(action, page, ['person.name', ...places], '.entry-more');
    }
  });

  test('is text in a file that is imported: what it is refused for, and what would be made of it', async () => {
    await atMaker();
    const imported = async (at: string, files: readonly ImportedFile[]) => {
      await goTo(page, `#/${at}`);
      await press(page, { name: 'Import', part: true, among: 'main button' });
      for (const { name, text, places } of files) {
        await giveFile(page, name, text);
        await drawn(name, page, places, 'dialog');
      }
    };
    await imported('people', peopleFiles(markup));
    await page.press('Escape');
    await page.waitFor('it to close', () => document.querySelector('dialog[open]') === null);
    const draft = await hub.call<{ document: ProfileDocument }>('maya', 'GET', `/api/profiles/${PROFILE}/draft`);
    await imported('profiles', profileFiles(markup, draft.document));
    await press(page, 'Make the profile');
    await drawn('what was made', page, ['file.profile', 'file.row'], 'dialog');
  });

  test('would be noticed if it were made into anything else', async () => {
    await atMaker();
    await page.evaluate((text) => {
      const host = document.createElement('div');
      host.attachShadow({ mode: 'open' }).innerHTML = text;
      document.body.append(host);
    }, markup.of('nowhere'));
    const wanted = ['<img src="x"', '<b>bold</b>', 'script-src-attr'];
    await until('all of it to be noticed', async () => {
      const harm = await harmIn(page);
      return wanted.every((each) => harm.some((what) => what.includes(each)));
    });
  });
});
