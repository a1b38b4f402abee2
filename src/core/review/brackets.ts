/** Whether two pieces of code leave as many brackets of each kind open, or close as many. */
export function hasBalanceOf(code: string, other: string): boolean {
  return ['()', '[]', '{}'].every(([open = '', close = '']) => {
    const balance = (text: string): number => text.split(open).length - text.split(close).length;
    return balance(code) === balance(other);
  });
}
