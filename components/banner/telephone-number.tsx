/** A number as the hub has it read. Copied whole, it is the number as it is dialled from anywhere. */
interface Props {
  /** E.164, where it is a number at all. */
  readonly number: string;
  readonly shown: string;
}

export function TelephoneNumber({ number, shown }: Props) {
  const copy = (event: ClipboardEvent) => {
    // A part of it, or more than it, is copied as it stands.
    if (!event.clipboardData || getSelection()?.toString().trim() !== shown) return;
    event.clipboardData.setData('text/plain', number);
    event.preventDefault();
  };
  return (
    <bdi dir="ltr" data-e164={number} onCopy={copy}>
      {shown}
    </bdi>
  );
}
