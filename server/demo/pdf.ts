/** A page of text as a PDF: enough for a form or a letter of the demo. */

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '(': '\\(', ')': '\\)', '’': '\\222', '–': '\\226', '…': '\\205', '€': '\\200', 'œ': '\\234' };

/** @param lines in the Latin alphabet of Western Europe */
export function pdfOf(title: string, lines: readonly string[]): Buffer {
  const text = (line: string) => `(${[...line].map((letter) => ESCAPED[letter] ?? letter).join('')}) Tj T*`;
  const content = `BT /F1 18 Tf 60 770 Td 24 TL ${text(title)} /F1 11 Tf 16 TL T* ${lines.map(text).join(' ')} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, n) => {
    const place = body.length;
    body += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + trailer, 'latin1');
}
