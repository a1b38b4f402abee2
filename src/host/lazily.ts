/** A value that is made when it is first asked for. `opened` is undefined before that. */
export function lazily<Value>(make: () => Value): { readonly value: Value; readonly opened: Value | undefined } {
  let opened: Value | undefined;
  return {
    get value() {
      opened ??= make();
      return opened;
    },
    get opened() {
      return opened;
    },
  };
}

/** Does it the first time only. */
export function once<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  let isDone = false;
  return (...args) => {
    if (isDone) return;
    isDone = true;
    work(...args);
  };
}
