import { expect, test } from 'vitest';
import { foldFindings } from '../../../lib/models/maker/publish-findings.ts';
import { lint } from '../../../lib/profile/lint.ts';

const answering = (seconds: number) =>
  Object.fromEntries(
    (['voice', 'email', 'messages'] as const).flatMap((channel) => [
      [`flow.${channel}.manage.canRefuse`, true],
      [`flow.${channel}.manage.autoAccept`, true],
      [`flow.${channel}.manage.autoAcceptSec`, seconds],
    ]),
  );
const found = (settings: object) => foldFindings(lint({ schema: 1, settings: { 'general.name': 'Desk', ...settings }, configuration: {} }, { resources: {} }));

test('what is found in each channel is said once, with where it is', () => {
  expect(found(answering(5)).filter(({ code }) => code === 'refuseCountdown')).toEqual([
    {
      code: 'refuseCountdown',
      severity: 'warning',
      names: ['5'],
      places: [{ field: 'flow.voice.manage.canRefuse' }, { field: 'flow.email.manage.canRefuse' }, { field: 'flow.messages.manage.canRefuse' }],
    },
  ]);
});

test('what differs by more than the channel stays apart', () => {
  expect(found({ ...answering(5), 'flow.voice.manage.autoAcceptSec': 7 }).filter(({ code }) => code === 'refuseCountdown').map(({ names }) => names)).toEqual([['7'], ['5']]);
});

test('sentences that name their channel name all of them', () => {
  const instant = found(answering(0)).find(({ code }) => code === 'refuseInstant');
  expect(instant).toMatchObject({ severity: 'error', names: ['channel.voice', 'channel.email', 'channel.messages'] });
  expect(instant!.places).toHaveLength(3);
});
