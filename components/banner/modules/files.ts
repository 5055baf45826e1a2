/** What the page does with a file that came as bytes. */
import type { FileEdges } from '../../../lib/models/modules/sound.ts';
import type { ModuleFile } from '../../../lib/modules/module-hub.ts';

const blobOf = ({ type, base64 }: ModuleFile): Blob => {
  const text = atob(base64);
  const bytes = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return new Blob([bytes], { type });
};

/** Long enough for the browser to begin with it. */
const CLOSE_AFTER_MS = 60_000;

export const pageFiles: FileEdges = {
  open: (file) => URL.createObjectURL(blobOf(file)),
  close: (address) => URL.revokeObjectURL(address),
  save(file) {
    const link = document.createElement('a');
    link.href = pageFiles.open(file);
    link.download = file.name;
    link.click();
    setTimeout(() => pageFiles.close(link.href), CLOSE_AFTER_MS);
  },
};
