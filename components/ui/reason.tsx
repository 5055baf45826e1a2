/** How a thing that cannot be used says why: seen in a tooltip, heard as its description. */
import { useId } from 'preact/hooks';

/** What to spread over the element, and what to draw beside it. */
export function useReason(reason: string | null | undefined, tip = reason ?? '') {
  const id = useId();
  return {
    disabled: Boolean(reason),
    attributes: {
      ...(tip ? { 'data-tip': tip } : {}),
      ...(reason ? { 'aria-disabled': 'true' as const, 'aria-describedby': id } : {}),
    },
    description: reason ? (
      <span class="sr" id={id}>
        {reason}
      </span>
    ) : null,
  };
}
