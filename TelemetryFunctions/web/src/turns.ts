/** So long, in milliseconds, work goes on before the browser gets its turn. */
const turn = 30;

/** Long work calls what this returns between its parts. */
export const takeTurns = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < turn) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
};
