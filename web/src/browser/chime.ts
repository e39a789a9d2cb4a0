/** Two soft tones, a fourth apart, made rather than fetched. Hertz; seconds from the beginning. */
const tones = [{ pitch: 587, at: 0 }, { pitch: 784, at: 0.09 }];
const length = 0.35;
const loudness = 0.08;

/** A page on which nobody has pressed anything yet is not allowed a sound: then there is none. */
export function chime(): void {
  const audio = new AudioContext();
  for (const { pitch, at } of tones) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { frequency: pitch });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(loudness, start);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length);
    tone.onended = () => void (at > 0 && audio.close());
  }
}
