import type { Texts } from './types.ts';

export const en: Texts = {
  calls: {
    motor: ['Report an accident', 'Windscreen damage', 'Question on an open claim', 'Roadside assistance'],
    home: ['Water damage', 'Burglary', 'Question on an open claim'],
    newCustomer: ['Quote for a car', 'Quote for a home', 'Change of insurer'],
    complaint: ['A complaint', 'Complaint already made'],
    billing: ['Payment not understood', 'Change of bank account', 'Refund'],
  },
  mails: {
    motor: [
      {
        subject: 'Claim {claim}: photographs of the damage',
        text: 'Good morning,\n\nAs agreed on the telephone I am sending the photographs of the damage for claim {claim}. You can see the scratch that runs from the bonnet to the door. The garage can take the car on Thursday if your expert agrees to the estimate by then.\n\nCould you confirm that you have everything you need?\n\nKind regards,\n{name}',
      },
      {
        subject: 'Hire car while mine is being repaired',
        text: 'Hello,\n\nMy garage tells me that the repair takes nine days because of a part that has to be ordered. Does contract {contract} cover a hire car, and if so for how long? I drive to work every day and there is no train from here.\n\nThank you,\n{name}',
      },
    ],
    home: [
      {
        subject: 'Damp patch is getting bigger',
        text: 'Hello,\n\nThe plumber has found the leak: it comes from the flat above, under their shower. The patch on our ceiling is now about one metre wide and the paint is coming off.\n\nMay I have the ceiling repainted already, or does somebody have to see it first? My contract is {contract}.\n\nRegards,\n{name}',
      },
      {
        subject: 'List of what was stolen',
        text: 'Dear Sir or Madam,\n\nPlease find below the list you asked for: two bicycles (one with its invoice, the other a present), a drill, six bottles of wine and a tent. The police report has the number 2026/11872.\n\nThe door to the cellar still does not close. Can the locksmith send his invoice to you?\n\nYours faithfully,\n{name}',
      },
    ],
    documents: [
      {
        subject: 'Certificate for my landlord',
        text: 'Hello,\n\nMy landlord asks for a certificate of home insurance for the year to come, in both our names. Contract {contract}. A PDF is fine.\n\nMany thanks,\n{name}',
      },
      {
        subject: 'No-claims statement',
        text: 'Good afternoon,\n\nI need a statement of my no-claims record for the last five years, in English if that is possible, as I am moving abroad in January.\n\nBest wishes,\n{name}',
      },
    ],
    complaint: [
      {
        subject: 'Third letter without an answer',
        text: 'Dear Sir or Madam,\n\nI wrote on the 3rd and again on the 14th, and called twice. Each time I was told that somebody would call me back the same day. Nobody did.\n\nI expect a written answer within the ten days that your own conditions promise.\n\n{name}\nContract {contract}',
      },
    ],
    billing: [
      {
        subject: 'Premium taken twice in November',
        text: 'Hello,\n\nMy bank statement shows your premium twice, on the 2nd and on the 5th, for contract {contract}. Please refund one of them or explain what the second is for.\n\nRegards,\n{name}',
      },
      {
        subject: 'New bank account',
        text: 'Good morning,\n\nI have changed banks. From January please take the premium from my new account. Which form do you need for that?\n\nThank you,\n{name}',
      },
    ],
  },
  chats: {
    motor: [
      { opening: 'Hi, I just hit a post in a car park, only my own bumper is damaged. Do I have to fill in a form?', replies: ['Yes, I have photos. Can I send them here?', 'Perfect, that is all I needed. Thanks!'] },
      { opening: 'Any news on {claim}? It has been two weeks.', replies: ['OK. And who pays the expert?', 'Good to know. Have a nice day.'] },
    ],
    home: [
      { opening: 'Hello, there is water coming through my kitchen ceiling. Who do I call first?', replies: ['Done, the neighbour has turned it off. What about the photos?', 'Thank you for the quick help!'] },
    ],
    newCustomer: [
      { opening: 'How much is home insurance for a flat of 54 m² in {city}?', replies: ['Third floor, no garden. I have a bicycle worth 1,900 €.', 'OK, send me the quote please.'] },
    ],
    chat: [
      { opening: 'Are you open on Saturday?', replies: ['Great, thanks.'] },
      { opening: 'I cannot log in to my customer area, it says my password has expired', replies: ['I did, but no email arrives.', 'Found it, it was in spam. Sorry!'] },
    ],
  },
  afterAnswer: [
    'Thank you for your quick answer. One more thing: until when do you need the original invoice?\n\n{name}',
    'Thank you, that is clear. I shall send the missing page tonight.\n\n{name}',
  ],
};
