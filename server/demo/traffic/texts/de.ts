import type { Texts } from './types.ts';

export const de: Texts = {
  calls: {
    motor: ['Unfall melden', 'Glasschaden', 'Frage zu einem laufenden Schaden', 'Pannenhilfe'],
    home: ['Wasserschaden', 'Einbruch', 'Frage zu einem laufenden Schaden'],
    newCustomer: ['Angebot Auto', 'Angebot Hausrat'],
    complaint: ['Beschwerde'],
    billing: ['Frage zu einer Abbuchung', 'Neue Bankverbindung'],
  },
  mails: {
    motor: [
      {
        subject: 'Kostenvoranschlag der Werkstatt',
        text: 'Guten Tag,\n\nanbei der Kostenvoranschlag der Werkstatt über 1.284 €. Der Wagen steht dort seit Montag; die Reparatur könnte am Donnerstag beginnen, sobald Sie zustimmen. Brauchen Sie noch Fotos?\n\nVertrag {contract}\n\nMit freundlichen Grüßen\n{name}',
      },
    ],
    home: [
      {
        subject: 'Schaden {claim}: Trocknungsgerät',
        text: 'Guten Tag,\n\nzum Schaden {claim}: Die Firma hat gestern ein Trocknungsgerät aufgestellt, das nun drei Wochen laufen soll. Wer übernimmt die Stromkosten? Und darf ich die Decke danach von meinem eigenen Maler streichen lassen?\n\nFreundliche Grüße\n{name}',
      },
      {
        subject: 'Fahrrad aus dem Keller gestohlen',
        text: 'Sehr geehrte Damen und Herren,\n\nin der Nacht auf Sonntag wurde mein Fahrrad aus dem abgeschlossenen Keller gestohlen. Die Anzeige habe ich heute erstattet, die Rechnung über 1.150 € liegt bei. Was benötigen Sie noch von mir?\n\nMit freundlichen Grüßen\n{name}',
      },
    ],
    documents: [
      {
        subject: 'Bescheinigung für den Vermieter',
        text: 'Guten Tag,\n\nmein Vermieter verlangt eine Bescheinigung über die Hausratversicherung. Könnten Sie mir diese bitte als PDF schicken? Vertrag {contract}.\n\nVielen Dank und freundliche Grüße\n{name}',
      },
    ],
    complaint: [
      {
        subject: 'Beschwerde: seit fünf Wochen keine Auszahlung',
        text: 'Sehr geehrte Damen und Herren,\n\nvor fünf Wochen haben Sie mir die Auszahlung schriftlich zugesagt. Bis heute ist nichts eingegangen, und am Telefon bekomme ich jedes Mal eine andere Auskunft. Ich erwarte bis Freitag eine Antwort.\n\n{name}\nVertrag {contract}',
      },
    ],
    billing: [
      {
        subject: 'Beitragserhöhung',
        text: 'Guten Tag,\n\nlaut Rechnung steigt mein Beitrag zum Januar um neun Prozent, obwohl ich keinen Schaden gemeldet habe. Wie kommt das zustande, und bis wann könnte ich kündigen?\n\nFreundliche Grüße\n{name}',
      },
    ],
  },
  chats: {
    motor: [
      { opening: 'Hallo, mir ist gerade jemand beim Parken in die Tür gefahren. Was brauche ich von ihm?', replies: ['Kennzeichen und Namen habe ich. Polizei auch?', 'Alles klar, vielen Dank!'] },
    ],
    home: [
      { opening: 'Guten Tag, bei uns ist ein Rohr geplatzt, der Keller steht unter Wasser', replies: ['Ja, der Haupthahn ist zu. Soll ich Fotos machen?', 'Mache ich. Danke für die schnelle Antwort.'] },
    ],
    newCustomer: [
      { opening: 'Was kostet eine Hausratversicherung für 80 m² in {city}?', replies: ['Zwei Fahrräder, zusammen etwa 2.500 €.', 'Gern per E-Mail, danke.'] },
    ],
    chat: [
      { opening: 'Wo finde ich meine Vertragsnummer?', replies: ['Gefunden, danke schön!'] },
    ],
  },
  afterAnswer: [
    'Vielen Dank für die schnelle Antwort. Bis wann brauchen Sie die Originalrechnung?\n\n{name}',
    'Danke, das ist klar. Die fehlende Seite schicke ich heute Abend.\n\n{name}',
  ],
};
