/** What the banner says of its own accord: seen below the bar, and heard once. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { afterPaint } from '../../lib/frame/after-paint.ts';
import type { Surface } from '../../lib/models/banner.ts';
import type { Notice } from '../../lib/models/notices.ts';
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { trusted } from '../ui/trusted.ts';
import { useParts } from './context.ts';
import { type Line, noticeLine } from './notice-words.ts';

const ICON = { news: 'sparkles', good: 'circle-check', bad: 'triangle-alert' } as const;

function useNotice(): { readonly notice: Notice; readonly line: Line } | null {
  const { banner } = useParts();
  const notice = banner.notices.current.value;
  return notice && { notice, line: noticeLine(notice, banner.view.value.active?.name ?? '') };
}

export function Toast() {
  const { banner, layout } = useParts();
  const said = useNotice();
  if (!said || isInPanel(said.notice, banner.surface.value)) return null;
  return <Shown key={`${said.notice.id} ${layout.value}`} {...said} />;
}

/** Where the open panel shows it as it comes, it is only heard: it would stand over that panel's head. */
const isInPanel = (notice: Notice, open: Surface | null): boolean => notice.kind === 'told' && notice.told.kind === 'asked' && open === 'mod.supervision';

/** The same for screen readers, in a region that is there before it. */
export function Said() {
  const said = useNotice();
  return said && <span key={said.notice.id}>{[said.line.title, said.line.detail].filter(Boolean).join('. ')}</span>;
}

function Shown({ notice, line }: { notice: Notice; line: Line }) {
  const { banner, room } = useParts();
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current!;
    let closed = false;
    const measure = () => room.measured('toast', element);
    const show = () => {
      if (closed) return;
      element.showPopover();
      // The window's too: where it stands along the bar depends on that.
      addEventListener('resize', measure);
      measure();
    };
    // What it is about is drawn first.
    afterPaint(() => void (closed || room.open('toast', 96).then(show)));
    return () => {
      closed = true;
      removeEventListener('resize', measure);
      // The next one takes over its room.
      afterPaint(() => void (banner.notices.current.peek() ?? room.close('toast')));
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
      {notice.kind === 'button' && notice.again && (
        <button type="button" class="again" onClick={trusted(() => notice.again!())}>
          {t('banner.tryAgain')}
        </button>
      )}
      <button type="button" class="close" aria-label={t('notice.dismiss')} onClick={() => banner.notices.dismiss()}>
        <Icon name="x" size={16} />
      </button>
    </div>
  );
}
