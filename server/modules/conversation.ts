/** Conversations between colleagues: a thread is a row, of those who write in it. */
import { type Act, holdRows, invalid, readForm, refusePerson } from './doing.ts';
import { keepRecord } from './keep-record.ts';
import { messagesOf } from './rules.ts';

/** The oldest ones of a thread go: it is talk, not an archive. */
const MOST_MESSAGES = 200;

export const startThread: Act = async (doing) => {
  const { trx, panel, asker, now } = doing;
  const { person, topic, text } = readForm(doing);
  if (person === asker.personId) throw invalid([{ path: ['person'], message: 'one does not write to oneself' }]);
  await refusePerson(doing, 'person', person);
  await keepRecord(trx, {
    accountId: asker.accountId,
    module: panel.module,
    ownerId: asker.personId,
    people: [asker.personId, person as string],
    values: { topic, at: now, messages: [{ at: now, by: asker.personId, text }] },
    createdBy: asker.personId,
  });
};

export const writeInThread: Act = async (doing) => {
  const { trx, panel, asker, now } = doing;
  const { text } = readForm(doing);
  for (const record of await holdRows(doing, { unread: true })) {
    const messages = [...messagesOf(record.values), { at: now, by: asker.personId, text }].slice(-MOST_MESSAGES);
    await keepRecord(trx, { ...record, accountId: asker.accountId, module: panel.module, values: { ...record.values, at: now, messages } });
  }
};
