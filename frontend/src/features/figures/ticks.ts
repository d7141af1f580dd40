const steps = [1, 2, 2.5, 5, 10];
const parts = 4;

/** Where an axis that begins at nothing is labelled: round numbers, the last not below `most`. */
export function ticksTo(most: number): number[] {
  const least = Math.max(most, 1) / parts;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, power * (steps.find((candidate) => power * candidate >= least) ?? 10));
  const whole = step < 10 ? Math.ceil(step) : step;
  const count = Math.ceil(Math.max(most, 1) / whole);
  return Array.from({ length: count + 1 }, (_, index) => index * whole);
}
