/** A text with what is searched for marked in it. */
import { marked } from '../../../lib/models/maker/settings-search.ts';
import { useFieldPage } from './settings-context.ts';

export function Highlighted({ text }: { text: string }) {
  const { query } = useFieldPage();
  return <>{marked(text, query.value).map(({ part, found }, at) => (found ? <mark key={at}>{part}</mark> : part))}</>;
}
