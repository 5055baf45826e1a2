import type { Texts } from './types.ts';

export const es: Texts = {
  calls: {
    motor: ['Declarar un accidente', 'Rotura de lunas', 'Seguimiento de un siniestro', 'Asistencia en carretera'],
    home: ['Daños por agua', 'Robo en casa', 'Seguimiento de un siniestro'],
    newCustomer: ['Presupuesto de coche', 'Presupuesto de hogar'],
    complaint: ['Presentar una queja'],
    billing: ['Recibo que no reconozco', 'Cambio de cuenta bancaria'],
  },
  mails: {
    motor: [
      {
        subject: 'Parte amistoso del accidente',
        text: 'Buenos días:\n\nLes envío el parte amistoso del accidente del lunes. El otro conductor reconoce que no vio el stop. El coche puede circular, pero el faro izquierdo está roto.\n\n¿A qué taller puedo llevarlo? Mi póliza es la {contract}.\n\nUn saludo,\n{name}',
      },
      {
        subject: 'Coche de sustitución',
        text: 'Hola:\n\nEl taller me dice que la pieza tarda diez días. ¿Tengo derecho a un coche de sustitución mientras tanto? Lo necesito para ir a trabajar.\n\nGracias,\n{name}',
      },
    ],
    home: [
      {
        subject: 'Humedad en el techo del baño',
        text: 'Buenas tardes:\n\nDesde el fin de semana hay una mancha de humedad en el techo del baño y cada día es más grande. El vecino de arriba dice que su seguro no sabe nada. ¿Pueden enviar a un perito esta semana?\n\nPóliza {contract}.\n\nMuchas gracias,\n{name}',
      },
    ],
    documents: [
      {
        subject: 'Certificado del seguro de hogar',
        text: 'Hola:\n\nNecesito un certificado de mi seguro de hogar para el banco, a nombre de los dos titulares. Póliza {contract}. Me basta con un PDF.\n\nGracias y un saludo,\n{name}',
      },
    ],
    complaint: [
      {
        subject: 'Queja: nadie me devuelve la llamada',
        text: 'Señores:\n\nHe llamado cuatro veces en dos semanas. Siempre me dicen que me llamarán por la tarde y nadie lo hace. Les pido una respuesta por escrito y el nombre de la persona que lleva mi expediente.\n\n{name}\nPóliza {contract}',
      },
    ],
    billing: [
      {
        subject: 'Recibo cobrado dos veces',
        text: 'Buenos días:\n\nEn noviembre me han cobrado dos veces el recibo de la póliza {contract}. Les agradecería que me devolvieran uno de los dos.\n\nUn saludo,\n{name}',
      },
    ],
  },
  chats: {
    motor: [
      { opening: 'Hola, me han dado un golpe en el aparcamiento y no han dejado nota. ¿Lo cubre el seguro?', replies: ['Sí, a todo riesgo. Tengo fotos.', 'Perfecto, muchas gracias.'] },
    ],
    home: [
      { opening: 'Buenas, se ha roto una tubería en la cocina. ¿Me pueden mandar un fontanero?', replies: ['Ya he cerrado la llave. Estoy en casa toda la tarde.', 'Genial, gracias por la rapidez.'] },
    ],
    newCustomer: [
      { opening: '¿Cuánto cuesta asegurar un piso de 70 m² en {city}?', replies: ['Es un segundo, sin terraza. Vivimos tres.', 'Vale, espero el presupuesto.'] },
    ],
    chat: [
      { opening: 'Hola, ¿cómo cambio mi dirección de correo?', replies: ['Ya está, gracias.'] },
    ],
  },
  afterAnswer: [
    'Muchas gracias por contestar tan rápido. ¿Tengo que enviarles también la factura original?\n\n{name}',
    'De acuerdo, gracias. Esta tarde les mando lo que falta.\n\n{name}',
  ],
};
