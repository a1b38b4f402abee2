import { Finder, type FinderPorts } from './finder.ts';

export { FindWidget } from './FindWidget.tsx';

/** What is loaded when the user first searches. */
export function createFind(ports: FinderPorts): Finder {
  return new Finder(ports);
}
