/** A line without axes, from the lowest to the highest value of a range; what is not known is a gap. */

const namespace = 'http://www.w3.org/2000/svg';
const [width, height] = [120, 24];

export const sparkline = (times: readonly number[], values: readonly (number | null)[]): SVGElement => {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  const point = (value: number, i: number): string =>
    `${((((times[i] ?? 0) - first) / (last - first || 1)) * width).toFixed(1)} ${(height - 1 - ((value - low) / (high - low || 1)) * (height - 2)).toFixed(1)}`;
  const path = values.map((value, i) => (value === null ? '' : `${values[i - 1] == null ? 'M' : 'L'}${point(value, i)}`)).join('');
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
};
