/** What the demo centre's supervisors look at in a call, and in what is written. */
import type { CriteriaSection, Criterion } from '../../lib/catalogue/index.ts';

type More = Partial<Pick<Criterion, 'notApplicable' | 'critical'>>;
const points = (id: string, max: number, weight: number, name: string, help: string, more: More = {}): Criterion => ({ id, name, help, kind: 'scale', max, weight, notApplicable: false, critical: false, ...more });
const yesNo = (id: string, weight: number, name: string, help: string, more: More = {}): Criterion => ({ ...points(id, 1, weight, name, help, more), kind: 'yesNo' });

export const claimCall: readonly CriteriaSection[] = [
  {
    id: 'opening',
    name: 'Opening',
    criteria: [
      yesNo('greeting', 5, 'Greets with company and own name', 'Within the first sentence.'),
      yesNo('identity', 15, 'Checks who is calling', 'Name, date of birth and contract number before anything of the contract is said.', { critical: true }),
      points('listening', 5, 10, 'Lets the customer tell what happened', '5: no interruption, and what was said is summed up. 0: questions before the customer has finished.'),
    ],
  },
  {
    id: 'claim',
    name: 'The claim',
    criteria: [
      points('facts', 5, 20, 'Takes down the facts', 'Where, when, who was there, what is damaged, police or not.'),
      points('cover', 5, 15, 'Explains what is covered', 'In plain words, with the excess, and nothing promised that is not in the contract.'),
      yesNo('photographs', 5, 'Asks for photographs', 'By the link that is sent during the call.', { notApplicable: true }),
      yesNo('injury', 10, 'Asks whether anybody is hurt', 'Passes the call to the injury team at once where somebody is.', { notApplicable: true, critical: true }),
    ],
  },
  {
    id: 'closing',
    name: 'Closing',
    criteria: [
      points('next', 3, 10, 'Says what happens next', 'Who does what, and by when.'),
      points('tone', 5, 10, 'Tone', 'Warm, calm and unhurried, the whole call long.'),
    ],
  },
];

export const writing: readonly CriteriaSection[] = [
  {
    id: 'content',
    name: 'Content',
    criteria: [
      points('answer', 5, 30, 'Answers every question', 'Each question of the customer, also those between the lines.'),
      points('right', 5, 25, 'Is right', 'Amounts, dates and cover as in the contract.'),
      yesNo('data', 15, 'Sends nothing of another customer', 'Neither in the text nor in what is attached.', { critical: true }),
    ],
  },
  {
    id: 'style',
    name: 'Style',
    criteria: [
      points('plain', 5, 15, 'Plain words', 'Short sentences, no jargon, no boilerplate.'),
      points('spelling', 3, 10, 'Spelling', '3: none wrong. 0: more than three.'),
      yesNo('language', 5, 'In the customer’s language', '', { notApplicable: true }),
    ],
  },
];
