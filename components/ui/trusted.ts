/** Does it only where a person did it: what reaches the hub must begin with a real press or key (docs, design). */
export const trusted =
  (act: () => unknown) =>
  (event: Event): void => {
    if (event.isTrusted) act();
  };
