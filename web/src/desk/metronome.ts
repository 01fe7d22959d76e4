/** A click for every compression, by the sound card's own clock: a timer of the page would limp. */

import { useEffect } from "react";

export const SLOWEST = 100;
export const FASTEST = 120;

const AHEAD_S = 0.3;
const LOOK_MS = 100;

let context: AudioContext | null = null;

/** Beats a minute within what compressions need; null stays silent. */
export function beatsOf(asked: number | null | undefined): number | null {
  return asked ? Math.min(FASTEST, Math.max(SLOWEST, asked)) : null;
}

/** Click at so many beats a minute while it is on the page; null is silence. */
export function useMetronome(beats: number | null): void {
  useEffect(() => {
    if (beats === null || typeof AudioContext === "undefined") return undefined;
    const sound = (context ??= new AudioContext());
    void sound.resume();
    const every = 60 / beats;
    let next = sound.currentTime + 0.05;
    const look = () => {
      // After a pause of the page the beat goes on from now, without making up for what was missed.
      if (next < sound.currentTime) next = sound.currentTime + 0.05;
      for (; next < sound.currentTime + AHEAD_S; next += every) click(sound, next);
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [beats]);
}

function click(sound: AudioContext, at: number): void {
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = 1000;
  volume.gain.setValueAtTime(0.25, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.05);
  tone.connect(volume).connect(sound.destination);
  tone.start(at);
  tone.stop(at + 0.06);
}
