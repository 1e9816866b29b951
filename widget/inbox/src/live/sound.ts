let context: AudioContext | undefined;

/** Two soft notes; made here, so that there is no file to load. Silent where the browser has not been clicked in yet. */
export function chime(): void {
  try {
    context ??= new AudioContext();
    const at = context.currentTime;
    for (const [index, frequency] of [659.25, 880].entries()) {
      const start = at + index * 0.12;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.type = "sine";
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.12, start + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.45);
    }
  } catch {
    // No audio on this machine.
  }
}
