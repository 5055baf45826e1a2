/** What the demo's people look up: the directory, what is known, documents, scripts. */
import type { ResourceKey } from '../resources.ts';

type Language = 'en' | 'fr' | 'es' | 'de';

export const directory: readonly (readonly [list: ResourceKey<'directory'>, name: string, role: string, town: string, phone: string, note: string])[] = [
  ['branches', 'Branch Lyon Part-Dieu', 'Branch', 'Lyon', '+33 1 99 00 40 10', 'Monday to Friday 9 to 18, Saturday 9 to 12.'],
  ['branches', 'Branch Nantes Graslin', 'Branch', 'Nantes', '+33 2 61 91 40 20', 'Monday to Friday 9 to 17:30. Closed at noon.'],
  ['branches', 'Branch Lille Centre', 'Branch', 'Lille', '+33 3 53 01 40 30', 'Tuesday to Saturday 9:30 to 18.'],
  ['branches', 'Agence Marseille Vieux-Port', 'Branch', 'Marseille', '+33 4 65 71 40 40', 'Du lundi au vendredi, de 9 h à 17 h.'],
  ['branches', 'Branch Bordeaux Chartrons', 'Branch', 'Bordeaux', '+33 5 36 49 40 50', 'By appointment on Saturdays.'],
  ['branches', 'Head office, switchboard', 'Switchboard', 'Lyon', '+33 1 99 00 40 00', 'For suppliers and the press. Never give it to a claimant.'],
  ['branches', 'Roadside assistance', 'Partner', 'Lyon', '+33 1 99 00 01 12', 'Day and night. They need the contract number and the place.'],
  ['experts', 'Anne-Laure Blanchard', 'Loss adjuster, motor', 'Lyon', '+33 6 39 98 70 01', 'Rhône, Isère, Ain. Sees cars within two days.'],
  ['experts', 'Bertrand Klein', 'Loss adjuster, home', 'Strasbourg', '+33 6 39 98 70 02', 'Speaks German. Water damage and fire.'],
  ['experts', 'Cristina Vidal', 'Loss adjuster, home', 'Toulouse', '+33 6 39 98 70 03', 'Habla español. Storm and hail.'],
  ['experts', 'Driss El Amrani', 'Loss adjuster, motor', 'Marseille', '+33 6 39 98 70 04', 'Commercial vehicles too.'],
  ['experts', 'Édith Carpentier', 'Fire investigator', 'Lille', '+33 6 39 98 70 05', 'Only on the order of a team leader.'],
  ['experts', 'Florian Weiss', 'Surveyor, boats', 'Nice', '+33 6 39 98 70 06', 'Hull and engine. Answers by email first.'],
  ['experts', 'Gwenaëlle Le Goff', 'Loss adjuster, home', 'Nantes', '+33 6 39 98 70 07', 'Burglary and theft.'],
  ['experts', 'Henri Castagna', 'Glazier, partner', 'Lyon', '+33 6 39 98 70 08', 'Windscreens at the customer’s door, no deposit.'],
  ['experts', 'Ingrid Solberg', 'Interpreter', 'Paris', '+33 6 39 98 70 09', 'Norwegian, Swedish, German; by telephone within the hour.'],
];

export const knowledge: readonly (readonly [base: ResourceKey<'knowledgeBase'>, title: string, language: Language, text: string])[] = [
  ['products', 'Motor, all risks: what is covered', 'en', 'Own damage, theft, fire, glass and vandalism. Roadside assistance without a limit of distance.\n\nNot covered: wear, tyres alone, races, and a driver who is not named where the contract names drivers.\n\nThe excess is 250 € for own damage, none for glass repaired, 75 € for glass replaced.'],
  ['products', 'Home: water damage', 'en', 'Covered: burst pipes, leaks of appliances, water from a neighbour, rain through a roof that was sound.\n\nNot covered: damp over time, joints that were not kept up, the repair of the pipe itself. Finding the leak is covered up to 1,500 €.'],
  ['products', 'Travel, yearly: luggage and cancellation', 'en', 'Luggage up to 2,000 € a person; valuables half of that. A report by the carrier or the police is needed, made within 24 hours.\n\nCancellation for illness, accident, a death in the family, or the loss of a job.'],
  ['products', 'Protection juridique : domaines et plafonds', 'fr', 'Litiges de consommation, de logement, de travail et de voisinage. Plafond de 20 000 € par litige.\n\nDélai de carence de trois mois pour le droit du travail. Le choix de l’avocat reste libre.'],
  ['products', 'Boat: hull, liability, towing', 'en', 'By survey, renewed every five years. Towing up to 3,000 €. Sailing beyond 60 miles from the coast needs a clause in the contract.'],
  ['products', 'Seguro de hogar: robo y vandalismo', 'es', 'Cubre el robo con fuerza, el intento de robo y los daños en puertas y ventanas. Joyas hasta 5.000 €.\n\nHay que presentar la denuncia en 48 horas. Sin cerradura de tres puntos se aplica una franquicia del 20 %.'],
  ['products', 'Bicycles and scooters', 'en', 'Stolen from a locked room: covered by the home contract. Stolen in the street: only with the bicycle option, and a lock of class A.'],
  ['procedures', 'A new motor claim, step by step', 'en', '1. Is anybody hurt? Then assistance first, the claim after.\n2. Contract, date, place, who drove.\n3. The other side: name, plate, insurer.\n4. Statement signed by both? Ask for a photograph of it.\n5. Choose the garage from our list, or theirs.\n6. Say when we call again: within two working days.'],
  ['procedures', 'A new home claim, step by step', 'en', '1. Is the damage still going on? Water off, power off.\n2. Photographs before anything is thrown away.\n3. Below 1,600 €: settle by telephone with invoices. Above: a loss adjuster.\n4. Burglary: police report within 48 hours.'],
  ['procedures', 'Bris de glace : réparer ou remplacer', 'fr', 'Impact plus petit qu’une pièce de deux euros et hors du champ de vision : réparation, sans franchise.\n\nSinon remplacement : franchise de 75 €. Le partenaire avance les frais ; le client ne paie que la franchise.'],
  ['procedures', 'Wasserschaden: erste Schritte', 'de', 'Haupthahn zu, Strom im betroffenen Raum aus. Fotos machen, nichts wegwerfen.\n\nNachbarn informieren, wenn Wasser nach unten läuft. Gutachter ab 1.600 €; Termin innerhalb von drei Werktagen zusagen.'],
  ['procedures', 'Complaints: how to answer', 'en', 'Acknowledge within ten days, answer within two months. Note it as a complaint even where it is solved at once.\n\nNever promise what the contract does not give. A gesture up to 100 € is for a team leader to decide.'],
  ['procedures', 'Who is calling: checking an identity', 'en', 'Two of three: date of birth, contract number, last four figures of the account. Never read them out yourself.\n\nSomebody calling for another person needs a power of attorney on file.'],
  ['procedures', 'Paying by telephone', 'en', 'The customer types the card on the keypad; the recording pauses by itself. Never write a card number down, never let it be said.\n\nA link by SMS or email is valid for 48 hours.'],
  ['procedures', 'Cancelling a contract', 'en', 'Motor and home: at any time after the first year, one month’s notice. The new insurer usually does it.\n\nAsk why, once. Offer a call by the renewal team only if they want one.'],
];

export const documents: readonly (readonly [centre: ResourceKey<'documentCenter'>, title: string, language: Language, note: string, lines: readonly string[]])[] = [
  ['forms', 'Motor accident statement', 'en', 'Both sides sign it. Send it as it is.', ['Date and place of the accident', 'Driver A: name, address, licence', 'Driver B: name, address, licence', 'Insurers and contract numbers', 'What happened (mark what applies)', 'Sketch', 'Signatures of both drivers']],
  ['forms', 'Constat de dégât des eaux', 'fr', 'À remplir avec le voisin ou le syndic.', ['Date du sinistre', 'Adresse et étage', 'Origine de la fuite', 'Occupant A et assureur', 'Occupant B et assureur', 'Dommages constatés', 'Signatures']],
  ['forms', 'Theft declaration', 'en', 'With the number of the police report.', ['What was taken, when it was bought, for how much', 'How they came in', 'Number and date of the police report', 'I declare that this is true. Signature']],
  ['forms', 'Schadenanzeige Hausrat', 'de', 'Für deutschsprachige Kunden.', ['Vertragsnummer', 'Schadentag und Uhrzeit', 'Was ist passiert?', 'Beschädigte Gegenstände und Kaufpreis', 'Unterschrift']],
  ['forms', 'Power of attorney', 'en', 'Where somebody calls for another.', ['I give', 'the right to act for me with Harbour Mutual', 'for the contracts', 'until', 'Date and signature']],
  ['letters', 'Acknowledgement of a claim', 'en', 'Model 3, since October.', ['Dear customer,', 'we have received your claim and opened a file under the number below.', 'Our adviser calls you within two working days.', 'Harbour Mutual, claims']],
  ['letters', 'Accusé de réception de sinistre', 'fr', 'Modèle 3, depuis octobre.', ['Madame, Monsieur,', 'nous avons bien reçu votre déclaration.', 'Votre conseiller vous appelle sous deux jours ouvrés.', 'Harbour Mutual, sinistres']],
  ['letters', 'Carta de renovación', 'es', 'Para contratos que terminan en diciembre.', ['Estimado cliente:', 'su contrato se renueva el 1 de enero.', 'La nueva prima figura más abajo. Puede responder hasta el 15 de diciembre.', 'Harbour Mutual']],
  ['letters', 'Reminder of a premium', 'en', 'Second reminder: by post only.', ['Dear customer,', 'your premium is still open. You can pay it by card, by transfer, or in instalments.', 'Call us, we find a way.', 'Harbour Mutual, billing']],
  ['letters', 'Refusal with reasons', 'en', 'Always read by a team leader before it goes.', ['Dear customer,', 'we have looked at your claim with care and cannot settle it, for this reason:', 'You can ask for a second look within two months.', 'Harbour Mutual, claims']],
];

export const scripts: readonly (readonly [queue: ResourceKey<'queue'>, title: string, language: Language, text: string])[] = [
  ['motorClaims', 'Motor claim, opening', 'en', 'Harbour Mutual, claims, my name is {person.name} – is everybody all right?\n\nI take your statement down now; it takes about five minutes. May I have your contract number, or your name and date of birth?\n\nThank you, {customer.name}. Where and when did it happen, and who was there?\n\nI may call you back on {customer.number}, is that right? You get a link for photographs there in a minute.'],
  ['motorClaims', 'Déclaration automobile, ouverture', 'fr', 'Harbour Mutual, service sinistres, {person.name} à l’appareil – tout le monde va bien ?\n\nJe prends votre déclaration, cela prend cinq minutes. Puis-je avoir votre numéro de contrat ?\n\nMerci, {customer.name}. Où et quand est-ce arrivé ?'],
  ['homeClaims', 'Home claim, opening', 'en', 'Harbour Mutual, claims, my name is {person.name} – is the damage stopped for now?\n\nPlease take photographs before you move anything. I stay on the line while you close the main tap.'],
  ['homeClaims', 'Hausschaden, Begrüßung', 'de', 'Harbour Mutual, Schadenservice, mein Name ist {person.name} – ist der Schaden gestoppt?\n\nBitte machen Sie Fotos, bevor Sie etwas bewegen. Ich bleibe so lange am Apparat.'],
  ['newCustomers', 'Renewal call', 'en', 'Good morning {customer.name}, this is {person.name} of Harbour Mutual. Is this a good moment? – If not: when may I call again?\n\nYour contract ends on … . I would like to see with you whether it still fits: has anything changed – car, home, who drives?'],
  ['newCustomers', 'Llamada a un cliente que se fue', 'es', 'Buenos días, {customer.name}, le llamo de Harbour Mutual, soy {person.name}. ¿Es buen momento?\n\nHace un año que nos dejó y nos gustaría saber por qué. No es una venta: dos preguntas, dos minutos.'],
  ['complaints', 'Complaint, opening', 'en', 'Thank you for telling us. I listen first and write down what you say; then I read it back to you.\n\nWhat would put it right for you?'],
  ['billing', 'Payment by telephone', 'en', 'I start the payment now: please type the number of your card on the keypad, then the hash key. I do not see or hear it.\n\nIf you would rather have a link, I send it to your mobile.'],
];
