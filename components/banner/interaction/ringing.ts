/** The sound of an offer, made by the one frame that the background lets ring. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Interactions } from '../../../lib/models/interaction/interactions.ts';

export function useRinging(model: Interactions): void {
  const ringing = useRef(new Map<string, () => void>());
  // Who comes to the tab while it rings hears it from then on.
  const visible = useSignal(document.visibilityState === 'visible');
  useEffect(() => {
    const onChange = () => (visible.value = document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  useSignalEffect(() => {
    // Nobody waits on the line of a target: it is there to be looked at, quietly.
    const offers = new Set(model.offers.value.filter(({ campaign }) => !campaign).map(({ id }) => id));
    for (const [id, stop] of ringing.current) {
      if (offers.has(id)) continue;
      stop();
      ringing.current.delete(id);
    }
    if (!visible.value) return;
    for (const id of offers) if (!ringing.current.has(id)) ringing.current.set(id, ring(model.alerts.ring(id)));
  });
  useEffect(
    () => () => {
      for (const stop of ringing.current.values()) stop();
    },
    [],
  );
}

/** Two notes, like a telephone in another room: heard, and nothing to jump at. Hertz. */
const NOTES = [659.25, 523.25] as const;
/** Seconds from one pair of notes to the next, and of each note. */
const EVERY = 2.4;
const NOTE = 0.42;
/** Of 1. */
const LOUDNESS = 0.12;

/** Rings as soon as it may, until it is stopped. A browser that lets no page sound yet stays silent. */
function ring(mayRing: Promise<boolean>): () => void {
  let stopped = false;
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    stopped = true;
    clearInterval(timer);
    void context?.close();
    context = null;
  };
  void mayRing.then((may) => {
    if (!may || stopped) return;
    context = new AudioContext();
    const pair = () => {
      for (const [at, pitch] of NOTES.entries()) if (context) note(context, pitch, context.currentTime + at * (NOTE + 0.06));
    };
    pair();
    timer = setInterval(pair, EVERY * 1000);
  });
  return stop;
}

function note(context: AudioContext, pitch: number, at: number): void {
  const tone = context.createOscillator();
  const loudness = context.createGain();
  tone.type = 'triangle';
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE);
}
