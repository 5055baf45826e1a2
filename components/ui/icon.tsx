import { iconNode, type IconName } from './icons.ts';

/** A picture beside a name: screen readers skip it. */
export function Icon({ name, size = 18, class: extra = '' }: { name: IconName; size?: number; class?: string }) {
  return (
    <svg
      class={`icon ${extra}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {iconNode(name).map(([Tag, attributes], at) => {
        const Shape = Tag as 'path';
        return <Shape key={at} {...(attributes as Record<string, string>)} />;
      })}
    </svg>
  );
}
