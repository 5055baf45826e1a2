/** What is wrong with a file: where, and what; it changed nothing. */
import { Note } from '../../ui/states.tsx';
import { tn } from '../../ui/text.ts';

export interface FileError {
  readonly place: string;
  readonly text: string;
}

export function FileErrors({ errors }: { errors: readonly FileError[] }) {
  return (
    <>
      <Note tone="bad">
        <p role="alert">{tn('makerTransfer.errors', errors.length)}</p>
      </Note>
      <ol class="file-errors">
        {errors.map(({ place, text }, index) => (
          <li key={index}>
            <strong>{place}</strong>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
