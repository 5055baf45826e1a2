import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/** Drawn again only where something it is called with is another; of the signals that it reads it hears by itself. */
export function memo<P extends object>(Inner: FunctionComponent<P>) {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const [before, after] = [this.props as Record<string, unknown>, next as Record<string, unknown>];
      return Object.keys({ ...before, ...after }).some((key) => before[key] !== after[key]);
    }
    override render(props: P): ComponentChild {
      return h(Inner, props);
    }
  };
}
