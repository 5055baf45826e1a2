/** A score as a short bar with the line from which it passes; what it says stands beside it in words. */
interface Props {
  readonly score: number | null;
  readonly passScore: number;
  readonly tone: 'good' | 'bad' | 'plain';
}

export const ScoreMark = ({ score, passScore, tone }: Props) => (
  <span class={`score-mark ${tone}`} aria-hidden="true">
    <span class="score-value" style={{ inlineSize: `${score ?? 0}%` }} />
    <span class="score-line" style={{ insetInlineStart: `${passScore}%` }} />
  </span>
);
