/** Cases, tasks and conversations of the demo: what, whose, and how far. */
import type { PersonKey } from '../people.ts';
import type { ResourceKey } from '../resources.ts';

type State = 'open' | 'waiting' | 'done';
type Priority = 'low' | 'normal' | 'high' | 'urgent';

/** `due` in days from now; `of` is a customer’s number. */
export interface DemoWork {
  readonly title: string;
  readonly of: string;
  readonly owner: PersonKey;
  readonly state: State;
  readonly priority: Priority;
  readonly due: number;
  readonly text: string;
}

const work = (title: string, of: string, owner: PersonKey, state: State, priority: Priority, due: number, text = ''): DemoWork => ({ title, of, owner, state, priority, due, text });

export const cases: readonly DemoWork[] = [
  work('Windscreen, stone on the A6', '20418', 'amira', 'open', 'normal', 1, 'S-8841. Glazier booked for Tuesday at her door; she has the excess to pay.'),
  work('Water through the kitchen ceiling', '20467', 'ben', 'waiting', 'high', 2, 'S-8850. Neighbour is insured elsewhere. Gutachter: Herr Klein, Termin steht noch aus.'),
  work('Burglary, cellar', '20518', 'ines', 'waiting', 'normal', 4, 'S-8847. Police report promised by the end of the week. Bicycle, tools, two suitcases.'),
  work('Storm, awning torn', '20596', 'femi', 'open', 'low', 6, 'S-8855. Photographs are in. Below 1,600 €: to be settled by telephone.'),
  work('Collision in the harbour', '20637', 'hugo', 'waiting', 'high', 3, 'S-8801. Surveyor was there; waiting for the estimate of the yard in Antibes.'),
  work('Hail, roof and bonnet', '20679', 'amira', 'done', 'normal', -12, 'S-8790. Paid on the 9th.'),
  work('Complaint: nobody called back', '20571', 'luis', 'open', 'urgent', 0, 'Third call. A gesture was offered and accepted; wants it in writing.'),
  work('Réclamation : franchise comptée deux fois', '20544', 'chloe', 'open', 'high', 1, 'Le client a raison, à rembourser par la facturation. Courrier à préparer.'),
  work('Suitcase lost in Lisbon', '20544', 'jonas', 'done', 'normal', -30, 'S-8533. Settled with the carrier’s report.'),
  work('Theft of a scooter', '20700', 'ben', 'open', 'normal', 5, 'Receipt missing. Lock of class A, photographed.'),
  work('Broken window after the storm', '20713', 'femi', 'waiting', 'normal', 2, 'Der Kunde schickt die Rechnung des Glasers nach.'),
  work('Car park scratch, no witness', '20726', 'diego', 'open', 'low', 8, 'All risks: 250 € excess explained.'),
  work('Fuite sous l’évier', '20739', 'ines', 'open', 'high', 0, 'Recherche de fuite à organiser aujourd’hui.'),
  work('Siniestro en el garaje', '20752', 'diego', 'waiting', 'normal', 3, 'La clienta envía las fotos esta tarde.'),
  work('Second look at a refused claim', '20765', 'luis', 'open', 'high', 7, 'Damp over time, says the adjuster. She disagrees and has a builder’s letter.'),
  work('Address and bank details changed', '20778', 'grace', 'done', 'low', -3),
  work('Wrong premium after moving', '20791', 'grace', 'waiting', 'normal', 4, 'New post code entered; refund of 38 € to come.'),
  work('Fire in a kitchen', '20804', 'karin', 'open', 'urgent', 0, 'Family is in a hotel. Investigator ordered.'),
  work('Garage bill above the estimate', '20817', 'hugo', 'open', 'normal', 2, 'Adjuster to call the garage.'),
  work('Power of attorney to be checked', '20830', 'jonas', 'open', 'low', 9),
  work('Trip cancelled, broken leg', '20843', 'chloe', 'waiting', 'normal', 5, 'Certificat médical demandé.'),
  work('Neighbour’s tree on the fence', '20856', 'femi', 'open', 'normal', 3),
  work('Legal help: landlord keeps the deposit', '20502', 'jonas', 'open', 'normal', 6, 'Transmitted to the lawyers’ list; he chooses himself.'),
  work('Boat cover needs a new survey', '20637', 'diego', 'waiting', 'low', 20),
];

export interface DemoTask extends DemoWork {
  readonly category: ResourceKey<'category'>;
}
const task = (category: ResourceKey<'category'>, ...rest: Parameters<typeof work>): DemoTask => ({ category, ...work(...rest) });

export const tasks: readonly DemoTask[] = [
  task('callBack', 'Call Camille back about the glazier', '20418', 'amira', 'open', 'normal', 0, 'After 17:00, on her mobile.'),
  task('callBack', 'Rückruf: Frau Vogel, Gutachtertermin', '20467', 'ben', 'open', 'high', 0, 'Vormittags erreichbar. Bitte auf Deutsch.'),
  task('documents', 'Ask for the police report', '20518', 'ines', 'waiting', 'normal', 2),
  task('documents', 'Photographs of the awning', '20596', 'femi', 'done', 'low', -1),
  task('complaint', 'Written answer to Ms Diallo', '20571', 'luis', 'open', 'urgent', 0, 'Use model 3 and the gesture agreed.'),
  task('callBack', 'Llamar a Sofía por la renovación', '20655', 'diego', 'open', 'normal', 1, 'Prefiere por la tarde.'),
  task('documents', 'Medical certificate', '20843', 'chloe', 'waiting', 'normal', 3),
  task('callBack', 'Rappeler M. Garnier, prime 2027', '20679', 'amira', 'open', 'low', 4),
  task('documents', 'Receipt of the scooter', '20700', 'ben', 'open', 'normal', 2),
  task('callBack', 'Tell Mr Krämer the glazier may come', '20713', 'femi', 'open', 'normal', 1),
  task('complaint', 'Call the garage about the estimate', '20817', 'karin', 'open', 'high', 0),
  task('documents', 'Attestation for the landlord', '20571', 'grace', 'done', 'normal', -2),
  task('callBack', 'Instalments: explain the plan', '20502', 'grace', 'open', 'normal', 1, 'He asked for four parts.'),
  task('documents', 'Signed power of attorney', '20830', 'jonas', 'waiting', 'low', 6),
  task('callBack', 'Quote for a second car', '20610', 'hugo', 'open', 'normal', 2),
  task('callBack', 'Hotel of the family: longer until Friday?', '20804', 'karin', 'open', 'urgent', 0),
  task('complaint', 'Listen to the recording of the 12th', '20765', 'luis', 'waiting', 'normal', 3),
  task('documents', 'Estimate of the yard in Antibes', '20637', 'hugo', 'waiting', 'high', 2),
  task('callBack', 'New number of Ms Nogueira', '20518', 'elif', 'open', 'low', 5),
  task('callBack', 'Chat cut off: continue by telephone', '20739', 'elif', 'open', 'high', 0),
];

export const conversations: readonly { readonly topic: string; readonly says: readonly (readonly [by: PersonKey, text: string])[] }[] = [
  {
    topic: 'Glazier in Lyon',
    says: [
      ['amira', 'Does Castagna still come on Saturdays?'],
      ['ben', 'Since October only in the morning. Ask for Henri, not the switchboard.'],
      ['amira', 'Got Saturday at nine, thank you!'],
    ],
  },
  { topic: 'Dossier Petit', says: [['chloe', 'Tu as vu la franchise comptée deux fois ?'], ['grace', 'Oui, je rembourse demain matin. Tu préviens le client ?'], ['chloe', 'C’est fait.']] },
  { topic: 'Swap on Thursday', says: [['diego', 'Could you take my late shift on Thursday?'], ['hugo', 'If you take my Monday.'], ['diego', 'Deal.']] },
  { topic: 'Coaching', says: [['karin', 'Your call with the family in the hotel was very good. Half an hour on Friday?'], ['ines', 'With pleasure. Ten o’clock?']] },
  { topic: 'Everything all right?', says: [['maya', 'I gave the inbound profile scripts. Tell me if anything looks odd in your banner.'], ['amira', 'Scripts are there, all fine.']] },
];
