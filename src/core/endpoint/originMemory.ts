/** Keeps one value for every origin, from one session of the editor to the next. What is read back is to be parsed. */
export interface OriginMemory {
  read(origin: string): unknown;
  write(origin: string, value: unknown): void;
}
