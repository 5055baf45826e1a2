import type { Texts } from './types.ts';

export const fr: Texts = {
  calls: {
    motor: ['Déclarer un accident', 'Bris de glace', 'Suivi d’un sinistre auto', 'Assistance dépannage'],
    home: ['Dégât des eaux', 'Cambriolage', 'Suivi d’un sinistre habitation'],
    newCustomer: ['Devis auto', 'Devis habitation', 'Changer d’assureur'],
    complaint: ['Réclamation', 'Suivi d’une réclamation'],
    billing: ['Prélèvement non reconnu', 'Changement de RIB', 'Remboursement'],
  },
  mails: {
    motor: [
      {
        subject: 'Sinistre {claim} : devis du garage',
        text: 'Bonjour,\n\nVous trouverez ci-joint le devis du garage pour le sinistre {claim}. Le remplacement du pare-brise est prévu mardi matin ; pouvez-vous me confirmer d’ici là que la franchise de 75 € s’applique bien ?\n\nEn vous remerciant,\n{name}',
      },
      {
        subject: 'Constat amiable, page 2',
        text: 'Bonjour,\n\nComme convenu par téléphone, je vous envoie la deuxième page du constat. L’autre conducteur a coché la case 8, ce que je conteste : j’étais à l’arrêt. Un témoin a laissé ses coordonnées, je peux vous les transmettre.\n\nCordialement,\n{name}\nContrat {contract}',
      },
    ],
    home: [
      {
        subject: 'Fuite chez le voisin du dessus',
        text: 'Bonjour,\n\nDepuis dimanche de l’eau coule le long du mur de ma salle de bains. Le voisin du dessus est prévenu et son plombier passe demain. Dois-je attendre votre expert avant de faire sécher le mur ?\n\nMon contrat : {contract}.\n\nBien cordialement,\n{name}',
      },
      {
        subject: 'Cave forcée, facture du serrurier',
        text: 'Madame, Monsieur,\n\nMa cave a été forcée dans la nuit de vendredi à samedi. J’ai déposé plainte ce matin (récépissé ci-joint) et fait changer la serrure, 184 €. Pouvez-vous m’indiquer si cette dépense est prise en charge ?\n\nMerci d’avance,\n{name}',
      },
    ],
    documents: [
      {
        subject: 'Attestation de responsabilité civile',
        text: 'Bonjour,\n\nL’école de mon fils demande une attestation de responsabilité civile pour l’année scolaire. Pourriez-vous me l’envoyer par retour de courriel ? Contrat {contract}.\n\nMerci beaucoup,\n{name}',
      },
      {
        subject: 'Relevé d’information',
        text: 'Bonjour,\n\nJe souhaite recevoir mon relevé d’information des trente-six derniers mois. Je vends ma voiture à la fin du mois.\n\nCordialement,\n{name}',
      },
    ],
    complaint: [
      {
        subject: 'Réclamation : expert absent au rendez-vous',
        text: 'Madame, Monsieur,\n\nJ’ai posé une demi-journée de congé pour le passage de votre expert mercredi. Personne n’est venu, personne n’a appelé, et votre plateforme m’annonce un nouveau rendez-vous dans trois semaines. Ce n’est pas acceptable.\n\nJe vous demande une date cette semaine et une réponse écrite.\n\n{name}\nContrat {contract}',
      },
    ],
    billing: [
      {
        subject: 'Hausse de ma cotisation',
        text: 'Bonjour,\n\nL’avis d’échéance du contrat {contract} annonce une hausse de 11 % alors que je n’ai déclaré aucun sinistre. Pouvez-vous m’expliquer ce calcul avant que je ne prenne une décision ?\n\nCordialement,\n{name}',
      },
      {
        subject: 'Prélèvement rejeté',
        text: 'Bonjour,\n\nLe prélèvement du 5 a été rejeté parce que j’ai changé de banque. Comment puis-je régler cette mensualité, et où envoyer mon nouveau RIB ?\n\nMerci,\n{name}',
      },
    ],
  },
  chats: {
    motor: [
      { opening: 'Bonjour, un gravillon vient de fissurer mon pare-brise sur l’A6, je fais quoi ?', replies: ['D’accord. Il y a un garage agréé près de {city} ?', 'Super, merci pour votre aide !'] },
      { opening: 'Bonjour, des nouvelles du dossier {claim} svp ?', replies: ['Et je serai remboursé quand à peu près ?', 'Ok merci, bonne journée'] },
    ],
    home: [
      { opening: 'Bonjour, ma porte d’entrée a été forcée cette nuit, il me faut un serrurier en urgence', replies: ['{city}, au 3e étage. Oui, j’ai porté plainte ce matin.', 'Merci beaucoup, j’attends son appel.'] },
    ],
    newCustomer: [
      { opening: 'Bonjour, j’achète une voiture samedi, c’est possible de l’assurer dès ce jour-là ?', replies: ['Une Clio de 2022, bonus 0,64.', 'Parfait, envoyez-moi le devis.'] },
    ],
    chat: [
      { opening: 'Bonjour, je n’arrive pas à télécharger mon attestation sur le site', replies: ['Sur mon téléphone, avec Firefox.', 'Ça marche maintenant, merci !'] },
      { opening: 'Vous êtes ouverts le 24 décembre ?', replies: ['Merci 🙂'] },
    ],
  },
  afterAnswer: [
    'Merci pour votre réponse rapide. Une dernière question : faut-il vous envoyer l’original de la facture ?\n\n{name}',
    'C’est bien noté, merci. Je vous envoie la pièce manquante ce soir.\n\n{name}',
  ],
};
