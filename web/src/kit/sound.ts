/** Two short tones for a new call; a higher pair for priority 1. Off until a person turns it on. */

let context: AudioContext | null = null;

export function announce(priority: number): void {
  context ??= new AudioContext();
  const start = context.currentTime;
  const pitch = priority === 1 ? 880 : 587;
  for (const [at, hertz] of [
    [0, pitch],
    [0.16, pitch * 1.25],
  ] as const) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.12, start + at);
    volume.gain.exponentialRampToValueAtTime(0.001, start + at + 0.14);
    tone.connect(volume).connect(context.destination);
    tone.start(start + at);
    tone.stop(start + at + 0.15);
  }
}
