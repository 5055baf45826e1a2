import type { Migration } from 'kysely/migration';
import * as core from './0001-core.ts';
import * as auth from './0002-auth.ts';
import * as maker from './0003-maker.ts';
import * as watch from './0004-watch.ts';
import * as archived from './0005-archived.ts';
import * as interactions from './0006-interactions.ts';
import * as modules from './0007-modules.ts';
import * as supervision from './0008-supervision.ts';
import * as campaigns from './0009-campaigns.ts';
import * as buttons from './0010-buttons.ts';
import * as connector from './0011-connector.ts';
import * as asking from './0013-asking.ts';
import * as smsCampaigns from './0014-sms-campaigns.ts';
import * as powerDialler from './0015-power-dialler.ts';
import * as paymentConnectors from './0016-payment-connectors.ts';
import * as listsByName from './0017-lists-by-name.ts';
import * as receiptsWhenTheyCome from './0018-receipts-when-they-come.ts';
import * as ground from './0019-ground.ts';

/** All there are, by name; names sort in the order in which they are applied, and none is ever changed once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-core': core,
  '0002-auth': auth,
  '0003-maker': maker,
  '0004-watch': watch,
  '0005-archived': archived,
  '0006-interactions': interactions,
  '0007-modules': modules,
  '0008-supervision': supervision,
  '0009-campaigns': campaigns,
  '0010-buttons': buttons,
  '0011-connector': connector,
  '0013-asking': asking,
  '0014-sms-campaigns': smsCampaigns,
  '0015-power-dialler': powerDialler,
  '0016-payment-connectors': paymentConnectors,
  '0017-lists-by-name': listsByName,
  '0018-receipts-when-they-come': receiptsWhenTheyCome,
  '0019-ground': ground,
};
