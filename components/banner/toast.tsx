/** What the banner says of its own accord: seen below the bar, and heard once. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Notice } from '../../lib/models/notices.ts';
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { useParts } from './context.ts';
import { type Line, noticeLine } from './words.ts';

const ICON = { news: 'sparkles', good: 'circle-check', bad: 'triangle-alert' } as const;

export function Toast() {
  const { banner, layout } = useParts();
  const notice = banner.notices.current.value;
  const line = notice && noticeLine(notice, banner.view.value.active?.name ?? '');
  return (
    <>
      {notice && line && <Shown key={`${notice.id} ${layout.value}`} notice={notice} line={line} />}
      <div class="sr" role="status" aria-live="polite">
        {line && <span key={notice?.id}>{[line.title, line.detail].filter(Boolean).join('. ')}</span>}
      </div>
    </>
  );
}

function Shown({ notice, line }: { notice: Notice; line: Line }) {
  const { banner, room } = useParts();
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current!;
    let closed = false;
    const measure = () => room.measured('toast', element);
    void room.open('toast', 96).then(() => {
      if (closed) return;
      element.showPopover();
      // The window's too: where it stands along the bar depends on that.
      addEventListener('resize', measure);
      measure();
    });
    return () => {
      closed = true;
      removeEventListener('resize', measure);
      room.close('toast');
    };
  }, []);
  return (
    <div
      ref={ref}
      class={`toast ${line.tone}`}
      popover="manual"
      data-surface="toast"
      data-notice={notice.kind}
      onPointerEnter={() => banner.notices.hold()}
      onPointerLeave={() => banner.notices.release()}
      onFocusIn={() => banner.notices.hold()}
      onFocusOut={() => banner.notices.release()}
    >
      <Icon name={ICON[line.tone]} />
      <p>
        <strong>{line.title}</strong>
        {line.detail && <span> · {line.detail}</span>}
      </p>
      <button type="button" class="close" aria-label={t('notice.dismiss')} onClick={() => banner.notices.dismiss()}>
        <Icon name="x" size={16} />
      </button>
    </div>
  );
}
